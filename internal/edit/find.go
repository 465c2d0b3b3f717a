package edit

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"portalgen/internal/client"
	"portalgen/internal/diag"
)

// A named is something that people can refer to by its id or a part of its title.
type named struct {
	id, title string
	// own is the id of an interim result within its commitment; id then has the commitment's id before it. ""
	// for everything else.
	own string
}

// isCalled reports whether the word, in lower case, is a part of the id or the title of n.
func (n named) isCalled(word string) bool {
	id := cmp.Or(n.own, n.id)
	if strings.Contains(word, partOf) {
		id = n.id
	}
	return strings.Contains(strings.ToLower(id), word) || strings.Contains(strings.ToLower(n.title), word)
}

// partOf separates the id of a commitment from that of its interim result.
const partOf = "/"

// find returns the index of the one that word means: by its id, else by a part of an id or title that only
// one has, in any case. what is the singular noun for them, for errors.
func find(word, what string, all []named) (int, error) {
	var found, own []int
	for i, n := range all {
		switch {
		case n.id == word:
			return i, nil
		case word == "":
		case n.own == word:
			own = append(own, i)
		case n.isCalled(strings.ToLower(word)):
			found = append(found, i)
		}
	}
	if len(own) > 0 {
		found = own
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
		words = append(words, cmp.Or(n.own, n.id))
	}
	for _, n := range all {
		for _, w := range strings.Fields(n.title) {
			words = append(words, strings.Trim(w, ".,:;?!"))
		}
	}
	meant := ""
	if near := diag.Closest(word, words); near != "" {
		meant = fmt.Sprintf(", did you mean %q?", near)
	}
	return 0, fmt.Errorf("%q: there is no such %s%s There are:%s", word, what, orFullStop(meant), listed(all, nil))
}

func orFullStop(s string) string {
	if s == "" {
		return "."
	}
	return s
}

// listed returns the entries with the given indexes, or all, one per line.
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
		all = append(all, named{id: cm.ID, title: cm.Title})
	}
	return find(word, "commitment", all)
}

// about returns the id of the commitment that a word means. If it means an interim result, it is the id of
// that result's commitment.
func (f *File) about(word string) (string, error) {
	i, err := f.commitment(word)
	if err != nil {
		var m move
		m, err = f.find(word)
		i = m.commitment
	}
	if err != nil {
		return "", err
	}
	return f.client.Commitments[i].ID, nil
}

// find returns the commitment or interim result that a word means: the id, or a part of the id or the title,
// of either; or both with a slash between them, where the second may also be a number from 1. If a commitment
// and an interim result have the same id, it is the commitment.
func (f *File) find(word string) (move, error) {
	var all []named
	var places []move
	for i := range f.client.Commitments {
		all = append(all, named{id: f.client.Commitments[i].ID, title: f.client.Commitments[i].Title})
		places = append(places, move{i, -1})
	}
	for i, cm := range f.client.Commitments {
		for j, d := range cm.Deliverables {
			all = append(all, named{cm.ID + partOf + d.ID, d.Title, d.ID})
			places = append(places, move{i, j})
		}
	}
	i, err := find(word, "commitment or interim result", all)
	if whole, part, both := strings.Cut(word, partOf); both {
		if i, unknown := f.commitment(whole); unknown == nil {
			j, wrong := deliverable(&f.client.Commitments[i], part)
			if _, notNumber := strconv.Atoi(part); wrong == nil || notNumber == nil || err != nil {
				return move{i, j}, wrong
			}
		}
	}
	if err != nil {
		return move{}, err
	}
	return places[i], nil
}

// deliverable returns the index of the interim result that word means; word may also be its number, from 1.
func deliverable(cm *client.Commitment, word string) (int, error) {
	var all []named
	for i, d := range cm.Deliverables {
		if word == d.ID {
			return i, nil
		}
		all = append(all, named{id: d.ID, title: d.Title})
	}
	if n, err := strconv.Atoi(word); err == nil {
		if n < 1 || n > len(all) {
			return 0, fmt.Errorf("%d: %s has no such interim result; it has %d", n, cm.ID, len(all))
		}
		return n - 1, nil
	}
	return find(word, "interim result of "+cm.ID, all)
}

// FindClient returns the id of the client that a word means: its id, else a part of an id or name that only
// one has, in any case. name returns the name of a client, "" if unknown.
func FindClient(word string, ids []string, name func(id string) string) (string, error) {
	if slices.Contains(ids, word) {
		return word, nil
	}
	var all []named
	for _, id := range ids {
		all = append(all, named{id: id, title: name(id)})
	}
	i, err := find(word, "client", all)
	if err != nil {
		return "", err
	}
	return ids[i], nil
}

// person returns the id of the person of the file that word means; see FindPerson.
func (f *File) person(word string) (string, error) { return FindPerson(word, f.client.People) }

// FindPerson returns the id of the person that word means: an id, else a name or what the person is called.
// The error lists the ids, and suggests a similar one.
func FindPerson(word string, people client.People) (string, error) {
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
