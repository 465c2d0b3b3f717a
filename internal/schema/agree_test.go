package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/sample"
)

// compiled returns the schema of a file in each draft, once it was held to the draft's
// own schema.
func compiled(t *testing.T, name string) map[Draft]*jsonschema.Schema {
	t.Helper()
	if all, ok := compiledBefore.Load(name); ok {
		return all.(map[Draft]*jsonschema.Schema)
	}
	all := map[Draft]*jsonschema.Schema{}
	for _, draft := range Drafts {
		text, err := Read(name, draft)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		if err := c.AddResource("schema.json", doc); err != nil {
			t.Fatal(err)
		}
		if all[draft], err = c.Compile("schema.json"); err != nil {
			t.Fatalf("%s in draft %s: %v", name, draft, err)
		}
	}
	compiledBefore.Store(name, all)
	return all
}

// compiledBefore holds what compiled has returned, by the names of schemas.
var compiledBefore sync.Map

// instance returns what a schema is held against: TOML as an editor turns it into
// JSON, with dates as texts.
func instance(text string) (any, error) {
	var v map[string]any
	if _, err := toml.Decode(text, &v); err != nil {
		return nil, err
	}
	b, err := json.Marshal(datesAsTexts(v))
	if err != nil {
		return nil, err
	}
	return jsonschema.UnmarshalJSON(bytes.NewReader(b))
}

func datesAsTexts(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key := range v {
			v[key] = datesAsTexts(v[key])
		}
	case []map[string]any:
		for i := range v {
			datesAsTexts(v[i])
		}
	case []any:
		for i := range v {
			v[i] = datesAsTexts(v[i])
		}
	case time.Time:
		switch v.Location().String() {
		case "date-local":
			return v.Format(time.DateOnly)
		case "time-local":
			return v.Format(time.TimeOnly)
		case "datetime-local":
			return v.Format("2006-01-02T15:04:05")
		}
		return v.Format(time.RFC3339Nano)
	}
	return v
}

// read returns what the program finds wrong with a file by itself: nobody else's
// people or files are known here.
func read(name, text string) diag.Problems {
	src := clientfile.Source{Name: name + ".toml", Text: []byte(text)}
	var ps diag.Problems
	switch name {
	case "provider":
		_, ps = clientfile.Provider(src)
	case "private":
		_, ps = clientfile.Private(src)
	default:
		text, _ := sample.Read("data/provider.toml") // whose people the samples name
		p, problems := clientfile.Provider(clientfile.Source{Name: "provider.toml", Text: text})
		_, ps = clientfile.Client("example", src, clientfile.Options{Provider: p})
		ps = append(ps, problems...)
	}
	return ps
}

// nameOf tells which file one of the tests is, by its path.
func nameOf(path string) string {
	for _, name := range []string{"provider", "private"} {
		if strings.HasPrefix(filepath.Base(path), name) || filepath.Base(filepath.Dir(path)) == name {
			return name
		}
	}
	return "client"
}

// Whatever is accepted, no editor underlines.
func TestWhatIsReadIsAllowed(t *testing.T) {
	allowed := map[string]int{}
	for _, pattern := range []string{
		"../sample/data/*.toml", "../sample/data/clients/*.toml", "../../data/private/*.toml",
		"../clientfile/testdata/*.toml", "testdata/good/*.toml",
	} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name := nameOf(path)
			if ps := read(name, string(text)); len(ps) > 0 {
				if !strings.Contains(path, "clientfile") && !strings.Contains(path, "good") {
					t.Errorf("%s is not in order: %v", path, ps)
				}
				continue
			}
			allowed[name]++
			doc, err := instance(string(text))
			if err != nil {
				t.Fatal(err)
			}
			for draft, s := range compiled(t, name) {
				if err := s.Validate(doc); err != nil {
					t.Errorf("%s in draft %s: %v", path, draft, err)
				}
			}
		}
	}
	if allowed["client"] < 3 || allowed["provider"] < 2 || allowed["private"] < 2 {
		t.Errorf("only these were found in order: %v", allowed)
	}
}

// The examples for the test with Taplo are what they say, by the reader and by both
// drafts.
func TestExamplesOfMistakes(t *testing.T) {
	paths, err := filepath.Glob("testdata/bad/*.toml")
	if err != nil || len(paths) < 6 {
		t.Fatalf("found %v, %v", paths, err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "\n# refused: ") {
			t.Errorf("%s does not say what is refused in it", path)
		}
		refused(t, filepath.Base(path), nameOf(path), string(text), "")
	}
}

