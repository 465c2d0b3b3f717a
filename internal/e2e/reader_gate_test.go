package e2e_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

func (r *reader) withoutScript(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)
	tab.Do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
	tab.Do(t, chromedp.Navigate(root+"/"+r.Folder+"/"))
	tab.Do(t, chromedp.WaitVisible(chromedp.CSS("noscript p")))
	said := browsertest.Get(t, tab, chromedp.OuterHTML(chromedp.CSS("main")))
	for _, want := range []string{"Pine Works", "Please allow JavaScript here, or ask Pine Works", "ada@pine.example", "+47 22 00 00 00"} {
		if !strings.Contains(said, want) {
			t.Errorf("without JavaScript the gate does not say %q:\n%s", want, said)
		}
	}
	// What is typed goes nowhere: there is nothing to send it with.
	e2e.Await(t, tab, `body[data-state="waiting"] fieldset:disabled`)
}

const framing = `<!doctype html><html lang="en"><title>Around</title><link rel="icon" href="data:,"><iframe src="PORTAL"></iframe></html>`

func (r *reader) inFrame(t *testing.T) {
	t.Parallel()
	// A host that leaves out the headers which keep a browser from framing a page.
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if q.URL.Path == "/around" {
			w.Header().Set("Content-Type", "text/html")
			_, _ = strings.NewReplacer("PORTAL", r.Link).WriteString(w, framing)
			return
		}
		e2e.SendFile(w, q, r.Out)
	}))
	t.Cleanup(server.Close)
	tab := r.Next(t, r.Browser)
	tab.Do(t, chromedp.Navigate(server.URL+"/around"))
	e2e.Until(t, tab, `frames[0].document.body?.dataset.state === 'locked'`)
	said := browsertest.Eval[string](t, tab, `frames[0].document.querySelector('#said').textContent`)
	if !strings.HasPrefix(said, "This page does not open inside another page.") {
		t.Errorf("in a frame the gate says %q", said)
	}
	if shown := browsertest.Eval[bool](t, tab, `frames[0].document.querySelector('form').getClientRects().length > 0`); shown {
		t.Error("in a frame the gate still asks for the passphrase")
	}
	if n := browsertest.Eval[int](t, tab, `frames[0].document.querySelector('#portal').childNodes.length`); n != 0 {
		t.Error("in a frame the portal opens")
	}

	// With the headers the page is not even there.
	_, root := r.Tab(t)
	around := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = strings.NewReplacer("PORTAL", root+r.Link).WriteString(w, framing)
	}))
	t.Cleanup(around.Close)
	outside := r.Browser.Tab(t) // it complains, and should
	outside.Do(t, chromedp.Navigate(around.URL))
	if all := strings.Join(outside.Problems(), "\n"); !strings.Contains(all, "frame") {
		t.Errorf("the browser does not refuse the frame; it says %q", all)
	}
}

const broken = "This page could not be opened: it was changed or cut off on its way."

// wantBroken wants that a page does not open, neither by link nor by what is kept,
// and says why.
func wantBroken(t *testing.T, tab *browsertest.Tab, address, fragment string) {
	t.Helper()
	for _, f := range []string{"", fragment} {
		tab.Do(t, chromedp.Navigate("about:blank"))
		e2e.Visit(t, tab, address+f, e2e.Locked)
		e2e.WantSealed(t, tab)
		e2e.GateSays(t, tab, broken)
	}
}

func (r *reader) atAnotherPath(t *testing.T) {
	t.Parallel()
	dir := r.Copy(t)
	pages, err := filepath.Glob(filepath.Join(dir, r.Folder, "*", "index.html"))
	e2e.Check(t, err)
	page, err := os.ReadFile(pages[0])
	e2e.Check(t, err)
	token := filepath.Base(filepath.Dir(pages[0]))
	front, err := os.ReadFile(filepath.Join(dir, r.Folder, "index.html"))
	e2e.Check(t, err)
	another := filepath.Base(filepath.Dir(pages[1]))
	for name, text := range map[string][]byte{
		r.Folder + "/" + another: page,                                                                                 // over another page
		r.Folder:                 page,                                                                                 // over Home
		"copy":                   front,                                                                                // in another folder
		"copy/" + token:          page,                                                                                 // the same token there
		r.Folder + "/" + token:   bytes.Replace(page, []byte(`data-token="`+token), []byte(`data-token="`+another), 1), // says that it is another
	} {
		e2e.Check(t, os.MkdirAll(filepath.Join(dir, name), 0o755))
		e2e.Check(t, os.WriteFile(filepath.Join(dir, name, "index.html"), text, 0o644))
	}
	tab, root := r.Next(t, r.Browser), e2e.Host(t, dir)
	_, fragment, _ := strings.Cut(r.Link, "#")
	third := filepath.Base(filepath.Dir(pages[2]))
	e2e.Visit(t, tab, root+"/"+r.Folder+"/"+third+"/#"+fragment, e2e.Inner) // one that was left alone, so that the root is kept
	for _, at := range []string{r.Folder + "/" + another, r.Folder, "copy", "copy/" + token, r.Folder + "/" + token} {
		wantBroken(t, tab, root+"/"+at+"/", "#"+fragment)
	}
}

