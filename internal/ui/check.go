package ui

import (
	"slices"

	"portalgen/internal/diag"
)

// Checked shows the result of a check: errors first, then warnings, and how many there are of each.
func (t *Terminal) Checked(ps diag.Problems) {
	if len(ps) == 0 {
		t.Say("All well.")
		return
	}
	errs := ps.Errors()
	warnings := slices.DeleteFunc(slices.Clone(ps), func(p diag.Problem) bool { return p.Severity == diag.Error })
	t.problems(slices.Concat(errs, warnings))
	counts := plural(len(warnings), "warning", "warnings")
	switch {
	case len(warnings) == 0:
		counts = plural(len(errs), "error", "errors")
	case len(errs) > 0:
		counts = plural(len(errs), "error", "errors") + ", " + counts
	}
	t.Note("\n%s", counts)
}
