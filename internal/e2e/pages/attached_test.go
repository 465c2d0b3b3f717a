package pages

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/access"
	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/gate"
	"portalgen/internal/grant"
)

// What harbour hands over, beside its text file and its picture of one pixel.
const (
	zqlarge  = "zqplans/zqlarge report (final) ☂.bin"
	zqmarkup = "zqmarkup.html"
	zqphoto  = "zqphoto.png"
	zqtext   = "zqcontract.txt"
)

// largeBytes are some megabytes that do not compress.
func largeBytes() []byte {
	var b bytes.Buffer
	for i := range 100_000 {
		sum := sha256.Sum256([]byte(fmt.Sprint("zq", i)))
		b.Write(sum[:])
	}
	return b.Bytes()
}

// attaching is a site in which harbour hands over files of several kinds.
func attaching(t *testing.T) *e2e.World {
	t.Helper()
	w := e2e.NewWorld(t)
	var photo bytes.Buffer
	picture := image.NewGray(image.Rect(0, 0, 900, 200))
	picture.SetGray(1, 1, color.Gray{Y: 9})
	e2e.Check(t, png.Encode(&photo, picture))
	name := "data/clients/" + e2e.Harbour
	w.Write(t, name+"/"+zqlarge, string(largeBytes()))
	w.Write(t, name+"/"+zqmarkup, `<script>top.ran = true</script><h1>Zqmarkup</h1>`)
	w.Write(t, name+"/"+zqphoto, photo.String())
	more := ""
	for _, file := range []string{zqlarge, zqmarkup, zqphoto} {
		more += fmt.Sprintf("\n[[file]]\non = 2026-10-17\ntitle = \"Zqtitle of %s\"\nfile = %q\n", filepath.Ext(file), file)
	}
	more += fmt.Sprintf("\n[[term]]\nword = \"zqsecond\"\nmeans = \"Zqmeaning of another\"\npicture = %q\n", zqphoto)
	w.Write(t, name+".toml", w.Read(t, name+".toml")+more)
	return w
}

// saving has the browser put what is downloaded into a folder.
func saving(t *testing.T, tab *browsertest.Tab) (to string) {
	t.Helper()
	to = t.TempDir()
	tab.Downloads(t, to)
	return to
}

// of is the element that hands over the file of that name.
func of(name string) string {
	title := "Zqtitle of " + filepath.Ext(name)
	if name == zqtext {
		title = "Zqannex to it"
	}
	return fmt.Sprintf(`[...document.querySelectorAll('.files > [data-file]')].find((li) => li.textContent.includes(%q))`, title)
}

// press presses a button of the file of that name.
func press(t *testing.T, tab *browsertest.Tab, which, name string) {
	t.Helper()
	e2e.Until(t, tab, of(name)+`.querySelector('[data-`+which+`]:enabled')`)
	e2e.Run(t, tab, of(name)+`.querySelector('[data-`+which+`]').click()`)
}

// said is what stands below the buttons of the file of that name.
func said(name string) string { return of(name) + `.querySelector('[role=status]').textContent` }

// An attached is what the tests of attachments share.
type attached struct {
	*e2e.Reader
	w     *e2e.World
	files string // the path of the page of files
}

// open opens the page of files in a tab whose store is empty.
func (a *attached) open(t *testing.T, tab *browsertest.Tab, root string) {
	t.Helper()
	e2e.Visit(t, tab, root+a.Link, e2e.Home)
	e2e.Visit(t, tab, root+a.files, e2e.Inner)
	e2e.Await(t, tab, "[data-file] [data-save]")
}

