//go:build !windows

package disk

import (
	"os"
	"path/filepath"
	"testing"
)

// Who can only read the folder can hold no lock of it: the lock is a file that nobody but its
// owner can open. One that a killed process has left is in nobody's way.
func TestFolderIsHeldByItsOwnerAlone(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "lock"), nil, 0o600))
	reader, err := os.Open(dir)
	must(t, err)
	t.Cleanup(func() { must(t, reader.Close()) })
	must(t, lockFile(reader))
	unlock, err := LockFolder(dir, "lock")
	must(t, err)
	info, err := os.Stat(filepath.Join(dir, "lock"))
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("others can open the lock: %v", info.Mode())
	}
	must(t, unlock())
}
