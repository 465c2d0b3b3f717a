package access

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"portalgen/internal/disk"
	"portalgen/internal/seal"
)

// The folders in .portalgen during a change of the master key. All new files are first written to
// preparing and read back. Then one rename turns preparing into changing. Before that rename
// nothing has changed, and the next command removes preparing. After it the change can only be
// completed, by the next key rotate. The new key is the last file moved out of changing.
const (
	preparing = "key-change.part"
	changing  = "key-change"
	oldKey    = "key.old"
)

// ErrChanging says that a change of the master key was interrupted and must be completed.
var ErrChanging = errors.New("a change of the master key was cut off in the middle; complete it with `portalgen " +
	"key rotate`")

// ErrOldKey says that the key from before the last change still exists as a file.
var ErrOldKey = errors.New("the key from before the last change is still there as " + keyDir + "/" + oldKey +
	"; delete it once what is published was built with the new one and no old branch or backup needs it, " +
	"then try again")

// A KeyChange changes the master key of a site: it seals every access file again under another key.
// Addresses, epochs, passphrases and links stay the same.
type KeyChange struct {
	SiteDir string
	// Master is the current key. It is not needed to complete a change.
	Master seal.Master
	// Clients returns the ids of the clients whose access is sealed under Master. It is called
	// while the lock is held. A client without an access file gets one, since otherwise its
	// addresses would change with the key. Nil is allowed only for completing a change.
	Clients func() ([]string, error)

	// fail makes a test stop the change before a step.
	fail func(step string) error
}

// changeBegun reports whether a change was interrupted after the rename that begins it.
func changeBegun(siteDir string) bool {
	_, err := os.Lstat(filepath.Join(siteDir, keyDir, changing, keyFile))
	return err == nil
}

// Run changes the key, or completes an interrupted change; completed says which. It keeps the
// previous key as .portalgen/key.old. Like Update it waits for the lock, and fails if Master is no
// longer the key of the site.
func (k KeyChange) Run() (completed bool, err error) {
	err = withLock(k.SiteDir, "changing the master key", func() error {
		if completed = changeBegun(k.SiteDir); completed {
			return k.swap()
		}
		return k.run()
	})
	return completed, err
}

func (k KeyChange) run() error {
	if k.Clients == nil {
		return errKeyChanged // another process has completed it
	}
	if err := requireSameKey(k.SiteDir, k.Master); err != nil {
		return err
	}
	dir := filepath.Join(k.SiteDir, keyDir)
	if _, err := os.Lstat(filepath.Join(dir, oldKey)); err == nil {
		return ErrOldKey
	}
	ids, err := k.Clients()
	if err == nil {
		err = k.prepare(ids)
	}
	if err == nil {
		err = k.readBack(ids)
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(filepath.Join(dir, preparing)))
	}
	if err := k.step("begin"); err != nil {
		return err
	}
	if err := disk.Rename(filepath.Join(dir, preparing), filepath.Join(dir, changing)); err != nil {
		return err
	}
	return errors.Join(syncDir(dir), k.swap())
}

func (k KeyChange) step(name string) error {
	if k.fail == nil {
		return nil
	}
	return k.fail(name)
}

// prepare writes the new files and copies of the current ones.
func (k KeyChange) prepare(ids []string) error {
	dir := filepath.Join(k.SiteDir, keyDir, preparing)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	m := seal.NewMaster()
	for _, id := range ids {
		if err := k.step("prepare " + id); err != nil {
			return err
		}
		c, before, err := load(k.SiteDir, id, k.Master)
		if err != nil {
			return err
		}
		c.forgetSealed()
		after := c.text(m)
		if err := readsBack(id, m, after); err != nil {
			return fmt.Errorf("%s: %w", FileName(id), err)
		}
		err = errors.Join(
			writeSynced(filepath.Join(dir, id+".before"), before), writeSynced(filepath.Join(dir, id+".after"), after),
		)
		if err != nil {
			return err
		}
	}
	if err := k.step("prepare key"); err != nil {
		return err
	}
	return errors.Join(writeSynced(filepath.Join(dir, keyFile), []byte(masterComment+m.Reveal()+"\n")), syncDir(dir))
}

