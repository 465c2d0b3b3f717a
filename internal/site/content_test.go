package site_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/diag"
	"portalgen/internal/site"
)

// content returns the pages of a site with these files below content/.
func content(t *testing.T, files map[string]string) ([]site.Content, diag.Problems) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, "content", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, err := site.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.Content()
}

func TestContentOfTheProgram(t *testing.T) {
	all, ps := content(t, nil)
	if len(ps) > 0 || len(all) != 5 {
		t.Errorf("got %+v, %v", all, ps)
	}
	for _, language := range []string{"en", "de", "es", "fr", "ar"} {
		if one := site.ContentFor(all, language); len(one) != 1 || one[0].Name != "privacy" || one[0].Title == "" {
			t.Errorf("in %s: %+v", language, one)
		}
	}
}

func TestContentOfASite(t *testing.T) {
	for _, tt := range []struct {
		name, text, title, body string
		weight                  int
	}{
		{"toml", "+++\ntitle = \"A \\\"b\\\"\"\nweight = 3\ndate = 2026-01-01\n+++\nText\n", `A "b"`, "Text\n", 3},
		{"yaml", "---\ntitle: A b: c\nweight: 4\ntags: [x]\n---\nText\n", "A b: c", "Text\n", 4},
		{"yaml in double quotes", "---\ntitle: \"A\\tb\"\n---\nText", "A\tb", "Text", 0},
		{"yaml in single quotes", "---\ntitle: 'It''s'\n---\nText", "It's", "Text", 0},
		{"lines of Windows", "\ufeff---\r\ntitle: A\r\n---\r\nText\r\n", "A", "Text\n", 0},
		{"a heading", "\n# A page #\n\nText", "A page", "\nText", 0},
		{"a heading after front matter", "+++\nweight = 1\n+++\n## A\nText", "A", "Text", 1},
		{"front matter alone", "+++\ntitle = \"A\"\n+++", "A", "", 0},
		{"empty front matter", "+++\n+++\n# A\nText", "A", "Text", 0},
		{"a line across", "# A\n---\nText", "A", "---\nText", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			all, ps := content(t, map[string]string{"a.md": tt.text, "privacy.md": " \n"})
			if len(ps) > 0 || len(all) != 1 {
				t.Fatalf("got %+v, %v", all, ps)
			}
			if c := all[0]; c.Name != "a" || c.Title != tt.title || c.Body != tt.body || c.Weight != tt.weight {
				t.Errorf("got %+v", c)
			}
		})
	}
}

func TestContentThatIsWrong(t *testing.T) {
	for _, tt := range []struct {
		name, file, text, rule, says string
		line                         int
	}{
		{"no title", "a.md", "Text\n", "syntax", "no title", 1},
		{"no end", "a.md", "+++\ntitle = \"A\"\n", "syntax", "no end", 1},
		{"broken toml", "a.md", "+++\ntitle = A\n+++\n", "syntax", "cannot be read", 1},
		{"broken quotes", "a.md", "---\ntitle: \"A\n---\n", "syntax", "quote", 1},
		{"broken single quotes", "a.md", "---\ntitle: 'A\n---\n", "syntax", "quote", 1},
		{"weight", "a.md", "---\ntitle: A\nweight: heavy\n---\n", "syntax", "whole number", 1},
		{"shortcode", "a.md", "+++\ntitle = \"A\"\n+++\nText\n{{< figure >}}\n", "syntax", "shortcode", 5},
		{"shortcode of the other kind", "a.md", "# A\n\n{{% note %}}\n", "syntax", "shortcode", 3},
		{"the name of another page", "status.md", "# A\n", "reserved-name", "\"status\" already", 0},
		{"the name of another page, in a language", "risks.de.md", "# A\n", "reserved-name", "\"risks\" already", 0},
		{"folder", "b/a.md", "# A\n", "unused-content", "no page is made", 0},
		{"no Markdown", "a.html", "<p>", "unused-content", "no page is made", 0},
		{"of Hugo's sections", "_index.md", "# A\n", "unused-content", "no page is made", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			all, ps := content(t, map[string]string{tt.file: tt.text})
			if len(ps) != 1 || len(all) != 5 {
				t.Fatalf("got %+v, %v", all, ps)
			}
			if p := ps[0]; p.Rule != tt.rule || p.File != "content/"+tt.file || p.Line != tt.line || !strings.Contains(p.Message, tt.says) || p.Hint == "" {
				t.Errorf("got %+v", p)
			}
		})
	}
}

func TestContentIsInOrder(t *testing.T) {
	all, ps := content(t, map[string]string{
		"z.md": "---\ntitle: First\nweight: -1\n---\n", "b.md": "# Beta", "a.md": "# Gamma", "privacy.md": "",
	})
	if ps != nil || len(all) != 3 || all[0].Name != "z" || all[1].Name != "b" || all[2].Name != "a" {
		t.Errorf("got %+v, %v", all, ps)
	}
}

func TestContentOfALanguage(t *testing.T) {
	all, ps := content(t, map[string]string{"a.md": "# All", "a.de.md": "# Alle", "b.pt-BR.md": "# Tudo", "privacy.md": ""})
	if ps != nil {
		t.Fatal(ps)
	}
	for language, want := range map[string]string{"en": "All", "de": "Alle", "pt-BR": "All Tudo"} {
		var titles []string
		for _, c := range site.ContentFor(all, language) {
			titles = append(titles, c.Title)
		}
		if got := strings.Join(titles, " "); got != want {
			t.Errorf("in %s: %s", language, got)
		}
	}
}

// What a site says in its own words is not said beside it in the program's, in any
// language but those that the site says it in too.
func TestContentInPlaceOfTheProgram(t *testing.T) {
	all, ps := content(t, map[string]string{"privacy.md": "# Ours", "privacy.fr.md": "# Les nôtres"})
	if ps != nil {
		t.Fatal(ps)
	}
	for language, want := range map[string]string{"en": "Ours", "de": "Ours", "ar": "Ours", "fr": "Les nôtres"} {
		if got := site.ContentFor(all, language); len(got) != 1 || got[0].Title != want {
			t.Errorf("in %s: %+v", language, got)
		}
	}
}
