package pipeline

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/site"
)

// sameClients warns of clients that have the same name and nearly the same file: probably one
// of them is an old copy. names are those of clients by id.
func (b *Builder) sameClients(names map[string]string) diag.Problems {
	if b.opt.Samples {
		return nil
	}
	byName := map[string][]string{}
	for _, id := range slices.Sorted(maps.Keys(names)) {
		byName[names[id]] = append(byName[names[id]], id)
	}
	var ps diag.Problems
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		ids := byName[name]
		for i, id := range ids[1:] {
			if name == "" || !b.alike(ids[i], id) {
				continue
			}
			ps = append(ps, diag.Problem{
				Pos: diag.Pos{File: site.ClientFile(id)}, Rule: rule.SameClient, Severity: diag.Warning,
				Message: fmt.Sprintf("this file and %s are of one client, %q, and "+
					"nearly the same", site.ClientFile(ids[i]), name),
				Hint: "if one is a copy of the other, take over what is right in it and remove it",
			})
		}
	}
	return ps
}

// alike reports whether at least 80 % of the lines of each client's file are in the other's.
func (b *Builder) alike(one, other string) bool {
	a, ps := b.source(site.ClientFile(one))
	z, more := b.source(site.ClientFile(other))
	if append(ps, more...).Err() != nil {
		return false
	}
	return common(a.Text, z.Text) >= 0.8 && common(z.Text, a.Text) >= 0.8
}

// common returns the share of the lines of a text that are in another, from 0 to 1. Empty lines
// do not count.
func common(text, other []byte) float64 {
	has := map[string]bool{}
	for line := range strings.Lines(string(other)) {
		has[strings.TrimSpace(line)] = true
	}
	lines, both := 0, 0
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		lines++
		if has[line] {
			both++
		}
	}
	return float64(both) / float64(max(lines, 1))
}
