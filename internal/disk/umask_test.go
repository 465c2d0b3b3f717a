//go:build !windows

package disk_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"portalgen/internal/disk"
)

func TestPermissions(t *testing.T) {
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	for _, tt := range []struct {
		name  string
		umask int
		was   fs.FileMode // 0 for no file
		perm  fs.FileMode
		want  fs.FileMode
	}{
		{name: "new", umask: 0o022, perm: disk.Own, want: 0o644},
		{name: "new, for nobody else", umask: 0o077, perm: disk.Own, want: 0o600},
		{name: "new, for a group", umask: 0o007, perm: disk.Own, want: 0o660},
		{name: "made one's own", umask: 0o022, was: 0o600, perm: disk.Own, want: 0o600},
		{name: "for a group by hand", umask: 0o077, was: 0o664, perm: disk.Own, want: 0o664},
		{name: "a secret", umask: 0o000, perm: disk.Secret, want: 0o600},
		{name: "a secret that all could read", umask: 0o000, was: 0o644, perm: disk.Secret, want: 0o600},
	} {
		name := filepath.Join(t.TempDir(), "file")
		syscall.Umask(0)
		if tt.was != 0 {
			if err := os.WriteFile(name, nil, tt.was); err != nil {
				t.Fatal(err)
			}
		}
		syscall.Umask(tt.umask)
		err := disk.Write(name, []byte("text"), tt.perm)
		if info, statErr := os.Stat(name); err != nil || statErr != nil || info.Mode().Perm() != tt.want {
			t.Errorf("%s: %v, %v, want %04o", tt.name, err, info.Mode(), tt.want)
		}
	}
}
