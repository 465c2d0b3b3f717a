package site

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	t.Parallel()
	top := t.TempDir()
	for name, text := range map[string]string{
		"outer/" + ProviderFile: "name = \"Outer\"", "outer/inner/" + ProviderFile: "", "outer/inner/deep/er/x": "",
		"outer/beside/x": "", "clients/" + ClientFile("a"): "", "clients/below/x": "", "none/data/x": "",
	} {
		file := filepath.Join(top, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	own := func(string) bool { return true }
	for dir, want := range map[string]string{
		"outer": "outer", "outer/data": "outer", "outer/beside": "outer", "outer/inner/deep/er": "outer/inner",
		"clients": "clients", // its provider's file is missing, which is told
		// Above, a folder of clients alone may be anybody's.
		"clients/below": "", "none": "", "none/data": "", "nowhere": "",
	} {
		is, err := find(filepath.Join(top, filepath.FromSlash(dir)), own)
		if want == "" {
			if !errors.Is(err, ErrNoSite) {
				t.Errorf("%s: %q, %v", dir, is, err)
			}
			continue
		}
		if err != nil || is != filepath.Join(top, filepath.FromSlash(want)) {
			t.Errorf("%s is found to be in %q, not %q: %v", dir, is, want, err)
		}
	}
	theirs := func(string) bool { return false }
	if is, err := find(filepath.Join(top, "outer", "beside"), theirs); err == nil || !strings.Contains(err.Error(), "belongs to another user") {
		t.Errorf("another user's site above is taken: %q, %v", is, err)
	}
	if _, err := find(filepath.Join(top, "outer"), theirs); err != nil {
		t.Errorf("the folder itself, whoever has it: %v", err)
	}
}
