package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"portalgen/internal/browsertest"
)

// chosenPlace has the reader always choose one place, which tests can read: a real file
// of the origin's own.
const chosenPlace = `
	const place = async (create) => (await navigator.storage.getDirectory()).getFileHandle('zqchosen', { create });
	globalThis.asked = [];
	globalThis.chosenFile = async () => (await place(false)).getFile();
	globalThis.showSaveFilePicker = async (options) => { asked.push(options.suggestedName); return place(true); };`

// TestHugeFiles: what is too large to be held is written where the reader wants it, as a
// whole or not at all.
func TestHugeFiles(t *testing.T) {
	const size = 65 << 20
	w := newWorld(t)
	name := "data/clients/" + harbour
	w.write(t, name+"/zqfilm.mov", "zqfilm begins")
	check(t, os.Truncate(filepath.Join(w.dir, name, "zqfilm.mov"), size))
	w.write(t, name+".toml", w.read(t, name+".toml")+"\n[[file]]\non = 2026-10-17\ntitle = \"Zqtitle of .mov\"\nfile = \"zqfilm.mov\"\n")
	files := w.shares(t, harbour, "files")
	out := w.publish(t)
	sealed := ""
	found, err := filepath.Glob(filepath.Join(out, w.folder(t, harbour), "files", "*.bin"))
	check(t, err)
	for _, file := range found {
		if info, err := os.Stat(file); err == nil && info.Size() > size {
			sealed = file
		}
	}
	tab := prepared(t, browsertest.Open(t), chosenPlace)
	visit(t, tab, host(t, out)+files.link, inner)

	// A bit is wrong at the end: nothing of it is there.
	f, err := os.OpenFile(sealed, os.O_RDWR, 0)
	check(t, err)
	defer f.Close()
	last := make([]byte, 1)
	_, err = f.ReadAt(last, size)
	check(t, err)
	_, err = f.WriteAt([]byte{last[0] ^ 1}, size)
	check(t, err)
	press(t, tab, "save", "zqfilm.mov")
	until(t, tab, said("zqfilm.mov")+`.startsWith('It could not be opened.')`)
	if n := browsertest.Eval[int](t, tab, `chosenFile().then((f) => f.size)`); n != 0 {
		t.Errorf("%d bytes were written of a file that is damaged", n)
	}

	_, err = f.WriteAt(last, size)
	check(t, err)
	press(t, tab, "save", "zqfilm.mov")
	until(t, tab, fmt.Sprintf(`await chosenFile().then((f) => f.size) === %d`, size))
	if begin := browsertest.Eval[string](t, tab, `chosenFile().then((f) => f.slice(0, 13).text())`); begin != "zqfilm begins" {
		t.Errorf("the file begins %q", begin)
	}
	if asked := browsertest.Eval[string](t, tab, `asked.join()`); asked != "zqfilm.mov,zqfilm.mov" {
		t.Errorf("the reader was asked where to put %s", asked)
	}
}