func TestAttachments(t *testing.T) {
	t.Parallel()
	w := attaching(t)
	a := &attached{Reader: &e2e.Reader{Browser: browsertest.Open(t)}, w: w}
	a.Folder = w.Folder(t, e2e.Harbour)
	a.Link = "/" + a.Folder + "/" + w.Link(t, e2e.Harbour)
	shared := w.SharePage(t, e2e.Harbour, "files")
	a.files = shared.Path
	a.Out = w.Publish(t)
	t.Run("saved", a.saved)
	t.Run("pictures", a.pictures)
	t.Run("stopped", a.stopped)
	t.Run("damaged", a.damaged)
	t.Run("of another size", a.otherSize)
	t.Run("without its script", a.withoutScript)
	t.Run("on paper", a.onPaper)
	t.Run("locked", a.lockedMeanwhile)
	t.Run("locked before the second picture", a.lockedBetweenPictures)
	t.Run("by a page link", func(t *testing.T) { a.byPageLink(t, shared) })
}

func (a *attached) saved(t *testing.T) {
	tab, root := a.Tab(t)
	a.open(t, tab, root)
	to := saving(t, tab)
	for _, name := range []string{zqlarge, zqmarkup, zqtext, zqphoto} {
		press(t, tab, "save", name)
		want, err := os.ReadFile(filepath.Join(a.w.Dir, "data/clients", e2e.Harbour, name))
		e2e.Check(t, err)
		downloaded(t, to, filepath.Base(name), string(want))
		if info, err := os.Stat(filepath.Join(to, filepath.Base(name))); err != nil || info.Size() != int64(len(want)) {
			t.Errorf("%s has come as %v, %v", name, info, err)
		}
	}
	if ran := browsertest.Eval[bool](t, tab, `'ran' in top || location.protocol === 'blob:'`); ran {
		t.Error("a file that was handed over has become a document")
	}
	published := e2e.ReadTree(t, a.Out)
	for name := range published {
		if strings.HasSuffix(name, ".bin") && !strings.HasPrefix(name, a.Folder+"/files/") {
			t.Errorf("an attachment is at %s", name)
		}
	}
}

// A picture shows in the page: that of a term at once, another when it is asked for. What
// is not a picture of a kind that browsers only paint is never shown.
func (a *attached) pictures(t *testing.T) {
	tab, root := a.Tab(t)
	a.open(t, tab, root)
	if n := browsertest.Eval[int](t, tab, `document.querySelectorAll('[data-show]').length`); n != 1 {
		t.Errorf("%d files can be shown, not the photo alone", n)
	}
	press(t, tab, "show", zqphoto)
	e2e.Until(t, tab, `document.querySelector('img.picture')?.naturalWidth === 900`)
	term := a.path(t, "agreed")
	e2e.Visit(t, tab, root+term, e2e.Inner)
	e2e.Until(t, tab, `document.querySelector('img.picture')?.naturalWidth === 1`)
	if alt := browsertest.Eval[string](t, tab, `document.querySelector('img.picture').alt`); !strings.Contains(alt, "zqgolive") {
		t.Errorf("the picture is described as %q", alt)
	}
}

// path returns the path of a section of harbour.
func (a *attached) path(t *testing.T, section string) string {
	t.Helper()
	pages, ps := grant.PortalOf(a.w.Builder(t), e2e.Harbour)
	e2e.Check(t, ps.Err())
	p, err := pages.Page([]string{section})
	e2e.Check(t, err)
	return p.Href
}

// slowly serves a published folder, and holds back the end of each attachment until
// it is told to go on.
func slowly(t *testing.T, dir string) (url string, goOn func()) {
	t.Helper()
	more := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range (gate.Host{Prefix: "/"}).Match(r.URL.Path) {
			w.Header().Set(h.Name, h.Value)
		}
		if !strings.HasSuffix(r.URL.Path, ".bin") {
			e2e.SendFile(w, r, dir)
			return
		}
		sealed, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(r.URL.Path)))
		if err != nil {
			t.Error(err)
		}
		_, _ = w.Write(sealed[:len(sealed)/2])
		_ = http.NewResponseController(w).Flush()
		select {
		case <-more:
		case <-r.Context().Done():
			return
		}
		_, _ = w.Write(sealed[len(sealed)/2:]) // the browser may have gone away
	}))
	goOn = sync.OnceFunc(func() { close(more) })
	t.Cleanup(server.Close)
	t.Cleanup(goOn) // or the server would wait for it
	return server.URL, goOn
}

