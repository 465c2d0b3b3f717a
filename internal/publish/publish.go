// Package publish writes a set of files into a folder so that at any moment each file there is
// complete: the old one or the new one. It compares, writes the files that differ into a staging
// folder inside the folder, syncs that to the disk once, renames the files into place and prunes
// files that are no longer published.
//
// The package must not know what a portal is. All files that it gets are sealed or public. It
// removes only two kinds of folder: a top-level folder whose index.html the caller recognizes, and
// assets/H, where H is a hash.
package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"portalgen/internal/disk"
)

const (
	stagingPrefix = ".portalgen-staging-"
	lockName      = "lock" // after stagingPrefix, on systems whose lock is a file
	assets        = "assets"
	index         = "index.html"

	// The web server that reads the files often runs as another user, so these modes apply whatever
	// the umask is.
	fileMode = 0o644
	dirMode  = 0o755
)

// ErrBusy is wrapped by the error of Begin if another Stage is open for the same folder, in this or
// another process.
var ErrBusy = errors.New("another build is writing there at this moment; wait until it is done")

// errClosed is the error of calls on a Stage after Commit or Abort.
var errClosed = errors.New("publish: the stage is closed already")

// A Stage holds the files of one build until they are published. It keeps the lock of the folder
// until Commit has succeeded or Abort is called.
type Stage struct {
	// Changed returns when the source of the files was last changed; nil means now. It is called
	// only if something differs from the published files.
	Changed func() time.Time

	// Aside is a folder into which Abort moves the staged files, so that they leave the published
	// folder at once although removing them takes long; "" for none. If it is on another file
	// system, Abort returns only when all files are removed. Only Sweep looks into it again.
	Aside string

	dir    string // the published folder, absolute, without symlinks
	home   string // the staging folder inside dir
	isOwn  func(indexHTML []byte) bool
	unlock func() error
	// step is called before each change that Commit makes in dir. Tests end the process there.
	step func()

	mu      sync.Mutex
	files   map[string]uint64 // every path added, with a hash of its bytes
	fresh   int               // number of files staged in the tree
	swaps   []string          // paths of files staged to be swapped, by number
	failed  error             // the first error of Add
	trashed int               // number of discarded folders
	closed  bool
	// oldest and latest are the least and greatest earlier modification times of the published
	// files that were added; zero if none was published.
	oldest, latest time.Time
	time           time.Time // that Commit left the files with
}

// Time returns the modification time of all files that a Commit has published, also of unchanged ones.
func (s *Stage) Time() time.Time { return s.time }

// A Result counts files.
type Result struct {
	Written   int // new, or with changed bytes
	Unchanged int // already published with the same bytes, and not touched
	Removed   int
}

// Begin opens a stage for dir. dir is created if it is missing, and followed if it is a symlink.
// isOwn reports, from a folder's index.html, whether this program published the folder.
//
// Begin removes staging folders that killed runs left. The error wraps ErrBusy if another stage is
// open for dir. It refuses the root of a file system, the home folder, the folders above it, and a
// file.
func Begin(dir string, isOwn func(indexHTML []byte) bool) (*Stage, error) {
	s, err := begin(dir, isOwn)
	if err != nil {
		return nil, fmt.Errorf("publish into %q: %w", dir, err)
	}
	return s, nil
}

func begin(dir string, isOwn func([]byte) bool) (*Stage, error) {
	real, err := prepare(dir)
	if err != nil {
		return nil, err
	}
	unlock, err := disk.LockFolder(real, stagingPrefix+lockName)
	if errors.Is(err, disk.ErrBusy) {
		return nil, ErrBusy
	} else if err != nil {
		return nil, err
	}
	if err := removeStages(real); err != nil {
		return nil, errors.Join(err, unlock())
	}
	home, err := os.MkdirTemp(real, stagingPrefix)
	if err != nil {
		return nil, errors.Join(err, unlock())
	}
	s := &Stage{
		dir: real, home: home, isOwn: isOwn, unlock: unlock,
		step:  func() {},
		files: map[string]uint64{},
	}
	for _, sub := range []string{s.tree(""), filepath.Dir(s.swap(0)), filepath.Dir(s.trash(0))} {
		if err := os.Mkdir(sub, dirMode); err != nil {
			return nil, errors.Join(err, s.Abort())
		}
	}
	return s, nil
}

