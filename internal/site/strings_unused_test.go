package site_test

import (
	"errors"
	"strings"
	"testing"

	"portalgen"
	"portalgen/internal/diag"
	"portalgen/internal/site"
)

// unheard returns what is warned of in a site with these files.
func unheard(t *testing.T, files map[string]string) diag.Problems {
	t.Helper()
	theme, err := open(t, folder(t, files)).Theme()
	if err != nil {
		t.Fatal(err)
	}
	return theme.UnusedStrings()
}

func TestStringsThatNothingSays(t *testing.T) {
	for _, tt := range []struct{ name, text, place, says, hint string }{
		{"misspelt", "# mine\n  your_trun = \"You\"\n", "i18n/en.toml:2:3", `"your_trun"`, `did you mean "your_turn"?`},
		{"like nothing", "zebra = \"Z\"", "i18n/en.toml:1:1", `"zebra"`, `{{ T "zebra" }}`},
		{"in quotes", "by = \"by\"\n\"zé bra\" = \"Z\"", "i18n/en.toml:2:1", `"zé bra"`, "take it out"},
		{"a plural", "by = \"by\"\n[slipp]\none = \"1\"\nother = \"2\"", "i18n/en.toml:2:1", `"slipp"`, `did you mean "slip"?`},
		{"a plural on one line", "slipp = { one = \"1\", other = \"2\" }", "i18n/en.toml:1:1", `"slipp"`, `did you mean "slip"?`},
		{"a plural with dots", "slipp.one = \"1\"\nslipp . other = \"2\"", "i18n/en.toml:1:1", `"slipp"`, `did you mean "slip"?`},
		{"in a table", "[home]\ntitle = \"T\"", "i18n/en.toml:2:1", `"home.title"`, "take it out"},
		{"no form", "slip.one = \"1\"\nslip.tow = \"2\"", "i18n/en.toml:2:6", `"slip.tow"`, ""},
		{"lines of Windows", "zebra = \"Z\"\r\n", "i18n/en.toml:1:1", `"zebra"`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ps := unheard(t, map[string]string{"i18n/en.toml": tt.text})
			if len(ps) != 1 {
				t.Fatalf("got %v", ps)
			}
			p := ps[0]
			if p.Rule != "unknown-string" || p.Severity != diag.Warning || p.Pos.String() != tt.place || p.Width == 0 {
				t.Errorf("got %+v", p)
			}
			if !strings.Contains(p.Message, tt.says) || !strings.Contains(p.Hint, tt.hint) || p.Hint == "" {
				t.Errorf("it says %q, %q", p.Message, p.Hint)
			}
			if line := strings.Split(tt.text, "\n")[p.Line-1]; p.Text != strings.TrimSuffix(line, "\r") {
				t.Errorf("the line is %q", p.Text)
			}
		})
	}
}

func TestStringsThatSomethingSays(t *testing.T) {
	own := "i18n/en.toml"
	for name, files := range map[string]map[string]string{
		"the program's":              {own: "your_turn = \"You\"\n[slip]\nother = \"{{ .Count }}\"\n"},
		"of the gate":                {own: "gate_open = \"Come in\"\n"},
		"a form of another language": {"i18n/pl.toml": "[slip]\nfew = \"{{ .Count }}\"\n"},
		"of a layout of its own":     {own: "zebra = \"Z\"\nlion = \"L\"", "layouts/_partials/zoo.html": "{{ T \"zebra\" }}{{ i18n `lion` . }}"},
		"put together by a layout":   {own: "zoo_lion = \"L\"", "layouts/_partials/zoo.html": `{{ T (printf "zoo_%s" .) }}`},
		"in a table":                 {own: "[zoo]\nlion = \"L\"", "layouts/zoo.html": `{{ T "zoo.lion" }}`},
		"none":                       nil,
	} {
		if ps := unheard(t, files); len(ps) > 0 {
			t.Errorf("%s: %v", name, ps)
		}
	}
}

// A copy of a layout asks for what the program's asks for, and no misspelt name gets by
// because of that.
func TestACopyOfALayoutHidesNothing(t *testing.T) {
	text, err := portalgen.Defaults.ReadFile("layouts/_partials/waiting.html")
	if err != nil {
		t.Fatal(err)
	}
	for name, copied := range map[string]string{"as it is": string(text), "changed": "<!-- -->" + string(text)} {
		ps := unheard(t, map[string]string{
			"layouts/_partials/waiting.html": copied, "i18n/en.toml": "todo_agre = \"Say yes\"\n",
		})
		if len(ps) != 1 || !strings.Contains(ps[0].Hint, "todo_agree") {
			t.Errorf("%s: %v", name, ps)
		}
	}
}

