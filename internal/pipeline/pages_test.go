package pipeline_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/access"
	"portalgen/internal/pipeline"
	"portalgen/internal/portal"
	"portalgen/internal/render"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// canary matches a word that says on which pages it must stand.
var canary = regexp.MustCompile(`canary-([a-z.]+)-[a-z-]+`)

// noText are the keys whose values are no text for the reader: ids, references and
// words that the format gives.
var noText = []string{
	"id", "portal", "timezone", "language", "side", "check_in", "customer", "performer", "goal", "needs", "reopens", "by", "did", "to",
	"commitment", "batch", "owner", "raised_by", "affects", "likelihood", "impact", "rag", "confirmed_by", "with",
	"lead",
}

func canaries(t *testing.T) (*pipeline.Builder, string) {
	t.Helper()
	text, err := os.ReadFile("testdata/canaries.toml")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{site.ClientFile("c"): string(text)}
	for _, name := range []string{"commitment.files-interim.pdf", "understanding-picture.svg", "files-paper.pdf"} {
		files[site.ClientsDir+"/c/canary-"+name] = "not published"
	}
	return load(t, folder(t, files), pipeline.Options{}), string(text)
}

// Every text of a client's file stands on the pages where it belongs, and on the one
// that holds everything.
func TestEveryTextIsShown(t *testing.T) {
	t.Parallel()
	b, text := canaries(t)
	c, _, ps := b.Read("c")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	told := map[string]bool{}
	fieldsOf(reflect.ValueOf(*c), "client", told)
	for field, has := range told {
		if !has {
			t.Errorf("testdata/canaries.toml has no canary in %s", field)
		}
	}
	pages, ps := b.Plain("c")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	words := canary.FindAllStringSubmatch(text[strings.Index(text, "\nclient"):], -1)
	if len(words) < 80 {
		t.Fatalf("only %d canaries", len(words))
	}
	for _, w := range words {
		for _, kind := range append(strings.Split(w[1], "."), portal.KindEverything) {
			if !stands(w[0], kind, pages) {
				t.Errorf("%s does not stand on %s", w[0], kind)
			}
		}
	}
}

// stands reports whether a word is on a page of a kind.
func stands(word, kind string, pages map[string]render.Fragment) bool {
	for path, page := range pages {
		of := portal.KindHome
		if path != "" {
			of, _, _ = strings.Cut(path, "-")
		}
		if of == kind && strings.Contains(string(page.Body), word) {
			return true
		}
	}
	return false
}

// What another page is called is of the navigation, even at the foot of a page: who was given
// a link to one page does not read it.
func TestNoPageNamesTheContentPages(t *testing.T) {
	t.Parallel()
	files := clients("c")
	files["content/secret.md"] = "---\ntitle: Zqsecret\n---\nZqdeep.\n"
	pages, ps := load(t, folder(t, files), pipeline.Options{}).Plain("c")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	named := 0
	for path, page := range pages {
		if !bytes.Contains(page.Nav, []byte("Zqsecret")) {
			t.Errorf("%q has no way to it", path)
		}
		if bytes.Contains(page.Body, []byte("Zqsecret")) {
			named++
		}
	}
	if named != 2 { // itself, and the one that holds everything
		t.Errorf("%d of %d pages name it", named, len(pages))
	}
}

// fieldsOf records for each text field that can be reached whether any value of it
// has a canary.
func fieldsOf(v reflect.Value, name string, told map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			fieldsOf(v.Elem(), name, told)
		}
	case reflect.Map:
		for _, e := range v.Seq2() {
			fieldsOf(e, name, told)
		}
	case reflect.Slice:
		for i := range v.Len() {
			fieldsOf(v.Index(i), name, told)
		}
	case reflect.String:
		told[name] = told[name] || canary.MatchString(v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			key := f.Tag.Get("toml")
			if f.Anonymous || key == "" || key == "-" || slices.Contains(noText, key) && f.Type.Kind() != reflect.Struct && !isTable(f.Type) {
				continue
			}
			if k := f.Type.Kind(); k == reflect.String || k == reflect.Slice && f.Type.Elem().Kind() == reflect.String {
				if _, known := told[name+"."+key]; !known {
					told[name+"."+key] = false
				}
			}
			fieldsOf(v.Field(i), name+"."+key, told)
		}
	}
}

