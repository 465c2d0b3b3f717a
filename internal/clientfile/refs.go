package clientfile

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"portalgen/internal/client"
	"portalgen/internal/rule"
)

// idsOf returns the ids that may be referred to, by the key that refers.
func idsOf(c *client.Client) map[string][]string {
	var goals, commitments []string
	for _, g := range c.Goals {
		goals = append(goals, g.ID)
	}
	for _, cm := range c.Commitments {
		commitments = append(commitments, cm.ID)
	}
	return map[string][]string{
		"goal": goals, "commitment": commitments, "needs": commitments, "affects": commitments,
	}
}

// duplicates reports ids that are used twice within one kind of table, and
// status notes that only their date could tell apart.
func (c *checker) duplicates(root *node) {
	rv := reflect.ValueOf(c.c).Elem()
	s := specOf(clientType)
	for _, key := range s.order {
		if f := s.fields[key]; f.typ.Kind() == reflect.Slice && holdsTable(f.typ) {
			c.duplicateIDs(root.child(key), rv.FieldByIndex(f.index))
		}
	}
	for i, cm := range c.c.Commitments {
		c.duplicateIDs(root.child("commitment").item(i).child("deliverable"), reflect.ValueOf(cm.Deliverables))
	}
	first := map[string]*node{}
	for i, st := range c.c.Statuses {
		n := root.child("status").item(i)
		if n.child("id") != nil || n.child("on") == nil || st.On.IsZero() {
			continue
		}
		on := n.child("on")
		if before := first[st.On.Date.String()]; before != nil {
			c.duplicate(on, st.On.Date.String(), fmt.Sprintf("a second status note of %s, the first is on line %d", st.On.Date, c.lineAt(before)), hintStatusID)
			continue
		}
		first[st.On.Date.String()] = on
	}
}

// duplicateIDs reports the ids that are written twice in list, whose tables stand
// at n.
func (c *checker) duplicateIDs(n *node, list reflect.Value) {
	if n == nil {
		return
	}
	first := map[string]*node{}
	for i := range list.Len() {
		id := n.item(i).child("id")
		if id == nil || id.flawed {
			continue
		}
		s := list.Index(i).FieldByName("ID").String()
		if before := first[s]; before != nil {
			c.duplicate(id, s, fmt.Sprintf("the id %q is taken, on line %d", s, c.lineAt(before)), "choose another id for one of them")
			continue
		}
		first[s] = id
	}
}

// words reports words that this file explains twice.
func (c *checker) words(root *node, terms []client.Term) {
	first := map[string]*node{}
	for i, term := range terms {
		n := root.child("term").item(i).child("word")
		key := strings.ToLower(strings.TrimSpace(term.Word))
		if n == nil || key == "" {
			continue
		}
		if before := first[key]; before != nil {
			c.duplicate(n, term.Word, fmt.Sprintf("%s is explained on line %d already", quoted(term.Word), c.lineAt(before)), "keep one of the two")
			continue
		}
		first[key] = n
	}
}

// duplicate adds a problem with the value of n, whose message names the line of the
// first one. It is about subject.
func (c *checker) duplicate(n *node, subject, message, hint string) {
	c.value(n, rule.DuplicateID, message, hint)
	c.problems[len(c.problems)-1].Subject = subject
}

func (c *checker) lineAt(n *node) int { return c.text.lineOf(n.at.from) + 1 }

// needs reports commitments that wait on each other in a circle. Each circle is
// told once, where it closes.
func (c *checker) needs(root *node) {
	index := map[string]int{}
	for i, cm := range c.c.Commitments {
		if _, ok := index[cm.ID]; !ok {
			index[cm.ID] = i
		}
	}
	const (
		unseen = iota
		open
		done
	)
	state := make([]int, len(c.c.Commitments))
	var way []string
	var visit func(i int)
	visit = func(i int) {
		cm := &c.c.Commitments[i]
		state[i] = open
		way = append(way, cm.ID)
		for j, need := range cm.Needs {
			to, ok := index[need]
			if !ok {
				continue
			}
			switch state[to] {
			case open:
				at := root.child("commitment").item(i).child("needs").item(j)
				c.value(at, rule.UnknownReference, circle(way[slices.Index(way, need):]), "remove one of these needs")
			case unseen:
				visit(to)
			}
		}
		way = way[:len(way)-1]
		state[i] = done
	}
	for i := range state {
		if state[i] == unseen {
			visit(i)
		}
	}
}

// circle says who waits on whom.
func circle(ids []string) string {
	if len(ids) == 1 {
		return fmt.Sprintf("%q cannot wait on itself", ids[0])
	}
	if len(ids) > 4 {
		return fmt.Sprintf("%q waits on %q and, by %d others, on itself", ids[0], ids[1], len(ids)-2)
	}
	return fmt.Sprintf(`"%s" waits on "%s", which waits on "%s"`, ids[0],
		strings.Join(ids[1:], `", which waits on "`), ids[0])
}

// files reports a [[file]] that names nothing to open.
func (c *checker) files(root *node) {
	for i, f := range c.c.Files {
		n := root.child("file").item(i)
		if n != nil && n.child("file") == nil && n.child("link") == nil && f.File == "" {
			c.value(n, rule.MissingField, `"file" or "link" is missing in [[file]]`, `write file = "report.pdf" or link = "https://example.com/report"`)
		}
	}
}
