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

// given is esbuild's namespace of files in memory.
const given = "given"

// bundled is the result for the entries and the scripts that they import.
type bundled struct {
	files map[string][]byte
	// merged are the names of the source files that became a part of these.
	merged []string
	// static are, by the name of each file, the files that it imports statically.
	static map[string][]string
	faults Faults
}

// bundle makes one script from each entry and its imports. It neither reads nor writes the
// disk.
func bundle(files map[string][]byte, entries []string) bundled {
	if len(entries) == 0 {
		return bundled{}
	}
	// The folder is never made: esbuild only needs paths in it as names.
	out, err := filepath.Abs("published")
	if err != nil {
		return bundled{faults: Faults{{Message: err.Error(), Broken: true}}}
	}
	opt := api.BuildOptions{
		Bundle: true, Splitting: true, Format: api.FormatESModule, Platform: api.PlatformBrowser, Target: target,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true, Charset: api.CharsetUTF8,
		LegalComments: api.LegalCommentsInline, TsconfigRaw: "{}", LogLevel: api.LogLevelSilent,
		AbsWorkingDir: out, Outdir: out, ChunkNames: path.Dir(entries[0]) + "/[name]-[hash]",
		Metafile: true, Plugins: []api.Plugin{reader(files)},
	}
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
		Inputs  map[string]struct{}
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
	for name := range meta.Inputs {
		b.merged = append(b.merged, strings.TrimPrefix(name, given+":"))
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

// reader makes esbuild read files in memory and not the disk. An import must be a relative path
// of an existing file.
func reader(files map[string][]byte) api.Plugin {
	find := func(a api.OnResolveArgs) (api.OnResolveResult, error) {
		name := a.Path
		if a.Kind != api.ResolveEntryPoint {
			if !strings.HasPrefix(name, "./") && !strings.HasPrefix(name, "../") {
				return fault("%q does not name a script of the site, as './other.js' does", name), nil
			}
			name = path.Join(path.Dir(a.Importer), name)
		}
		if _, ok := files[name]; !ok {
			return fault("there is no script %s", name), nil
		}
		return api.OnResolveResult{Path: name, Namespace: given}, nil
	}
	read := func(a api.OnLoadArgs) (api.OnLoadResult, error) {
		text := string(files[a.Path])
		return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, nil
	}
	return api.Plugin{Name: given, Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: ".*"}, find)
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: given}, read)
	}}
}

func fault(form string, arg any) api.OnResolveResult {
	return api.OnResolveResult{Errors: []api.Message{{Text: fmt.Sprintf(form, arg)}}}
}
