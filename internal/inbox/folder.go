// Package inbox is the place at which sealed replies wait for the provider: a folder of files, the
// server over it, and the client that takes replies out. docs/inbox.md defines the protocol.
//
// It must not know what is in a reply: it sees bytes of the right form and length.
package inbox

import (
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"sync"
	"time"

	"portalgen/internal/disk"
	"portalgen/internal/seal"
)

// A Waiting is a reply that waits in an inbox.
type Waiting struct {
	// Name is made of the bytes, so that the same reply is there once.
	Name string
	// At is when it came.
	At     time.Time
	Sealed []byte
}

// What a folder holds at most, where nothing else is said.
const (
	MostReplies = 20_000
	MostBytes   = 256 << 20
)

// ErrFull is the error of an inbox that holds as much as it may.
var ErrFull = errors.New("the inbox is full")

// A Folder holds sealed replies, each in a file of its own. It may be used from several
// goroutines.
type Folder struct {
	root *os.Root

	placing      sync.Mutex
	mu           sync.Mutex
	count, bytes int64
}

// OpenFolder opens a folder, and makes it where there is none. Others on the machine cannot read
// it.
func OpenFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &Folder{root: root}
	if err := f.measure(); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return f, nil
}

// Close closes the folder.
func (f *Folder) Close() error { return f.root.Close() }

var nameForm = regexp.MustCompile(`^[a-z2-7]{52}$`)

var base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// NameOf returns the name of a sealed reply.
func NameOf(sealed []byte) string {
	sum := sha256.Sum256(sealed)
	return base32Lower.EncodeToString(sum[:])
}

// measure counts what is there, and removes what a killed process has left.
func (f *Folder) measure() error {
	if err := disk.RemoveLeft(f.root, "."); err != nil {
		return err
	}
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		switch {
		case err != nil: // another process has removed it
		case nameForm.MatchString(e.Name()):
			f.count, f.bytes = f.count+1, f.bytes+info.Size()
		}
	}
	return nil
}

// Put keeps a sealed reply, and reports whether it is new: when it returns without an error, the reply
// is on the disk. One that is there already is kept once. It fails with ErrFull where the inbox
// holds as much as it may.
func (f *Folder) Put(sealed []byte) (isNew bool, err error) {
	name, size := NameOf(sealed), int64(len(sealed))
	if err := seal.ValidateReply(sealed); err != nil {
		return false, err
	}
	if _, err := f.root.Lstat(name); err == nil {
		return false, f.sync() // the answer to the first may have come before its folder was on the disk
	}
	if !f.reserve(size) {
		return false, ErrFull
	}
	err = disk.WriteTemp(f.root, name, sealed, disk.Secret, func(temporary string) error {
		f.placing.Lock() // the same reply may have come twice at once
		defer f.placing.Unlock()
		_, statErr := f.root.Lstat(name)
		isNew = errors.Is(statErr, fs.ErrNotExist)
		return disk.RenameIn(f.root, temporary, name)
	})
	if err != nil || !isNew {
		f.release(size)
	}
	if err == nil {
		err = f.sync()
	}
	return isNew && err == nil, err
}

// reserve counts a reply of size bytes in advance; it returns false where the inbox is full.
func (f *Folder) reserve(size int64) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.count >= MostReplies || f.bytes+size > MostBytes {
		return false
	}
	f.count, f.bytes = f.count+1, f.bytes+size
	return true
}

func (f *Folder) release(size int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.count, f.bytes = max(f.count-1, 0), max(f.bytes-size, 0)
}

// sync puts the names of the folder on the disk. Systems without such a thing do so by themselves.
func (f *Folder) sync() error {
	d, err := f.root.Open(".")
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrInvalid) {
		err = nil
	}
	return errors.Join(err, d.Close())
}

// Names returns the names of what waits, in their order.
func (f *Folder) Names() ([]string, error) {
	d, err := f.root.Open(".")
	if err != nil {
		return nil, err
	}
	names, err := d.Readdirnames(-1)
	names = slices.DeleteFunc(names, func(name string) bool { return !nameForm.MatchString(name) })
	slices.Sort(names)
	return names, errors.Join(err, d.Close())
}

// Read returns a reply by its name. It fails with fs.ErrNotExist where it is not there.
func (f *Folder) Read(name string) (Waiting, error) {
	if !nameForm.MatchString(name) {
		return Waiting{}, fmt.Errorf("%q is no name of a reply: %w", name, fs.ErrNotExist)
	}
	info, err := f.root.Lstat(name)
	if err != nil {
		return Waiting{}, err
	}
	if !info.Mode().IsRegular() || info.Size() > seal.MaxSealedReply {
		return Waiting{}, fmt.Errorf("%s is no reply: %w", name, fs.ErrNotExist)
	}
	sealed, err := f.root.ReadFile(name)
	return Waiting{name, info.ModTime(), sealed}, err
}

// All hands over all that waits, one reply after the other. What is no reply is left out.
func (f *Folder) All(take func(Waiting)) error {
	names, err := f.Names()
	if err != nil {
		return err
	}
	for _, name := range names {
		w, err := f.Read(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		take(w)
	}
	return nil
}

// Delete removes a reply; that none is there is no error.
func (f *Folder) Delete(name string) error {
	w, err := f.Read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	err = f.root.Remove(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		f.release(int64(len(w.Sealed)))
	}
	return err
}
