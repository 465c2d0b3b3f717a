package watch

import (
	"path/filepath"
	"slices"
	"time"
)

// pollSilent is how often folders are scanned that lie on a file system without events.
const pollSilent = time.Second

// interval returns how often to scan, 0 for never: as asked, or every pollSilent where one of the
// folders lies on a file system that is known to send no events of what others change on it.
func interval(root string, dirs []string, asked time.Duration, silent func(dir string) bool) time.Duration {
	if asked > 0 {
		return asked
	}
	if silent(root) || slices.ContainsFunc(dirs, func(dir string) bool { return silent(filepath.Join(root, filepath.FromSlash(dir))) }) {
		return pollSilent
	}
	return 0
}
