package pages

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
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
	t.Parallel()
	browsertest.Require(t)
	const size = 65 << 20
	w := e2e.NewWorld(t)
	name := "data/clients/" + e2e.Harbour
	w.Write(t, name+"/zqfilm.mov", "zqfilm begins")
	e2e.Check(t, os.Truncate(filepath.Join(w.Dir, name, "zqfilm.mov"), size))
	w.Write(t, name+".toml", w.Read(t, name+".toml")+"\n[[file]]\non = 2026-10-17\ntitle = \"Zqtitle of .mov\"\nfile = \"zqfilm.mov\"\n")
	files := w.SharePage(t, e2e.Harbour, "files")
	out := w.Publish(t, e2e.Harbour)
	sealed := ""
	found, err := filepath.Glob(filepath.Join(out, w.Folder(t, e2e.Harbour), "files", "*.bin"))
	e2e.Check(t, err)
	for _, file := range found {
		if info, err := os.Stat(file); err == nil && info.Size() > size {
			sealed = file
		}
	}
	tab := e2e.Prepared(t, browsertest.Open(t), chosenPlace)
	e2e.Visit(t, tab, e2e.Host(t, out)+files.Link, e2e.Inner)

	// A bit is wrong at the end: nothing of it is there.
	f, err := os.OpenFile(sealed, os.O_RDWR, 0)
	e2e.Check(t, err)
	defer f.Close()
	last := make([]byte, 1)
	_, err = f.ReadAt(last, size)
	e2e.Check(t, err)
	_, err = f.WriteAt([]byte{last[0] ^ 1}, size)
	e2e.Check(t, err)
	press(t, tab, "save", "zqfilm.mov")
	e2e.Until(t, tab, said("zqfilm.mov")+`.startsWith('It could not be opened.')`)
	if n := browsertest.Eval[int](t, tab, `chosenFile().then((f) => f.size)`); n != 0 {
		t.Errorf("%d bytes were written of a file that is damaged", n)
	}

	_, err = f.WriteAt(last, size)
	e2e.Check(t, err)
	press(t, tab, "save", "zqfilm.mov")
	e2e.Until(t, tab, fmt.Sprintf(`await chosenFile().then((f) => f.size) === %d`, size))
	if begin := browsertest.Eval[string](t, tab, `chosenFile().then((f) => f.slice(0, 13).text())`); begin != "zqfilm begins" {
		t.Errorf("the file begins %q", begin)
	}
	if asked := browsertest.Eval[string](t, tab, `asked.join()`); asked != "zqfilm.mov,zqfilm.mov" {
		t.Errorf("the reader was asked where to put %s", asked)
	}
}
