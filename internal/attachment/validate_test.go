package attachment

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/diag"
	"portalgen/internal/site"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	const composed, apart = "Pl\u00e4ne.pdf", "Pla\u0308ne.pdf"
	dir := t.TempDir()
	for name, text := range map[string]string{
		"boards.pdf": "%PDF", "empty.pdf": "", apart: "%PDF", "it's " + apart: "%PDF", "Plans/Boards.pdf": "%PDF",
		"plan.old": "%PDF", "Old~/plan.pdf": "%PDF",
		"film.mp4":  "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
		"notes.txt": "version https://git-lfs.github.com/spec/v1 is what a pointer begins with\n",
	} {
		path := filepath.Join(dir, "data", "clients", "acme", filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	s, err := site.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for _, tt := range []struct{ name, message, hint string }{
		{"boards.pdf", "", ""},
		{"Plans/Boards.pdf", "", ""},
		{"notes.txt", "", ""},
		{"other.pdf", "there is no such file", ""},
		{"boards.pdf/x", "not a directory", ""},
		{"Boards.PDF", `it is called "boards.pdf" there, and large and small letters differ`, `write "boards.pdf"`},
		{"plans/boards.pdf", `it is called "Plans/Boards.pdf" there`, `write "Plans/Boards.pdf"`},
		{composed, "name looks the same", "rename it: mv 'data/clients/acme/" + apart + "' 'data/clients/acme/" + composed + "'"},
		{"it's " + composed, "name looks the same", `mv 'data/clients/acme/it'\''s ` + apart},
		{"pl\u00c4ne.pdf", `it is called "` + apart + `" there`, `write "` + apart + `"`},
		{"empty.pdf", "it is empty", "save it again"},
		{"film.mp4", "it is a pointer of Git LFS, and the file itself has not been fetched", "git lfs pull"},
		{"plan.old", "it is a backup or a system's file", "another name"},
		{"Old~/plan.pdf", "it is a backup or a system's file", "another name"},
		{"con.pdf", "con.pdf: Windows keeps that name for a device", ""},
		{"deep/aux/plan.pdf", "aux: Windows keeps that name for a device", ""},
		{"plan.", "plan.: Windows has no names that end with a dot or a space", ""},
	} {
		err := Validate(s, "acme", tt.name)
		if tt.message == "" {
			if err != nil {
				t.Errorf("%s: %v", tt.name, err)
			}
			continue
		}
		p, told := errors.AsType[diag.Problem](err)
		if err == nil || !strings.Contains(err.Error(), tt.message) || told != (tt.hint != "") || !strings.Contains(p.Hint, tt.hint) {
			t.Errorf("%s: %v (%s), want %s (%s)", tt.name, err, p.Hint, tt.message, tt.hint)
		}
	}
}

// The very name wins over one that is nearly so; of several the first is named.
func TestNearest(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		names      string
		name, want string
	}{
		{"A.pdf a.pdf", "a.pdf", "a.pdf"},
		{"A.pdf", "a.pdf", "A.pdf"},
		{"b.pdf", "a.pdf", ""},
		{"STRASSE.pdf", "straße.pdf", "STRASSE.pdf"},
		{"", "a.pdf", ""},
	} {
		if got := nearest(strings.Fields(tt.names), tt.name); got != tt.want {
			t.Errorf("among %q, %q is %q", tt.names, tt.name, got)
		}
	}
}
