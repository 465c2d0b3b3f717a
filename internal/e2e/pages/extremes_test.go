package pages

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

// fixed are the keys whose strings are names of people and things, words of the program,
// or of a form that is checked: all others take any text.
var fixed = []string{
	"id", "timezone", "language", "side", "did", "rag", "likelihood", "impact", "check_in", "reply_within", "reply_latest",
	"urgent_within", "answer_within", "accept_within", "email", "phone", "link", "file", "picture", "batch", "on", "by", "to",
	"customer", "performer", "owner", "raised_by", "goal", "commitment", "needs", "affects", "with", "confirmed_by", "accent",
}

// more are the tables that the client of testdata/site has nothing of.
const more = `
[[commitment]]
id = "zqkept"
title = "Zqkept and done"
customer = "zqmaria"
performer = "zqadalinde"
moves = [
  { on = 2026-10-02, by = "zqmaria", did = "request", due = 2026-10-30 },
  { on = 2026-10-03, by = "zqadalinde", did = "promise" },
  { on = 2026-10-29, by = "zqadalinde", did = "deliver" },
  { on = 2026-10-30, by = "zqmaria", did = "accept", thanks = "Zqthank you" },
]

[[risk]]
title = "Zqover"
likelihood = "rare"
impact = "severe"
mitigation = "Zqdone about it"
opened = 2026-10-05
closed = 2026-10-20
outcome = "Zqnothing came"
log = [{ on = 2026-10-10, note = "Zqlooked", likelihood = "unlikely" }]

[[question]]
asked = 2026-10-02
by = "zqmaria"
to = "zqadalinde"
text = "Zqasked before"
answered = 2026-10-03
answer = "Zqanswered so"

[[message]]
received = 2026-11-19T09:12:00
by = "zqtheodora"
about = "Zqnot seen yet"
urgent = true

[[pulse]]
asked = 2026-11-12
question = "Zqhow is it now"
ours = 4

[review]
on = 2026-11-18
went_well = ["Zqwell"]
improve = ["Zqbetter"]
client_says = "Zqclient says"
provider_says = "Zqprovider says"
`

// altered rewrites a file with something after each of its texts.
func altered(t *testing.T, text, after string) string {
	t.Helper()
	var file map[string]any
	_, err := toml.Decode(text, &file)
	e2e.Check(t, err)
	var out bytes.Buffer
	e2e.Check(t, toml.NewEncoder(&out).Encode(alter("", file, after)))
	return out.String()
}

func alter(key string, value any, after string) any {
	switch v := value.(type) {
	case map[string]any:
		for k, inner := range v {
			v[k] = alter(k, inner, after)
		}
	case []map[string]any:
		for _, inner := range v {
			alter(key, inner, after)
		}
	case []any:
		for i, inner := range v {
			v[i] = alter(key, inner, after)
		}
	case string:
		if !slices.Contains(fixed, key) {
			return v + " " + after
		}
	}
	return value
}

// The extremes. Whatever runs sets zqran; whatever is fetched comes from another host.
var extremes = map[string]string{
	"zqmarkup": `<script>zqran=1</script><img src=x onerror="zqran=1"><svg onload=zqran=1><iframe srcdoc="<script>parent.zqran=1</script>">` +
		` "><b onmouseover='zqran=1'>b</b> </title></textarea><style>*{display:none}</style> {{ 1 }} ${zqran=1}` +
		` [a](javascript:zqran=1) [b](JaVaScRiPt:zqran=1 "t") [c](data:text/html,<script>zqran=1</script>) [d](&#106;avascript:zqran=1) [e](vbscript:x)` +
		` <javascript:zqran=1> ![p](https://zq.invalid/p.png) ![q](data:image/svg+xml,<svg/onload=zqran=1>) [f](//zq.invalid/f)`,
	"zqlong": strings.Repeat("Donaudampfschifffahrtsgesellschaft", 12) + " https://zq.invalid/" + strings.Repeat("path/", 30) + strings.Repeat("x", 200),
	"zqwild": "👩‍👩‍👧‍👦🏳️‍🌈🎉 مرحبا بكم في البوابة، كل شيء هنا 迎来到这里我们说好的一切都在这里没有空格 שלום \u202eabc\u202c e\u0301 ﷽ ‰ \u00ad‿",
}

// newExtremes makes a site of clients who have nothing, everything, and all that a
// text can be.
func newExtremes(t *testing.T) *e2e.World {
	t.Helper()
	w := e2e.NewWorld(t)
	harbourText := w.Read(t, site.ClientFile(e2e.Harbour)) + more
	for id, text := range extremes {
		w.Write(t, site.ClientFile(id), altered(t, harbourText, text))
		e2e.Check(t, os.CopyFS(filepath.Join(w.Dir, "data/clients", id), os.DirFS(filepath.Join(w.Dir, "data/clients", e2e.Harbour))))
	}
	w.Write(t, site.ClientFile("zqempty"), `client = "Zqempty"`)
	w.Write(t, site.ClientFile("zqhuge"), huge())
	w.Write(t, site.ProviderFile, altered(t, w.Read(t, site.ProviderFile), extremes["zqmarkup"]))
	return w
}

