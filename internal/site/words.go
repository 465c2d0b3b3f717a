package site

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/BurntSushi/toml"

	"portalgen"
	"portalgen/internal/diag"
	"portalgen/internal/tomlbound"
)

// english is the language in which the program's own strings are complete.
const english = "i18n/en.toml"

// mergeWords lays each of the site's own i18n files over the program's strings in
// that language or, where it has none, in English: a site names what it wants to
// say otherwise, and no string is ever missing. files holds the site's own files
// where there are any.
func mergeWords(files map[string][]byte) error {
	for name, text := range files {
		if path.Dir(name) != "i18n" || path.Ext(name) != ".toml" {
			continue
		}
		ours, err := fs.ReadFile(portalgen.Defaults, name)
		if err != nil {
			ours, err = fs.ReadFile(portalgen.Defaults, english)
		}
		if err != nil {
			return err
		}
		if files[name], err = merged(name, ours, text); err != nil {
			return err
		}
	}
	return nil
}

// merged returns the strings of own over those of ours. Where own adds nothing, ours
// are returned as they are.
func merged(name string, ours, own []byte) ([]byte, error) {
	if string(ours) == string(own) {
		return ours, nil
	}
	if deep, ok := errors.AsType[*tomlbound.DeepError](tomlbound.Check(string(own))); ok {
		return nil, diag.Problem{
			Pos: diag.Pos{File: name, Line: deep.Line}, Rule: "syntax", Severity: diag.Error, Message: deep.Error(),
		}
	}
	var words, more map[string]any
	if err := toml.Unmarshal(ours, &words); err != nil {
		return nil, err
	}
	if err := toml.Unmarshal(own, &more); err != nil {
		p := diag.Problem{Pos: diag.Pos{File: name}, Rule: "syntax", Severity: diag.Error, Message: err.Error()}
		if bad, ok := errors.AsType[toml.ParseError](err); ok {
			p.Line, p.Message = bad.Position.Line, bad.Message
		}
		return nil, p
	}
	if err := usable(name, own, more, ""); err != nil {
		return nil, err
	}
	for key, said := range more {
		ours, both := words[key].(map[string]any)
		if own, ok := said.(map[string]any); ok && both {
			maps.Copy(ours, own) // each form of a plural for itself
			continue
		}
		words[key] = said
	}
	return toml.Marshal(words)
}

// usable returns a problem for the first value, by its name, that no page could say:
// what is no text, and a text with a {{ that is no template.
func usable(file string, text []byte, words map[string]any, table string) error {
	for _, key := range slices.Sorted(maps.Keys(words)) {
		name := table + key
		message := "is no text"
		switch said := words[key].(type) {
		case map[string]any:
			if err := usable(file, text, said, name+"."); err != nil {
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
		p := diag.Problem{
			Pos: at(file, text, name), Rule: "layout", Severity: diag.Error, Message: name + " " + message,
			Hint: "a string is a text in quotes, and what it is filled with stands in it as {{ .Name }}",
		}
		p.Text = lineOf(text, p.Line)
		return p
	}
	return nil
}
