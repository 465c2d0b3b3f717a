package edit

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"portalgen/internal/client"
	"portalgen/internal/diag"
)

// A named is something that can be called by its id or a part of its title.
type named struct{ id, title string }

// find returns the place of the one that word means: its id, else a part of one
// id or title alone, whatever its case. what is what they are, in the singular.
func find(word, what string, all []named) (int, error) {
	var found []int
	for i, n := range all {
		if n.id == word {
			return i, nil
		}
		part := strings.ToLower(word)
		if word != "" && (strings.Contains(strings.ToLower(n.id), part) ||
			strings.Contains(strings.ToLower(n.title), part)) {
			found = append(found, i)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return 0, fmt.Errorf("%q may be any of these; say more of it:%s", word, listed(all, found))
	case len(all) == 0:
		return 0, fmt.Errorf("%q: there is no %s here yet", word, what)
	}
	var words []string
	for _, n := range all {
		words = append(words, n.id)
	}
	for _, n := range all {
		words = append(words, strings.Fields(n.title)...)
	}
	meant := ""
	if near := diag.Closest(word, words); near != "" {
		meant = fmt.Sprintf(", did you mean %q?", near)
	}
	return 0, fmt.Errorf("%q: there is no such %s%s There are:%s", word, what, orStop(meant), listed(all, nil))
}

func orStop(s string) string {
	if s == "" {
		return "."
	}
	return s
}

// listed returns the ones at the given places, or all, one a line.
func listed(all []named, places []int) string {
	var b strings.Builder
	for i, n := range all {
		if places == nil || slices.Contains(places, i) {
			fmt.Fprintf(&b, "\n  %-16s  %s", diag.Printable(n.id), diag.Printable(n.title))
		}
	}
	return b.String()
}

func (f *File) commitment(word string) (int, error) {
	var all []named
	for _, cm := range f.client.Commitments {
		all = append(all, named{cm.ID, cm.Title})
	}
	return find(word, "commitment", all)
}

// deliverable returns the place of the interim result that word means, which may
// be its number, from 1.
func deliverable(cm *client.Commitment, word string) (int, error) {
	var all []named
	for i, d := range cm.Deliverables {
		if word == d.ID {
			return i, nil
		}
		all = append(all, named{d.ID, d.Title})
	}
	if n, err := strconv.Atoi(word); err == nil {
		if n < 1 || n > len(all) {
			return 0, fmt.Errorf("%d: %s has no such interim result; it has %d", n, cm.ID, len(all))
		}
		return n - 1, nil
	}
	return find(word, "interim result of "+cm.ID, all)
}

// person returns the id of the one that word means: an id, else a name or its
// first word.
func (f *File) person(word string) (string, error) {
	people := f.client.People
	ids := slices.Sorted(maps.Keys(people))
	if slices.Contains(ids, word) {
		return word, nil
	}
	var found []string
	for _, id := range ids {
		p := people[id]
		if slices.ContainsFunc([]string{id, p.Name, p.Short()},
			func(s string) bool { return strings.EqualFold(s, word) }) {
			found = append(found, id)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	meant := ""
	if near := diag.Closest(word, ids); near != "" {
		meant = fmt.Sprintf(" Did you mean %q?", near)
	}
	return "", fmt.Errorf("%q is nobody in [people], where there are: %s.%s", word, strings.Join(ids, ", "), meant)
}