// A clone of the program is a site too, and its files are no site's own.
func TestOurs(t *testing.T) {
	const words = "static/assets/js/words.js"
	text, err := portalgen.Defaults.ReadFile(words)
	if err != nil {
		t.Fatal(err)
	}
	if !site.IsDefault(words, text) || site.IsDefault(words, append(text, ' ')) || site.IsDefault("static/none", nil) {
		t.Error("it mistakes a site's own file for the program's, or the other way about")
	}
	english, err := portalgen.Defaults.ReadFile("i18n/en.toml")
	if err != nil {
		t.Fatal(err)
	}
	if ps := unheard(t, map[string]string{"i18n/en.toml": string(english)}); len(ps) > 0 {
		t.Error(ps)
	}
}

// A site may give one form of a string that depends on a number, and keeps the others.
func TestFormsAreLaidOverOneByOne(t *testing.T) {
	s := open(t, folder(t, map[string]string{"i18n/en.toml": "[slip]\none = \"A day!\"\n"}))
	theme, err := s.Theme()
	if err != nil {
		t.Fatal(err)
	}
	if text := string(theme.Files["i18n/en.toml"]); !strings.Contains(text, "A day!") || !strings.Contains(text, "days later than first promised") {
		t.Error("the program's other form is lost, or the site's own")
	}
}

func TestStringsThatALayoutMisses(t *testing.T) {
	for _, tt := range []struct{ name, layout, words, place, says, hint string }{
		{"misspelt", "<p>\n  {{ T \"your_trun\" }}", "", "layouts/zoo.html:2:8", `"your_trun"`, `did you mean "your_turn"?`},
		{"like nothing", "{{ i18n `zebra` . }}\r\n", "", "layouts/zoo.html:1:9", `"zebra"`, `zebra = "`},
		{"near one of its own", `{{ T "zebar" }}{{ T "zebra" }}`, "zebra = \"Z\"", "layouts/zoo.html:1:6", `"zebar"`, `"zebra"?`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ps := unheard(t, map[string]string{"layouts/zoo.html": tt.layout, "i18n/en.toml": tt.words})
			if len(ps) != 1 {
				t.Fatalf("got %v", ps)
			}
			p := ps[0]
			if p.Rule != "unknown-string" || p.Severity != diag.Warning || p.Pos.String() != tt.place || p.Width == 0 || p.Text == "" {
				t.Errorf("got %+v", p)
			}
			if !strings.Contains(p.Message, tt.says) || !strings.Contains(p.Hint, tt.hint) {
				t.Errorf("it says %q, %q", p.Message, p.Hint)
			}
		})
	}
}

func TestStringsThatCannotBeSaid(t *testing.T) {
	for _, tt := range []struct{ name, text, place, says string }{
		{"a number", "by = \"by\"\nyour_turn = 3", "i18n/en.toml:2:1", "your_turn is no text"},
		{"a form that is none", "[slip]\none = true", "i18n/en.toml:2:1", "slip.one is no text"},
		{"a list", "your_turn = [\"a\"]", "i18n/en.toml:1:1", "your_turn is no text"},
		{"no end", "from = \"{{ .Provider\"", "i18n/en.toml:1:1", "from cannot be filled in: unclosed action"},
		{"no template", "from = \"{{ if }}\"", "i18n/en.toml:1:1", "from cannot be filled in: missing value for if"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := open(t, folder(t, map[string]string{"i18n/en.toml": tt.text})).Theme()
			p, ok := errors.AsType[diag.Problem](err)
			if !ok || p.Rule != "layout" || p.Severity != diag.Error || p.Pos.String() != tt.place || p.Text == "" || !strings.Contains(p.Message, tt.says) {
				t.Errorf("got %+v", err)
			}
		})
	}
}

func TestWhatStringsAreFilledWith(t *testing.T) {
	for _, tt := range []struct{ name, text, says, hint string }{
		{"as the program's", "from = \"{{ .Client }}\"", "", ""},
		{"the number of a plural", "[and_more]\none = \"{{ .Count }}\"\nother = \"{{- .Count }}\"", "", ""},
		{"the provider at the gate", "gate_open = \"To {{ .Provider }}\"", "", ""},
		{"misspelt", "by = \"by\"\nfrom = \"{{ .Provder }}\"", `"from" is filled with {{ .Provder }}`, "{{ .Client }}, {{ .Provider }}"},
		{"given nothing", "by = \"b\"\nyour_turn = \"{{ .Name }}\"", `"your_turn" is filled with {{ .Name }}`, "take it out"},
		{"in a form", "\n[and_more]\nother = \"{{ .Number }}\"", `"and_more" is filled with {{ .Number }}`, "{{ .Count }}"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ps := unheard(t, map[string]string{"i18n/en.toml": tt.text})
			if tt.says == "" {
				if len(ps) > 0 {
					t.Error(ps)
				}
				return
			}
			if len(ps) != 1 || ps[0].Line != 2 || ps[0].Rule != "unknown-string" || ps[0].Severity != diag.Warning {
				t.Fatalf("got %+v", ps)
			}
			if !strings.Contains(ps[0].Message, tt.says) || !strings.Contains(ps[0].Hint, tt.hint) {
				t.Errorf("it says %q, %q", ps[0].Message, ps[0].Hint)
			}
		})
	}
}
