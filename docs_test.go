package portalgen_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"portalgen/internal/check"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
)

// The documents are for people, and are read by these tests too: what they say of
// the format is held to the program. How they are to be written follows from it:
// each TOML block says behind its language what it is, and each table of the format
// has a heading with its name and, below, a row for each key.
const (
	readmeFile = "README.md"
	formatFile = "docs/format.md"
	movesFile  = "docs/moves.md"
	rulesFile  = "docs/rules.md"
)

// readOn is the moment at which the examples are read.
var readOn = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// Kinds of example, as they stand behind "toml" in the fence.
const (
	wholeClient   = "client"
	wholeProvider = "provider"
	wholePrivate  = "private"
	// fragment continues the first whole client's file of format.md, together with
	// all other fragments of its document.
	fragment = "fragment"
	// setLines are put in place of those of a new site's provider.toml when a document is walked.
	setLines = "set"
)

func document(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var tomlBlock = regexp.MustCompile("(?ms)^```toml ?(.*?)\n(.*?)^```$")

// examples returns the TOML blocks of a document by their kind, in their order.
func examples(t *testing.T, name string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, m := range tomlBlock.FindAllStringSubmatch(document(t, name), -1) {
		if !slices.Contains([]string{wholeClient, wholeProvider, wholePrivate, fragment}, m[1]) {
			t.Errorf("%s: an example of the kind %q:\n%s", name, m[1], m[2])
		}
		all[m[1]] = append(all[m[1]], m[2])
	}
	return all
}

func source(name, text string) clientfile.Source {
	return clientfile.Source{Name: name, Text: []byte(text)}
}

// exampleProvider returns the first provider of format.md.
func exampleProvider(t *testing.T) *client.Provider {
	t.Helper()
	p, ps := clientfile.Provider(source("provider.toml", examples(t, formatFile)[wholeProvider][0]))
	fine(t, formatFile, ps)
	return p
}

func readExample(p *client.Provider, text string) (*client.Client, diag.Problems) {
	return clientfile.Client("example", source("example.toml", text), clientfile.Options{
		Provider: p, Now: readOn, Languages: []string{"en"},
	})
}

func fine(t *testing.T, name string, ps diag.Problems) {
	t.Helper()
	for _, p := range ps {
		t.Errorf("%s: %v\n%s\n%s", name, p, p.Text, p.Hint)
	}
}

// joined returns the first whole client's file of format.md with all fragments of a
// document.
func joined(t *testing.T, name string) string {
	t.Helper()
	parts := []string{examples(t, formatFile)[wholeClient][0]}
	return strings.Join(append(parts, examples(t, name)[fragment]...), "\n")
}

func TestExamplesAreValid(t *testing.T) {
	for _, name := range []string{readmeFile, formatFile, movesFile} {
		t.Run(name, func(t *testing.T) {
			all := examples(t, name)
			provider := exampleProvider(t)
			for _, text := range all[wholeProvider] {
				p, ps := clientfile.Provider(source("provider.toml", text))
				fine(t, name, ps)
				fine(t, name, check.Settings(p.Check))
			}
			for _, text := range all[wholePrivate] {
				_, ps := clientfile.Private(source("private.toml", text))
				fine(t, name, ps)
			}
			for _, text := range all[wholeClient] {
				p := provider
				if name == readmeFile {
					p = nil // its example stands alone
				}
				_, ps := readExample(p, text)
				fine(t, name, ps)
			}
			_, ps := readExample(provider, joined(t, name))
			fine(t, name, ps)
			if len(all) == 0 {
				t.Error("no examples were found")
			}
		})
	}
}

// section returns the lines of the first section of a document whose heading holds
// one of names, nil if there is none.
func section(doc string, names ...string) []string {
	lines := strings.Split(doc, "\n")
	for i, line := range lines {
		named := func(name string) bool { return strings.Contains(line, name) }
		if !strings.HasPrefix(line, "##") || !slices.ContainsFunc(names, named) {
			continue
		}
		end := slices.IndexFunc(lines[i+1:], func(s string) bool { return strings.HasPrefix(s, "#") })
		if end < 0 {
			return lines[i+1:]
		}
		return lines[i+1 : i+1+end]
	}
	return nil
}

// rows returns the cells of each row of the tables in lines that begins with code.
func rows(lines []string) [][]string {
	var all [][]string
	for _, line := range lines {
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		all = append(all, cells)
	}
	return all
}

var inCode = regexp.MustCompile("`([^`]+)`")

// codes returns what stands in a text as code.
func codes(text string) []string {
	var all []string
	for _, m := range inCode.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return all
}

// The errors that the documents show are what the program prints.
func TestErrorsAreReal(t *testing.T) {
	for _, tt := range []struct {
		doc, file, text   string
		provider          *client.Provider
		written, mistaken string
	}{
		{
			readmeFile, "data/clients/two-ovens.toml", examples(t, readmeFile)[wholeClient][0], nil,
			`did = "renegotiate", due`, `did = "renegotiate", deu`,
		},
		{
			movesFile, "data/clients/brindle-ferry.toml", examples(t, formatFile)[wholeClient][0], exampleProvider(t),
			`by = "astrid", did = "agree"`, `by = "astrid", did = "deliver"`,
		},
	} {
		t.Run(tt.doc, func(t *testing.T) {
			if strings.Count(tt.text, tt.written) != 1 {
				t.Fatalf("the example does not have %s", tt.written)
			}
			text := strings.Replace(tt.text, tt.written, tt.mistaken, 1)
			_, ps := clientfile.Client("example", source(tt.file, text), clientfile.Options{Provider: tt.provider, Now: readOn})
			var b bytes.Buffer
			diag.Terminal(&b, ps, nil)
			printed := "    " + strings.ReplaceAll(strings.TrimSpace(b.String()), "\n", "\n    ")
			if !strings.Contains(document(t, tt.doc), printed) {
				t.Errorf("%s does not show what is printed:\n%s", tt.doc, printed)
			}
		})
	}
}

// The settings that the rules show are settings; and no document has TOML that no test reads.
func TestExamplesOfRulesAreValid(t *testing.T) {
	blocks := tomlBlock.FindAllStringSubmatch(document(t, rulesFile), -1)
	for _, m := range blocks {
		p, ps := clientfile.Provider(source("provider.toml", examples(t, formatFile)[wholeProvider][1]+m[2]))
		fine(t, rulesFile, ps)
		fine(t, rulesFile, check.Settings(p.Check))
	}
	if len(blocks) < 20 {
		t.Errorf("%s has only %d settings", rulesFile, len(blocks))
	}
	docs, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	read := []string{readmeFile, formatFile, movesFile, rulesFile, themingFile}
	for _, doc := range append(docs, "CONTRIBUTING.md", "ARCHITECTURE.md") {
		if slices.Contains(read, doc) {
			continue
		}
		for _, m := range tomlBlock.FindAllStringSubmatch(document(t, doc), -1) {
			if m[1] != setLines {
				t.Errorf("%s has TOML that no test reads:\n%s", doc, m[2])
			}
		}
	}
}
