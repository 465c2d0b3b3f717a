package site

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

	"github.com/BurntSushi/toml"

	"portalgen"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// english is the file with all of the program's strings.
const english = "i18n/en.toml"

// A Theme is the layouts and strings of a site. The site's own file replaces the program's file of
// the same name; in an i18n file each string is replaced separately.
type Theme struct {
	// Files are the layouts, the content adapter and the i18n files by path. Content reports other
	// files of content, UnusedStrings other files of i18n.
	Files map[string][]byte

	own      map[string][]byte             // the site's own files
	ownDocs  map[string]*tomltext.Document // its own i18n files
	ownWords map[string]map[string]any     // the strings of these files, over those of the program
}

// Theme reads the theme. It fails with a diag.Problem if a string of the site's own cannot be read.
func (s *Site) Theme() (*Theme, error) {
	t := &Theme{
		own: map[string][]byte{}, ownDocs: map[string]*tomltext.Document{}, ownWords: map[string]map[string]any{},
	}
	var err error
	if t.Files, err = s.layered(themed...); err != nil {
		return nil, err
	}
	for _, dir := range themed {
		if err := s.readOwn(dir, t.own); err != nil {
			return nil, err
		}
	}
	maps.DeleteFunc(t.own, IsDefault)
	maps.DeleteFunc(t.Files, func(name string, _ []byte) bool {
		return strings.HasPrefix(name, "content/") && name != adapter ||
			strings.HasPrefix(name, "i18n/") && !isStringsFile(name)
	})
	for name, text := range t.own {
		if isStringsFile(name) {
			if err := t.read(name, text); err != nil {
				return nil, err
			}
		}
	}
	return t, nil
}

// read sets the strings of one of the site's own i18n files. They replace the program's in that
// language, or in English if the program lacks the language. So a site writes only the strings that
// it changes, and no string is ever missing.
func (t *Theme) read(name string, text []byte) error {
	program, err := programStrings(name)
	if errors.Is(err, fs.ErrNotExist) {
		program, err = programStrings(english)
	}
	if err != nil {
		return err
	}
	words := maps.Clone(program)
	doc, ps := tomltext.Parse(tomltext.NewText(name, strings.TrimPrefix(string(text), "\ufeff")), nil)
	if doc == nil {
		return ps[0]
	}
	if err := validateStrings(doc, doc.Values, ""); err != nil {
		return err
	}
	for key, said := range doc.Values {
		forms, both := words[key].(map[string]any)
		if own, ok := said.(map[string]any); ok && both {
			said = maps.Clone(forms) // each plural form separately
			maps.Copy(said.(map[string]any), own)
		}
		words[key] = said
	}
	t.Files[name], err = toml.Marshal(words)
	t.ownDocs[name], t.ownWords[name] = doc, words
	return err
}

// known are the strings of the program's own i18n files by name, each read once.
var known sync.Map // of func() (map[string]any, error)

// programStrings returns the strings of one of the program's own i18n files. Nothing may be written into
// them.
func programStrings(name string) (map[string]any, error) {
	read, _ := known.LoadOrStore(name, sync.OnceValues(func() (words map[string]any, err error) {
		text, err := fs.ReadFile(portalgen.Defaults, name)
		if err == nil {
			err = toml.Unmarshal(text, &words)
		}
		return words, err
	}))
	return read.(func() (map[string]any, error))()
}

// Languages returns the languages that have an i18n file, sorted.
func (t *Theme) Languages() (all []string) {
	for name := range t.Files {
		if isStringsFile(name) {
			all = append(all, strings.TrimSuffix(path.Base(name), ".toml"))
		}
	}
	slices.Sort(all)
	return all
}

// Strings returns the strings of a language by name; none where it has no i18n file. A string that depends on
// a number is a table of its plural forms. The program's own are read when they are first asked for: most
// commands need few languages, or none. Nothing may be written into them.
func (t *Theme) Strings(language string) map[string]any {
	name := "i18n/" + language + ".toml"
	if own, ok := t.ownWords[name]; ok {
		return own
	}
	program, _ := programStrings(name) // tested with the program
	return program
}

// Texts returns the strings of a language that do not depend on a number.
func (t *Theme) Texts(language string) map[string]string {
	texts := map[string]string{}
	for name, said := range t.Strings(language) {
		if text, ok := said.(string); ok {
			texts[name] = text
		}
	}
	return texts
}

// validateStrings returns a problem for the first value, by name, that no page could show: a value that is
// not a text, or a text with {{ that is not a template.
func validateStrings(doc *tomltext.Document, words map[string]any, table string) error {
	for _, key := range slices.Sorted(maps.Keys(words)) {
		name := table + key
		message := "is no text"
		switch said := words[key].(type) {
		case map[string]any:
			if err := validateStrings(doc, said, name+"."); err != nil {
				return err
			}
			continue
		case string:
			t := parse.New(name)
			t.Mode = parse.SkipFuncCheck
			_, err := t.Parse(said, "", "", map[string]*parse.Tree{})
			if err == nil {
				continue
			}
			_, message, _ = strings.Cut(err.Error(), ":1: ")
			message = "cannot be filled in: " + cmp.Or(message, err.Error())
		}
		return stringProblem(doc, name, rule.Layout, name+" "+message,
			"a string is a text in quotes, and what it is filled with stands in it as {{ .Name }}")
	}
	return nil
}
