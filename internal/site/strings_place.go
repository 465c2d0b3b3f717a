package site

import (
	"slices"
	"strings"

	"portalgen/internal/diag"
	"portalgen/internal/tomltext"
)

// stringProblem returns an error about the string of a name in an i18n file, at its place.
func stringProblem(doc *tomltext.Document, name, rule, message, hint string) diag.Problem {
	return doc.Problem(nodeOf(doc.Root, name).Key, rule, message, hint)
}

// nodeOf returns where a string stands below n. Its name is made of its keys, with dots
// between them; a key may hold dots too.
func nodeOf(n *tomltext.Node, name string) *tomltext.Node {
	if c := n.Child(name); c != nil {
		return c
	}
	for i := range name {
		if name[i] == '.' {
			if c := nodeOf(n.Child(name[:i]), name[i+1:]); c != nil {
				return c
			}
		}
	}
	return nil
}

// namesOf returns the names of the strings below n, which stands under prefix, in their
// order. The forms of a string are of its one name; a string in another table is named
// with that table's, as in "home.title".
func namesOf(n *tomltext.Node, prefix string) []string {
	var names []string
	for _, key := range n.Names {
		name := prefix + key
		switch c := n.Child(key); {
		case prefix != "" && slices.Contains(forms, key):
			names = append(names, strings.TrimSuffix(prefix, "."))
		case c.Children != nil:
			names = append(names, namesOf(c, name+".")...)
		case c.Shape == tomltext.Leaf || c.Shape == tomltext.List || c.Shape == tomltext.Tables:
			names = append(names, name)
		}
	}
	return slices.Compact(names)
}
