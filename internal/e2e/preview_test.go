package e2e_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/seal"
	"portalgen/internal/serve"
	"portalgen/internal/site"
	"portalgen/internal/watch"
)

// A preview is a site that is served and watched, and a browser to see it with.
type preview struct {
	*e2e.World
	server  *serve.Server
	address string // of the host, without a slash at its end
	browser *browsertest.Tab
	taken   chan struct{} // holds one after changes were taken up
}

func TestPreview(t *testing.T) {
	t.Parallel()
	p := &preview{browser: browsertest.Open(t), World: e2e.NewWorld(t), taken: make(chan struct{}, 1)}
	p.start(t)
	t.Run("edit in place", p.showsAnEdit(p.Write))
	t.Run("edit by rename", p.showsAnEdit(p.writeBeside))
	t.Run("mistake", p.showsAMistake)
	t.Run("markup in a mistake", p.showsMarkupAsText)
	t.Run("mistake of the provider", p.showsAMistakeOfTheProvider)
	t.Run("new and gone", p.clientsComeAndGo)
	t.Run("one at a time", p.leavesOthersAlone)
	t.Run("page that is open", p.rebuildsAnInnerPage)
	t.Run("desk", p.showsTheDesk)
	t.Run("foreign host", p.refusesForeignHosts)
	t.Run("version that never comes", p.doesNotLoadForEver)
	t.Run("page that is not seen", p.listensWhileItIsSeen)
	t.Run("nothing kept", p.keepsNothingOnTheDevice)
	t.Run("nothing written", p.writesNothing)
}

// start serves the site as the command does.
func (p *preview) start(t *testing.T) {
	t.Helper()
	s, err := site.Open(p.Dir)
	e2e.Check(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	batches, err := watch.Watch(ctx, p.Dir, site.Watched, watch.Options{})
	e2e.Check(t, err)
	l, err := serve.Listen(0)
	e2e.Check(t, err)
	p.server = serve.New(pipeline.New(s, pipeline.Options{
		Now: e2e.Clock(t, e2e.Friday), Keys: keyring.PreviewKeys{Master: seal.NewMaster()}, Scripts: serve.Scripts,
	}))
	e2e.Check(t, p.server.Problems().Err())
	p.address = fmt.Sprintf("http://127.0.0.1:%d", l.Addr().(*net.TCPAddr).Port)
	followed, served := make(chan struct{}), make(chan error)
	go func() {
		defer close(followed)
		for batch := range batches {
			change := pipeline.Classify(batch.Paths)
			change.All = change.All || batch.All
			p.server.Change(change)
			select {
			case p.taken <- struct{}{}:
			default:
			}
		}
	}()
	go func() { served <- p.server.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		<-followed
		if err := <-served; err != nil {
			t.Error(err)
		}
		e2e.Check(t, s.Close())
	})
}

func (p *preview) entry(t *testing.T, id string) serve.Entry {
	t.Helper()
	for _, e := range p.server.Entries() {
		if e.ID == id {
			return e
		}
	}
	t.Fatalf("the preview has no %s", id)
	return serve.Entry{}
}

// tab opens a client's portal in a tab of its own, by its link.
func (p *preview) tab(t *testing.T, id string) *browsertest.Tab {
	t.Helper()
	tab := p.browser.Tab(t)
	e2e.Visit(t, tab, p.address+p.entry(t, id).Link, e2e.Home)
	t.Cleanup(func() { tab.WantNoProblems(t) })
	return tab
}

// good returns a file as it is, and brings it back when the test has ended.
func (p *preview) good(t *testing.T, name string) string {
	t.Helper()
	text := p.Read(t, name)
	t.Cleanup(func() { p.writeBeside(t, name, text) })
	return text
}

