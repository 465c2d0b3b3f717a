package leftover

import "testing"

func TestIs(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"own.css~", "#own.css#", ".#own.css", "own.css.orig", "own.css.bak", "own.css.BCK", "own.css.rej", ".own.css.swp",
		"own.css.swx", "~$plan.docx", "Thumbs.db", "desktop.ini", ".DS_Store", "._own.css", "4913", ".goutputstream-X1",
		"own.css___jb_tmp___", "own.css.tmp",
	} {
		if !Is(name) {
			t.Errorf("%s is taken for a file of its own", name)
		}
	}
	for _, name := range []string{"own.css", "#own.css", "backup.css", "original.html", "_headers", ".well-known", "a~b", "49131", "thumbs.db.css"} {
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
	} {
		if of, ok := CopyOf(name); !ok || of != "acme" {
			t.Errorf("%s is a copy of %q, %v", name, of, ok)
		}
	}
	for _, name := range []string{"acme", "acme-2", "acme_2", "acme-copy", "copy", "acme-laptop", "acme_local_12"} {
		if of, ok := CopyOf(name); ok {
			t.Errorf("%s is taken for a copy of %s", name, of)
		}
	}
}
