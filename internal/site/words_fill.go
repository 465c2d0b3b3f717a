package site

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/tomlbound"
)

// fillForm matches a variable of a string.
var fillForm = regexp.MustCompile(`{{-?\s*\.(\w+)`)

// unfilledIn warns of variables in the site's version of a program's string that get no value:
// the page would show "<no value>".
func unfilledIn(file string, text []byte, program map[string]any) diag.Problems {
	var words map[string]any
	if tomlbound.Check(string(text)) != nil || toml.Unmarshal(text, &words) != nil {
		return nil // Theme reports it
	}
	var ps diag.Problems
	for _, name := range slices.Sorted(maps.Keys(words)) {
		original, known := program[name]
		if !known {
			continue // a layout of the site gives its values
		}
		given := fillsOf(original)
		if strings.HasPrefix(name, "gate_") {
			given = append(given, "Provider") // the gate gives it to each of its strings
		}
		for _, fill := range fillsOf(words[name]) {
			if slices.Contains(given, fill) {
				continue
			}
			p := diag.Problem{
				Pos: at(file, text, name), Rule: rule.UnknownString, Severity: diag.Warning,
				Message: "\"" + name + "\" is filled with {{ ." + fill + " }}, which is not given to it: \"<no " +
					"value>\" would stand there",
				Hint: "take it out",
			}
			if len(given) > 0 {
				p.Hint = "given to it: {{ ." + strings.Join(given, " }}, {{ .") + " }}"
			}
			p.Text = lineOf(text, p.Line)
			ps = append(ps, p)
		}
	}
	return ps
}

// fillsOf returns the names of the variables of a string, each once. For one with plural forms
// they are those of all forms, and Count.
func fillsOf(value any) []string {
	var names []string
	switch value := value.(type) {
	case string:
		for _, m := range fillForm.FindAllStringSubmatch(value, -1) {
			names = append(names, m[1])
		}
	case map[string]any:
		names = append(names, "Count")
		for _, form := range value {
			names = append(names, fillsOf(form)...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
