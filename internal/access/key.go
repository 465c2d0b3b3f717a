package access

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"portalgen/internal/disk"
	"portalgen/internal/seal"
)

// KeyVariable is the environment variable that may hold the master key.
const KeyVariable = "PORTALGEN_KEY"

const (
	keyDir  = ".portalgen"
	keyFile = "key"
)

// ErrNoKey says that there is neither a key file nor the variable.
var ErrNoKey = errors.New("there is no master key: neither " + keyDir + "/" + keyFile + " nor " + KeyVariable)

// errKeyExists says that CreateMaster found an existing key file.
var errKeyExists = errors.New("a key is there already; it is not overwritten, since what it sealed would be lost")

// A DamagedKeyError says that the content of the key file or the variable is not a key.
type DamagedKeyError struct {
	// Where is the path of the file, or the name of the variable.
	Where string
	Err   error
}

func (e *DamagedKeyError) Error() string {
	return fmt.Sprintf("%s: %v; copy it once more from where you keep it, or, where it is lost for good, make another "+
		"with `portalgen init --new-key`", e.Where, e.Err)
}

func (e *DamagedKeyError) Unwrap() error { return e.Err }

// SampleKey is the key that seals the samples. It is public, since it is part of the program. It
// protects nothing and must seal nothing but the samples. Its bytes are the SHA-256 of "portalgen:
// the public key of the samples".
const SampleKey = "portalgen-key-1-twavdfh-c5drtje-5zxrbiu-xmn2rxd-ah6voar-krspz57-5w36pip-dvuxdjp"

const masterComment = "# The master key of this site. Whoever has it can read every portal.\n" +
	"# Keep a copy in a safe place, and never under version control.\n"

// TakeVariable returns the value of PORTALGEN_KEY and removes it from the environment, so that no
// program started later inherits it.
func TakeVariable() (string, error) {
	text := strings.TrimSpace(os.Getenv(KeyVariable))
	if err := os.Unsetenv(KeyVariable); err != nil {
		return "", fmt.Errorf("remove %s from the environment: %w", KeyVariable, err)
	}
	return text, nil
}

// LoadMaster returns the master key of the site at siteDir, from .portalgen/key or from variable,
// the result of TakeVariable; "" for none.
//
// It fails with ErrNoKey if there is no key. It also fails if file and variable differ, if the key
// is mistyped, or if the file is not safe: other users can read it, git tracks it or has it in its
// history, or it lies below outputDir, which is published. With ErrInHistory it returns the key
// too, so that it can be changed. It fails with ErrChanging if a change of the key was interrupted,
// or with a DamagedKeyError if the new key of that change is damaged.
func LoadMaster(siteDir, outputDir, variable string) (seal.Master, error) {
	var fromVariable seal.Master
	if variable != "" {
		var err error
		if fromVariable, err = seal.ParseMaster(variable); err != nil {
			return seal.Master{}, &DamagedKeyError{KeyVariable, err}
		}
	}
	removeLeftoversIfFree(siteDir)
	if changeBegun(siteDir) {
		_, err := readKey(filepath.Join(siteDir, keyDir, changing, keyFile))
		return seal.Master{}, cmp.Or(err, ErrChanging)
	}
	path := filepath.Join(siteDir, keyDir, keyFile)
	fromFile, err := readKey(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && variable != "":
		return fromVariable, nil
	case errors.Is(err, fs.ErrNotExist):
		return seal.Master{}, ErrNoKey
	case err != nil:
		return seal.Master{}, err
	case variable != "" && !fromFile.Equal(fromVariable):
		return seal.Master{}, fmt.Errorf("%s and %s hold different keys; take one of them away", path, KeyVariable)
	}
	if err := checkNotPublished(path, outputDir); err != nil {
		return seal.Master{}, err
	}
	if err := checkNotInGit(siteDir, fromFile); errors.Is(err, ErrInHistory) {
		return fromFile, err
	} else if err != nil {
		return seal.Master{}, err
	}
	return fromFile, nil
}

// CreateMaster draws a master key and writes it to .portalgen/key, readable only by its owner. It
// fails if a key file exists.
func CreateMaster(siteDir string) (seal.Master, error) {
	m := seal.NewMaster()
	return m, createKey(siteDir, m)
}

// SampleMaster returns SampleKey as a key.
func SampleMaster() seal.Master {
	m, err := seal.ParseMaster(SampleKey)
	if err != nil {
		panic(err) // a constant, tested
	}
	return m
}

func readKey(path string) (seal.Master, error) {
	info, err := os.Stat(path)
	if err != nil {
		return seal.Master{}, err
	}
	if isOpen(info) && keepsModes(filepath.Dir(path)) {
		return seal.Master{}, fmt.Errorf("others on this machine can read %s (mode %04o); make it yours alone "+
			"with chmod 600",
			path, info.Mode().Perm())
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return seal.Master{}, err
	}
	var text strings.Builder
	for line := range strings.Lines(strings.TrimPrefix(string(data), "\ufeff")) {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") {
			text.WriteString(line)
		}
	}
	m, err := seal.ParseMaster(text.String())
	if err != nil {
		return seal.Master{}, &DamagedKeyError{path, err}
	}
	return m, nil
}

// isOpen reports whether the mode of a file lets others on this machine read it.
func isOpen(info fs.FileInfo) bool { return runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 }

// Exposed reports whether others on this machine may read the key file and chmod cannot prevent it,
// since the file system does not keep modes.
func Exposed(siteDir string) bool {
	path := filepath.Join(siteDir, keyDir, keyFile)
	info, err := os.Stat(path)
	return err == nil && isOpen(info) && !keepsModes(filepath.Dir(path))
}

// keepsModes reports whether the file system of dir keeps the mode of a file that only its owner
// may read. File systems of Windows under Linux, of memory sticks and of some containers do not.
// Tests replace it.
var keepsModes = func(dir string) bool {
	f, err := os.CreateTemp(dir, "."+keyFile+".*.tmp")
	if err != nil {
		return true
	}
	info, err := f.Stat()
	open := err == nil && isOpen(info)
	_ = errors.Join(f.Close(), os.Remove(f.Name())) // the next command removes a file that stays, like any leftover
	return !open
}

// createKey writes the key file, which must not exist yet. It links the file, since a link fails if
// the name exists and a rename does not. On a file system without links, only the lock prevents
// that two processes write it.
func createKey(siteDir string, m seal.Master) error {
	dir := filepath.Join(siteDir, keyDir)
	return withLock(siteDir, "making a key", func() error {
		root, err := os.OpenRoot(dir)
		if err != nil {
			return err
		}
		text := []byte(masterComment + m.Reveal() + "\n")
		err = disk.WriteTemp(root, keyFile, text, disk.Secret, func(temporary string) error {
			err := root.Link(temporary, keyFile)
			if _, there := root.Lstat(keyFile); errors.Is(err, fs.ErrExist) || err != nil && there == nil {
				return fmt.Errorf("%s: %w", filepath.Join(dir, keyFile), errKeyExists)
			} else if err != nil {
				return disk.RenameIn(root, temporary, keyFile)
			}
			return root.Remove(temporary)
		})
		return errors.Join(err, root.Close())
	})
}

// makeKeyDir makes the folder of keys, with a .gitignore that keeps it out of git.
func makeKeyDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	ignore := filepath.Join(dir, ".gitignore")
	if _, err := os.Stat(ignore); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.WriteFile(ignore, []byte("*\n"), 0o666)
}
