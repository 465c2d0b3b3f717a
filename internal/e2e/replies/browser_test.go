package replies

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// A browser writes what is typed into fields to its own files, in the clear, to put it back after a crash, and
// no Lock reaches it there. It does so with a field that the test plants, and with none of a portal.
func TestTheBrowserNotesNothingByItself(t *testing.T) {
	t.Parallel()
	h := publish(t, true)
	profile, err := os.MkdirTemp("", "profile-")
	e2e.Check(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(profile) }) // a process of the browser may still write there
	tab := e2e.On(t, browsertest.Open(t, chromedp.UserDataDir(profile)), e2e.FridayEvening)
	plant := func(word string) {
		e2e.Run(t, tab, `document.body.append(Object.assign(document.createElement('textarea'), { id: 'planted' }))`)
		tab.Do(t, chromedp.SendKeys(chromedp.CSS("#planted"), word))
		for end := time.Now().Add(e2e.Timeout); !notes(t, profile, word); {
			if time.Now().After(end) {
				t.Fatal("what was planted is not found")
			}
			e2e.Until(t, tab, `await new Promise((done) => setTimeout(done, 100, true))`)
		}
	}

	e2e.Visit(t, tab, h.home(t), e2e.Locked)
	tab.Do(t, chromedp.Click(chromedp.CSS("#show")), chromedp.SendKeys(chromedp.CSS("#passphrase"), "Zqshown"))
	plant("zqfirst")
	e2e.Visit(t, tab, h.home(t), e2e.Locked)
	e2e.Enter(t, tab, h.passphrase, 7)
	e2e.Await(t, tab, e2e.Home)
	e2e.Until(t, tab, fmt.Sprintf(`document.querySelector(%q) !== null`, message+" [data-stands]"))
	e2e.Run(t, tab, `for (const fold of document.querySelectorAll('details')) fold.open = true`)
	tab.Do(t, chromedp.SendKeys(chromedp.CSS(message+" textarea"), "Zqdrafted"))
	tab.Do(t, chromedp.SendKeys(chromedp.CSS(wax+" textarea"), "Zqanswered"))
	plant("zqsecond")
	e2e.Run(t, tab, `[...document.querySelectorAll('#portal a')]
		.find((a) => a.textContent.trim() === 'Print or search all').click()`)
	e2e.Await(t, tab, "#find")
	tab.Do(t, chromedp.SendKeys(chromedp.CSS("#find"), "Zqsought"))
	plant("zqthird")
	for _, word := range []string{"Zqshown", "Zqdrafted", "Zqanswered", "Zqsought"} {
		if notes(t, profile, word) {
			t.Errorf("the browser keeps %q in the clear", word)
		}
	}
}

// notes reports whether the files of a browser's profile hold a word, in one of the codings in which it writes.
func notes(t *testing.T, profile, word string) bool {
	t.Helper()
	wide, err := binary.Append(nil, binary.LittleEndian, utf16.Encode([]rune(word)))
	e2e.Check(t, err)
	found := false
	e2e.Check(t, filepath.WalkDir(profile, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil // the browser has removed it meanwhile
		}
		text, err := os.ReadFile(path)
		found = found || err == nil && (bytes.Contains(text, wide) || bytes.Contains(text, []byte(word)))
		return nil
	}))
	return found
}
