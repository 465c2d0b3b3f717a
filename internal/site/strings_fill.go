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

// fillForm matches what a string is filled with.
var fillForm = regexp.MustCompile(`{{-?\s*\.(\w+)`)

// unfilledIn warns of each of the program's strings that a file of the site fills with
// something the program does not hand to it: "<no value>" would stand on the page.
func unfilledIn(doc *tomltext.Document, program map[string]any) diag.Problems {
	var ps diag.Problems
	for _, name := range slices.Sorted(maps.Keys(doc.Values)) {
		ours, known := program[name]
		if !known {
			continue // a layout of the site's own fills it
		}
		given := fillsOf(ours)
		if strings.HasPrefix(name, "gate_") {
			given = append(given, "Provider") // the gate gives it to each of its strings
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

// fillsOf returns the names that a string is filled with, each once; of one that depends
// on a number, those of all its forms, the number among them.
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