func isTable(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct
}

// What a client's file only names is not published.
func TestFilesAreNotPublished(t *testing.T) {
	t.Parallel()
	b, _ := canaries(t)
	p, ps := b.Portal("c")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	for name, text := range p.Files {
		if !strings.HasSuffix(name, "/index.html") || strings.Contains(string(text), "not published") {
			t.Errorf("%s is published", name)
		}
	}
}

// The titles of sections are in the language of the portal, and the same as their h1.
func TestTitles(t *testing.T) {
	t.Parallel()
	files := clients("a")
	files[site.ClientFile("b")] = clientFile("B & Co", "language = \"de\"\n")
	files["i18n/de.toml"] = "page_risks = \"Risiken\"\npage_notes = \"Wie es steht\"\n"
	b := load(t, folder(t, files), pipeline.Options{})
	for _, tt := range []struct{ id, path, title, h1 string }{
		{"a", "", "Client a", ">On the way for Client a</a>"},
		{"a", "archive-", "Notes · Client a", ">Notes</h1>"},
		{"b", "archive-", "Wie es steht · B & Co", ">Wie es steht</h1>"},
		{"b", "commitment-booking", "Booking for B & Co · B & Co", ">Booking for B &amp; Co</h1>"},
		{"b", "content-privacy", "Datenschutz · B & Co", ">Datenschutz</h1>"},
	} {
		pages, ps := b.Plain(tt.id)
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		if got := pages[tt.path]; got.Title != tt.title || !strings.Contains(string(got.Body), tt.h1) {
			t.Errorf("%s of %s: the title is %q", tt.path, tt.id, got.Title)
		}
	}
}

var idForm = regexp.MustCompile(` id="([^"]+)"`)

// No page has an id twice, and what is labelled by an id has one.
func TestIDsOfPages(t *testing.T) {
	t.Parallel()
	refers := regexp.MustCompile(` aria-labelledby="([^"]+)"`)
	b, _ := canaries(t)
	pages, ps := b.Plain("c")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	for path, page := range pages {
		seen := map[string]bool{}
		for _, m := range idForm.FindAllStringSubmatch(string(page.Nav)+string(page.Body), -1) {
			if seen[m[1]] {
				t.Errorf("%q has the id %s twice", path, m[1])
			}
			seen[m[1]] = true
		}
		for _, m := range refers.FindAllStringSubmatch(string(page.Body), -1) {
			for id := range strings.FieldsSeq(m[1]) {
				if !seen[id] {
					t.Errorf("%q is labelled by %s, which is not there", path, id)
				}
			}
		}
	}
}

// What is said of other pages is the same bytes on each page, so that its size and its
// changes tell nothing of a page. What the script needs to mark where the reader is stands
// in the page's own body.
func TestTheNavigationIsTheSame(t *testing.T) {
	t.Parallel()
	b, _ := canaries(t)
	pages, ps := b.Plain("c")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	for path, page := range pages {
		if !bytes.Equal(page.Nav, pages[""].Nav) {
			t.Errorf("on %q stands\n%s\nand on Home\n%s", path, page.Nav, pages[""].Nav)
		}
		if of := strings.Contains(string(page.Body), ` data-section="/c/archive-/"`); of != strings.HasPrefix(path, "status-") {
			t.Errorf("%q belongs to the notes: %t", path, of)
		}
	}
	if !strings.Contains(string(pages[""].Nav), `href="/c/archive-/"`) {
		t.Errorf("no menu in\n%s", pages[""].Nav)
	}
}

// A layout that says something else on each page is told of.
func TestNavigationThatDiffers(t *testing.T) {
	t.Parallel()
	files := clients("a")
	files["layouts/baseof.html"] = `<title>x</title>{{ .Params.page.Kind }}<hr data-divider><main>{{ block "main" . }}{{ end }}</main>`
	_, ps := load(t, folder(t, files), pipeline.Options{}).Portal("a")
	if p := one(t, ps, "navigation-differs"); ps.Err() != nil || p.Hint == "" {
		t.Error(ps)
	}
	_, ps = load(t, folder(t, clients("a")), pipeline.Options{}).Portal("a")
	for _, p := range ps {
		if p.Rule == "navigation-differs" {
			t.Errorf("the program's own layouts: %v", p)
		}
	}
}

