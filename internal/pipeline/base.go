package pipeline

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/gate"
	"portalgen/internal/render"
	"portalgen/internal/rule"
	"portalgen/internal/site"
)

// base is what all portals share, read at one moment.
type base struct {
	*Reader
	theme    *site.Theme
	renderer *render.Renderer
	gate     *gate.Gate
	// origin is the scheme and host of base_url, prefix its path.
	origin, prefix string
	// inbox is the address to which pages send replies, where that is of another origin than theirs;
	// else "".
	inbox string
	logo  string
	// content are the pages of every portal, public those of portals that anybody can open.
	content, public []site.Content
	files           map[string][]byte
	// assets is the folder of scripts and styles in files; its name is a hash of their bytes.
	assets string
}

// defaultAccent is the colour of a provider who has chosen none.
const defaultAccent = "#2f6f63"

// defaultLanguage is the language in which the program's strings are complete.
const defaultLanguage = "en"

// wordsOf returns the language whose strings a portal in a language has: the same, else the
// one that it is a variant of, as de is of de-AT; "" where there is neither.
func (s *base) wordsOf(language string) string {
	of, _, _ := strings.Cut(language, "-")
	for _, name := range []string{language, of} {
		if i := slices.IndexFunc(s.languages, func(l string) bool { return strings.EqualFold(l, name) }); i >= 0 {
			return s.languages[i]
		}
	}
	return ""
}

func (b *Builder) load() (*base, diag.Problems) {
	reader, ps := newReader(b.site, b.opt)
	if ps.Err() != nil {
		return nil, ps
	}
	if !b.opt.Samples {
		ps = append(ps, b.site.Leftovers()...)
	}
	theme, err := b.site.Theme()
	if err != nil {
		return nil, append(ps, diag.Of(err, "layouts", rule.Unreadable)...)
	}
	ps = append(ps, theme.UnusedStrings()...)
	ps = append(ps, theme.UnusedLayouts()...)
	static, err := b.site.Static()
	if err != nil {
		return nil, append(ps, diag.Of(err, "static", rule.Unreadable)...)
	}
	if ps = append(ps, reserved(static)...); ps.Err() != nil {
		return nil, ps
	}
	renderer, err := render.New(theme.Files, site.IsDefault)
	if err != nil {
		return nil, append(ps, diag.Of(err, "layouts", rule.Layout)...)
	}
	reader.languages = theme.Languages()
	base := &base{Reader: reader, renderer: renderer, theme: theme}
	if lang := base.provider.Language; lang != "" && base.wordsOf(lang) == "" {
		return nil, append(ps, diag.Problem{
			Pos: diag.Pos{File: site.ProviderFile}, Rule: rule.BadValue, Severity: diag.Error,
			Message: fmt.Sprintf("language = %q, and there is no i18n/%s.toml", lang, lang),
			Hint:    "allowed here: " + strings.Join(base.languages, ", "),
		})
	}
	content, found := b.site.Content()
	if ps = append(ps, found...); ps.Err() != nil {
		return nil, ps
	}
	base.content = content
	if base.public, err = site.ProgramContent(); err != nil {
		return nil, append(ps, diag.Of(err, "content", rule.Unreadable)...)
	}
	base.origin, base.prefix = split(base.provider.BaseURL)
	base.inbox = cmp.Or(b.opt.Inbox.Address, base.provider.Inbox)
	if of, _ := split(base.inbox); of == base.origin {
		base.inbox = ""
	}
	found, err = base.lookAndGate(static, b.opt.Scripts, b.opt.Facts)
	if ps = append(ps, found...); err != nil {
		return nil, append(ps, diag.Of(err, site.ProviderFile, rule.Build)...)
	}
	return base, ps
}

// ownNames are the files in the published folder itself that the program makes.
var ownNames = map[string]string{
	"_headers":   "the program writes it, and no page opens without it; set further headers at your host",
	"index.html": "it is the page at the root, which names you and lists nobody; put yours under another name",
	"404.html": "it is the page for addresses that there are not, the same as at the root; put yours under " +
		"another name",
}

// ownAssets are the assets that the program makes, each with a hint what to change instead.
var ownAssets = map[string]string{
	"assets/css/brand.css":      "set accent in [brand] of provider.toml, or change more in static/assets/css/own.css",
	"assets/js/words.js":        "set the gate's strings, those that begin with gate_, in i18n",
	"assets/js/answer-words.js": "set the strings of forms, such as those that begin with replying_, in i18n",
}

// reserved returns a problem for each of a site's own files that has the name of one that the
// program makes. For assets it is a warning: the program's file is used instead.
func reserved(static map[string][]byte) diag.Problems {
	var ps diag.Problems
	for _, name := range slices.Sorted(maps.Keys(ownNames)) {
		if _, taken := static[name]; taken {
			ps = append(ps, diag.Problem{
				Pos: diag.Pos{File: "static/" + name}, Rule: rule.ReservedName, Severity: diag.Error,
				Message: name + " is taken by the program's own file", Hint: ownNames[name],
			})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(ownAssets)) {
		if text, taken := static[name]; taken && !site.IsDefault("static/"+name, text) {
			ps = append(ps, diag.Problem{
				Pos: diag.Pos{File: "static/" + name}, Rule: rule.ReservedName, Severity: diag.Warning,
				Message: "this file is not used: the program makes " + name + " itself", Hint: ownAssets[name],
			})
		}
	}
	return ps
}

// source reads a file of the site, or of the samples where those are built.
func (b *Builder) source(name string) (clientfile.Source, diag.Problems) {
	r := Reader{site: b.site, samples: b.opt.Samples}
	return r.source(name)
}

// split returns the origin of a base URL, and its path with a slash at both ends.
// Without a URL the site stands at the root of a host that is not known.
func split(baseURL string) (origin, prefix string) {
	u, err := url.Parse(baseURL)
	if baseURL == "" || err != nil {
		return "https://portal.invalid", "/"
	}
	prefix = path.Join("/", u.Path)
	if prefix != "/" {
		prefix += "/"
	}
	return u.Scheme + "://" + u.Host, prefix
}