// Abort removes the staging folder and releases the lock; the published files stay as they are.
// After a successful Commit or an earlier Abort it does nothing, so it may be deferred.
func (s *Stage) Abort() error { return s.close(s.remove) }

// close ends the stage, whose files remove removes. Only the first call does anything.
func (s *Stage) close(remove func() error) error {
	s.mu.Lock()
	closed := s.closed
	s.closed = true
	s.mu.Unlock()
	if closed {
		return nil
	}
	return errors.Join(remove(), s.unlock())
}

// patience is how long Abort removes the files that it has moved aside. Sweep removes the rest.
const patience = 300 * time.Millisecond

// remove removes the staging folder, or moves it aside.
func (s *Stage) remove() error {
	if s.Aside == "" {
		return os.RemoveAll(s.home)
	}
	aside := filepath.Join(s.Aside, filepath.Base(s.home))
	if err := os.Rename(s.home, aside); err != nil {
		return os.RemoveAll(s.home)
	}
	removed := make(chan error, 1)
	go func() { removed <- os.RemoveAll(aside) }()
	select {
	case err := <-removed:
		return err
	case <-time.After(patience):
		return nil
	}
}

// Sweep removes the files that stages left in a folder that was their Aside. Nobody needs these files,
// so other stages may run at the same time.
func Sweep(aside string) error {
	err := removeStages(aside)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// live returns the published place of a slash path.
func (s *Stage) live(path string) string { return filepath.Join(s.dir, filepath.FromSlash(path)) }

// tree returns the staging place of a slash path if its folder is not published yet.
func (s *Stage) tree(path string) string {
	return filepath.Join(s.home, "tree", filepath.FromSlash(path))
}

// swap returns the staging place of the nth file whose folder is already published. All these files
// are in one folder, so that no folder is created only for staging.
func (s *Stage) swap(n int) string { return filepath.Join(s.home, "swap", strconv.Itoa(n)) }

// trash returns the place to which the nth removed folder is moved.
func (s *Stage) trash(n int) string { return filepath.Join(s.home, "trash", strconv.Itoa(n)) }

// prepare creates dir if it is missing and returns its absolute path without symlinks.
func prepare(dir string) (string, error) {
	if dir == "" {
		return "", errors.New("no folder is named")
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := makeFolder(abs); err != nil {
			return "", err
		}
	case err != nil:
		return "", err
	case !info.IsDir():
		return "", errors.New("it is a file, not a folder")
	}
	real, err := filepath.EvalSymlinks(abs)
	if err != nil {
		return "", err
	}
	return real, refuse(real)
}

// refuse returns an error for a folder that contains much more than a published site.
func refuse(real string) error {
	if filepath.Dir(real) == real {
		return errors.New("it is the root of the file system; name a folder of its own, such as public")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	if home, err = filepath.EvalSymlinks(home); err != nil {
		return nil
	}
	below, err := filepath.Rel(real, home)
	if err == nil && below != ".." && !strings.HasPrefix(below, ".."+string(filepath.Separator)) {
		return errors.New("it is your home folder, or holds it; name a folder of its own, such as public")
	}
	return nil
}

// removeStages removes the staging folders of killed runs. The caller holds the lock, so none of
// them is in use.
func removeStages(real string) error {
	dir, err := os.Open(real)
	if err != nil {
		return err
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return err
	}
	for _, name := range names {
		if !strings.HasPrefix(name, stagingPrefix) || name == stagingPrefix+lockName {
			continue
		}
		if err := os.RemoveAll(filepath.Join(real, name)); err != nil {
			return fmt.Errorf("remove what an earlier run left: %w", err)
		}
	}
	return nil
}
