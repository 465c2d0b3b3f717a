package gate

import (
	"bytes"
	"fmt"
	"html"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
)

var words = map[string]string{
	"gate_title": "{{ .Provider }}: portal", "gate_lede": "From {{ .Provider }}", "root_text": "Hello from {{ .Provider }}", "lock": "no",
}

func newGate(t *testing.T) *Gate {
	t.Helper()
	g, err := New(Options{
		Provider: `Pine & "Sons" <x>`, Contact: Contact{Name: "Ada", Initials: "A", Email: "ada@pine.example", Phone: "+47 (2) 2"},
		Prefix: "/", Assets: "/assets/0123/", Language: "en",
		Styles: []string{"css/a.css", "css/b.css"}, Preload: []string{"js/chunk-1.js"},
		Strings: map[string]map[string]string{"en": Strings("en", nil, words, `Pine & "Sons" <x>`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestPageHoldsWhatIsSealedAndEscapesTheRest(t *testing.T) {
	page := string(newGate(t).Page(SealedPage{Portal: "abc", Token: "def", Slots: []byte("SL"), Body: []byte("BO"), Nav: []byte("NA")}))
	for _, want := range []string{
		`data-portal="abc"`, `data-token="def"`, `data-slots="U0w="`, `data-body="Qk8="`, `data-nav="TkE="`,
		`value="abc"`, `<b translate="no">Pine &amp; &#34;Sons&#34; &lt;x&gt;</b>`, `href="mailto:ada@pine.example"`, `href="tel:&#43;4722"`,
		`src="/assets/0123/js/gate.js"`, `<fieldset disabled>`, `autocomplete="current-password"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
	if strings.Contains(page, `name="pass`) || strings.Contains(page, "<script>") || strings.Contains(page, "style=") {
		t.Error("the passphrase has a name, or something is inline")
	}
	if !IsGate([]byte(page)) || IsGate(newGate(t).Root()) || IsGate([]byte("<!doctype html><html>")) {
		t.Error("Ours does not tell a gate from another page")
	}
}

// Styles come in their order, and what the script needs is fetched beside it.
func TestWhatAPageAsksFor(t *testing.T) {
	styles := "<link rel=\"stylesheet\" href=\"/assets/0123/css/a.css\">\n<link rel=\"stylesheet\" href=\"/assets/0123/css/b.css\">\n"
	page, root := string(newGate(t).Page(SealedPage{Portal: "abc"})), string(newGate(t).Root())
	for _, want := range []string{
		styles + `<link rel="modulepreload" href="/assets/0123/js/chunk-1.js">` + "\n",
		`<script type="module" src="/assets/0123/js/gate.js"></script>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
	if want := styles + `<script type="module" src="/assets/0123/js/root.js"></script>`; !strings.Contains(root, want) || strings.Contains(root, "preload") {
		t.Errorf("no %s in\n%s", want, root)
	}
}

func TestPolicyComesFirst(t *testing.T) {
	for name, page := range map[string][]byte{"gate": newGate(t).Page(SealedPage{Portal: "abc"}), "root": newGate(t).Root()} {
		_, head, _ := bytes.Cut(page, []byte("<head>\n"))
		if !bytes.HasPrefix(head, []byte(`<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;`)) {
			t.Errorf("%s: the head begins with %.80s", name, head)
		}
	}
}

// Requests may go to the site itself and, where replies go elsewhere, to exactly that origin: in the
// page and in the headers.
func TestRequestsGoToTheInboxAlone(t *testing.T) {
	for inbox, want := range map[string]string{
		"":                                    "connect-src 'self'",
		"/_portalgen/inbox":                   "connect-src 'self'",
		"https://in.pine.example":             "connect-src 'self' https://in.pine.example",
		"https://pine.example:8443/a/b?c=d#e": "connect-src 'self' https://pine.example:8443",
		"http://127.0.0.1:8090/inbox":         "connect-src 'self' http://127.0.0.1:8090",
	} {
		host := Host{Prefix: "/", Inbox: inbox}
		policies := map[string]string{"page": host.MetaPolicy()}
		for _, h := range host.Match("/abc/") {
			if h.Name == "Content-Security-Policy" {
				policies["header"] = h.Value
			}
		}
		for where, policy := range policies {
			if !slices.Contains(strings.Split(policy, "; "), want) || strings.Count(policy, "connect-src") != 1 {
				t.Errorf("%s, %s: the policy is %s", inbox, where, policy)
			}
		}
		g, err := New(Options{Inbox: inbox, Language: "en", Strings: map[string]map[string]string{"en": {}}})
		if err != nil {
			t.Fatal(err)
		}
		if page := html.UnescapeString(string(g.Page(SealedPage{}))); !strings.Contains(page, policies["page"]) {
			t.Errorf("%s: the page has another policy", inbox)
		}
	}
}

func TestWordsFallBack(t *testing.T) {
	got := Strings("de", map[string]string{"gate_lede": "Von {{ .Provider }}"}, words, "Pine")
	want := map[string]string{"dir": "ltr", "gate_title": "Pine: portal", "gate_lede": "Von Pine", "root_text": "Hello from Pine"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestNoHeaderIsGivenTwice(t *testing.T) {
	for _, prefix := range []string{"/", "/für-alle/", "/a/b/c/"} {
		for path, cached := range map[string]string{
			"": "no-cache", "abc/": "no-cache", "abc/def/": "no-cache", "favicon.ico": "",
			"assets/0123/js/gate.js": "public, max-age=31536000, immutable", "abc/files/def.bin": "public, max-age=31536000, immutable",
		} {
			seen := map[string]string{}
			for _, h := range (Host{Prefix: prefix}).Match(prefix + path) {
				if seen[h.Name] != "" {
					t.Errorf("%s%s has %s twice", prefix, path, h.Name)
				}
				seen[h.Name] = h.Value
			}
			if seen["Content-Security-Policy"] == "" || seen["Cache-Control"] != cached {
				t.Errorf("%s%s has %v", prefix, path, seen)
			}
		}
	}
	if file := string(Host{Prefix: "/für-alle/"}.HeadersFile()); !strings.Contains(file, "\n/f%C3%BCr-alle/:portal/files/:file\n") {
		t.Errorf("the file says\n%s", file)
	}
}

// netlify.toml is read by people and by Netlify, _headers by other hosts too; they
// must say the same.
func TestNetlifyFileSaysTheSame(t *testing.T) {
	text, err := os.ReadFile("../../netlify.toml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Headers []struct {
			For    string
			Values map[string]string
		}
	}
	if _, err := toml.Decode(string(text), &file); err != nil {
		t.Fatal(err)
	}
	got, want := map[string]map[string]string{}, map[string]map[string]string{}
	for _, h := range file.Headers {
		got[h.For] = h.Values
	}
	for _, r := range (Host{Prefix: "/"}).headerRules() {
		want[r.For] = map[string]string{}
		for _, h := range r.Headers {
			want[r.For][h.Name] = h.Value
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		var b strings.Builder
		for _, r := range (Host{Prefix: "/"}).headerRules() {
			fmt.Fprintf(&b, "[[headers]]\n  for = %q\n  [headers.values]\n", r.For)
			for _, h := range r.Headers {
				fmt.Fprintf(&b, "    %s = %q\n", h.Name, h.Value)
			}
			b.WriteString("\n")
		}
		t.Errorf("%s\nit should end with\n%s", d, &b)
	}
}

// The words of each answer are there, and those of moves that no reader makes are not.
func TestWordsAreThoseOfAnswers(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile("../../static/assets/js/says.js")
	if err != nil {
		t.Fatal(err)
	}
	strs := map[string]string{"move_request_due": ""}
	for _, m := range regexp.MustCompile(`'((?:move|says)_[a-z_]+)'`).FindAllStringSubmatch(string(script), -1) {
		strs[m[1]] = ""
	}
	words := Strings("en", nil, strs, "")
	if _, ok := words["move_request_due"]; ok || len(words) != len(strs) || len(strs) < 20 { // dir stands for the one that is left out
		t.Errorf("of %q the words are %q", slices.Sorted(maps.Keys(strs)), slices.Sorted(maps.Keys(words)))
	}
}

// The browser gets no string of public pages that no script of them shows.
func TestTheModuleHasWhatScriptsShow(t *testing.T) {
	t.Parallel()
	var shows strings.Builder
	scripts, err := filepath.Glob("../../static/assets/js/*.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(scripts, "gate.html", "gate.go") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		shows.Write(regexp.MustCompile(`{{\.T[^}]*}}|words\["[a-z_]+"\]|(?s)var withoutScript.*?\n`).ReplaceAll(text, nil))
	}
	text, err := os.ReadFile("../../i18n/en.toml")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^((?:gate|root)_[a-z_]+) = "(.*)"$`).FindAllStringSubmatch(string(text), -1) {
		all[m[1]] = m[2]
	}
	modules, err := StringsModules(map[string]map[string]string{"en": Strings("en", all, all, "")})
	if err != nil || len(all) < 20 {
		t.Fatal(len(all), err)
	}
	for name := range all {
		sent, shown := bytes.Contains(modules["js/words.js"], []byte(`"`+name+`"`)), strings.Contains(shows.String(), name)
		if sent != shown {
			t.Errorf("%s: sent is %t, shown by a script is %t", name, sent, shown)
		}
	}
}
