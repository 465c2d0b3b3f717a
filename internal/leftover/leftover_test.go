package leftover

import (
	"slices"
	"testing"
)

func TestIs(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"own.css~", "#own.css#", ".#own.css", "own.css.orig", "own.css.bak", "own.css.BCK", "own.css.rej", ".own.css.swp",
		"own.css.swx", "~$plan.docx", "Thumbs.db", "desktop.ini", ".DS_Store", "._own.css", "4913", ".goutputstream-X1",
		"own.css___jb_tmp___", "own.css.tmp", "own.css.old", "own.css.save", "own.css.bak1", ".own.css.swn", "own.css.part",
		"own.css.crdownload", "own.css.autosave", ".own.css.kate-swp",
	} {
		if !Is(name) {
			t.Errorf("%s is taken for a file of its own", name)
		}
	}
	for _, name := range []string{"own.css", "#own.css", "backup.css", "original.html", "_headers", ".well-known", "a~b", "49131", "thumbs.db.css", "film.swf", "old", "part.css"} {
		if Is(name) {
			t.Errorf("%s is taken for a leftover", name)
		}
	}
}

func TestCopyOf(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"acme (conflicted copy 2026-11-17)", "acme (Dev's conflicted copy 2026-11-17)", "acme (In Konflikt stehende Kopie)",
		"acme.sync-conflict-20261117-101010-ABCDEFG", "acme 2", "acme (1)", "acme - Copy", "acme - Copy (2)", "acme copy",
		"acme copy 2", "acme - Kopie", "Kopie von acme", "Copy of acme", "Copie de acme", "acme_LOCAL_12", "acme_REMOTE_12", "acme_BASE_12",
		"acme (copy)", "acme (another copy)", "acme (3rd copy)", "acme.Conflict", "acme-DESKTOP-1", "acme~HEAD", "acme.REMOTE.123",
		"acme_conflict-20201010-101010", "acme_conflict-20201010101010",
	} {
		if of := CopyOf(name); !slices.Equal(of, []string{"acme"}) {
			t.Errorf("%s is a copy of %q", name, of)
		}
	}
	for _, name := range []string{"acme", "acme-2", "acme_2", "acme-copy", "copy", "acme-laptop", "acme_local_12", "acme-uk", "acme_conflict", "Conflict"} {
		if of := CopyOf(name); of != nil {
			t.Errorf("%s is taken for a copy of %s", name, of)
		}
	}
}

// Where the name of the original ends, only what is there can tell.
func TestCopyOfOneOfSeveral(t *testing.T) {
	t.Parallel()
	want := []string{"a_c_host", "a_c", "a"}
	if of := CopyOf("a_c_host_2026-11-17_Conflict"); !slices.Equal(of, want) {
		t.Errorf("got %q, want %q", of, want)
	}
}

func TestCopied(t *testing.T) {
	t.Parallel()
	there := func(name string) bool { return name == "own.css" || name == "logo.svg" || name == "a.min.js" }
	for name, want := range map[string]bool{
		"own (conflicted copy 2026-11-17).css": true, "own.sync-conflict-20261117-101010-ABC.css": true, "own - Copy.css": true,
		"own copy.css": true, "own_REMOTE_77.css": true, "own_host_1_Conflict.css": true, "a.min copy.js": true,
		"other copy.css": false, "own.css": false, "own 2.css": false, "own (2).css": false, "logo~dark.svg": false, "own copy.js": false,
	} {
		if got := Copied(name, there); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