// A new note changes what is published of the pages that show the latest notes, or since when no word was said, and of
// no other note: which pages are notes, and in which order, is nobody's to see.
func TestANewNoteChangesNoOther(t *testing.T) {
	t.Parallel()
	draw := rand.New(rand.NewPCG(7, 21))
	note := func(on string) string {
		text := fmt.Sprintf("\n[[status]]\non = %s\nrag = %q\nheadline = \"Word of %[1]s\"\n", on, []string{"green", "amber", "red"}[draw.IntN(3)])
		if draw.IntN(2) == 0 {
			text += "next_update = 2026-11-2" + fmt.Sprint(draw.IntN(5)) + "\n"
		}
		if draw.IntN(2) == 0 {
			text += "means_for_you = \"Nothing\"\nneed = [\"Your word\"]\n"
		}
		return text
	}
	for range 8 {
		file := clientFile("A", "")
		for day := range draw.IntN(4) {
			file += note(fmt.Sprintf("2026-11-%d", 11+day))
		}
		newest := note("2026-11-19")
		b := load(t, folder(t, map[string]string{site.ClientFile("a"): file, site.ClientFile("b"): file + newest}), pipeline.Options{Keys: asOf{"a", master}})
		before, ps := b.Portal("a")
		after, more := b.Portal("b")
		if ps.Err() != nil || more.Err() != nil {
			t.Fatal(ps, more)
		}
		derived, ps := b.Derive("b")
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		changed := 0
		for name, text := range before.Files {
			if bytes.Equal(text, after.Files[name]) {
				continue
			}
			changed++
			token := strings.Trim(strings.TrimSuffix(strings.TrimPrefix(name, before.Folder), "index.html"), "/")
			at := slices.IndexFunc(derived.View.Pages, func(p *portal.Page) bool { return p.Path == token })
			if at < 0 || derived.View.Pages[at].Status != nil {
				t.Errorf("%s has changed", name)
			}
		}
		if added := len(after.Files) - len(before.Files); added != 1 || changed < 3 || changed > 6 {
			t.Errorf("%d pages were added and %d have changed", added, changed)
		}
	}
}

// asOf gives every client the access of one, so that all that differs is what they say.
type asOf struct {
	id     string
	master seal.Master
}

func (k asOf) For(*site.Site, string, []byte, []byte) (*access.Client, seal.Master, error) {
	return access.Default(k.master, k.id), k.master, nil
}

func TestASectionThatHasNothingToSay(t *testing.T) {
	t.Parallel()
	b := load(t, folder(t, map[string]string{site.ClientFile("a"): "client = \"A\"\n", "content/privacy.md": ""}), pipeline.Options{})
	pages, ps := b.Plain("a")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	for path := range pages {
		if path != "" && path != "working-" && path != "everything-" {
			t.Errorf("there is a page %s", path)
		}
	}
	if !strings.Contains(string(pages["working-"].Body), "Dev Patel") {
		t.Error("the provider's people are not named")
	}
}

// A link to an older note opens that page alone, so its body does not hold the words
// of a newer one.
func TestAnOlderNoteIsSilentOfTheNewer(t *testing.T) {
	t.Parallel()
	file := clientFile("A", "") + "[[status]]\non = 2026-11-18\nrag = \"amber\"\nheadline = \"Zqnewer\"\n"
	pages, ps := load(t, folder(t, map[string]string{site.ClientFile("a"): file}), pipeline.Options{}).Plain("a")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	older, newer := string(pages["status-2026-11-10"].Body), string(pages["status-2026-11-18"].Body)
	if strings.Contains(older, "Zqnewer") || strings.Contains(older, "status-2026-11-18") || !strings.Contains(newer, "Zqnewer") {
		t.Errorf("the older says %s", older)
	}
	way := `<p class="go" data-way><a rel="prev" href="/a/status-2026-11-10/">The note before this one</a></p>`
	if !strings.Contains(newer, way) || strings.Contains(newer, "On the way") || strings.Contains(older, "rel=") {
		t.Errorf("the newer says %s", newer)
	}
}
