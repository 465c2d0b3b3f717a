// Package leftover recognizes, by their names, files that are not meant to be published: backups
// and lock files of editors, files of operating systems, and copies of programs that
// synchronize folders. It must not know what is done with them.
package leftover

import (
	"path"
	"regexp"
	"slices"
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

// endForm matches what backups end in by number, and what Vim calls its own: it counts down
// from .swp, and .swf is something else.
var endForm = regexp.MustCompile(`\.(?:bak\d+|sw[g-px])$`)

// A copyForm matches the names, without their ending, that copies are given. The first group
// is the name of what was copied.
type copyForm struct {
	*regexp.Regexp
	// loose says that people give such names to files of their own too.
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

// synology matches the names that Synology Drive gives: NAME_HOST_DATE_Conflict. Where the
// name ends and the host begins cannot be seen.
var synology = regexp.MustCompile(`^(.+)_[^_]+.*_Conflict$`)

// CopyOf returns the names of what a file may be a copy of, by its name; all without their
// ending. There are none where it is no copy by its name, and several where it cannot be seen
// where the name ends, the longest first.
func CopyOf(name string) []string { return originals(name, true) }

func originals(name string, loose bool) []string {
	if !strings.ContainsFunc(name, marksCopy) { // as hardly any client's
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

// marksCopy reports whether a letter is one that each of the names that copies are given has one of.
func marksCopy(r rune) bool { return strings.ContainsRune(" ._~", r) || 'A' <= r && r <= 'Z' }

// Copied reports whether a file, given with its ending, is by its name a copy of one that is
// there. Names that people give to files of their own too are none.
func Copied(name string, there func(name string) bool) bool {
	ending := path.Ext(name)
	return slices.ContainsFunc(originals(strings.TrimSuffix(name, ending), false), func(of string) bool {
		return there(of + ending)
	})
}
