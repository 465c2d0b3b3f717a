package clientfile

import (
	"fmt"
	"strings"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// unknownKey reports that a table of kind k has no key called key. It returns the key of that table that was
// probably meant, or "".
func (d *decoder) unknownKey(n *tomltext.Node, key string, v any, s *tableSpec, k kind) string {
	c := n.Child(key)
	if c.Shape == tomltext.Tables {
		c = c.Item(0)
	}
	sp := c.Key
	message := fmt.Sprintf("%s is not a key %s", tomltext.Quoted(key), k.where())
	if lower := strings.ToLower(key); lower != key && s.fields[lower] != nil {
		d.at(c, sp, rule.UnknownKey, message, fmt.Sprintf("keys are written in lower case: did you mean %q?", lower))
		return lower
	}
	meant := diag.Closest(key, s.byHand)
	d.at(c, sp, rule.UnknownKey, message, d.hintKey(key, meant, v, s, k))
	return meant
}

// hintKey suggests a key of this table with a similar spelling, else the tables that have key, else lists the
// keys.
func (d *decoder) hintKey(key, meant string, v any, s *tableSpec, k kind) string {
	if meant != "" {
		return didYouMean(meant)
	}
	if home := d.tablesWith(key, v, k); home != "" {
		return home
	}
	if len(s.byHand) <= 16 {
		return "its keys are " + both(s.byHand)
	}
	return ""
}

// tablesWith says which tables have key.
func (d *decoder) tablesWith(key string, v any, here kind) string {
	isTable := sortOf(v) == "a table" || sortOf(v) == "a list of tables"
	var in []string
	for _, k := range kindsOf(d.top) {
		f := specOf(k.typ).fields[key]
		if f == nil || k.path == here.path {
			continue
		}
		switch at := k.below(key, f.typ); {
		case isTable && holdsTable(f.typ) && k.path != "":
			return "write " + at.heading() + ": it belongs to " + k.String()
		case k.path == "" && holdsTable(f.typ):
			return fmt.Sprintf("%s belongs to the top of the file: write %s", tomltext.Quoted(key), at.heading())
		case k.path == "":
			return hintTop(key)
		}
		in = append(in, k.String())
	}
	switch {
	case len(in) == 0:
		return ""
	case len(in) > 3:
		in = append(in[:3:3], "others")
	}
	return fmt.Sprintf("%s belongs to %s", tomltext.Quoted(key), both(in))
}

// hintPerson says what to do if key, in [people], is not a person: often it is a key of the top of the file,
// written below a heading.
func (d *decoder) hintPerson(key string) string {
	if f := specOf(d.top).fields[key]; f != nil && !holdsTable(f.typ) {
		return hintTop(key)
	}
	return hintOnePerson
}

func hintTop(key string) string {
	return fmt.Sprintf("%s belongs to the top of the file, above the first heading", tomltext.Quoted(key))
}
