// Package sample holds the program's own samples: a provider and clients that were
// made up. They are sealed under a public key, so what counts as a sample is
// decided here alone, by its bytes.
//
// The repository's data folder begins as a copy of them. It is not embedded itself:
// it is where a provider's clients go, and a client must never become a sample by
// standing there, nor its text part of a program.
package sample

import (
	"bytes"
	"embed"
	"io/fs"
	"strings"
)

//go:embed data
var files embed.FS

// Passphrase opens every sample. It is public, like the key that the samples are
// sealed under.
const Passphrase = "meadow lantern copper sparrow window"

const clients = "data/clients"

// Read returns a file of the samples by its path in a site, such as
// data/provider.toml.
func Read(name string) ([]byte, error) { return files.ReadFile(name) }

// Open opens a file of the samples by its path in a site.
func Open(name string) (fs.File, error) { return files.Open(name) }

// IDs returns the ids of the sample clients, sorted.
func IDs() []string {
	entries, _ := files.ReadDir(clients) // embedded, so it is there
	var ids []string
	for _, e := range entries {
		if id, ok := strings.CutSuffix(e.Name(), ".toml"); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// Is reports whether a client is the sample of that id: its file is, byte for byte,
// and so is the provider's, whose people, contact and terms are in every portal.
func Is(id string, client, provider []byte) bool {
	return same(clients+"/"+id+".toml", client) && IsProvider(provider)
}

// IsProvider reports whether text is the samples' provider's file.
func IsProvider(text []byte) bool { return same("data/provider.toml", text) }

func same(name string, text []byte) bool {
	own, err := Read(name)
	return err == nil && bytes.Equal(own, text)
}
