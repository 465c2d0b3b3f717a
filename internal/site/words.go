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
	"portalgen/internal/rule"
	"portalgen/internal/tomlbound"
)

// english is the file of the language in which the program's strings are complete.
const english = "i18n/en.toml"

// mergeWords merges each of the site's i18n files with the program's strings in that language
// or, where the program has none, in English: a site gives only the strings that it changes,
// and no string is missing. files holds the site's files where there are any.
func mergeWords(files map[string][]byte) error {
	for name, text := range files {
		if path.Dir(name) != "i18n" || path.Ext(name) != ".toml" {
			continue
		}
		program, err := fs.ReadFile(portalgen.Defaults, name)
		if err != nil {
			program, err = fs.ReadFile(portalgen.Defaults, english)
		}
		if err != nil {
			return err
		}
		if files[name], err = merged(name, program, text); err != nil {
			return err
		}
	}
	return nil
}

// merged returns the strings of program, replaced by those of own. Where both files are equal
// it returns program.
func merged(name string, program, own []byte) ([]byte, error) {
	if string(program) == string(own) {
		return program, nil
	}
	if deep, ok := errors.AsType[*tomlbound.DeepError](tomlbound.Check(string(own))); ok {
		return nil, diag.Problem{
			Pos: diag.Pos{File: name, Line: deep.Line}, Rule: rule.Syntax, Severity: diag.Error, Message: deep.Error(),
		}
	}
	var words, more map[string]any
	if err := toml.Unmarshal(program, &words); err != nil {
		return nil, err
	}
	if err := toml.Unmarshal(own, &more); err != nil {
		p := diag.Problem{Pos: diag.Pos{File: name}, Rule: rule.Syntax, Severity: diag.Error, Message: err.Error()}
		if bad, ok := errors.AsType[toml.ParseError](err); ok {
			p.Line, p.Message = bad.Position.Line, bad.Message
		}
		return nil, p
	}
	if err := usable(name, own, more, ""); err != nil {
		return nil, err
	}
	for key, value := range more {
		forms, both := words[key].(map[string]any)
		if own, ok := value.(map[string]any); ok && both {
			maps.Copy(forms, own) // each plural form is replaced separately
			continue
		}
		words[key] = value
	}
	return toml.Marshal(words)
}

// usable returns a problem for the first value, by name, that cannot be used: one that is not
// text, and text with {{ that is not a template.
func usable(file string, text []byte, words map[string]any, table string) error {
	for _, key := range slices.Sorted(maps.Keys(words)) {
		name := table + key
		message := "is no text"
		switch value := words[key].(type) {
		case map[string]any:
			if err := usable(file, text, value, name+"."); err != nil {
				return err
			}
			continue
		case string:
			t := parse.New(name)
			t.Mode = parse.SkipFuncCheck
			_, err := t.Parse(value, "", "", map[string]*parse.Tree{})
			if err == nil {
				continue
			}
			_, message, _ = strings.Cut(err.Error(), ":1: ")
			message = "cannot be filled in: " + cmp.Or(message, err.Error())
		}
		p := diag.Problem{
			Pos: at(file, text, name), Rule: rule.Layout, Severity: diag.Error, Message: name + " " + message,
			Hint: "a string is a text in quotes, and what it is filled with stands in it as {{ .Name }}",
		}
		p.Text = lineOf(text, p.Line)
		return p
	}
	return nil
}
