// Package assets makes scripts and styles small before they are published: what a
// page's script imports becomes a part of it, and what only people read is left out.
//
// It is the only package that imports esbuild. It must not know what the scripts do,
// where they lie, or at which address they are published.
package assets

import (
	"maps"
	"path"
	"slices"

	"github.com/evanw/esbuild/pkg/api"
)

// target is what the scripts are written in. Nothing newer is put in its place, so that
// no browser is shut out that could run them as they stand.
const target = api.ES2022

// Published is what came of a set of scripts and styles.
type Published struct {
	// Files are the bytes by name.
	Files map[string][]byte
	// Imports are, by the name of each entry, the files that it imports at once, sorted,
	// with what those import. What is imported only when needed is not among them.
	Imports map[string][]string
}

// Publish returns files as they are to be published. Names are paths with slashes; the
// same files make the same bytes.
//
// The entries, as far as they are there, are the module scripts that pages name. What
// an entry imports is made a part of it. What it imports only when needed, as by
// import('./x.js'), and what several of these share, become files beside it that are
// named by their bytes. A script that nothing imports stays as it is, and so does what
// is neither a script nor a style.
//
// What cannot be understood is returned as Faults, which are an error. Otherwise the
// faults are what is most likely not meant, and can be published.
func Publish(files map[string][]byte, entries ...string) (Published, Faults, error) {
	out := Published{Files: maps.Clone(files), Imports: map[string][]string{}}
	var found Faults
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) != ".css" {
			continue
		}
		small, faults := style(name, files[name])
		out.Files[name] = small
		found = append(found, faults...)
	}
	entries = slices.DeleteFunc(slices.Clone(entries), func(name string) bool {
		_, ok := files[name]
		return !ok
	})
	scripts := bundle(files, entries)
	found = append(found, scripts.faults...)
	for _, name := range scripts.merged {
		delete(out.Files, name)
	}
	maps.Copy(out.Files, scripts.files)
	for _, name := range entries {
		out.Imports[name] = scripts.imported(name)
	}
	if broken := found.broken(); len(broken) > 0 {
		return Published{}, nil, broken
	}
	return out, found, nil
}

// style makes one style sheet small. What it imports stays a file of its own.
func style(name string, text []byte) ([]byte, Faults) {
	r := api.Transform(string(text), api.TransformOptions{
		Sourcefile: name, Loader: api.LoaderCSS, LogLevel: api.LogLevelSilent, Charset: api.CharsetUTF8,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		LegalComments: api.LegalCommentsInline, TsconfigRaw: "{}",
	})
	return r.Code, faults(r.Errors, r.Warnings)
}
