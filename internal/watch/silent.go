package watch

import (
	"path/filepath"
	"slices"
	"time"
)

// pollSilent is the time between scans of folders on a file system without events.
const pollSilent = time.Second

// interval returns the time between scans; 0 for no scans. It is asked if that is positive.
// Otherwise it is pollSilent if one of the folders is on a file system that sends no events of
// changes by others.
func interval(root string, dirs []string, asked time.Duration, silent func(dir string) bool) time.Duration {
	if asked > 0 {
		return asked
	}
	isSilent := func(dir string) bool { return silent(filepath.Join(root, filepath.FromSlash(dir))) }
	if silent(root) || slices.ContainsFunc(dirs, isSilent) {
		return pollSilent
	}
	return 0
}
