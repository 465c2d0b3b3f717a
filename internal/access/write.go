package access

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"portalgen/internal/disk"
	"portalgen/internal/seal"
)

// Load returns the client from its access file under siteDir, or Default if there is no file.
func Load(siteDir, clientID string, m seal.Master) (*Client, error) {
	c, _, err := load(siteDir, clientID, m)
	return c, err
}

func load(siteDir, clientID string, m seal.Master) (*Client, []byte, error) {
	text, err := os.ReadFile(filePath(siteDir, clientID))
	if errors.Is(err, fs.ErrNotExist) {
		return Default(m, clientID), nil, nil
	} else if err != nil {
		return nil, nil, err
	}
	f, err := Parse(clientID, text)
	if err != nil {
		return nil, nil, err
	}
	c, err := f.Open(m)
	return c, text, err
}

// Update changes a client's access file, or writes its first one. It reads the file, calls change
// with the opened form, and replaces the file atomically. Unchanged entries keep their bytes. Only
// one process at a time can change the access files of a site. The others wait, and after a timeout
// fail with an error that wraps disk.ErrBusy. Update also fails if change fails, if the new file
// would not read back the same, if m is no longer the key of the site, or if an editor or git
// changed the file meanwhile.
func Update(siteDir, clientID string, m seal.Master, change func(*Client) error) error {
	return withLock(siteDir, "changing "+FileName(clientID), func() error {
		if changeBegun(siteDir) {
			return ErrChanging
		}
		if err := requireSameKey(siteDir, m); err != nil {
			return err
		}
		return update(siteDir, clientID, m, change)
	})
}

// update does the work of Update. The caller must hold the lock.
func update(siteDir, clientID string, m seal.Master, change func(*Client) error) error {
	c, before, err := load(siteDir, clientID, m)
	if err != nil {
		return err
	}
	if err := change(c); err != nil {
		return err
	}
	after := c.text(m)
	if err := readsBack(clientID, m, after); err != nil {
		return fmt.Errorf("%s was not written: %w", FileName(clientID), err)
	}
	path := filePath(siteDir, clientID)
	if now, err := os.ReadFile(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	} else if !bytes.Equal(now, before) {
		return fmt.Errorf("%s was changed by something else at the same time; nothing was "+
			"written, try again", FileName(clientID))
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return disk.Write(path, after, disk.Own)
}

func readsBack(clientID string, m seal.Master, text []byte) error {
	f, err := Parse(clientID, text)
	if err != nil {
		return err
	}
	c, err := f.Open(m)
	if err != nil {
		return err
	}
	if !bytes.Equal(c.text(m), text) {
		return errors.New("it does not read back as it was written")
	}
	return nil
}

// text returns the text of the access file. It seals the secrets that have no sealed form yet.
func (c *Client) text(m seal.Master) []byte {
	var b bytes.Buffer
	line := func(key, value string) { fmt.Fprintf(&b, "%s = %s\n", key, value) }
	b.WriteString("# Who can open this client's portal. The program writes this file: use `portalgen access`.\n")
	b.WriteString("# It belongs under version control. Its secrets are sealed under the master key.\n")
	line("version", fmt.Sprint(fileVersion))
	line("client", quote(c.ID))
	if c.addressID != "" {
		line("address_id", quote(c.addressID))
	}
	line("salt", encode(c.salt))
	line("epoch", encode(c.epoch))
	at := seal.Field{Client: c.ID, Name: fieldPathKey, Associated: c.pathKeyAssociated()}
	line("path_key", sealSecret(m, &c.pathKey, at))
	// The line that changes when an entry ends is never the entry's last line. So ending one entry
	// and adding another below it merge without a conflict.
	for i := range c.people {
		p := &c.people[i]
		b.WriteString("\n[[person]]\n")
		line("id", quote(p.ID.String()))
		line("person", quote(p.Person))
		if p.ended != "" {
			line("ended", quote(p.ended))
		} else {
			at := seal.Field{Client: c.ID, Name: fieldPerson, Associated: p.associated()}
			line("root", sealSecret(m, &p.root, at))
		}
		line("created", p.Created.Format(time.DateOnly))
	}
	for i := range c.links {
		c.links[i].write(m, c.ID, &b, line)
	}
	return b.Bytes()
}

func (l *Link) write(m seal.Master, clientID string, b *bytes.Buffer, line func(key, value string)) {
	b.WriteString("\n[[link]]\n")
	line("id", quote(l.ID.String()))
	line("kind", quote(l.Kind))
	if l.Page != "" {
		line("page", quote(l.Page))
	}
	if l.ended != "" {
		line("ended", quote(l.ended))
	} else {
		at := seal.Field{Client: clientID, Name: fieldLink, Associated: l.associated()}
		line("secret", sealSecret(m, &l.secret, at))
	}
	if l.Note != "" {
		line("note", quote(l.Note))
	}
	if ends := l.ends(); ends != "" {
		line("expires", ends)
	}
	line("created", l.Created.Format(time.DateOnly))
}

func sealSecret[K seal.StoredSecret](m seal.Master, s *storedSecret[K], f seal.Field) string {
	if s.sealed == nil {
		s.sealed = seal.SealSecret(m, f, s.key)
	}
	return encode(s.sealed)
}

func encode(b []byte) string { return quote(base64.StdEncoding.EncodeToString(b)) }

// quote returns s as a basic string of TOML 1.0.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20 || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
