package edit

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// What a killed command has left is removed by the next one that writes there, and nothing else is.
func TestWritingRemovesWhatAKilledCommandLeft(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	stays := []string{".acme.toml.8.tmp", ".acme.toml.tmp", "acme.toml", "mine.9.tmp"}
	for _, name := range append(stays, ".acme.toml.7.tmp", ".new.toml.7.tmp") {
		at := time.Now().Add(-time.Hour)
		if name == stays[0] { // a command may be writing it now
			at = time.Now()
		}
		file := filepath.Join(dir, name)
		if err := errors.Join(os.WriteFile(file, []byte("old"), 0o600), os.Chtimes(file, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	left := func(more ...string) {
		t.Helper()
		entries, err := os.ReadDir(dir)
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		want := slices.Sorted(slices.Values(append(more, stays...)))
		if err != nil || !slices.Equal(names, want) {
			t.Errorf("there are %v, not %v: %v", names, want, err)
		}
	}
	// It may hold no client: Write then fails after it has swept.
	_ = (&Change{Name: "acme.toml", New: []byte("new")}).Write(root)
	left()
	old := time.Now().Add(-time.Hour)
	again := filepath.Join(dir, ".acme.toml.7.tmp")
	if err := errors.Join(os.WriteFile(again, nil, 0o600), os.Chtimes(again, old, old)); err != nil {
		t.Fatal(err)
	}
	if err := create(root, "new.toml", nil); err != nil {
		t.Fatal(err)
	}
	left("new.toml")
}

// Where a file system knows no second names, a file is written all the same, and never
// over another.
func TestCreateWithoutHardLinks(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	// What the umask leaves of the permissions of a file that is made plainly.
	f, err := root.Create("plain")
	if err != nil {
		t.Fatal(err)
	}
	plain, err := f.Stat()
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	refuse := func(with error) func(string, string) error {
		return func(from, to string) error { return &os.LinkError{Op: "link", Old: from, New: to, Err: with} }
	}
	for name, link := range map[string]func(string, string) error{
		"links":               root.Link,
		"FAT":                 refuse(syscall.EPERM),
		"a network share":     refuse(syscall.ENOTSUP),
		"a call that is none": refuse(syscall.ENOSYS),
	} {
		t.Run(name, func(t *testing.T) {
			file := name + ".toml"
			if err := createBy(link, root, file, []byte("text")); err != nil {
				t.Fatal(err)
			}
			if err := createBy(link, root, file, []byte("other")); !errors.Is(err, ErrExists) {
				t.Errorf("over another: %v", err)
			}
			info, err := os.Stat(filepath.Join(dir, file))
			text, readErr := os.ReadFile(filepath.Join(dir, file))
			if err := errors.Join(err, readErr); err != nil || string(text) != "text" || info.Mode().Perm() != plain.Mode().Perm() {
				t.Errorf("it holds %q, %v", text, err)
			}
		})
	}
	if err := createBy(refuse(syscall.EPERM), root, "missing/a.toml", nil); err == nil {
		t.Error("a file in a folder that there is not")
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
