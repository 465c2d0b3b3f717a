// Package leftover knows by their names the files that nobody means to publish: backups
// and locks of editors, files of systems, and the copies that programs make which keep
// folders the same on several machines.
package leftover

import (
	"regexp"
	"strings"
)

// Is reports whether a file of that name is one that a program or a system makes for
// itself, for a moment or beside the real one. Case does not count.
func Is(name string) bool {
	name = strings.ToLower(name)
	has := func(prefix, suffix string) bool {
		return strings.HasPrefix(name, prefix) && strings.HasSuffix(name, suffix)
	}
	for _, suffix := range []string{
		"~", ".bak", ".bck", ".orig", ".rej", ".swo", ".swp", ".swx", ".tmp", "___jb_old___", "___jb_tmp___",
	} {
		if has("", suffix) {
			return true
		}
	}
	switch name {
	case "4913", ".ds_store", "desktop.ini", "thumbs.db", "ehthumbs.db", "icon\r":
		return true
	}
	return has("#", "#") || has(".#", "") || has("._", "") || has("~$", "") || has(".goutputstream-", "")
}

// copyForms match the names, without their ending, that copies are given. The first
// group is the name of what was copied.
var copyForms = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^(.+?)(?: -)? (?:copy|kopie|copie|copia)(?: ?\(?\d+\)?)?$`),
	regexp.MustCompile(`(?i)^(.+?) \((?:[^)]*(?:confli|konfli)[^)]*|\d+)\)$`), // Dropbox, Nextcloud, browsers
	regexp.MustCompile(`(?i)^(.+?)\.sync-conflict-.*$`),                       // Syncthing
	regexp.MustCompile(`^(.+?) \d+$`),                                         // iCloud
	regexp.MustCompile(`(?i)^(?:copy of|kopie von|copie de|copia de) (.+)$`),
	regexp.MustCompile(`^(.+?)_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+$`), // git mergetool
}

// CopyOf returns the name of what a file is a copy of, by its name; both without their
// ending. ok is false where it is no copy.
func CopyOf(name string) (original string, ok bool) {
	for _, form := range copyForms {
		if m := form.FindStringSubmatch(name); m != nil {
			return m[1], true
		}
	}
	return "", false
}