// writeBeside writes a file as most editors do.
func (p *preview) writeBeside(t *testing.T, name, text string) {
	t.Helper()
	to := filepath.Join(p.Dir, filepath.FromSlash(name))
	beside := filepath.Join(filepath.Dir(to), ".4913.tmp~")
	e2e.Check(t, os.WriteFile(beside, []byte(text), 0o644))
	e2e.Check(t, os.Rename(beside, to))
}

const (
	headline = `headline = "Zqheadline of today"`
	file     = site.ClientsDir + "/" + e2e.Harbour + ".toml"
	overlay  = `#portalgen-problems[role=alert]`
)

func (p *preview) showsAnEdit(write func(*testing.T, string, string)) func(*testing.T) {
	return func(t *testing.T) {
		good := p.good(t, file)
		tab := p.tab(t, e2e.Harbour)
		e2e.Says(t, tab, "Zqheadline of today")
		for _, word := range []string{"Zqedited once", "Zqedited twice"} {
			write(t, file, strings.Replace(good, headline, `headline = "`+word+`"`, 1))
			e2e.Says(t, tab, word)
		}
		write(t, file, good)
		e2e.Says(t, tab, "Zqheadline of today")
		e2e.Await(t, tab, e2e.Home)
	}
}

func (p *preview) showsAMistake(t *testing.T) {
	good := p.good(t, file)
	tab := p.tab(t, e2e.Harbour)
	beside := p.tab(t, e2e.Other)
	p.writeBeside(t, file, strings.Replace(good, headline, `headline = "Zqheadline of tomorrow`, 1))
	e2e.Await(t, tab, overlay+" pre")
	shown := e2e.Text(t, tab, overlay+" pre")
	line := strings.Count(good[:strings.Index(good, headline)], "\n") + 1
	if want := fmt.Sprintf("%d | headline = \"Zqheadline of tomorrow\n", line); !strings.HasPrefix(shown, want) {
		t.Errorf("the overlay shows\n%s\nand not\n%s", shown, want)
	}
	if !regexp.MustCompile(`\n +\^+$`).MatchString(shown) {
		t.Errorf("no caret stands below the line:\n%s", shown)
	}
	if place := e2e.Text(t, tab, overlay+" .portalgen-place"); !strings.HasPrefix(place, fmt.Sprintf("%s:%d:", file, line)) {
		t.Errorf("the place is %q", place)
	}
	e2e.Says(t, tab, "Zqheadline of today")

	// Loaded again, by whoever has the page open, it is still the last good one.
	tab.Do(t, chromedp.Reload())
	e2e.Await(t, tab, overlay)
	e2e.Says(t, tab, "Zqheadline of today")
	// It is not on another client's page, but on the root page it is.
	if n := browsertest.Eval[int](t, beside, `document.querySelectorAll('`+overlay+`').length`); n != 0 {
		t.Error("a mistake in one client's file shows to another")
	}
	e2e.Visit(t, beside, p.address+"/index.html", overlay)

	// Another mistake in its place.
	p.writeBeside(t, file, strings.Replace(good, headline, `headlin = "Zqheadline"`, 1))
	e2e.Until(t, tab, `document.querySelector('`+overlay+` .portalgen-hint').textContent.includes('did you mean "headline"?')`)

	// Mended.
	p.writeBeside(t, file, strings.Replace(good, headline, `headline = "Zqmended"`, 1))
	e2e.Says(t, tab, "Zqmended")
	e2e.Gone(t, tab, overlay)
	p.writeBeside(t, file, good)
	e2e.Says(t, tab, "Zqheadline of today")
}