// A reader sees how far a large file has come, stops it, and starts it again.
func (a *attached) stopped(t *testing.T) {
	tab := a.Next(t, a.Browser)
	root, goOn := slowly(t, a.Out)
	a.open(t, tab, root)
	to := saving(t, tab)
	press(t, tab, "save", zqlarge)
	e2e.Until(t, tab, `document.querySelector('[data-file] progress')?.value > 0.2`)
	if label := browsertest.Eval[string](t, tab, `document.querySelector('[data-file]:has(progress) [data-save]').textContent`); label != "Stop" {
		t.Errorf("the button says %q", label)
	}
	e2e.Run(t, tab, `document.querySelector('[data-file]:has(progress) [data-save]').click()`)
	e2e.Gone(t, tab, "[data-file] progress")
	if now := browsertest.Eval[string](t, tab, said(zqlarge)); now != "" {
		t.Errorf("after it was stopped, it says %q", now)
	}
	goOn()
	press(t, tab, "save", zqlarge)
	downloaded(t, to, "zqlarge report (final) ☂.bin", string(largeBytes()))
}

// One bit that is wrong at the host, anywhere, and nothing is saved.
func (a *attached) damaged(t *testing.T) {
	tab := a.Browser.Tab(t) // it complains, which is right
	dir := a.Copy(t)
	files, err := filepath.Glob(filepath.Join(dir, a.Folder, "files", "*.bin"))
	e2e.Check(t, err)
	for _, file := range files {
		sealed, err := os.ReadFile(file)
		e2e.Check(t, err)
		sealed[len(sealed)-100] ^= 1
		e2e.Check(t, os.WriteFile(file, sealed, 0o644))
	}
	a.open(t, tab, e2e.Host(t, dir))
	to := saving(t, tab)
	for _, name := range []string{zqlarge, zqmarkup} {
		press(t, tab, "save", name)
		e2e.Until(t, tab, said(name)+`.startsWith('It could not be opened.')`)
	}
	for _, file := range files {
		e2e.Check(t, os.Remove(file))
	}
	tab.Do(t, chromedp.Reload())
	e2e.Await(t, tab, "[data-file] [data-save]")
	press(t, tab, "save", zqtext)
	e2e.Until(t, tab, said(zqtext)+`.startsWith('It could not be opened.')`)
	if there, _ := filepath.Glob(filepath.Join(to, "*")); len(there) > 0 {
		t.Errorf("saved were %q", there)
	}
}

// A file that is longer or shorter than its page says is not handed over.
func (a *attached) otherSize(t *testing.T) {
	for _, by := range []string{"1", "-1"} {
		tab := e2e.Prepared(t, a.Browser, `const parse = JSON.parse;
			JSON.parse = (text) => {
				const content = parse(text);
				for (const file of Object.values(content?.files ?? {})) file.size += `+by+`;
				return content;
			};`) // it complains, which is right
		a.open(t, tab, e2e.Host(t, a.Out))
		to := saving(t, tab)
		press(t, tab, "save", zqmarkup)
		e2e.Until(t, tab, said(zqmarkup)+`.startsWith('It could not be opened.')`)
		if there, _ := filepath.Glob(filepath.Join(to, "*")); len(there) > 0 {
			t.Errorf("saved were %q", there)
		}
	}
}

