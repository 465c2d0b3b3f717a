package site

import (
	"slices"
	"strings"

	"portalgen/internal/diag"
	"portalgen/internal/tomltext"
)

// stringProblem returns an error about the string called name in an i18n file, with its place.
func stringProblem(doc *tomltext.Document, name, rule, message, hint string) diag.Problem {
	return doc.Problem(nodeOf(doc.Root, name).Key, rule, message, hint)
}

// nodeOf returns the node of a string below n. Its name consists of its keys joined by dots; a key
// may contain dots too.
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

// namesOf returns the names of the strings below n in their order. prefix is put before each name,
// as in "home.title" for a string in the table home. The plural forms of a string count as one
// name.
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
