// Package leftover recognizes, by their names, files that are not meant to be published: backups
// and lock files of editors, files of operating systems, and copies of programs that
// synchronize folders. It must not know what is done with them.
package leftover

import (
	"regexp"
	"strings"
)

// Is reports whether a file of that name is a temporary or a backup file of a program, or a
// file of an operating system. Case does not matter.
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

// copyForms match the usual names of copies, without their extension. The first group is the
// name of the original.
var copyForms = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^(.+?)(?: -)? (?:copy|kopie|copie|copia)(?: ?\(?\d+\)?)?$`),
	regexp.MustCompile(`(?i)^(.+?) \((?:[^)]*(?:confli|konfli)[^)]*|\d+)\)$`), // Dropbox, Nextcloud, browsers
	regexp.MustCompile(`(?i)^(.+?)\.sync-conflict-.*$`),                       // Syncthing
	regexp.MustCompile(`^(.+?) \d+$`),                                         // iCloud
	regexp.MustCompile(`(?i)^(?:copy of|kopie von|copie de|copia de) (.+)$`),
	regexp.MustCompile(`^(.+?)_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+$`), // git mergetool
}

// CopyOf returns the name of the original of a copy, by the name of the copy; both without
// their extension. ok is false where the file is not a copy.
func CopyOf(name string) (original string, ok bool) {
	for _, form := range copyForms {
		if m := form.FindStringSubmatch(name); m != nil {
			return m[1], true
		}
	}
	return "", false
}
