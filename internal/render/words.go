package render

import (
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

// refusedWords looks through the strings of an i18n file, each of which is a template: as
// they read once the file is decoded, since what is escaped in it is not seen before.
func refusedWords(file, text string) diag.Problems {
	var words map[string]any
	if err := toml.Unmarshal([]byte(text), &words); err != nil {
		return diag.Problems{{Pos: diag.Pos{File: file}, Rule: rule.Layout, Severity: diag.Error, Message: err.Error()}}
	}
	return refusedIfSaid(file, text, words)
}

func refusedIfSaid(file, text string, said any) (ps diag.Problems) {
	switch said := said.(type) {
	case string:
		for _, p := range refusedIn(file, said) {
			p.Pos, p.Text = diag.Pos{File: file}, ""
			if at := strings.Index(text, said); at >= 0 && said != "" {
				p.Line = 1 + strings.Count(text[:at], "\n")
				p.Text = lineOf(text, p.Line)
			}
			ps = append(ps, p)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(said)) {
			switch strings.ToLower(name) {
			case "leftdelim", "rightdelim": // other marks than {{ and }}, which would not be looked for
				ps = append(ps, refusal(file, text, max(0, strings.Index(text, name)), name))
			}
			ps = append(ps, refusedIfSaid(file, text, said[name])...)
		}
	case []any:
		for _, one := range said {
			ps = append(ps, refusedIfSaid(file, text, one)...)
		}
	case []map[string]any:
		for _, one := range said {
			ps = append(ps, refusedIfSaid(file, text, one)...)
		}
	}
	return ps
}
