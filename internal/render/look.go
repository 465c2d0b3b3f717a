package render

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/gohugoio/hugo/langs"
	"github.com/gohugoio/hugo/output"
	"github.com/gohugoio/hugo/tpl/tplimpl"
	"github.com/gohugoio/hugo/tpl/tplimplinit"
	"github.com/spf13/afero"
)

// A look is what the portals of one language share: the theme's templates, parsed once, and
// the strings of the language. It is made without a client and holds nothing of one.
type look struct {
	templates *tplimpl.TemplateStore
	translate func(ctx context.Context, id string, data any) string
	// plain are the strings that are filled with nothing, by name.
	plain  sync.Map
	format func(t time.Time, layout string) string
	// kept are the partials that give the same for the same argument.
	kept map[string]bool
	// source is the source of each client's own site: content, and in place of each template
	// of Hugo's own an empty file, so that nothing is parsed again.
	source Theme
}

// lookOf returns the look of a language, which is made once. It is no method: the compiler reads all types
// of the methods of what is exported, here most of Hugo's, again for each package that imports this one.
func lookOf(r *Renderer, language string) (*look, error) {
	made, _ := r.looks.LoadOrStore(language, sync.OnceValues(func() (*look, error) {
		return newLook(r.theme, language)
	}))
	return made.(func() (*look, error))()
}

func newLook(theme Theme, language string) (l *look, err error) {
	whole := Theme{}
	l = &look{kept: repeatable(theme), source: Theme{}}
	for _, name := range unused {
		whole["layouts/"+name], l.source["layouts/"+name] = nil, nil
	}
	for _, name := range embedded {
		l.source["layouts/"+name] = nil
	}
	for name, text := range theme {
		folder, rest, _ := strings.Cut(name, "/")
		switch {
		case folder == "content":
			l.source[name] = text
		case folder == "i18n" && !isOfLanguage(strings.TrimSuffix(rest, path.Ext(rest)), language):
			continue
		}
		whole[name] = text
	}
	made, err := newSite(Site{Language: language, BaseURL: "https://portal.invalid/"}, whole, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, made.Close()) }() // else its cache runs on, and keeps all of it in memory
	d := made.Sites[0].Deps
	l.templates, l.translate = d.TemplateStore, d.Translate
	l.format = langs.GetTimeFormatter(d.Conf.Language().(*langs.Language)).Format
	return l, nil
}

// Strings are the strings of a language, as layouts have them, and how it writes days. It holds no type
// of Hugo's, for the same reason as lookOf.
type Strings struct {
	translate func(ctx context.Context, id string, data any) string
	format    func(t time.Time, layout string) string
}

// Strings returns those of a language; the theme needs an i18n file for it.
func (r *Renderer) Strings(language string) (Strings, error) {
	l, err := lookOf(r, language)
	if err != nil {
		return Strings{}, r.problems(Site{Language: language}, err)
	}
	return Strings{l.translate, l.format}, nil
}

// Get returns the string of a name, filled with data; data may be nil.
func (w Strings) Get(name string, data map[string]any) string {
	if data == nil {
		return w.translate(context.Background(), name, nil)
	}
	return w.translate(context.Background(), name, data)
}

// Format returns a day as a layout of package time has it, with the names of the language.
func (w Strings) Format(layout string, day time.Time) string { return w.format(day, layout) }

// isOfLanguage reports whether a file of strings with the name of a language is for that of a
// portal, or for the one that it is a variant of.
func isOfLanguage(name, language string) bool {
	of, _, _ := strings.Cut(language, "-")
	return strings.EqualFold(name, language) || strings.EqualFold(name, of)
}

// A builtSite is one site of Hugo's, with all that it reads and writes in memory.
type builtSite struct {
	*hugolib.HugoSites
	out  afero.Fs
	dir  string       // of the pages in out
	said bytes.Buffer // by Hugo and by the layouts; Hugo writes it under a lock
}

// newSite makes a site that can be built. lent says that it is lent a look, so that none of its own templates is
// used.
func newSite(s Site, theme Theme, lent bool) (*builtSite, error) {
	source := afero.NewMemMapFs()
	for name, text := range theme {
		if err := afero.WriteFile(source, path.Join(workDir, name), text, 0o444); err != nil {
			return nil, err
		}
	}
	settings := settings(s)
	logger := loggers.New(loggers.Options{StdOut: io.Discard, StdErr: io.Discard, DistinctLevel: 0})
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{
		Fs: source, Flags: settings, Logger: logger, SkipNpmCheck: true,
		Environment: "production", Environ: []string{"HUGO_ENVIRONMENT=production"},
	})
	if err != nil {
		return nil, err
	}
	if lent {
		onlyHTML(configs)
	}
	b := &builtSite{out: afero.NewMemMapFs(), dir: configs.LoadingInfo.BaseConfig.PublishDir}
	files := hugofs.NewFromSourceAndDestination(source, b.out, settings)
	files.Os = source // by default it is the disk
	cfg := deps.DepsCfg{Configs: configs, Fs: files, StdOut: io.Discard, StdErr: &b.said}
	b.HugoSites, err = hugolib.NewHugoSites(cfg)
	return b, err
}

// onlyHTML takes all other formats of output away, for each of which Hugo would make a template of its own.
func onlyHTML(configs *allconfig.Configs) {
	for _, c := range configs.LanguageConfigMap {
		if html, ok := c.OutputFormats.Config.GetByName("html"); ok {
			c.OutputFormats.Config = output.Formats{html}
		}
	}
}

// lend gives a site the look in place of templates and strings of its own.
func (l *look) lend(b *builtSite, view any) {
	for _, site := range b.Sites {
		functions := tplimplinit.CreateFuncMap(site.Deps)
		remember(functions, l.kept, view, &l.plain)
		site.Deps.TemplateStore = l.templates.WithSiteOpts(tplimpl.SiteOptions{Site: site, TemplateFuncs: functions})
		site.Deps.Translate = l.translate
	}
}
