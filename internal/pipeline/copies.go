package pipeline

import (
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/site"
)

// copyProblems returns a problem for each copy of a client's file: only its owner knows which
// of the files is right.
func (b *Builder) copyProblems(id string) diag.Problems {
	if b.opt.Samples {
		return nil
	}
	var ps diag.Problems
	for _, name := range b.site.Copies(id) {
		p := diag.Problem{
			Pos: diag.Pos{File: site.ClientFile(name)}, Rule: rule.CopiedFile, Severity: diag.Error,
			Message: "this is a copy of " + site.ClientFile(id) + " by its name, as programs make them that keep " +
				"folders the same",
			Hint: "take over into the other file what is right in this one, and remove this; until then " +
				id + " is not built",
		}
		if !b.site.HasClient(id) {
			p.Message += ", and that file is not there"
			p.Hint = "rename it to " + id + ".toml if it is the client's file, else remove it; until then what " +
				id + " has published stays"
		}
		ps = append(ps, p)
	}
	return ps
}

// Strays are the problems of copies of clients' files that are not there, as of when Clients
// was last asked for.
func (b *Builder) Strays() diag.Problems {
	if b.opt.Samples {
		return nil
	}
	var ps diag.Problems
	for _, id := range b.site.Copied() {
		if !b.site.HasClient(id) {
			ps = append(ps, b.copyProblems(id)...)
		}
	}
	return ps
}
