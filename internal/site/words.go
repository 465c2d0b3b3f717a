package site

import (
	"errors"
	"io/fs"
	"maps"
	"path"

	"github.com/BurntSushi/toml"

	"portalgen"
	"portalgen/internal/diag"
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
	maps.Copy(words, more)
	return toml.Marshal(words)
}
