// Package assets bundles and minifies scripts and styles before they are published.
//
// Only this package imports esbuild. It must not know what the scripts do, where their sources are,
// or at which address they are published.
package assets

import (
	"maps"
	"slices"
)

// Published is the result for a set of scripts and styles.
type Published struct {
	// Files are the bytes by name.
	Files map[string][]byte
	// Imports are, by the name of each entry, the files that it imports statically, directly or
	// indirectly, sorted. Dynamic imports are not included.
	Imports map[string][]string
}

// Publish returns the files to publish. Names are paths with slashes. The same files give the same
// bytes.
//
// A style sheet includes the style sheets that it imports. An imported style sheet is not published
// by itself.
//
// The entries are the module scripts of pages. An entry that is not among files is ignored. The
// static imports of an entry become part of it. Dynamic imports, such as import('./x.js'), and code
// that several of them share become further files, named by a hash of their bytes. A script that
// nothing imports stays unchanged, as does a file that is neither a script nor a style.
//
// Files that cannot be parsed are returned as Faults in the error. Otherwise the returned Faults
// are warnings, and the files can be published.
func Publish(files map[string][]byte, entries ...string) (Published, Faults, error) {
	out := Published{Files: maps.Clone(files), Imports: map[string][]string{}}
	var found Faults
	styles := styleSheets(files)
	found = append(found, styles.faults...)
	for _, name := range styles.merged {
		delete(out.Files, name)
	}
	maps.Copy(out.Files, styles.files)
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
