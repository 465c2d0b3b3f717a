//go:build !windows

package publish

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestUmask publishes as a user whose new files nobody else may read.
func TestUmask(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	old := syscall.Umask(0o077)
	defer syscall.Umask(old)
	mustPublish(t, dir, site)
	must(t, filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		want := fs.FileMode(fileMode)
		if e.IsDir() {
			want = dirMode
		}
		same(t, "mode of "+name, info.Mode().Perm(), want)
		return nil
	}))
}
