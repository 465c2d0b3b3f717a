package browsertest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

const page = `<!doctype html><title>Loud</title><link rel="icon" href="data:,"><p id="p">quiet</p>
<script src="/loud.js"></script><script>document.title = "never"</script>`

const script = `console.error("said an error");
console.log("said nothing");
setTimeout(() => { document.body.dataset.done = "yes"; throw new Error("threw one"); });`

func TestProblemsAreCollected(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; img-src data:")
		if r.URL.Path == "/loud.js" {
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, script)
			return
		}
		fmt.Fprint(w, page)
	}))
	defer server.Close()
	tab := Open(t)
	tab.WantNoProblems(t)
	tab.Do(t, chromedp.Navigate(server.URL), chromedp.WaitReady(chromedp.CSS(`body[data-done]`)))
	if title := Get(t, tab, chromedp.Title()); title != "Loud" {
		t.Errorf("title is %q: the inline script ran", title)
	}
	if sum := Eval[int](t, tab, `Promise.resolve(2).then(n => n + 3)`); sum != 5 {
		t.Errorf("the promise came to %d", sum)
	}
	got := strings.Join(tab.Problems(), "\n")
	for _, want := range []string{"said an error", "threw one", "content security policy: script-src"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not among the problems:\n%s", want, got)
		}
	}
	if strings.Contains(got, "said nothing") {
		t.Errorf("console.log is no problem:\n%s", got)
	}
	other := tab.Tab(t)
	other.WantNoProblems(t)
}
