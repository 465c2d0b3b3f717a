package access

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"portalgen/internal/seal"
)

const clientID = "acme-dental"

var (
	today  = time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)
	master = SampleMaster()
	other  = seal.NewMaster()
)

const passphrase = "correct horse battery staple again"

// withMaria is a client to which Maria has access, as its file; the key
// derivation runs once for all tests.
var withMaria = sync.OnceValue(func() []byte {
	c := Default(master, clientID)
	if _, err := c.AddPerson("maria", passphrase, today); err != nil {
		panic(err)
	}
	return c.text(master)
})

func opened(t testing.TB, text []byte) *Client {
	t.Helper()
	f, err := Parse(clientID, text)
	if err != nil {
		t.Fatal(err)
	}
	c, err := f.Open(master)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func sealer(t testing.TB, c *Client, m seal.Master, now time.Time) *Sealer {
	t.Helper()
	s, err := c.Sealer(m, "", now)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// site makes a site's folder, with the access file of the client where there is
// one.
func site(t testing.TB, text []byte) string {
	t.Helper()
	dir := t.TempDir()
	if text != nil {
		path := filePath(dir, clientID)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, text, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func addLinkTo(t *testing.T, c *Client, l Link) string {
	t.Helper()
	l, err := c.AddLink(l)
	if err != nil {
		t.Fatal(err)
	}
	return l.ID.String()
}
