package cli

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"portalgen/internal/seal"
)

// A key that was loaded ahead is used once, and only where its file is still the same.
func TestTheKeyIsLoadedAhead(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "key")
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("one")
	first, second := seal.NewMaster(), seal.NewMaster()
	now, failed, loads := first, error(nil), 0
	k := &keyAhead{file: file, load: func() (seal.Master, error) { loads++; return now, failed }}
	expect := func(what string, want seal.Master, n int) {
		t.Helper()
		if got, err := k.take(); err != nil || !got.Equal(want) || loads != n {
			t.Errorf("%s: %v after %d loads, want %d", what, err, loads, n)
		}
	}
	k.begin()
	k.begin()
	expect("loaded ahead", first, 1)
	now = second
	expect("used already", second, 2)
	k.begin()
	<-k.last.done
	now = first
	put("another")
	expect("another file", first, 4)
	failed = errors.New("changing")
	k.begin()
	<-k.last.done
	failed = nil
	expect("not loaded", first, 6)
}
