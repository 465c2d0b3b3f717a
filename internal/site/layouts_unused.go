package site

import (
	"io/fs"
	"maps"
	"slices"
	"strings"

	"portalgen"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

// replaced maps layouts of earlier program versions to the layouts that show the same now.
var replaced = map[string]string{
	"archive.html":                      "notes.html",
	"understanding.html":                "agreed.html",
	"working.html":                      "people.html",
	"_partials/delivery.html":           "_partials/kept-file.html",
	"_partials/on-you.html":             "_partials/timeline-chip.html",
	"_partials/part-archive.html":       "_partials/notes.html",
	"_partials/part-understanding.html": "_partials/part-agreed.html",
	"_partials/part-working.html":       "_partials/part-people.html",
	"_partials/record-mark.html":        "_partials/figures.html",
	"_partials/risk-line.html":          "_partials/risks.html",
}

// UnusedLayouts warns of each of the site's own layouts that no page and no other layout uses. Its
// name is misspelt, or is of an earlier version of the program.
func (t *Theme) UnusedLayouts() diag.Problems {
	own := askedFor(t.own, nil)
	var ps diag.Problems
	for _, file := range slices.Sorted(maps.Keys(t.own)) {
		name, isLayout := strings.CutPrefix(file, "layouts/")
		partial, isPartial := strings.CutPrefix(name, "_partials/")
		if !isLayout || !isPartial && strings.Contains(name, "/") || isPartial && own.uses(partial) {
			continue
		}
		if _, err := fs.Stat(portalgen.Defaults, file); err == nil {
			continue
		}
		p := diag.Problem{
			Pos: diag.Pos{File: file}, Rule: rule.UnusedContent, Severity: diag.Warning,
			Message: "this file is not used: no page asks for it",
			Hint:    "take it out, or ask for it in a layout of yours",
		}
		if now := replaced[name]; now != "" {
			p.Hint = "what it showed is now in layouts/" + now +
				": take that one from the program, change it and take this out"
		} else if near := diag.Closest(file, layoutNames()); near != "" {
			p.Hint = "did you mean " + near + "?"
		}
		ps = append(ps, p)
	}
	return ps
}

// layoutNames returns the paths of the program's own layouts.
func layoutNames() []string {
	var names []string
	for _, pattern := range []string{"layouts/*.html", "layouts/_partials/*.html"} {
		found, _ := fs.Glob(portalgen.Defaults, pattern)
		names = append(names, found...)
	}
	return names
}