// refused wants a text to be refused by the reader, for a rule where one is named, and
// by both drafts.
func refused(t *testing.T, what, name, text, rule string) {
	t.Helper()
	ps := read(name, text)
	if len(ps) == 0 || rule != "" && !slices.ContainsFunc(ps, func(p diag.Problem) bool { return p.Rule == rule }) {
		t.Errorf("%s: the reader says %v, not %s", what, ps, rule)
	}
	doc, err := instance(text)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	for draft, s := range compiled(t, name) {
		if s.Validate(doc) == nil {
			t.Errorf("%s: draft %s allows it", what, draft)
		}
	}
}

// formed are the keys of the top of a file whose texts have a form, by file.
var formed = map[string][]string{
	"client":   {"portal", "timezone", "language"},
	"provider": {"base_url", "timezone", "language"},
}

// Of any text at all: where the reader takes it, so does the schema.
func TestFormsAreWideEnough(t *testing.T) {
	inTables := []struct{ name, text string }{
		{"client", "client = \"x\"\n[people]\na = { name = \"A\", side = \"client\", email = %s }\n"},
		{"client", "client = \"x\"\n[[goal]]\ntitle = \"x\"\nid = %s\n"},
		{"client", "client = \"x\"\n[[file]]\ntitle = \"x\"\non = 2026-01-01\nlink = %s\n"},
		{"client", "client = \"x\"\n[[file]]\ntitle = \"x\"\non = 2026-01-01\nfile = %s\n"},
		{"client", "client = \"x\"\n[promises]\nreply_within = %s\n"},
		{"client", "client = \"x\"\n[[status]]\non = 2026-01-01\nheadline = \"x\"\nrag = %s\n"},
		{"provider", "name = \"x\"\ntimezone = \"UTC\"\n[brand]\naccent = %s\n"},
		{"provider", "name = \"x\"\ntimezone = \"UTC\"\n[brand]\nlogo = %s\n"},
		{"provider", "name = \"x\"\ntimezone = \"UTC\"\n[working_hours]\nfrom = %s\n"},
		{"provider", "name = \"x\"\ntimezone = \"UTC\"\n[check]\ntone = %s\n"},
	}
	for name, keys := range formed {
		for _, key := range keys {
			rest := "client = \"x\"\n"
			if name == "provider" {
				rest = "name = \"x\"\n"
				if key != "timezone" {
					rest += "timezone = \"UTC\"\n"
				}
			}
			inTables = append(inTables, struct{ name, text string }{name, rest + key + " = %s\n"})
		}
	}
	schemas := map[string]map[Draft]*jsonschema.Schema{"client": compiled(t, "client"), "provider": compiled(t, "provider")}
	texts := rapid.OneOf(
		rapid.StringMatching(`[a-z0-9_-]{0,4}`),
		rapid.StringMatching(`[A-Za-z0-9 _./@:#+?-]{0,20}`),
		rapid.StringMatching(`(https?|HTTP|mailto|ftp):(//)?[a-z./?#@ ]{0,12}`),
		rapid.StringMatching(`[0-9]{1,5} (minute|hour|day|week|month)s?`),
		rapid.StringMatching(`[0-2][0-9]:[0-6][0-9]`),
		rapid.StringMatching(`#[0-9a-fA-F]{2,7}`),
		rapid.SampledFrom([]string{"same business day", "Europe/Berlin", "UTC", "Etc/GMT+1", "de-AT", "green", "error", "assets", "a/b.pdf", "../a", `a\b`, "é.pdf", "a@b", "maria@example.com"}),
		rapid.String(),
	)
	taken := 0
	rapid.Check(t, func(r *rapid.T) {
		form := rapid.SampledFrom(inTables).Draw(r, "form")
		value, err := json.Marshal(texts.Draw(r, "text")) // every JSON text except DEL is a TOML text
		if err != nil || bytes.ContainsRune(value, 0x7f) {
			return
		}
		text := fmt.Sprintf(form.text, value)
		if len(read(form.name, text)) > 0 {
			return
		}
		doc, err := instance(text)
		if err != nil {
			r.Fatal(err)
		}
		taken++
		for draft, s := range schemas[form.name] {
			if err := s.Validate(doc); err != nil {
				r.Fatalf("draft %s refuses what the reader takes: %v\n%s", draft, err, text)
			}
		}
	})
	if taken == 0 {
		t.Error("the reader took nothing at all")
	}
}