func (p *preview) showsMarkupAsText(t *testing.T) {
	good := p.good(t, file)
	tab := p.tab(t, e2e.Harbour)
	for _, line := range []string{
		`<img src=x onerror="document.body.dataset.ran=1">`,
		`"<img src=x onerror=document.body.dataset.ran=1>" = "</pre><script>"`,
	} {
		p.writeBeside(t, file, line+"\n"+good)
		e2e.Until(t, tab, fmt.Sprintf(`document.querySelector('%s pre')?.textContent.startsWith(%q)`, overlay, "1 | "+line))
		if n := browsertest.Eval[int](t, tab, `document.querySelectorAll('`+overlay+` :is(img, script)').length`); n != 0 {
			t.Errorf("markup of a file is markup of the overlay: %s", line)
		}
		if ran := browsertest.Eval[bool](t, tab, `'ran' in document.body.dataset`); ran {
			t.Errorf("script of a file ran: %s", line)
		}
	}
	p.writeBeside(t, file, good)
	e2e.Gone(t, tab, overlay)
}

func (p *preview) showsAMistakeOfTheProvider(t *testing.T) {
	good := p.good(t, site.ProviderFile)
	tab := p.tab(t, e2e.Other)
	p.writeBeside(t, site.ProviderFile, "nam = \"Pine\"\n"+good)
	e2e.Await(t, tab, overlay+" pre")
	if shown := e2e.Text(t, tab, overlay+" pre"); !strings.HasPrefix(shown, `1 | nam = "Pine"`) {
		t.Errorf("the overlay shows %q", shown)
	}
	e2e.Says(t, tab, "Zqdough is rising")
	p.writeBeside(t, site.ProviderFile, strings.Replace(good, "Pine Works", "Pine Works and Sons", 1))
	e2e.Says(t, tab, "Pine Works and Sons")
	p.writeBeside(t, site.ProviderFile, good)
	e2e.Says(t, tab, "Pine Works for")
}

func (p *preview) clientsComeAndGo(t *testing.T) {
	const id = "zqlate"
	name := filepath.Join(p.Dir, filepath.FromSlash(site.ClientFile(id)))
	p.writeBeside(t, site.ClientFile(id), strings.Replace(p.Read(t, site.ClientFile(e2e.Other)), "Zqother Bakery", "Zqlate Bloomers", 1))
	for !p.has(id) {
		<-p.taken
	}
	path := p.entry(t, id).Path
	tab := p.browser.Tab(t) // it complains in the end, since the page is not found
	e2e.Visit(t, tab, p.address+p.entry(t, id).Link, e2e.Home)
	if title := browsertest.Get(t, tab, chromedp.Title()); !strings.Contains(title, "Zqlate Bloomers") {
		t.Errorf("the title is %q", title)
	}
	e2e.Check(t, os.Remove(name))
	e2e.Await(t, tab, `body[data-state="root"]`)
	e2e.Until(t, tab, `document.body.innerText.includes("There is no portal here in this preview")`)
	if status, _ := p.get(t, path, ""); status != http.StatusNotFound {
		t.Errorf("a client that is gone is answered with %d", status)
	}
	if p.has(id) {
		t.Error("a client that is gone is still named")
	}
}

func (p *preview) has(id string) bool {
	return slices.ContainsFunc(p.server.Entries(), func(e serve.Entry) bool { return e.ID == id })
}

// keepsNothingOnTheDevice wants that what a preview has opened stays open in its tab, and
// that the browser has nothing of it elsewhere.
func (p *preview) keepsNothingOnTheDevice(t *testing.T) {
	tab := p.tab(t, e2e.Harbour)
	const stores = `indexedDB.databases().then((all) => all.length + localStorage.length)`
	tab.Do(t, chromedp.Reload())
	e2e.Await(t, tab, e2e.Home)
	if n := browsertest.Eval[int](t, tab, stores); n != 0 {
		t.Errorf("the browser has %d things of the preview", n)
	}
}

// writesNothing wants that a preview, after all of the above, has written nothing.
func (p *preview) writesNothing(t *testing.T) {
	fresh := e2e.NewWorld(t)
	had := e2e.ReadTree(t, fresh.Dir)
	for name := range e2e.ReadTree(t, p.Dir) {
		if _, ok := had[name]; !ok {
			t.Errorf("the preview writes %s", name)
		}
	}
}