// huge is a client of 200 commitments and 300 notes, of which one has 20,000 words.
func huge() string {
	var b strings.Builder
	b.WriteString("client = \"Zqhuge\"\ntimezone = \"Etc/UTC\"\n[people]\nzqpat = { name = \"Zqpat\", side = \"client\" }\n")
	first := time.Date(2025, 10, 1, 0, 0, 0, 0, time.UTC)
	day := func(n int) string { return first.AddDate(0, 0, n).Format(time.DateOnly) }
	for i := range 200 {
		fmt.Fprintf(&b, "[[commitment]]\nid = \"c%d\"\ntitle = \"Zqthing number %d\"\ncustomer = \"zqpat\"\nperformer = \"zqadalinde\"\n"+
			"moves = [{ on = %s, by = \"zqpat\", did = \"request\", due = %s }, { on = %s, by = \"zqadalinde\", did = \"promise\" },"+
			" { on = %[6]s, by = \"zqadalinde\", did = \"deliver\" }]\n",
			i, i, day(i), day(i+60), day(i+1), day(i+40))
	}
	for i := range 300 {
		body := "Zqshort."
		if i == 299 {
			body = strings.Repeat("Zqword upon word, and so on. ", 20_000/6+1)
		}
		fmt.Fprintf(&b, "[[status]]\non = %s\nrag = \"green\"\nheadline = \"Zqnote %d\"\nbody = %q\n", day(i), i, body)
	}
	return b.String()
}

// kinds are those of all pages.
var kinds = []string{
	"agreed", "commitment", "content", "everything", "files", "history", "home", "notes", "people", "promises", "receipt",
	"risks", "status",
}

// amiss is what is wrong with a page that is open, in words.
const amiss = `(() => {
	const found = [], place = document.querySelector('#portal');
	document.querySelectorAll('details').forEach((d) => { d.open = true });
	if (globalThis.zqran !== undefined) found.push('something ran');
	const { scrollWidth: wide, clientWidth: room } = document.documentElement;
	if (wide > room) {
		const whose = [...place.querySelectorAll('*')].filter((n) => !n.closest('.scroll, pre, .prose table, svg, .unseen') && n.getBoundingClientRect().right > room + 1);
		found.push('it scrolls to ' + wide + ': ' + whose.slice(-3).map((n) => n.outerHTML.slice(0, 90)).join(' | '));
	}
	const picture = '.picture[data-file]'; // what this portal hands over, opened here
	for (const n of place.querySelectorAll('script, style, iframe, object, embed, form:not([data-answer]), [action], [formaction], base, meta, link, img:not(.logo, ' + picture + ')')) found.push('there is ' + n.outerHTML.slice(0, 90));
	for (const n of place.querySelectorAll('*')) {
		for (const a of n.attributes) if (a.name.startsWith('on') || a.name === 'style') found.push('there is ' + a.name + '=' + a.value);
		for (const to of [n.getAttribute('href'), n.getAttribute('xlink:href'), n.getAttribute('src')]) {
			const { protocol, origin } = new URL(to ?? '', location.href);
			const opened = n.matches('img' + picture) && protocol === 'blob:' && origin === location.origin;
			if (to && !opened && !/^(https?:|mailto:|tel:)$/.test(protocol)) found.push('a link leads to ' + to.slice(0, 90));
		}
	}
	for (const r of performance.getEntriesByType('resource')) {
		if (new URL(r.name).origin !== location.origin) found.push('it fetches ' + r.name);
	}
	return found;
})()`

func wantNothingAmiss(t *testing.T, tab *browsertest.Tab, where string) {
	t.Helper()
	for _, what := range browsertest.Eval[[]string](t, tab, amiss) {
		t.Errorf("%s: %s", where, what)
	}
}

// kindOf returns the kind of the page that is open.
func kindOf(t *testing.T, tab *browsertest.Tab) string {
	t.Helper()
	return browsertest.Eval[string](t, tab, `document.querySelector('#main').className.replace('page page-', '')`)
}

// pagesFrom returns the paths of all pages of a portal that links on the open one lead to.
func pagesFrom(t *testing.T, tab *browsertest.Tab) []string {
	t.Helper()
	return browsertest.Eval[[]string](t, tab, `[...new Set([...document.querySelectorAll('#portal a[href^="/"][href$="/"]')].map((a) => a.getAttribute('href')))]`)
}

