// Package leftover recognizes, by their names, files that must not be published: backups and lock
// files of editors, files of operating systems, and copies made by programs that synchronize
// folders. The package must not know what happens to them.
package leftover

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// Is reports whether a file name is that of a temporary or backup file of a program, or of a file
// of an operating system. It ignores case.
func Is(name string) bool {
	name = strings.ToLower(name)
	has := func(prefix, suffix string) bool {
		return strings.HasPrefix(name, prefix) && strings.HasSuffix(name, suffix)
	}
	for _, suffix := range []string{
		"~", ".autosave", ".bak", ".bck", ".crdownload", ".kate-swp", ".old", ".orig", ".part", ".rej", ".save",
		".tmp", "___jb_old___", "___jb_tmp___",
	} {
		if has("", suffix) {
			return true
		}
	}
	if endForm.MatchString(name) {
		return true
	}
	switch name {
	case "4913", ".ds_store", "desktop.ini", "thumbs.db", "ehthumbs.db", "icon\r":
		return true
	}
	return has("#", "#") || has(".#", "") || has("._", "") || has("~$", "") || has(".goutputstream-", "")
}

// endForm matches the endings of numbered backups and of Vim's swap files. Vim counts down from
// .swp; .swf is a different file type.
var endForm = regexp.MustCompile(`\.(?:bak\d+|sw[g-px])$`)

// A copyForm matches the names of copies, without extension. The first group is the name of the
// original.
type copyForm struct {
	*regexp.Regexp
	// loose says that people also give such names to files that are not copies.
	loose bool
}

var copyForms = []copyForm{
	{regexp.MustCompile(`(?i)^(.+?)(?: -)? (?:copy|kopie|copie|copia)(?: ?\(?\d+\)?)?$`), false},
	{regexp.MustCompile(`(?i)^(.+?) \([^)]*(?:confli|konfli)[^)]*\)$`), false},                                 // Dropbox, Nextcloud
	{regexp.MustCompile(`(?i)^(.+?) \((?:another |\d+(?:st|nd|rd|th) )?(?:copy|kopie|copie|copia)\)$`), false}, // GNOME
	{regexp.MustCompile(`(?i)^(.+?) \(\d+\)$`), true},                                                          // browsers
	{regexp.MustCompile(`(?i)^(.+?)\.sync-conflict-.*$`), false},                                               // Syncthing
	{regexp.MustCompile(`(?i)^(.+?)(?:\.conflict|_conflict-\d{8}.*)$`), false},                                 // Unison, ownCloud
	{regexp.MustCompile(`^(.+?) \d+$`), true},                                                                  // iCloud
	{regexp.MustCompile(`(?i)^(?:copy of|kopie von|copie de|copia de) (.+)$`), false},
	{regexp.MustCompile(`^(.+?)[._](?:BACKUP|BASE|LOCAL|REMOTE)[._]\d+$`), false}, // git mergetool
	{regexp.MustCompile(`^(.+?)~.+$`), true},                                      // git merge
	{regexp.MustCompile(`^(.+?)-(?:DESKTOP|LAPTOP|PC|WIN)-[A-Z0-9]+$`), true},     // OneDrive
}

// synology matches the names that Synology Drive gives: NAME_HOST_DATE_Conflict. The name does not
// show where NAME ends and HOST begins.
var synology = regexp.MustCompile(`^(.+)_[^_]+.*_Conflict$`)

// CopyOf returns the possible names of the original if name is that of a copy, all without
// extension. It returns none if name is not that of a copy, and several, the longest first, if the
// end of the original's name is not clear.
func CopyOf(name string) []string { return originals(name, true) }

func originals(name string, loose bool) []string {
	if !strings.ContainsFunc(name, marksCopy) { // most clients' names
		return nil
	}
	for _, form := range copyForms {
		if m := form.FindStringSubmatch(name); m != nil && (loose || !form.loose) {
			return m[1:]
		}
	}
	var all []string
	if m := synology.FindStringSubmatch(name); m != nil {
		for of := m[1]; of != ""; of = of[:max(strings.LastIndexByte(of, '_'), 0)] {
			all = append(all, of)
		}
	}
	return all
}

// marksCopy reports whether r is a letter of which every form of a copy's name has at least one.
func marksCopy(r rune) bool { return strings.ContainsRune(" ._~", r) || 'A' <= r && r <= 'Z' }

// Copied reports whether name, with its extension, is that of a copy of a file for which there
// returns true. Loose forms of names do not count.
func Copied(name string, there func(name string) bool) bool {
	ending := path.Ext(name)
	return slices.ContainsFunc(originals(strings.TrimSuffix(name, ending), false), func(of string) bool {
		return there(of + ending)
	})
}
