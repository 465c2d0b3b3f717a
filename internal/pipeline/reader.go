package pipeline

import (
	"time"

	"portalgen/internal/attachment"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/sample"
	"portalgen/internal/site"
)

// A Reader reads the files of clients: one way for a build, a check and an edit. What they
// depend on is what it was when the Reader was made.
type Reader struct {
	site      *site.Site
	samples   bool
	clock     Clock
	provider  *client.Provider
	text      []byte // of the provider's file
	languages []string
}

// NewReader returns a Reader of the site's clients, or of the samples. It loads nothing
// that only pages need. It fails where the provider's file has an error.
func NewReader(s *site.Site, opt Options) (*Reader, diag.Problems) {
	r, ps := newReader(s, opt)
	if ps.Err() != nil {
		return nil, ps
	}
	theme, err := s.Theme()
	if err != nil {
		return nil, append(ps, diag.Of(err, "layouts", rule.Unreadable)...)
	}
	r.languages = theme.Languages()
	return r, ps
}

// newReader returns a Reader that does not know yet which languages there are.
func newReader(s *site.Site, opt Options) (*Reader, diag.Problems) {
	r := &Reader{site: s, samples: opt.Samples}
	src, ps := r.source(site.ProviderFile)
	if ps.Err() == nil {
		r.provider, ps = clientfile.Provider(src)
	}
	r.text, r.clock = src.Text, opt.Clock(r.provider)
	return r, ps
}

// Source reads the text of a client's file.
func (r *Reader) Source(id string) (clientfile.Source, diag.Problems) {
	return r.source(site.ClientFile(id))
}

// source reads a file of the site, or of the samples where those are read.
func (r *Reader) source(name string) (clientfile.Source, diag.Problems) {
	if !r.samples {
		return clientfile.ReadFile(r.site.Root, name)
	}
	text, err := sample.Read(name)
	if err != nil {
		return clientfile.Source{}, diag.Of(err, name, rule.Unreadable)
	}
	return clientfile.Source{Name: name, Text: text}, nil
}

// Options are what the file of a client is read with.
func (r *Reader) Options(id string) clientfile.Options {
	opt := clientfile.Options{
		Provider:  r.provider,
		Now:       r.clock.In(Location(r.provider.Timezone)),
		Languages: r.languages,
	}
	if !r.samples { // they are tested with the program
		opt.FileExists = func(name string) error { return attachment.Validate(r.site, id, name) }
	}
	return opt
}

// Clock says which moment is now.
func (r *Reader) Clock() Clock { return r.clock }

// Timed reports whether now is a time of day, and not only a day.
func (r *Reader) Timed() bool {
	_, day := r.clock.(dayClock)
	return !day
}

// Held reports whether now was asked for, and is not the moment of the machine's clock.
func (r *Reader) Held() bool {
	_, wall := r.clock.(wallClock)
	return !wall
}

// in returns the moment that is now in a zone.
func (r *Reader) in(zone string) time.Time { return r.clock.In(Location(zone)) }
