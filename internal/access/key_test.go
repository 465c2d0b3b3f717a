package access

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/seal"
)

func makeKey(t *testing.T, dir string) seal.Master {
	t.Helper()
	m, err := CreateMaster(dir)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestKeyFile(t *testing.T) {
	dir := t.TempDir()
	if _, err := LoadMaster(dir, "", ""); !errors.Is(err, ErrNoKey) {
		t.Errorf("without a key: %v", err)
	}
	m := makeKey(t, dir)
	got, err := LoadMaster(dir, filepath.Join(dir, "public"), "")
	if err != nil || !got.Equal(m) {
		t.Fatalf("the key does not read back: %v", err)
	}
	if _, err := CreateMaster(dir); !errors.Is(err, errKeyExists) {
		t.Errorf("created twice: %v", err)
	}
	if got, err := LoadMaster(dir, "", ""); err != nil || !got.Equal(m) {
		t.Errorf("the first key is gone: %v", err)
	}
	entries, err := os.ReadDir(filepath.Join(dir, keyDir))
	if err != nil || len(entries) != 3 || entries[0].Name() != ".gitignore" || entries[2].Name() != lockFile {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
	if info, err := os.Stat(filepath.Join(dir, keyDir, keyFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode: %v, %v", info.Mode(), err)
	}
}

func TestKeyFromVariable(t *testing.T) {
	dir, m := t.TempDir(), seal.NewMaster()
	t.Setenv(KeyVariable, m.Reveal())
	text, err := TakeVariable()
	check(t, err)
	got, err := LoadMaster(dir, "", text)
	if err != nil || !got.Equal(m) {
		t.Fatalf("got %v", err)
	}
	if _, there := os.LookupEnv(KeyVariable); there {
		t.Error("the variable is still in the environment")
	}
	fromFile := makeKey(t, dir)
	if got, err := LoadMaster(dir, "", " "+fromFile.Reveal()+"\n"); err != nil || !got.Equal(fromFile) {
		t.Errorf("both, and the same: %v", err)
	}
	if _, err := LoadMaster(dir, "", m.Reveal()); err == nil || !strings.Contains(err.Error(), "different keys") {
		t.Errorf("both, and different: %v", err)
	}
}

func TestKeyRefused(t *testing.T) {
	key := func(dir string) string { return filepath.Join(dir, keyDir, keyFile) }
	change := func(t *testing.T, dir string, from, to string) {
		text, err := os.ReadFile(key(dir))
		if err == nil {
			err = os.WriteFile(key(dir), []byte(strings.Replace(string(text), from, to, 1)), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name, want string
		output     string
		variable   string
		prepare    func(t *testing.T, dir string)
	}{
		{name: "others can read it", want: "chmod 600", prepare: func(t *testing.T, dir string) {
			if err := os.Chmod(key(dir), 0o640); err != nil {
				t.Fatal(err)
			}
		}},
		{name: "mistyped", want: "mistyped", prepare: func(t *testing.T, dir string) { change(t, dir, "key-1-", "key-1-a") }},
		{name: "no key in the file", want: "not a key", prepare: func(t *testing.T, dir string) { change(t, dir, "portalgen-key", "# ") }},
		{name: "mistyped variable", want: KeyVariable + ": mistyped", variable: "portalgen-key-1-a"},
		{name: "output is the site", want: "is published", output: "."},
		{name: "output is the key's folder", want: "is published", output: keyDir},
		{name: "output is a link to the site", want: "is published", output: "link", prepare: func(t *testing.T, dir string) {
			if err := os.Symlink(".", filepath.Join(dir, "link")); err != nil {
				t.Fatal(err)
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			secret := makeKey(t, dir).Reveal()
			if tt.prepare != nil {
				tt.prepare(t, dir)
			}
			if tt.output == "" {
				tt.output = "public"
			}
			_, err := LoadMaster(dir, filepath.Join(dir, tt.output), tt.variable)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("got %v, want %q", err, tt.want)
			}
			if strings.Contains(err.Error(), secret[20:30]) {
				t.Errorf("the error shows the key: %v", err)
			}
		})
	}
}

func TestSampleKeyReadsBack(t *testing.T) {
	if SampleMaster().Reveal() != SampleKey {
		t.Error("the samples' key does not read back")
	}
}

// Where a file system keeps no modes, chmod is no help: the key is used, and it is told that
// others may read it. It runs alone, since it puts another file system in the place of this one.
func TestKeyWithoutModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no modes here")
	}
	dir := t.TempDir()
	m, err := CreateMaster(dir)
	check(t, err)
	path := filepath.Join(dir, keyDir, keyFile)
	if Exposed(dir) {
		t.Error("a key of one's own is told of")
	}
	check(t, os.Chmod(path, 0o777))
	if _, err := LoadMaster(dir, "", ""); err == nil || Exposed(dir) {
		t.Errorf("a key that could be made one's own is taken: %v", err)
	}
	keeps := keepsModes
	t.Cleanup(func() { keepsModes = keeps })
	keepsModes = func(string) bool { return false }
	if got, err := LoadMaster(dir, "", ""); err != nil || !got.Equal(m) || !Exposed(dir) {
		t.Errorf("the key is not taken, or not told of: %v", err)
	}
	if left := names(t, filepath.Join(dir, keyDir)); !slices.Equal(left, []string{".gitignore", "key", "lock"}) {
		t.Errorf("beside the key lie %v", left)
	}
}
