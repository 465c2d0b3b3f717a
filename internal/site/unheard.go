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

// UnusedWords warns of each string in the site's i18n files that is not used: neither the
// program nor a layout of the site has one of that name, which may be misspelt. It also warns
// of strings that the site's layouts use and no file has, of variables in a string that have
// no value, and of other files in i18n. Theme reports files that cannot be read.
func (s *Site) UnusedWords() (diag.Problems, error) {
	files := map[string][]byte{}
	for _, dir := range themed {
		if err := s.readOwn(dir, files); err != nil {
			return nil, err
		}
	}
	maps.DeleteFunc(files, IsDefault)
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
		ps = append(ps, unusedIn(file, files[file], known, own)...)
		ps = append(ps, unfilledIn(file, files[file], words)...)
		more, _ := namesIn(files[file]) // Theme reports one that cannot be read
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

// useForm matches where a layout uses a string by its name.
var useForm = regexp.MustCompile("\\b(?:T|i18n)\\s+(\"[^\"\\\\\n]+\"|`[^`\n]+`)")

// missingIn warns of each string that a layout uses and that does not exist: its place on the
// page would be empty.
func missingIn(file string, text []byte, all []string) diag.Problems {
	var ps diag.Problems
	for i, line := range strings.Split(string(text), "\n") {
		for _, m := range useForm.FindAllStringSubmatchIndex(line, -1) {
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

// IsDefault reports whether a file of a site has the same bytes as that of the program: where
// the site is a clone of the program, or a file was copied and not changed.
func IsDefault(name string, text []byte) bool {
	program, err := fs.ReadFile(portalgen.Defaults, name)
	return err == nil && string(program) == string(text)
}

func unusedIn(file string, text []byte, known []string, own asked) diag.Problems {
	names, err := namesIn(text)
	if err != nil {
		return nil // Theme reports it
	}
	var ps diag.Problems
	for _, name := range names {
		if slices.Contains(known, name) || own.uses(name) {
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

// namesIn returns the names of the strings in an i18n file, in their order. The plural forms of
// a string have one name; the name of a string in a table includes that of the table, as in
// "home.title".
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

// asked are the quoted texts in a site's layouts, each of which may be the name of a string, and
// the beginnings of names that a layout composes.
type asked struct{ names, beginnings []string }

var quoted = regexp.MustCompile("\"([^\"\\\\\n]+)\"|`([^`\n]+)`")

// askedFor reads layouts. The beginning of a string of the program does not count: it is in a
// copy of a layout, and would accept a misspelt name.
func askedFor(files map[string][]byte, known []string) asked {
	var own asked
	for name, text := range files {
		if isWords(name) {
			continue
		}
		for _, m := range quoted.FindAllStringSubmatch(string(text), -1) {
			text := m[1] + m[2]
			begins, _, together := strings.Cut(text, "%")
			isDefault := func(name string) bool { return strings.HasPrefix(name, begins) }
			switch {
			case !together:
				own.names = append(own.names, text)
			case begins != "" && !slices.ContainsFunc(known, isDefault):
				own.beginnings = append(own.beginnings, begins)
			}
		}
	}
	return own
}

func (a asked) uses(name string) bool {
	return slices.Contains(a.names, name) ||
		slices.ContainsFunc(a.beginnings, func(begins string) bool { return strings.HasPrefix(name, begins) })
}
