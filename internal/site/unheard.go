package site

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"portalgen"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/tomlbound"
)

// forms are the keys of a string that depends on a number: those of Unicode's plural
// rules (CLDR), of which each language uses its own.
var forms = []string{"zero", "one", "two", "few", "many", "other"}

// Unheard warns of each string in the site's own i18n files that nothing says: the
// program has none of that name, and no layout of the site's own asks for it. A
// misspelt name would otherwise change nothing, and nobody would be told. It warns too
// of what the site's own layouts ask for and is in no file, and of what a string is
// filled with and is not given, and of what is in i18n and no file of strings. Files that
// cannot be read are for Theme to tell.
func (s *Site) Unheard() (diag.Problems, error) {
	files := map[string][]byte{}
	for _, dir := range themed {
		if err := s.readOwn(dir, files); err != nil {
			return nil, err
		}
	}
	maps.DeleteFunc(files, Ours)
	program, err := fs.ReadFile(portalgen.Defaults, english)
	if err != nil {
		return nil, err
	}
	known, err := namesIn(program)
	if err != nil {
		return nil, err
	}
	var words map[string]any
	if err := toml.Unmarshal(program, &words); err != nil {
		return nil, err
	}
	own := askedFor(files, known)
	all := known
	var ps diag.Problems
	for _, file := range slices.Sorted(maps.Keys(files)) {
		if !isWords(file) {
			if strings.HasPrefix(file, "i18n/") {
				ps = append(ps, diag.Problem{
					Pos: diag.Pos{File: file}, Rule: rule.UnusedContent, Severity: diag.Warning,
					Message: "this file is not used: the strings of a language are those of a file such as i18n/en.toml, in no folder below",
					Hint:    "write the strings there, and take this out",
				})
				delete(files, file)
			}
			continue
		}
		ps = append(ps, unheardIn(file, files[file], known, own)...)
		ps = append(ps, unfilledIn(file, files[file], words)...)
		more, _ := namesIn(files[file]) // Theme tells of one that cannot be read
		all = slices.Concat(all, more)
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		if !isWords(file) {
			ps = append(ps, missingIn(file, files[file], all)...)
		}
	}
	return ps, nil
}

func isWords(file string) bool { return path.Dir(file) == "i18n" && path.Ext(file) == ".toml" }

// saidForm matches where a layout asks for a string by its name.
var saidForm = regexp.MustCompile("\\b(?:T|i18n)\\s+(\"[^\"\\\\\n]+\"|`[^`\n]+`)")

// missingIn warns of each string that a layout asks for and that there is not: it would
// leave an empty place on the page.
func missingIn(file string, text []byte, all []string) diag.Problems {
	var ps diag.Problems
	for i, line := range strings.Split(string(text), "\n") {
		for _, m := range saidForm.FindAllStringSubmatchIndex(line, -1) {
			name := line[m[2]+1 : m[3]-1]
			if slices.Contains(all, name) {
				continue
			}
			p := diag.Problem{
				Pos:  diag.Pos{File: file, Line: i + 1, Column: len([]rune(line[:m[2]])) + 1, Width: len([]rune(name)) + 2},
				Rule: rule.UnknownString, Severity: diag.Warning, Text: strings.TrimSuffix(line, "\r"),
				Message: "there is no string \"" + name + "\", so nothing is shown in its place",
				Hint:    "give it in i18n/en.toml: " + name + " = \"…\"",
			}
			if near := diag.Closest(name, all); near != "" {
				p.Hint = "did you mean \"" + near + "\"?"
			}
			ps = append(ps, p)
		}
	}
	return ps
}

// Ours reports whether a file of a site is byte for byte the program's own: where the
// site is a clone of the program, or a file was copied and not changed.
func Ours(name string, text []byte) bool {
	ours, err := fs.ReadFile(portalgen.Defaults, name)
	return err == nil && string(ours) == string(text)
}

func unheardIn(file string, text []byte, known []string, own asked) diag.Problems {
	names, err := namesIn(text)
	if err != nil {
		return nil // Theme tells of it
	}
	var ps diag.Problems
	for _, name := range names {
		if slices.Contains(known, name) || own.hears(name) {
			continue
		}
		p := diag.Problem{
			Pos: at(file, text, name), Rule: rule.UnknownString, Severity: diag.Warning,
			Message: "nothing says \"" + name + "\": the program has no string of this name, and no layout of yours asks for it",
			Hint:    "take it out, or ask for it in a layout of yours: {{ T \"" + name + "\" }}",
		}
		if near := diag.Closest(name, known); near != "" {
			p.Hint = "did you mean \"" + near + "\"?"
		}
		p.Text = lineOf(text, p.Line)
		ps = append(ps, p)
	}
	return ps
}

// namesIn returns the names of the strings in an i18n file, in their order. The forms
// of a string are of its one name; a string in another table is named with that
// table's, as in "home.title".
func namesIn(text []byte) ([]string, error) {
	if err := tomlbound.Check(string(text)); err != nil {
		return nil, err
	}
	var words map[string]any
	meta, err := toml.Decode(string(text), &words)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, key := range meta.Keys() {
		switch last := len(key) - 1; {
		case last > 0 && slices.Contains(forms, key[last]):
			key = key[:last]
		case meta.Type(key...) == "Hash":
			continue
		}
		if name := strings.Join(key, "."); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, nil
}

// asked are the texts in quotes in a site's own layouts, any of which may be the name
// of a string, and what such a name may begin with where a layout puts it together.
type asked struct{ names, beginnings []string }

var quoted = regexp.MustCompile("\"([^\"\\\\\n]+)\"|`([^`\n]+)`")

// askedFor looks through layouts. What one of the program's strings begins with does
// not count as a beginning: it stands in a copy of a layout, and would let a misspelt
// name pass.
func askedFor(files map[string][]byte, known []string) asked {
	var own asked
	for name, text := range files {
		if isWords(name) {
			continue
		}
		for _, m := range quoted.FindAllStringSubmatch(string(text), -1) {
			said := m[1] + m[2]
			begins, _, together := strings.Cut(said, "%")
			isOurs := func(name string) bool { return strings.HasPrefix(name, begins) }
			switch {
			case !together:
				own.names = append(own.names, said)
			case begins != "" && !slices.ContainsFunc(known, isOurs):
				own.beginnings = append(own.beginnings, begins)
			}
		}
	}
	return own
}

func (a asked) hears(name string) bool {
	return slices.Contains(a.names, name) ||
		slices.ContainsFunc(a.beginnings, func(begins string) bool { return strings.HasPrefix(name, begins) })
}
