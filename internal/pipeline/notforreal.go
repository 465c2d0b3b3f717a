package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/sample"
	"portalgen/internal/site"
)

// notForReal warns of what is only for samples, where a site has clients of its own: a date at
// which time stands still, and the samples themselves.
func (b *Builder) notForReal(ids []string) diag.Problems {
	base, left := b.base.Load(), sample.Left(b.site.Root)
	isSample := func(id string) bool { return slices.Contains(left, id) && sample.IsProvider(base.text) }
	if b.opt.Samples || !slices.ContainsFunc(ids, func(id string) bool { return !isSample(id) }) {
		return nil
	}
	var ps diag.Problems
	if at := base.provider.Frozen; !at.IsZero() {
		ps = append(ps, diag.Problem{
			Pos: placeOf("frozen", base.text), Rule: rule.Frozen, Severity: diag.Warning,
			Message: fmt.Sprintf("time stands still at %s, on each page and for what is late", at),
			Hint:    "take the line out, unless these are samples",
		})
	}
	if len(left) > 0 {
		ps = append(ps, diag.Problem{
			Pos: diag.Pos{File: site.ClientsDir}, Rule: rule.SamplesBesideClients, Severity: diag.Warning,
			Message: "the program's samples lie beside your clients, and are published with them: " + strings.Join(left, ", "),
			Hint:    "clear them with `portalgen init --clear-samples`",
		})
	}
	return ps.WithText(site.ProviderFile, base.text)
}
