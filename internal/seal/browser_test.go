package seal

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
)

// The folder with the modules that readers get.
const modules = "../../static/assets/js"

// testPage may do no more than a gate may.
const testPage = `<!doctype html><html lang="en"><title>Vectors</title><link rel="icon" href="data:,"></html>`

const testPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; " +
	"require-trusted-types-for 'script'; trusted-types portalgen"

func serveModules(t *testing.T) string {
	mux := http.NewServeMux()
	mux.Handle("/js/", http.StripPrefix("/js/", http.FileServer(http.Dir(modules))))
	mux.Handle("/", http.FileServer(http.Dir("testdata")))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, testPage) })
	answer := func(path string, data any) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			if err := json.NewEncoder(w).Encode(data); err != nil {
				t.Error(err)
			}
		})
	}
	answer("/codepoints", allCodePoints())
	answer("/padding", paddingPairs())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", testPolicy)
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// allCodePoints returns each code point that a passphrase may hold, alone and at
// the end of a word in capitals, with its normal form.
func allCodePoints() [][2]string {
	var pairs [][2]string
	for r := range rune(unicode.MaxRune + 1) {
		for _, typed := range []string{string(r), "AB" + string(r) + " C"} {
			if normal, err := normalizePassphrase(typed); err == nil {
				pairs = append(pairs, [2]string{typed, normal})
			}
		}
	}
	return pairs
}

func paddingPairs() [][2]int {
	var pairs [][2]int
	for n := 1; n < 1<<26; n += 1 + n/97 {
		pairs = append(pairs, [2]int{n, paddedSize(n)})
	}
	for e := range 27 {
		for _, d := range []int{-1, 0, 1} {
			pairs = append(pairs, [2]int{1<<e + d, paddedSize(1<<e + d)})
		}
	}
	return pairs
}

type browserOutcome struct {
	Ran   int      `json:"ran"`
	Wrong []string `json:"wrong"`
}

func TestBrowserOpensVectors(t *testing.T) {
	browsertest.Require(t)
	url := serveModules(t)
	tab := browsertest.Open(t)
	tab.Do(t, chromedp.Navigate(url))
	for _, function := range []string{"run", "runCodePoints", "runPadding"} {
		got := browsertest.Eval[browserOutcome](t, tab, "import('/run.js').then(m => m."+function+"())")
		if len(got.Wrong) > 0 || got.Ran == 0 {
			t.Errorf("%s: %d ran, and these are wrong:\n%s", function, got.Ran, strings.Join(got.Wrong, "\n"))
		}
		t.Logf("%s: %d in the browser", function, got.Ran)
	}
	if paths := browsertest.Eval[[]any](t, tab, "import('/run.js').then(m => m.paths)"); fmt.Sprint(paths) != "[p/ p/t/ 1]" {
		t.Errorf("paths are %v", paths)
	}
	ms := browsertest.Eval[float64](t, tab, "import('/run.js').then(m => m.timeOpening(51))")
	t.Logf("opening a page, key at hand: %.2f ms", ms)
	tab.WantNoProblems(t)
}
