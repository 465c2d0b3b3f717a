package site

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"portalgen"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// forms are the keys of a string that depends on a number: the plural forms of Unicode (CLDR). Each
// language uses some of them.
var forms = []string{"zero", "one", "two", "few", "many", "other"}

// UnusedStrings warns of each string in the site's own i18n files that is never shown: the program
// has no string of that name, and none of the site's layouts uses it. Otherwise a misspelt name
// would change nothing, without any message. It also warns of strings that the site's layouts use
// and no file has, of placeholders that nothing fills, and of other files in i18n.
func (t *Theme) UnusedStrings() diag.Problems {
	if len(t.own) == 0 {
		return nil
	}
	program, _ := programStrings(english) // tested with the program
	known := namesIn(program, "")
	own := askedFor(t.own, known)
	all := known
	var ps diag.Problems
	for _, file := range slices.Sorted(maps.Keys(t.ownDocs)) {
		doc := t.ownDocs[file]
		names := namesOf(doc.Root, "")
		ps = append(ps, unusedIn(doc, names, known, own)...)
		ps = append(ps, unfilledIn(doc, program)...)
		all = slices.Concat(all, names)
	}
	for _, file := range slices.Sorted(maps.Keys(t.own)) {
		switch {
		case isStringsFile(file):
		case strings.HasPrefix(file, "i18n/"):
			ps = append(ps, diag.Problem{
				Pos: diag.Pos{File: file}, Rule: rule.UnusedContent, Severity: diag.Warning,
				Message: "this file is not used: the strings of a language are those of a file such as i18n/en.toml, " +
					"in no folder below",
				Hint: "write the strings there, and take this out",
			})
		default:
			ps = append(ps, missingIn(file, t.own[file], all)...)
		}
	}
	return ps
}

func isStringsFile(file string) bool { return path.Dir(file) == "i18n" && path.Ext(file) == ".toml" }

// usedString matches a place where a layout uses a string by its name.
var usedString = regexp.MustCompile("\\b(?:T|i18n)\\s+(\"[^\"\\\\\n]+\"|`[^`\n]+`)")

// missingIn warns of each string that a layout uses and that does not exist: the page would show
// nothing there.
func missingIn(file string, text []byte, all []string) diag.Problems {
	var ps diag.Problems
	for i, line := range strings.Split(string(text), "\n") {
		for _, m := range usedString.FindAllStringSubmatchIndex(line, -1) {
			name := line[m[2]+1 : m[3]-1]
			if slices.Contains(all, name) {
				continue
			}
			p := diag.Problem{
				Pos: diag.Pos{
					File: file, Line: i + 1, Column: len([]rune(line[:m[2]])) + 1, Width: len([]rune(name)) + 2,
				},
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

// IsDefault reports whether a file of a site equals the program's own file. This happens if the
// site is a clone of the program, or a file was copied and not changed.
func IsDefault(name string, text []byte) bool {
	ours, err := fs.ReadFile(portalgen.Defaults, name)
	return err == nil && string(ours) == string(text)
}

func unusedIn(doc *tomltext.Document, names, known []string, own asked) diag.Problems {
	var ps diag.Problems
	for _, name := range names {
		if slices.Contains(known, name) || own.uses(name) {
			continue
		}
		hint := "take it out, or ask for it in a layout of yours: {{ T \"" + name + "\" }}"
		if near := diag.Closest(name, known); near != "" {
			hint = "did you mean \"" + near + "\"?"
		}
		p := stringProblem(doc, name, rule.UnknownString, "nothing says \""+name+
			"\": the program has no string of this name, and no layout of yours asks for it", hint)
		p.Severity = diag.Warning
		ps = append(ps, p)
	}
	return ps
}

// namesIn returns the names of strings. A string in a table has the table's name in front. The
// plural forms of a string count as one name.
func namesIn(words map[string]any, prefix string) []string {
	var names []string
	for _, key := range slices.Sorted(maps.Keys(words)) {
		switch table, ok := words[key].(map[string]any); {
		case prefix != "" && slices.Contains(forms, key):
			names = append(names, strings.TrimSuffix(prefix, "."))
		case ok:
			names = append(names, namesIn(table, prefix+key+".")...)
		default:
			names = append(names, prefix+key)
		}
	}
	return slices.Compact(names)
}

// asked holds the quoted texts of a site's own layouts, since each may be the name of a string.
// beginnings are the fixed beginnings of names that a layout builds with printf.
type asked struct{ names, beginnings []string }

var quoted = regexp.MustCompile("\"([^\"\\\\\n]+)\"|`([^`\n]+)`")

// askedFor collects the quoted texts of layouts. A beginning that also fits one of the program's
// strings does not count: a copied layout has it, and it would let a misspelt name pass.
func askedFor(files map[string][]byte, known []string) asked {
	var own asked
	for name, text := range files {
		if isStringsFile(name) {
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

func (a asked) uses(name string) bool {
	return slices.Contains(a.names, name) ||
		slices.ContainsFunc(a.beginnings, func(begins string) bool { return strings.HasPrefix(name, begins) })
}
