package sample_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/sample"
)

var update = flag.Bool("update", false, "write the samples' access files anew")

// TestAccessOpens holds the access files to the public key and passphrase. Each
// sample has one person with access: the first of the client's side by id.
func TestAccessOpens(t *testing.T) {
	for _, id := range sample.IDs() {
		t.Run(id, func(t *testing.T) {
			if *update {
				writeAccess(t, id)
				return
			}
			text, err := sample.Read("data/access/" + id + ".toml")
			if err != nil {
				t.Fatal(err)
			}
			f, err := access.Parse(id, text)
			if err != nil {
				t.Fatal(err)
			}
			who, err := f.Open(access.SampleMaster())
			if err != nil {
				t.Fatal(err)
			}
			if got, want := who.People(), []string{reader(t, id)}; !slices.Equal(got, want) {
				t.Errorf("people with access: %v, want %v", got, want)
			}
		})
	}
}

func writeAccess(t *testing.T, id string) {
	t.Helper()
	name := filepath.Join("data", "access", id+".toml")
	if err := os.Remove(name); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	err := access.Update(".", id, access.SampleMaster(), func(c *access.Client) error {
		_, err := c.AddPerson(reader(t, id), sample.Passphrase, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func reader(t *testing.T, id string) string {
	t.Helper()
	text, err := sample.Read("data/clients/" + id + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	c, _ := clientfile.Client(id, clientfile.Source{Name: id, Text: text}, clientfile.Options{})
	var ids []string
	for person, p := range c.People {
		if p.Side == client.ClientSide {
			ids = append(ids, person)
		}
	}
	return slices.Min(ids)
}

// TestDataIsACopy holds the repository's own data to the samples, as long as it is
// the samples' site: whoever has made it their own has no samples to compare.
func TestDataIsACopy(t *testing.T) {
	const data = "../../data"
	provider, err := sample.Read("data/provider.toml")
	if err != nil {
		t.Fatal(err)
	}
	if theirs, err := os.ReadFile(data + "/provider.toml"); err != nil || !bytes.Equal(theirs, provider) {
		return
	}
	err = fs.WalkDir(os.DirFS("."), "data", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		own, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if copied, err := os.ReadFile("../../" + name); err != nil || !bytes.Equal(own, copied) {
			t.Errorf("%s differs from internal/sample/%s (%v): copy it over", name, name, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOnlyTheVeryBytesAreASample(t *testing.T) {
	id := sample.IDs()[0]
	text, err := sample.Read("data/clients/" + id + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	provider, err := sample.Read("data/provider.toml")
	if err != nil {
		t.Fatal(err)
	}
	if !sample.Is(id, text, provider) {
		t.Error("a sample is not one")
	}
	for name, changed := range map[string][]byte{
		"a space more": append(bytes.Clone(text), ' '), "empty": nil, "one byte": bytes.ToUpper(text),
	} {
		if sample.Is(id, changed, provider) {
			t.Errorf("%s: still counts as a sample", name)
		}
	}
	for name, changed := range map[string][]byte{
		"a space more": append(bytes.Clone(provider), ' '), "empty": nil, "a client's": text,
	} {
		if sample.Is(id, text, changed) {
			t.Errorf("the provider's file is %s: still counts as a sample", name)
		}
	}
	if sample.Is("another", text, provider) {
		t.Error("a sample under another id still counts as one")
	}
}
