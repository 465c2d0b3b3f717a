package watch

import (
	"path/filepath"
	"testing"
	"time"
)

// Where the folders, or one of them, lie on a file system without events, they are scanned
// without being asked; what is asked for holds.
func TestSilentFileSystemIsScanned(t *testing.T) {
	root := t.TempDir()
	for _, tt := range []struct {
		name   string
		asked  time.Duration
		silent string // the folder that sends no events; "" for none
		want   time.Duration
	}{
		{"events", 0, "", 0},
		{"all without", 0, ".", pollSilent},
		{"data is mounted from elsewhere", 0, "data", pollSilent},
		{"another folder is", 0, "public", 0},
		{"asked", 5 * time.Second, "data", 5 * time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := interval(root, []string{"data", "content"}, tt.asked, func(dir string) bool {
				return tt.silent != "" && dir == filepath.Join(root, tt.silent)
			})
			if got != tt.want {
				t.Errorf("scanned every %v, want %v", got, tt.want)
			}
		})
	}
}

// The file system of this machine is asked, and a folder that is not there is none.
func TestWhichIsSilent(t *testing.T) {
	if silent(filepath.Join(t.TempDir(), "none")) {
		t.Error("a folder that is not there is silent")
	}
	src, err := open(t.TempDir(), []string{"data"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	switch src := src.(type) {
	case *notifier:
		if silent(src.root) {
			t.Error("a silent file system is listened to")
		}
		src.events.Close()
	case *poller:
		if !silent(src.root) {
			t.Error("a file system with events is scanned")
		}
	}
}