// readBack checks the prepared files: each must open under the new key and give the same bytes when
// written again.
func (k KeyChange) readBack(ids []string) error {
	if err := k.step("check"); err != nil {
		return err
	}
	dir := filepath.Join(k.SiteDir, keyDir, preparing)
	m, err := readKey(filepath.Join(dir, keyFile))
	if err != nil {
		return err
	}
	for _, id := range ids {
		after, err := os.ReadFile(filepath.Join(dir, id+".after"))
		if err == nil {
			err = readsBack(id, m, after)
		}
		if err != nil {
			return fmt.Errorf("nothing is changed: what was to be the new %s does not read back: %v", FileName(id), err)
		}
	}
	return nil
}

// forgetSealed makes the next call of text seal every secret anew.
func (c *Client) forgetSealed() {
	c.pathKey.sealed = nil
	for i := range c.people {
		c.people[i].root.sealed = nil
	}
	for i := range c.links {
		c.links[i].secret.sealed = nil
	}
}

// swap moves the prepared files into place. It may be interrupted at any point and run again. If
// the new key is damaged, it changes nothing.
func (k KeyChange) swap() error {
	dir := filepath.Join(k.SiteDir, keyDir)
	if _, err := readKey(filepath.Join(dir, changing, keyFile)); err != nil {
		return err
	}
	ids, err := namesIn(filepath.Join(dir, changing), ".after")
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := k.step("swap " + id); err != nil {
			return err
		}
		if err := k.swapOne(id, filepath.Join(dir, changing, id)); err != nil {
			return err
		}
	}
	if err := k.step("keep old key"); err != nil {
		return err
	}
	if err := keepOldKey(dir); err != nil {
		return err
	}
	if err := k.step("swap key"); err != nil {
		return err
	}
	if err := disk.Rename(filepath.Join(dir, changing, keyFile), filepath.Join(dir, keyFile)); err != nil {
		return err
	}
	if err := errors.Join(syncDir(dir), k.step("tidy")); err != nil {
		return err
	}
	return os.RemoveAll(filepath.Join(dir, changing))
}

func (k KeyChange) swapOne(id, staged string) error {
	before, err := os.ReadFile(staged + ".before")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	after, err := os.ReadFile(staged + ".after")
	if err != nil {
		return err
	}
	path := filePath(k.SiteDir, id)
	now, err := os.ReadFile(path)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case err == nil && bytes.Equal(now, after):
		return nil
	case !bytes.Equal(now, before):
		return fmt.Errorf("%s was changed while the master key was: put %s/%s/%s.after, which is how it was, under "+
			"the new key, in its place, then run `portalgen key rotate` again, and make that "+
			"change again", FileName(id), keyDir, changing, id)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return disk.Write(path, after, disk.Own)
}

// keepOldKey copies the previous key to key.old, unless the previous key is lost.
func keepOldKey(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, keyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	return writeSynced(filepath.Join(dir, oldKey), text)
}

// writeSynced writes a file that only its owner can read, and syncs it.
func writeSynced(path string, text []byte) error {
	return disk.Write(path, text, disk.Secret)
}

// syncDir syncs a folder to the disk, so that the renames in it survive a crash. Windows cannot do
// this and does not need it.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Sealed returns the ids of all access files, sorted, including those of clients that no longer
// exist.
func Sealed(siteDir string) ([]string, error) {
	ids, err := namesIn(filepath.Join(siteDir, "data", "access"), ".toml")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return slices.DeleteFunc(ids, func(id string) bool { return strings.HasPrefix(id, ".") }), err
}

// namesIn returns the names in dir that end in suffix, sorted, with the suffix removed.
func namesIn(dir, suffix string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), suffix); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}
