// Package schema holds the JSON Schemas of the files that a provider writes. With them editors show what a
// key is for, offer its values, and underline errors.
//
// The tests of this package generate the schemas from the types of package client and the comments of their
// fields (go test ./internal/schema -update), so that the program itself needs no library for it. The schemas
// allow more than the reader accepts: only the reader knows whether a person exists or a move is allowed.
//
// It must not know of sites and their folders.
package schema

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed json
var files embed.FS

// A Draft is an edition of the JSON Schema language.
type Draft string

// The supported editions. Taplo, and with it Even Better TOML, understands Draft4 best.
const (
	Draft4      Draft = "4"
	Draft202012 Draft = "2020-12"
)

// Drafts are all supported editions.
var Drafts = []Draft{Draft4, Draft202012}

// Names are the files that have a schema: a client's, the provider's, and the private notes.
var Names = []string{"client", "provider", "private"}

// Read returns the schema of a file, one of Names, in a draft, one of Drafts.
func Read(name string, draft Draft) ([]byte, error) {
	switch {
	case !slices.Contains(Names, name):
		return nil, fmt.Errorf("there is no schema %q: they are %s", name, strings.Join(Names, ", "))
	case !slices.Contains(Drafts, draft):
		return nil, fmt.Errorf("there is no draft %q: they are %s and %s", draft, Draft4, Draft202012)
	}
	return files.ReadFile(file(name, draft))
}

// file returns the path of a schema below this folder.
func file(name string, draft Draft) string {
	return fmt.Sprintf("json/%s.%s.json", name, draft)
}
