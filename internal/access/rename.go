package access

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"portalgen/internal/disk"
	"portalgen/internal/seal"
)

// Rename gives the access of the client from to the client to, with the same address, passphrases
// and links. It writes the access file of to, calls move, which renames the client's other files,
// and removes the access file of from. If it was interrupted, the same call completes it, so move
// must accept files that it has already moved.
//
// Like Update it waits for the lock, and fails if m is no longer the key of the site. It fails with
// ErrTaken if the access file of to belongs to another portal.
func Rename(siteDir, from, to string, m seal.Master, move func() error) error {
	return withLock(siteDir, "renaming "+from, func() error {
		if changeBegun(siteDir) {
			return ErrChanging
		}
		if err := requireSameKey(siteDir, m); err != nil {
			return err
		}
		text, err := renamed(siteDir, from, to, m)
		if err != nil {
			return err
		}
		path := filePath(siteDir, to)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := disk.Write(path, text, disk.Own); err != nil {
			return err
		}
		if err := move(); err != nil {
			return err
		}
		if err := os.Remove(filePath(siteDir, from)); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

// ErrTaken says that a client already has an access file, of another portal.
var ErrTaken = errors.New("it has an access file already, with another address")

// renamed returns the text of the access file for the client to.
func renamed(siteDir, from, to string, m seal.Master) ([]byte, error) {
	there, err := os.ReadFile(filePath(siteDir, to))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	c, own, err := load(siteDir, from, m)
	if err != nil {
		return nil, err
	}
	byHand, notOfFrom := Parse(from, there)
	switch {
	case there == nil:
	case own == nil && notOfFrom == nil:
		if c, err = byHand.Open(m); err != nil {
			return nil, err
		}
	default:
		other, _, err := load(siteDir, to, m)
		switch {
		case err != nil:
			return nil, err
		case other.Portal("") != c.Portal(""):
			return nil, fmt.Errorf("%s: %w", FileName(to), ErrTaken)
		case own == nil: // an interrupted rename left it
			return there, nil
		}
	}
	c.addressID = cmp.Or(c.addressID, c.ID)
	if c.ID = to; c.addressID == to {
		c.addressID = ""
	}
	c.forgetSealed()
	text := c.text(m)
	return text, readsBack(to, m, text)
}

// addressID returns the id that the address of the portal is made of.
func (f *File) addressID() string { return cmp.Or(f.doc.Address, f.doc.Client) }

// SamePortal reports whether two access files belong to one portal. They do after an interrupted
// rename.
func (f *File) SamePortal(other *File) bool {
	return f.doc.Salt == other.doc.Salt && f.addressID() == other.addressID()
}
