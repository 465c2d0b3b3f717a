package disk

import (
	"os"
	"path/filepath"
	"testing"
)

func TestIsOwn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if !IsOwn(dir) {
		t.Error("a folder of our own is somebody else's")
	}
	if IsOwn(filepath.Join(dir, "nothing")) {
		t.Error("what is not there is our own")
	}
	if os.Getuid() != 0 {
		return // only root can give a folder away
	}
	const nobody = 65534
	theirs, link := filepath.Join(dir, "theirs"), filepath.Join(dir, "link")
	for _, err := range []error{
		os.Mkdir(theirs, 0o755), os.Chown(theirs, nobody, nobody), os.Symlink(dir, link), os.Lchown(link, nobody, nobody),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if IsOwn(theirs) || IsOwn(link) {
		t.Error("root takes another user's folder, or link, for its own")
	}
}