func TestExtremes(t *testing.T) {
	t.Parallel()
	browsertest.Require(t)
	w := newExtremes(t)
	links := map[string]string{}
	for _, id := range []string{"zqempty", "zqhuge", "zqlong", "zqmarkup", "zqwild"} {
		links[id] = w.PortalLink(t, id)
	}
	root, browser := e2e.Host(t, w.Publish(t)), browsertest.Open(t)
	narrow := func(t *testing.T, id string) *browsertest.Tab {
		t.Helper()
		tab := browser.Tab(t)
		phone(t, tab, 320, 600)
		e2e.Visit(t, tab, root+links[id], e2e.Home)
		wantNothingAmiss(t, tab, "home")
		return tab
	}
	for id := range extremes {
		t.Run(id, func(t *testing.T) {
			tab := narrow(t, id)
			seen := []string{"home"}
			paths := pagesFrom(t, tab)
			for i := 0; i < len(paths); i++ {
				e2e.Visit(t, tab, root+paths[i], e2e.Open)
				kind := kindOf(t, tab)
				wantNothingAmiss(t, tab, kind)
				seen = append(seen, kind)
				for _, path := range pagesFrom(t, tab) {
					if !slices.Contains(paths, path) {
						paths = append(paths, path)
					}
				}
			}
			slices.Sort(seen)
			if seen = slices.Compact(seen); !slices.Equal(seen, kinds) {
				t.Errorf("the kinds of pages that were seen are %q, want %q", seen, kinds)
			}
			tab.WantNoProblems(t)
		})
	}
	t.Run("zqempty", func(t *testing.T) {
		tab := narrow(t, "zqempty")
		for _, want := range []string{"We have just begun", "Nothing is waiting on you."} {
			if all := e2e.Text(t, tab, "#main"); !strings.Contains(all, want) {
				t.Errorf("Home does not say %q: %s", want, all)
			}
		}
		for _, path := range pagesFrom(t, tab) {
			e2e.Visit(t, tab, root+path, e2e.Open)
			wantNothingAmiss(t, tab, kindOf(t, tab))
		}
		tab.WantNoProblems(t)
	})
	t.Run("zqhuge", func(t *testing.T) {
		tab := narrow(t, "zqhuge")
		paths := browsertest.Eval[[]string](t, tab, `[document.querySelector('[data-standing] h1 a'), ...['History', 'Print or search all']
			.map((title) => [...document.querySelectorAll('[data-nav]')].find((a) => a.textContent.trim() === title))].map((a) => a.getAttribute('href'))`)
		for i, least := range []struct {
			kind string
			n    int
			of   string
		}{{"status", 20_000, ""}, {"history", 900, ".events > li, .page li"}, {"everything", 500, "article.whole"}} {
			e2e.Visit(t, tab, root+paths[i], e2e.Open)
			if kind := kindOf(t, tab); kind != least.kind {
				t.Fatalf("instead of %s there is %s", least.kind, kind)
			}
			count := `document.querySelector('#main').textContent.split(/\s+/).length`
			if least.of != "" {
				count = fmt.Sprintf(`document.querySelectorAll(%q).length`, least.of)
			}
			if n := browsertest.Eval[int](t, tab, count); n < least.n {
				t.Errorf("%s holds %d, want %d or more", least.kind, n, least.n)
			}
			if least.kind == "history" {
				wantFilterUnfolds(t, tab)
			}
			wantNothingAmiss(t, tab, least.kind)
		}
		tab.WantNoProblems(t)
	})
	// What is amiss must be found to be so.
	t.Run("amiss", func(t *testing.T) {
		tab := narrow(t, "zqempty") // it complains, and should
		e2e.Run(t, tab, `const main = document.querySelector('#main');
			const add = (name, given) => { const node = document.createElement(name); Object.entries(given).forEach((g) => node.setAttribute(...g)); main.append(node); return node; };
			add('img', { src: 'https://zq.invalid/p.png' });
			add('img', { class: 'picture', 'data-file': 'x', src: 'data:image/png,zq' });
			add('a', { href: URL.createObjectURL(new Blob(['zq'])), 'data-file': 'x', class: 'picture' });
			add('a', { href: 'javascript:0' });
			const wide = add('p', {}); wide.style.inlineSize = '500px'; wide.textContent = 'zq'; // nothing in it would take no room
			globalThis.zqran = 1`)
		all := strings.Join(browsertest.Eval[[]string](t, tab, amiss), "\n")
		for _, want := range []string{"something ran", "it scrolls to 5", "there is <img", "leads to javascript:", "leads to data:", "leads to blob:", "there is style"} {
			if !strings.Contains(all, want) {
				t.Errorf("%q is not found:\n%s", want, all)
			}
		}
		if said := strings.Join(tab.Problems(), "\n"); !strings.Contains(said, "img-src") {
			t.Errorf("a request to another host is not told of: %s", said)
		}
	})
}

// wantFilterUnfolds chooses one kind of the history, and all of it again.
func wantFilterUnfolds(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	const folds = `(() => { const all = [...document.querySelectorAll('[data-filtered]')];
		return [all.length, all.filter((fold) => fold.open).length]; })()`
	count := func(choose string) []int {
		return browsertest.Eval[[]int](t, tab, choose+folds)
	}
	before := count("")
	chosen := count(`document.querySelector('[data-filters] label:not([data-all]) input').click(), `)
	again := count(`document.querySelector('[data-all] input').click(), `)
	if all := before[0]; all == 0 || before[1] != 0 || chosen[1] != all || again[1] != 0 {
		t.Errorf("the folds and those that are open: %v at first, %v with one kind chosen, %v with all", before, chosen, again)
	}
}
