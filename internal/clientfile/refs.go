package clientfile

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// idsOf returns, for each reference key, the ids that it may have.
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
		"reopens": commitments,
	}
}

// duplicates reports ids that are used twice within one kind of table, and status notes without an id that
// have the same day.
func (c *validator) duplicates(root *tomltext.Node) {
	rv := reflect.ValueOf(c.c).Elem()
	s := specOf(clientType)
	for _, key := range s.order {
		if f := s.fields[key]; f.typ.Kind() == reflect.Slice && holdsTable(f.typ) {
			c.duplicateIDs(root.Child(key), rv.FieldByIndex(f.index))
			c.takenTwice(root.Child(key), rv.FieldByIndex(f.index))
		}
	}
	for i, cm := range c.c.Commitments {
		n := root.Child("commitment").Item(i)
		c.duplicateIDs(n.Child("deliverable"), reflect.ValueOf(cm.Deliverables))
		c.takenTwice(n.Child("moves"), reflect.ValueOf(cm.Moves))
		for j, d := range cm.Deliverables {
			c.takenTwice(n.Child("deliverable").Item(j).Child("moves"), reflect.ValueOf(d.Moves))
		}
	}
	type day struct {
		on      civil.Date
		private bool
	}
	first := map[day]*tomltext.Node{}
	for i, st := range c.c.Statuses {
		n := root.Child("status").Item(i)
		if n.Child("id") != nil || n.Child("on") == nil || st.On.IsZero() {
			continue
		}
		on, day := n.Child("on"), day{st.On.Date, st.Private}
		if before := first[day]; before != nil {
			c.duplicate(on, st.On.Date.String(),
				fmt.Sprintf("a second status note of %s, the first is on line %d", st.On.Date,
					c.lineAt(before)), hintStatusID)
			continue
		}
		first[day] = on
	}
}

// takenTwice reports tables in list, at node n, whose reply an earlier table has already: two machines took
// it in, and a merge kept both.
func (c *validator) takenTwice(n *tomltext.Node, list reflect.Value) {
	first := map[string]*tomltext.Node{}
	for i := range list.Len() {
		sent := list.Index(i).FieldByName("Sent")
		via := n.Item(i).Child("via")
		if !sent.IsValid() || via == nil {
			continue
		}
		id, _, _ := strings.Cut(sent.Interface().(client.Sent).Via, " ")
		if before := first[id]; before != nil {
			c.duplicate(via, id, fmt.Sprintf("this reply was taken in on line %d already", c.lineAt(before)),
				"remove one of the two")
			continue
		}
		first[id] = via
	}
}

// duplicateIDs reports ids in list, at node n, that are written twice, or that a table without a written id
// already has.
func (c *validator) duplicateIDs(n *tomltext.Node, list reflect.Value) {
	if n == nil {
		return
	}
	first := map[string]*tomltext.Node{}
	for i := range list.Len() {
		if n.Item(i).Child("id") == nil {
			first[list.Index(i).FieldByName("ID").String()] = n.Item(i)
		}
	}
	for i := range list.Len() {
		id := n.Item(i).Child("id")
		if id == nil || id.Flawed {
			continue
		}
		s := list.Index(i).FieldByName("ID").String()
		if before := first[s]; before != nil {
			c.duplicate(id, s, fmt.Sprintf("the id %q is taken, on line %d", s, c.lineAt(before)),
				"choose another id for one of them")
			continue
		}
		first[s] = id
	}
}

// terms reports words that this file explains twice.
func (c *validator) terms(root *tomltext.Node, terms []client.Term) {
	first := map[string]*tomltext.Node{}
	for i, term := range terms {
		n := root.Child("term").Item(i).Child("word")
		key := strings.ToLower(strings.TrimSpace(term.Word))
		if n == nil || key == "" {
			continue
		}
		if before := first[key]; before != nil {
			c.duplicate(n, term.Word, fmt.Sprintf("%s is explained on line %d already",
				tomltext.Quoted(term.Word), c.lineAt(before)), "keep one of the two")
			continue
		}
		first[key] = n
	}
}

// duplicate reports the value of n. The message names the line of the first one, so subject identifies the
// problem.
func (c *validator) duplicate(n *tomltext.Node, subject, message, hint string) {
	c.value(n, rule.DuplicateID, message, hint)
	c.problems[len(c.problems)-1].Subject = subject
}

func (c *validator) lineAt(n *tomltext.Node) int { return c.text.Pos(n.At).Line }

// needs reports commitments that wait for each other in a circle. Each circle is reported once, where it
// closes.
func (c *validator) needs(root *tomltext.Node) {
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
				at := root.Child("commitment").Item(i).Child("needs").Item(j)
				c.value(at, rule.UnknownReference,
					cycleText(way[slices.Index(way, need):]), "remove one of these needs")
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

// cycleText says which commitment waits for which.
func cycleText(ids []string) string {
	if len(ids) == 1 {
		return fmt.Sprintf("%q cannot wait on itself", ids[0])
	}
	if len(ids) > 4 {
		return fmt.Sprintf("%q waits on %q and, by %d others, on itself", ids[0], ids[1], len(ids)-2)
	}
	return fmt.Sprintf(`"%s" waits on "%s", which waits on "%s"`, ids[0],
		strings.Join(ids[1:], `", which waits on "`), ids[0])
}

// files reports a [[file]] without a file and a link.
func (c *validator) files(root *tomltext.Node) {
	for i, f := range c.c.Files {
		n := root.Child("file").Item(i)
		if n != nil && n.Child("file") == nil && n.Child("link") == nil && f.File == "" {
			c.value(n, rule.MissingField, `"file" or "link" is missing in [[file]]`,
				`write file = "report.pdf" or link = "https://example.com/report"`)
		}
	}
}
