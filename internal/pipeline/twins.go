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

// twins warns of clients that have one name and nearly the same file: most likely one of
// the two is an old copy. names are those of clients by id.
func (b *Builder) twins(names map[string]string) diag.Problems {
	if b.opt.Samples {
		return nil
	}
	of := map[string][]string{}
	for _, id := range slices.Sorted(maps.Keys(names)) {
		of[names[id]] = append(of[names[id]], id)
	}
	var ps diag.Problems
	for _, name := range slices.Sorted(maps.Keys(of)) {
		ids := of[name]
		for i, id := range ids[1:] {
			if name == "" || !b.alike(ids[i], id) {
				continue
			}
			ps = append(ps, diag.Problem{
				Pos: diag.Pos{File: site.ClientFile(id)}, Rule: rule.SameClient, Severity: diag.Warning,
				Message: fmt.Sprintf("this file and %s are of one client, %q, and nearly the same", site.ClientFile(ids[i]), name),
				Hint:    "if one is a copy of the other, take over what is right in it and remove it",
			})
		}
	}
	return ps
}

// alike reports whether of the lines of either client's file eight in ten stand in the
// other's.
func (b *Builder) alike(one, other string) bool {
	a, ps := b.source(site.ClientFile(one))
	z, more := b.source(site.ClientFile(other))
	if append(ps, more...).Err() != nil {
		return false
	}
	return common(a.Text, z.Text) >= 0.8 && common(z.Text, a.Text) >= 0.8
}

// common returns which part of the lines of a text, but for empty ones, another has.
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
