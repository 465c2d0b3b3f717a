package e2e_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

// A listened is a page whose newest version never comes, and counts who listens.
type listened struct {
	loads    atomic.Int32
	listens  chan struct{} // one for each that begins
	lets     chan struct{} // one for each that ends
	announce string
}

func (l *listened) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/_portalgen/events" {
		l.loads.Add(1)
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<!doctype html><html lang="en"><title>Listens</title><link rel="icon" href="data:,"><body data-version="old"><script type="module" src="/_portalgen/live.js"></script>`)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprintf(w, "data: {\"version\":%q,\"problems\":[{\"place\":\"p\",\"message\":\"m\"}]}\n\n", l.announce)
	if http.NewResponseController(w).Flush() != nil {
		return
	}
	l.listens <- struct{}{}
	<-r.Context().Done()
	l.lets <- struct{}{}
}

// listen serves such a page, with the preview's own script.
func (p *preview) listen(t *testing.T, announce string) (l *listened, url string) {
	t.Helper()
	_, script := p.get(t, "/_portalgen/live.js", "")
	l = &listened{listens: make(chan struct{}, 100), lets: make(chan struct{}, 100), announce: announce}
	mux := http.NewServeMux()
	mux.Handle("/", l)
	for name, kind := range map[string]string{"live.js": "text/javascript", "live.css": "text/css"} {
		mux.HandleFunc("/_portalgen/"+name, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			if name == "live.js" {
				fmt.Fprint(w, script)
			}
		})
	}
	server := httptest.NewServer(mux)
	t.Cleanup(func() {
		server.CloseClientConnections() // a page that listens would do so for ever
		server.Close()
	})
	return l, server.URL
}

func (p *preview) doesNotLoadForEver(t *testing.T) {
	l, url := p.listen(t, "new")
	tab := p.browser.Tab(t)
	e2e.Visit(t, tab, url, overlay)
	if n := l.loads.Load(); n != 3 {
		t.Errorf("a version that never comes is loaded %d times", n)
	}
	tab.Do(t, chromedp.Navigate("about:blank"))
}

func (p *preview) listensWhileItIsSeen(t *testing.T) {
	l, url := p.listen(t, "old")
	tab := p.browser.Tab(t)
	e2e.Visit(t, tab, url, overlay)
	<-l.listens
	see := func(hidden bool) {
		e2e.Run(t, tab, fmt.Sprintf(`Object.defineProperty(document, 'hidden', { value: %v, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))`, hidden))
	}
	see(true)
	<-l.lets
	see(false)
	<-l.listens
	tab.Do(t, chromedp.Navigate("about:blank"))
	<-l.lets
}

// inABase puts the site below a path that is not of ASCII.
func inABase(t *testing.T, w *e2e.World) {
	t.Helper()
	w.Write(t, site.ProviderFile, "base_url = \"https://pine.example/für-alle/\"\n"+w.Read(t, site.ProviderFile))
}

func TestPathThatIsNotASCII(t *testing.T) {
	t.Parallel()
	browser := browsertest.Open(t)
	const at = "/f%C3%BCr-alle/"
	t.Run("published", func(t *testing.T) {
		w := e2e.NewWorld(t)
		inABase(t, w)
		link := strings.TrimSuffix(at, "/") + w.PortalLink(t, e2e.Harbour)
		out := w.Publish(t)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.URL.Path = strings.TrimPrefix(r.URL.Path, "/für-alle")
			e2e.SendFile(w, r, out)
		}))
		t.Cleanup(server.Close)
		tab := browser.Tab(t)
		t.Cleanup(func() { tab.WantNoProblems(t) })
		e2e.Visit(t, tab, server.URL+link, e2e.Home)
		e2e.Follow(t, tab)
	})
	t.Run("preview", func(t *testing.T) {
		p := &preview{browser: browser, World: e2e.NewWorld(t), taken: make(chan struct{}, 1)}
		inABase(t, p.World)
		p.start(t)
		good := p.good(t, file)
		tab := p.tab(t, e2e.Harbour)
		if path := browsertest.Eval[string](t, tab, `location.pathname`); !strings.HasPrefix(path, at) {
			t.Errorf("the path is %s", path)
		}
		p.writeBeside(t, file, strings.Replace(good, headline, `headline = "Zqedited below"`, 1))
		e2e.Says(t, tab, "Zqedited below")
	})
}