func (r *reader) changedBytes(t *testing.T) {
	t.Parallel()
	dir := r.Copy(t)
	tab, root := r.Next(t, r.Browser), e2e.Host(t, dir)
	address := root + "/" + r.Folder + "/"
	_, fragment, _ := strings.Cut(r.Link, "#")
	e2e.Visit(t, tab, address+"#"+fragment, e2e.Home)

	name := filepath.Join(dir, r.Folder, "index.html")
	good, err := os.ReadFile(name)
	e2e.Check(t, err)
	body, nav := regexp.MustCompile(`data-body="[^"]+`), regexp.MustCompile(`data-nav="[^"]+`)
	for what, bad := range map[string][]byte{
		"one letter of the body":       flip(good, body.FindIndex(good)[1]-100),
		"one letter of the navigation": flip(good, nav.FindIndex(good)[1]-100),
		"a body that was cut off":      body.ReplaceAllFunc(good, func(b []byte) []byte { return b[:len(b)/2] }),
		"navigation as body":           body.ReplaceAll(good, bytes.Replace(nav.Find(good), []byte("nav"), []byte("body"), 1)),
		"no body":                      body.ReplaceAll(good, []byte(`data-body="`)),
		"one letter of a slot":         flip(good, regexp.MustCompile(`data-slots="[^"]+`).FindIndex(good)[1]-100),
		"half a link token":            bytes.Replace(good, []byte(` data-slots=`), []byte(` data-links="AAAAAAAAAAA=" data-slots=`), 1),
		"a link token":                 bytes.Replace(good, []byte(` data-slots=`), []byte(` data-links="AAAAAAAAAAAAAAAAAAAAAA==" data-slots=`), 1),
		"slots of nothing":             regexp.MustCompile(`data-slots="[^"]+`).ReplaceAll(good, []byte(`data-slots="AAAA`)),
	} {
		t.Run(what, func(t *testing.T) {
			if bytes.Equal(bad, good) {
				t.Fatal("nothing was changed")
			}
			e2e.Check(t, os.WriteFile(name, bad, 0o644))
			wantBroken(t, tab, address, "#"+fragment)
		})
	}
	// The root is still kept: once the page is whole again, it opens.
	e2e.Check(t, os.WriteFile(name, good, 0o644))
	e2e.Visit(t, tab, address, e2e.Home)
}

// flip changes one letter of base64 into another.
func flip(page []byte, at int) []byte {
	page = bytes.Clone(page)
	if page[at] == 'A' {
		page[at] = 'B'
	} else {
		page[at] = 'A'
	}
	return page
}

// What two builds have made does not open together, although the same keys have sealed it.
func TestPagesOfTwoBuildsAreNotMixed(t *testing.T) {
	t.Parallel()
	r := &reader{&e2e.Reader{Browser: browsertest.Open(t)}}
	w := e2e.NewWorld(t)
	r.Folder = w.Folder(t, e2e.Harbour)
	fragment := w.Link(t, e2e.Harbour)
	earlier := w.Publish(t)
	w.Write(t, "content/zqmore.md", "---\ntitle: Zqmore\n---\nOne more page for the menu.\n")
	r.Out = w.Publish(t)
	name := filepath.Join(r.Folder, "index.html")
	before, err := os.ReadFile(filepath.Join(earlier, name))
	e2e.Check(t, err)
	now, err := os.ReadFile(filepath.Join(r.Out, name))
	e2e.Check(t, err)
	slots, nav := regexp.MustCompile(`data-slots="[^"]+`), regexp.MustCompile(`data-nav="[^"]+`)
	if !bytes.Equal(slots.Find(before), slots.Find(now)) || bytes.Equal(nav.Find(before), nav.Find(now)) {
		t.Fatal("the builds have other slots, or the same navigation")
	}
	tab, root := r.Tab(t)
	address := root + "/" + r.Folder + "/"
	e2e.Visit(t, tab, address+fragment, e2e.Home)
	for what, mixed := range map[string][]byte{
		"a later navigation":    nav.ReplaceAll(before, nav.Find(now)),
		"an earlier navigation": nav.ReplaceAll(now, nav.Find(before)),
	} {
		t.Run(what, func(t *testing.T) {
			e2e.Check(t, os.WriteFile(filepath.Join(r.Out, name), mixed, 0o644))
			wantBroken(t, tab, address, fragment)
		})
	}
	e2e.Check(t, os.WriteFile(filepath.Join(r.Out, name), before, 0o644))
	e2e.Visit(t, tab, address, e2e.Home) // all of it of an earlier build: that opens
}