// Lock ends what is under way, and nothing of it comes after.
func (a *attached) lockedMeanwhile(t *testing.T) {
	tab := e2e.Prepared(t, a.Browser, watchFiles)
	t.Cleanup(func() { tab.WantNoProblems(t) })
	root, goOn := slowly(t, a.Out)
	a.open(t, tab, root)
	press(t, tab, "save", zqlarge)
	e2e.Until(t, tab, `document.querySelector('[data-file] progress')?.value > 0.2`)
	tab.Do(t, chromedp.Click(chromedp.CSS("#portal [data-lock]")))
	e2e.Await(t, tab, e2e.Locked)
	goOn()
	e2e.WantSealed(t, tab)
	if n := browsertest.Eval[int](t, tab, `new Promise((done) => requestIdleCallback(() => done(made.filter((m) => !ended.includes(m.url)).length)))`); n != 0 {
		t.Errorf("%d files are left after Lock", n)
	}
}

// Pictures that are still to come take no more room than there is, and none of them
// comes after Lock.
func (a *attached) lockedBetweenPictures(t *testing.T) {
	tab := e2e.Prepared(t, a.Browser, watchFiles+`
		globalThis.fetched = []; const asItWas = globalThis.fetch;
		globalThis.fetch = (url, how) => { fetched.push(url); return asItWas(url, how); };`)
	t.Cleanup(func() { tab.WantNoProblems(t) })
	root, goOn := slowly(t, a.Out)
	phone(t, tab, 375, 667)
	e2e.Visit(t, tab, root+a.Link, e2e.Home)
	e2e.Visit(t, tab, root+a.path(t, "agreed"), e2e.Inner)
	e2e.Until(t, tab, `fetched.length === 1 && document.querySelectorAll('img[data-file]').length === 2`)
	if by := browsertest.Eval[int](t, tab, `document.documentElement.scrollWidth - innerWidth`); by > 0 {
		t.Errorf("the page scrolls sideways, by %d pixels", by)
	}
	tab.Do(t, chromedp.Click(chromedp.CSS("[popovertarget]")), chromedp.Click(chromedp.CSS("#portal [data-lock]"))) // it is in the menu of phones
	e2e.Await(t, tab, e2e.Locked)
	goOn()
	if n := browsertest.Eval[int](t, tab, `new Promise((done) => requestIdleCallback(() => done(fetched.length - 1 + made.length)))`); n != 0 {
		t.Errorf("%d pictures were fetched or opened after Lock", n)
	}
}

// A link to a page hands over what the page does. Once it is revoked, the page and its
// files lie elsewhere, under keys that the link never had.
func (a *attached) byPageLink(t *testing.T, link e2e.SharedPage) {
	tab, root := a.Tab(t)
	e2e.Visit(t, tab, root+link.Link, e2e.Inner)
	e2e.Await(t, tab, "[data-file] [data-save]")
	to := saving(t, tab)
	press(t, tab, "save", zqmarkup)
	downloaded(t, to, zqmarkup, "<script>")

	before, err := filepath.Glob(filepath.Join(a.Out, a.Folder, "files", "*.bin"))
	e2e.Check(t, err)
	e2e.Check(t, access.Update(a.w.Dir, e2e.Harbour, a.w.Master, func(c *access.Client) error {
		if !c.RemoveLink(link.ID) {
			t.Error("there is no such link")
		}
		return nil
	}))
	a.w.PublishInto(t, a.Out)
	after, err := filepath.Glob(filepath.Join(a.Out, a.Folder, "files", "*.bin"))
	e2e.Check(t, err)
	if len(after) != len(before) || len(after) != 5 {
		t.Fatalf("%d attachments, %d after the link was revoked", len(before), len(after))
	}
	same := 0
	for _, name := range before {
		if _, err := os.Stat(name); err == nil {
			same++
		}
	}
	if same != 1 { // the picture of the term, which the link never reached
		t.Errorf("%d attachments are where they were", same)
	}
	tab.Do(t, chromedp.Navigate("about:blank"))
	e2e.Visit(t, tab, root+link.Link, e2e.Locked)
	e2e.WantSealed(t, tab)
}
