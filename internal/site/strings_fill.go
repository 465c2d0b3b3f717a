package site

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// fillForm matches a placeholder in a string.
var fillForm = regexp.MustCompile(`{{-?\s*\.(\w+)`)

// unfilledIn warns of each of the program's strings in which a file of the site uses a placeholder
// that the program does not fill: the page would show "<no value>".
func unfilledIn(doc *tomltext.Document, program map[string]any) diag.Problems {
	var ps diag.Problems
	for _, name := range slices.Sorted(maps.Keys(doc.Values)) {
		ours, known := program[name]
		if !known {
			continue // the site's own layout fills it
		}
		given := fillsOf(ours)
		if strings.HasPrefix(name, "gate_") {
			given = append(given, "Provider") // the gate fills it in all of its strings
		}
		for _, fill := range fillsOf(doc.Values[name]) {
			if slices.Contains(given, fill) {
				continue
			}
			hint := "take it out"
			if len(given) > 0 {
				hint = "given to it: {{ ." + strings.Join(given, " }}, {{ .") + " }}"
			}
			p := stringProblem(doc, name, rule.UnknownString, "\""+name+"\" is filled with {{ ."+fill+
				" }}, which is not given to it: \"<no value>\" would stand there", hint)
			p.Severity = diag.Warning
			ps = append(ps, p)
		}
	}
	return ps
}

// fillsOf returns the placeholders of a string, each once. For a string with plural forms these are
// the placeholders of all forms, and Count.
func fillsOf(said any) []string {
	var names []string
	switch said := said.(type) {
	case string:
		for _, m := range fillForm.FindAllStringSubmatch(said, -1) {
			names = append(names, m[1])
		}
	case map[string]any:
		names = append(names, "Count")
		for _, form := range said {
			names = append(names, fillsOf(form)...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
