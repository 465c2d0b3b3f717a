//go:build !windows

package disk

import (
	"os"
	"syscall"
)

// IsOwn reports whether a file or folder belongs to the user of this process. It does not follow
// links.
func IsOwn(path string) bool {
	info, err := os.Lstat(path)
	if err != nil {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid()
}
