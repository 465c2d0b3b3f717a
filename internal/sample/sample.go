// Package sample contains the program's samples: an invented provider and invented clients. They
// are sealed under a public key, so only this package decides, by comparing bytes, what counts as a
// sample.
//
// The repository's data folder begins as a copy of the samples, but is not embedded: providers put
// their clients there, and such a client must never become a sample or a part of the program.
package sample

import (
	"bytes"
	"embed"
	"io/fs"
	"strings"
)

//go:embed data
var files embed.FS

// Passphrase opens every sample. It is public, like the key under which the samples are sealed.
const Passphrase = "meadow lantern copper sparrow window"

const clients = "data/clients"

// Read returns a file of the samples by its path in a site, such as
// data/provider.toml.
func Read(name string) ([]byte, error) { return files.ReadFile(name) }

// Open opens a file of the samples by its path in a site.
func Open(name string) (fs.File, error) { return files.Open(name) }

// IDs returns the ids of the sample clients, sorted.
func IDs() []string {
	entries, _ := files.ReadDir(clients) // embedded, so it exists
	var ids []string
	for _, e := range entries {
		if id, ok := strings.CutSuffix(e.Name(), ".toml"); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// Is reports whether a client is the sample with that id: its file and the provider's file, whose
// people, contact and terms are in every portal, equal the samples' files.
func Is(id string, client, provider []byte) bool {
	return same(clients+"/"+id+".toml", client) && IsProvider(provider)
}

// IsProvider reports whether text is the provider's file of the samples.
func IsProvider(text []byte) bool { return same("data/provider.toml", text) }

func same(name string, text []byte) bool {
	own, err := Read(name)
	return err == nil && bytes.Equal(own, text)
}
