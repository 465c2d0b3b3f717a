package build

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"portalgen/internal/brand"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/gate"
	"portalgen/internal/render"
	"portalgen/internal/sample"
	"portalgen/internal/site"
)

// base is what all portals share, as read at one moment.
type base struct {
	provider *client.Provider
	// text is that of the provider's file.
	text      []byte
	languages []string
	renderer  *render.Renderer
	gate      *gate.Gate
	// origin is the scheme and host of base_url, prefix its path.
	origin, prefix string
	logo           string
	content        []site.Content
	files          map[string][]byte
	// assets is the folder of scripts and styles among files, named by their bytes.
	assets string
}

// defaultAccent is the colour of a provider who has chosen none.
const defaultAccent = "#2f6f63"

// defaultLanguage is the one in which the program's own strings are complete.
const defaultLanguage = "en"

func (b *Builder) load() (*base, diag.Problems) {
	src, ps := b.source(site.ProviderFile)
	if ps.Err() != nil {
		return nil, ps
	}
	provider, ps := clientfile.Provider(src)
	if ps.Err() != nil {
		return nil, ps
	}
	theme, err := b.site.Theme()
	if err != nil {
		return nil, append(ps, diag.Of(err, "layouts", "unreadable")...)
	}
	unheard, err := b.site.Unheard()
	if ps = append(ps, unheard...); err != nil {
		return nil, append(ps, diag.Of(err, "i18n", "unreadable")...)
	}
	static, err := b.site.Static()
	if err != nil {
		return nil, append(ps, diag.Of(err, "static", "unreadable")...)
	}
	if ps = append(ps, reserved(static)...); ps.Err() != nil {
		return nil, ps
	}
	base := &base{provider: provider, text: src.Text, languages: site.Languages(theme), renderer: render.New(theme)}
	if lang := provider.Language; lang != "" && !slices.Contains(base.languages, lang) {
		return nil, append(ps, diag.Problem{
			Pos: diag.Pos{File: site.ProviderFile}, Rule: "bad-value", Severity: diag.Error,
			Message: fmt.Sprintf("language = %q, and there is no i18n/%s.toml", lang, lang),
			Hint:    "allowed here: " + strings.Join(base.languages, ", "),
		})
	}
	content, found := b.site.Content()
	if ps = append(ps, found...); ps.Err() != nil {
		return nil, ps
	}
	base.content = content
	base.origin, base.prefix = split(provider.BaseURL)
	if err := base.lookAndGate(theme, static, b.opt.Scripts); err != nil {
		return nil, append(ps, diag.Of(err, site.ProviderFile, "build")...)
	}
	return base, ps
}

// ownNames are the files at the top of what is published that the program makes.
var ownNames = map[string]string{
	"_headers":   "the program writes it, and no page opens without it; set further headers at your host",
	"index.html": "it is the page at the root, which names you and lists nobody; put yours under another name",
	"404.html":   "it is the page for addresses that there are not, the same as at the root; put yours under another name",
}

// ownAssets are the assets that the program makes, with what to do in their place.
var ownAssets = map[string]string{
	"assets/css/brand.css": "set accent in [brand] of provider.toml, or change more in static/assets/css/portal.css",
	"assets/js/words.js":   "set the gate's strings, those that begin with gate_, in i18n",
}

