package assets

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// target is the language version of the scripts. esbuild must not use newer features, so that every
// browser that can run the sources can run the result.
const target = api.ES2022

// given is the name of esbuild's namespace for files in memory.
const given = "given"

// bundled is the result for the entries and the scripts that they import.
type bundled struct {
	files map[string][]byte
	// merged are the names of the source files that became part of files.
	merged []string
	// parts are the names of the style sheets that another one imports.
	parts []string
	// static are, by the name of each file, the files that it imports statically.
	static map[string][]string
	faults Faults
}

// bundle makes one script from each entry and its imports. It neither reads nor writes the disk.
func bundle(files map[string][]byte, entries []string) bundled {
	if len(entries) == 0 {
		return bundled{}
	}
	return build(files, entries, api.BuildOptions{
		Splitting: true, Format: api.FormatESModule, Platform: api.PlatformBrowser, Target: target,
		ChunkNames: path.Dir(entries[0]) + "/[name]-[hash]",
	})
}

// styleSheets merges each style sheet that no other one imports with its imports.
func styleSheets(files map[string][]byte) bundled {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) == ".css" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return bundled{}
	}
	b := build(files, names, api.BuildOptions{})
	for _, name := range b.parts {
		delete(b.files, name)
	}
	return b
}

// build returns what esbuild makes of files in memory. It is remembered.
func build(files map[string][]byte, entries []string, opt api.BuildOptions) bundled {
	if b, ok := recall(files, entries, opt.ChunkNames); ok {
		return b
	}
	asked := &asked{of: files, files: map[string]file{}}
	b := run(asked, entries, opt)
	remember(memory{entries: entries, chunks: opt.ChunkNames, asked: asked.files, bundled: b})
	return b
}

// run runs esbuild.
func run(files *asked, entries []string, opt api.BuildOptions) bundled {
	// The folder is never made: esbuild only needs paths in it as names.
	out, err := filepath.Abs("published")
	if err != nil {
		return bundled{faults: Faults{{Message: err.Error(), Broken: true}}}
	}
	opt.Bundle, opt.Metafile, opt.Plugins = true, true, []api.Plugin{reader(files)}
	opt.MinifyWhitespace, opt.MinifyIdentifiers, opt.MinifySyntax = true, true, true
	opt.Charset, opt.LegalComments, opt.LogLevel = api.CharsetUTF8, api.LegalCommentsInline, api.LogLevelSilent
	opt.TsconfigRaw, opt.AbsWorkingDir, opt.Outdir = "{}", out, out
	for _, name := range entries {
		opt.EntryPointsAdvanced = append(opt.EntryPointsAdvanced, api.EntryPoint{
			InputPath: name, OutputPath: strings.TrimSuffix(name, path.Ext(name)),
		})
	}
	r := api.Build(opt)
	b := bundled{files: map[string][]byte{}, static: map[string][]string{}, faults: faults(r.Errors, r.Warnings)}
	for _, f := range r.OutputFiles {
		name, err := filepath.Rel(out, f.Path)
		if err != nil {
			name = f.Path
		}
		b.files[filepath.ToSlash(name)] = f.Contents
	}
	b.readMeta(r.Metafile)
	return b
}

// readMeta reads from esbuild's metafile which files were merged and which are imported.
func (b *bundled) readMeta(text string) {
	var meta struct {
		Inputs map[string]struct {
			Imports []struct{ Path, Kind string }
		}
		Outputs map[string]struct {
			Imports []struct{ Path, Kind string }
		}
	}
	if text == "" { // esbuild has failed, and its errors are in faults
		return
	}
	if err := json.Unmarshal([]byte(text), &meta); err != nil {
		b.faults = append(b.faults, Fault{Message: fmt.Sprintf("esbuild's account of the "+
			"scripts: %v", err), Broken: true})
		return
	}
	for name, in := range meta.Inputs {
		b.merged = append(b.merged, strings.TrimPrefix(name, given+":"))
		for _, i := range in.Imports {
			if i.Kind == "import-rule" {
				b.parts = append(b.parts, strings.TrimPrefix(i.Path, given+":"))
			}
		}
	}
	for name, out := range meta.Outputs {
		for _, i := range out.Imports {
			if i.Kind == "import-statement" {
				b.static[name] = append(b.static[name], i.Path)
			}
		}
	}
}

// imported returns the files that a browser must load before it can run a file, sorted.
func (b *bundled) imported(name string) []string {
	seen := map[string]bool{}
	var visit func(string)
	visit = func(name string) {
		for _, next := range b.static[name] {
			if !seen[next] {
				seen[next] = true
				visit(next)
			}
		}
	}
	visit(name)
	return slices.Sorted(maps.Keys(seen))
}

// reader makes esbuild read the files in memory and not the disk. An import must be a relative path
// of one of files.
func reader(files *asked) api.Plugin {
	find := func(a api.OnResolveArgs) (api.OnResolveResult, error) {
		name := a.Path
		if a.Kind == api.ResolveCSSURLToken {
			return api.OnResolveResult{Path: name, External: true}, nil
		}
		if a.Kind != api.ResolveEntryPoint {
			if !strings.HasPrefix(name, "./") && !strings.HasPrefix(name, "../") {
				return fault("%q does not name a file of the site, as './other"+path.Ext(a.Importer)+"' does", name), nil
			}
			name = path.Join(path.Dir(a.Importer), name)
		}
		if _, ok := files.get(name); !ok {
			return fault("there is no file %s", name), nil
		}
		return api.OnResolveResult{Path: name, Namespace: given}, nil
	}
	read := func(a api.OnLoadArgs) (api.OnLoadResult, error) {
		given, _ := files.get(a.Path)
		text := string(given)
		loader := api.LoaderJS
		if path.Ext(a.Path) == ".css" {
			loader = api.LoaderCSS
		}
		return api.OnLoadResult{Contents: &text, Loader: loader}, nil
	}
	return api.Plugin{Name: given, Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: ".*"}, find)
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: given}, read)
	}}
}

func fault(form string, arg any) api.OnResolveResult {
	return api.OnResolveResult{Errors: []api.Message{{Text: fmt.Sprintf(form, arg)}}}
}
