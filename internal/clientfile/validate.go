package clientfile

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// A validator checks values that have been decoded. c is nil for files that are not a client's.
type validator struct {
	*decoder
	c      *client.Client
	opt    Options
	people client.People
	today  civil.Date
	ids    map[string][]string // that may be referred to, by the key that refers
}

// client checks a client's file with the tree root.
func (c *validator) client(root *tomltext.Node) {
	c.people = c.c.People
	c.today = c.latestToday()
	c.ids = idsOf(c.c)
	c.personIDs(root.Child("people"))
	c.fields(root, reflect.ValueOf(c.c).Elem(), kind{typ: clientType})
	c.duplicates(root)
	c.terms(root, c.c.Terms)
	c.needs(root)
	c.files(root)
	c.oneAnswer(root)
	c.lead(root)
	c.commitments(root)
	c.reopened(root)
}

// lead checks that the client's lead is of the provider's side.
func (c *validator) lead(root *tomltext.Node) {
	if n := root.Child("lead"); n != nil && c.people[c.c.Lead].Side == client.ClientSide {
		c.value(n, rule.WrongSide, fmt.Sprintf("%q is of the client's side", c.c.Lead),
			"lead names the one of your people who looks after this client")
	}
}

// fields checks each value and the dates of each table, in the table rv of kind k and in all tables below.
func (c *validator) fields(n *tomltext.Node, rv reflect.Value, k kind) {
	c.walk(n, rv, k, func(n *tomltext.Node, rv reflect.Value, k kind) {
		s := specOf(rv.Type())
		for _, key := range n.Names {
			f := s.fields[key]
			if f == nil {
				continue
			}
			v := rv.FieldByIndex(f.index)
			switch v.Kind() {
			case reflect.String:
				c.oneText(n.Child(key), key, v.String(), k)
			case reflect.Slice:
				if v.Type().Elem().Kind() != reflect.String {
					continue
				}
				for i := range v.Len() {
					c.oneText(n.Child(key).Item(i), key, v.Index(i).String(), k)
				}
			case reflect.Int:
				c.score(n.Child(key), key, v.Int())
			}
		}
		c.dates(n, rv, s)
		c.rising(n, rv, k)
	})
}

// oneText checks one text: the value of key at n, or an item of that list.
func (c *validator) oneText(n *tomltext.Node, key, s string, k kind) {
	if s == "" || n == nil || n.Flawed {
		return
	}
	if check := valueChecks[key]; check != nil {
		if message, hint := check(c, s); message != "" {
			broken := rule.BadValue
			if isFileKey(key) {
				broken = rule.BadFile
			}
			c.value(n, broken, message, hint)
		}
		return
	}
	if c.c == nil {
		return
	}
	switch {
	case slices.Contains(personKeys, key):
		c.person(n, s)
	case slices.Contains(referenceKeys, key):
		c.reference(n, key, s)
	}
}

// walk calls visit for the table rv at n, of kind k, and for each table below. It leaves out tables that are
// not in the file, such as inherited ones.
func (c *validator) walk(n *tomltext.Node, rv reflect.Value, k kind, visit func(*tomltext.Node, reflect.Value, kind)) {
	if n == nil {
		return
	}
	if n.Children != nil {
		visit(n, rv, k)
	}
	s := specOf(rv.Type())
	for _, key := range s.order {
		f := s.fields[key]
		if below := n.Child(key); below != nil && holdsTable(f.typ) {
			c.walkField(below, rv.FieldByIndex(f.index), k.below(key, f.typ), visit)
		}
	}
}

func (c *validator) walkField(n *tomltext.Node, v reflect.Value, k kind,
	visit func(*tomltext.Node, reflect.Value, kind),
) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() != checkType {
			c.walk(n, v, k, visit)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			c.walkField(n, v.Elem(), k, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			if item := n.Item(i); item != nil {
				c.walkField(item, v.Index(i), k, visit)
			}
		}
	case reflect.Map:
		for _, name := range n.Names {
			if e := v.MapIndex(reflect.ValueOf(name)); e.IsValid() {
				c.walkField(n.Child(name), e, k, visit)
			}
		}
	}
}

// person checks that s is the id of a person.
func (c *validator) person(n *tomltext.Node, s string) {
	if _, ok := c.people[s]; ok {
		return
	}
	ids := slices.Sorted(maps.Keys(c.people))
	meant := diag.Closest(s, ids)
	for _, id := range ids {
		p := c.people[id]
		if meant == "" && (strings.EqualFold(p.Name, s) || strings.EqualFold(p.Short(), s)) {
			meant = id
		}
	}
	if len(ids) > 12 {
		ids = nil
	}
	c.value(n, rule.UnknownPerson, fmt.Sprintf("%s is nobody in [people]", tomltext.Quoted(s)),
		hintOf(meant, "known: ", ids))
}

// reference checks that s is an id that key may refer to.
func (c *validator) reference(n *tomltext.Node, key, s string) {
	what, ids := key, c.ids[key]
	if key == "needs" || key == "affects" || key == "reopens" {
		what = "commitment"
	}
	if slices.Contains(ids, s) {
		return
	}
	meant := diag.Closest(s, ids)
	if len(ids) > 12 {
		ids = nil
	}
	c.value(n, rule.UnknownReference, fmt.Sprintf("there is no %s with the id %s", what, tomltext.Quoted(s)),
		hintOf(meant, "known: ", ids))
}
