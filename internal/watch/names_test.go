package watch

import "testing"

func TestSelection(t *testing.T) {
	sel, err := newSelection([]string{"content", "data/clients", ".hidden"})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		path         string
		folder, file bool
	}{
		{".", true, false},
		{"content", true, false},
		{"content/a", true, true},
		{"content/a/b.md", true, true},
		{"content/.git", false, true},
		{"content/.git/a", false, false},
		{"content/a/.git/b", false, false},
		{"content/a/.git", false, true},
		{"content/a/b~", true, false},
		{"contents", false, false},
		{"contents/a", false, false},
		{"data", true, false},
		{"data/clients", true, false},
		{"data/clients/a.toml", true, true},
		{"data/provider.toml", false, false},
		{".hidden", true, false},
		{".hidden/a", true, true},
		{".other", false, false},
		{"a", false, false},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			if got := sel.folder(tt.path); got != tt.folder {
				t.Errorf("folder: got %v", got)
			}
			if got := sel.file(tt.path); got != tt.file {
				t.Errorf("file: got %v", got)
			}
		})
	}
}

func TestSelectionOfTheRoot(t *testing.T) {
	sel, err := newSelection([]string{"."})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{"a": true, "a/b": true, ".a": true, ".a/b": false, "a/.b/c": false} {
		if got := sel.file(path); got != want {
			t.Errorf("file %s: got %v", path, got)
		}
	}
	for path, want := range map[string]bool{".": true, "a": true, "a/b": true, ".a": false, "a/.b": false} {
		if got := sel.folder(path); got != want {
			t.Errorf("folder %s: got %v", path, got)
		}
	}
}

var temporaryNames = []string{
	".a.toml.swp", ".a.toml.swx", "4913", "a.toml~", ".#a.toml", "#a.toml#", ".DS_Store", "a.toml.orig", "Thumbs.db",
	"a.tmp", "a.toml.tmp", ".goutputstream-X1Y2Z3", "a.toml___jb_tmp___", "a.toml___jb_old___",
}
