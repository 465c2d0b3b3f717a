package pipeline

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"portalgen/internal/assets"
	"portalgen/internal/brand"
	"portalgen/internal/diag"
	"portalgen/internal/gate"
	"portalgen/internal/portal"
	"portalgen/internal/rule"
	"portalgen/internal/site"
)

// lookAndGate makes the assets, the gate and the files at the site's root; facts is Options.Facts. The problems are
// warnings: the files are published.
func (s *base) lookAndGate(static map[string][]byte, scripts []string, facts bool) (diag.Problems, error) {
	colours, err := brand.CSS(cmp.Or(s.provider.Brand.Accent, defaultAccent))
	if err != nil {
		return nil, fmt.Errorf("[brand] accent: %w", err)
	}
	facts = facts && !ownCode(static)
	words, own := map[string]map[string]string{}, map[string][]byte{}
	if !facts {
		words = gateStrings(s.theme, s.provider.Name)
		if own, err = gate.StringsModules(words); err != nil {
			return nil, err
		}
	}
	own["css/brand.css"] = colours
	s.files = map[string][]byte{}
	for name, text := range static {
		if rest, ok := strings.CutPrefix(name, "assets/"); !ok {
			s.files[name] = text
		} else if _, taken := own[rest]; !taken {
			own[rest] = text
		}
	}
	logo := strings.TrimPrefix(s.provider.Brand.Logo, "assets/")
	if logo != "" && own[logo] == nil {
		return nil, fmt.Errorf("[brand] logo: there is no file static/assets/%s", logo)
	}
	if facts {
		return nil, nil
	}
	made, found, err := assets.Publish(own, gate.Script, gate.RootScript)
	if err != nil {
		return nil, inStatic(err)
	}
	s.assets = "assets/" + fingerprint(made.Files)
	folder := s.assets + "/"
	for name, text := range made.Files {
		s.files[folder+name] = text
	}
	if logo != "" {
		s.logo = s.prefix + folder + logo
	}
	language := cmp.Or(s.wordsOf(s.provider.Language), defaultLanguage)
	c := s.provider.Contact
	s.gate, err = gate.New(gate.Options{
		Provider: s.provider.Name,
		Contact: gate.Contact{
			Name: c.Name, Initials: portal.Person{Name: c.Name}.Initials(), Email: c.Email, Phone: c.Phone,
		},
		Logo: s.logo, Prefix: s.prefix, Inbox: s.inbox, Assets: s.prefix + folder,
		Styles: styles(made.Files), Preload: made.Imports[gate.Script],
		Language: language, Strings: words, Scripts: scripts,
	})
	if err != nil {
		return nil, err
	}
	s.files["index.html"], s.files["404.html"] = s.gate.Root(), s.gate.Root()
	s.files["_headers"] = s.host().HeadersFile()
	return problems(found), nil
}

// ownCode reports whether a script or a style sheet in static is not the program's.
func ownCode(static map[string][]byte) bool {
	for name, text := range static {
		if end := path.Ext(name); (end == ".js" || end == ".css") && !site.IsDefault("static/"+name, text) {
			return true
		}
	}
	return false
}

func (s *base) host() gate.Host { return gate.Host{Prefix: s.prefix, Inbox: s.inbox} }

// ownStyle is the style sheet of a site; the program has no such file. It is the last one, so
// that a site can change one property and keep the rest.
const ownStyle = "css/own.css"

// styles returns the names of the style sheets in their order.
func styles(files map[string][]byte) []string {
	names := []string{"css/portal.css", "css/brand.css"}
	if _, ok := files[ownStyle]; ok {
		names = append(names, ownStyle)
	}
	return names
}

// inStatic returns the faults of scripts and styles as problems of their files.
func inStatic(err error) error {
	var found assets.Faults
	if errors.As(err, &found) {
		return problems(found)
	}
	return err
}

func problems(found assets.Faults) diag.Problems {
	var ps diag.Problems
	for _, f := range found {
		p := diag.Problem{
			Pos:  diag.Pos{File: "static/assets", Line: f.Line, Column: f.Column, Width: f.Width},
			Rule: rule.Asset, Severity: diag.Warning, Message: f.Message, Hint: f.Hint, Text: f.Text,
		}
		if f.File != "" {
			p.File += "/" + f.File
		}
		if f.Broken {
			p.Severity = diag.Error
		}
		ps = append(ps, p)
	}
	return ps
}

// fingerprint names a set of files by their names and bytes.
func fingerprint(files map[string][]byte) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, part := range [][]byte{[]byte(name), files[name]} {
			h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
			h.Write(part)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// gateStrings returns the gate's strings in each language, which are read side by side.
func gateStrings(theme *site.Theme, provider string) map[string]map[string]string {
	languages := theme.Languages()
	texts := make([]map[string]string, len(languages))
	var g sync.WaitGroup
	for i, lang := range languages {
		g.Go(func() { texts[i] = theme.Texts(lang) })
	}
	fallback := theme.Texts(defaultLanguage)
	g.Wait()
	words := map[string]map[string]string{}
	for i, lang := range languages {
		words[lang] = gate.Strings(lang, texts[i], fallback, provider)
	}
	return words
}