// reserved returns a problem for each of a site's own files that would stand in the
// place of one that the program makes. Among the assets it is a warning, since the
// program's file is used and nothing is lost but what the site's would have said.
func reserved(static map[string][]byte) diag.Problems {
	var ps diag.Problems
	for _, name := range slices.Sorted(maps.Keys(ownNames)) {
		if _, taken := static[name]; taken {
			ps = append(ps, diag.Problem{
				Pos: diag.Pos{File: "static/" + name}, Rule: "reserved-name", Severity: diag.Error,
				Message: name + " is taken by the program's own file", Hint: ownNames[name],
			})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(ownAssets)) {
		if text, taken := static[name]; taken && !site.Ours("static/"+name, text) {
			ps = append(ps, diag.Problem{
				Pos: diag.Pos{File: "static/" + name}, Rule: "reserved-name", Severity: diag.Warning,
				Message: "this file is not used: the program makes " + name + " itself", Hint: ownAssets[name],
			})
		}
	}
	return ps
}

// source reads a file of the site, or of the samples where those are built.
func (b *Builder) source(name string) (clientfile.Source, diag.Problems) {
	if !b.opt.Samples {
		return clientfile.ReadFile(b.site.Root, name)
	}
	text, err := sample.Read(name)
	if err != nil {
		return clientfile.Source{}, diag.Of(err, name, "unreadable")
	}
	return clientfile.Source{Name: name, Text: text}, nil
}

// split returns the origin of a base URL, and its path with a slash at both ends.
// Without a URL the site stands at the root of a host that is not known.
func split(baseURL string) (origin, prefix string) {
	u, err := url.Parse(baseURL)
	if baseURL == "" || err != nil {
		return "https://portal.invalid", "/"
	}
	return u.Scheme + "://" + u.Host, path.Join("/", u.Path) + strings.Repeat("/", min(1, len(strings.Trim(u.Path, "/"))))
}

// lookAndGate makes the assets, the gate and the files at the site's root.
func (s *base) lookAndGate(theme, static map[string][]byte, scripts []string) error {
	words, err := gateWords(theme, s.languages, s.provider.Name)
	if err != nil {
		return err
	}
	module, err := gate.WordsModule(words)
	if err != nil {
		return err
	}
	colours, err := brand.CSS(cmp.Or(s.provider.Brand.Accent, defaultAccent))
	if err != nil {
		return fmt.Errorf("[brand] accent: %w", err)
	}
	assets := map[string][]byte{"js/words.js": module, "css/brand.css": colours}
	s.files = map[string][]byte{}
	for name, text := range static {
		if rest, ok := strings.CutPrefix(name, "assets/"); ok {
			if _, own := assets[rest]; !own {
				assets[rest] = text
			}
		} else {
			s.files[name] = text
		}
	}
	s.assets = "assets/" + fingerprint(assets)
	folder := s.assets + "/"
	for name, text := range assets {
		s.files[folder+name] = text
	}
	if logo := s.provider.Brand.Logo; logo != "" {
		name := strings.TrimPrefix(logo, "assets/")
		if assets[name] == nil {
			return fmt.Errorf("[brand] logo: there is no file static/assets/%s", name)
		}
		s.logo = s.prefix + folder + name
	}
	language := s.provider.Language
	if words[language] == nil {
		language = defaultLanguage
	}
	c := s.provider.Contact
	s.gate, err = gate.New(gate.Options{
		Provider: s.provider.Name, Contact: gate.Contact{Name: c.Name, Email: c.Email, Phone: c.Phone},
		Logo: s.logo, Prefix: s.prefix, Assets: s.prefix + folder,
		Language: language, Words: words, Scripts: scripts,
	})
	if err != nil {
		return err
	}
	s.files["index.html"], s.files["404.html"] = s.gate.Root(), s.gate.Root()
	s.files["_headers"] = gate.HeadersFile()
	return nil
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

// gateWords reads the gate's strings out of the i18n files.
func gateWords(theme map[string][]byte, languages []string, provider string) (map[string]map[string]string, error) {
	strs := map[string]map[string]string{}
	for _, lang := range languages {
		file := "i18n/" + lang + ".toml"
		var all map[string]any
		if err := toml.Unmarshal(theme[file], &all); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		strs[lang] = map[string]string{}
		for name, text := range all {
			if s, ok := text.(string); ok {
				strs[lang][name] = s
			}
		}
	}
	fallback := strs[defaultLanguage]
	for lang := range strs {
		strs[lang] = gate.Words(lang, strs[lang], fallback, provider)
	}
	return strs, nil
}
