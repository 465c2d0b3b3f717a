// Package clientfile reads what a provider writes: a client's file, the
// provider's own, and the private notes. It turns TOML into the types of package
// client and reports every mistake of a file at once, each with its place, the
// line and what to do.
//
// It is strict: a key that is not of the format, or is written in upper case, is
// a mistake. A syntax error hides what is meant, so after one nothing but further
// syntax errors is reported.
//
// It must not know what is derived from a client, nor of pages.
package clientfile

import (
	"reflect"
	"time"
	_ "time/tzdata" // so that a file means the same on every machine

	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// Options are what the reading of a client's file depends on beside the file.
type Options struct {
	// Provider gives people, words, promises, time zone and language where the
	// client's file has none. May be nil.
	Provider *client.Provider
	// Now is the moment of the build. A zero Now lets dates of the future pass.
	Now time.Time
	// Languages are those that the interface is available in; empty allows any.
	Languages []string
	// FileExists reports why a file, named relative to the client's folder of
	// files, cannot be used; fs.ErrNotExist if it is not there. A nil FileExists
	// leaves that unchecked. Resolve does it for a folder.
	FileExists func(name string) error
}

// Provider reads data/provider.toml. The result is nil if src could not be parsed
// at all; otherwise it is what could be understood.
func Provider(src Source) (*client.Provider, diag.Problems) {
	f := read(src, providerType)
	if f.doc == nil {
		return nil, f.problems.Sort()
	}
	p := &client.Provider{}
	f.zone = zoneOf(f.doc.Values["timezone"], "")
	f.into(p)
	c := validator{decoder: &f.decoder, people: p.People}
	c.fields(f.doc.Root, reflect.ValueOf(p).Elem(), kind{typ: providerType})
	c.personIDs(f.doc.Root.Child("people"))
	c.terms(f.doc.Root, p.Terms)
	c.workingHours(f.doc.Root.Child("working_hours"), p.WorkingHours)
	return p, f.problems.Sort()
}

// Client reads the file of the client called id. The result is nil if src could
// not be parsed at all; otherwise it is what could be understood, with what it
// inherits from the provider, and problems.Err tells whether it may be used.
func Client(id string, src Source, opt Options) (*client.Client, diag.Problems) {
	c, _, ps := Open(id, src, opt)
	return c, ps
}

// Open is [Client] with the document that the client was read from, for an edit. It is
// nil where the client is.
func Open(id string, src Source, opt Options) (*client.Client, *tomltext.Document, diag.Problems) {
	f := read(src, clientType)
	if message, hint := badClientID(id); message != "" {
		f.problems = append(f.problems, diag.Problem{
			Pos: diag.Pos{File: src.Name}, Rule: rule.BadValue, Severity: diag.Error, Message: message, Hint: hint,
		})
	}
	if f.doc == nil {
		return nil, nil, f.problems.Sort()
	}
	p := opt.Provider
	if p == nil {
		p = &client.Provider{}
	}
	c := &client.Client{ID: id}
	f.zone = zoneOf(f.doc.Values["timezone"], p.Timezone)
	f.into(c)
	check := validator{decoder: &f.decoder, c: c, opt: opt}
	check.inherit(f.doc.Root, p)
	fillIDs(c)
	check.client(f.doc.Root)
	return c, f.doc, f.problems.Sort()
}

// Private reads data/private/ID.toml. The result is nil if src could not be
// parsed at all.
func Private(src Source) (*client.PrivateFile, diag.Problems) {
	f := read(src, privateType)
	if f.doc == nil {
		return nil, f.problems.Sort()
	}
	p := &client.PrivateFile{}
	f.into(p)
	c := validator{decoder: &f.decoder}
	c.fields(f.doc.Root, reflect.ValueOf(p).Elem(), kind{typ: privateType})
	return p, f.problems.Sort()
}

// A file is a source on its way to a Go value.
type file struct {
	decoder
	doc *tomltext.Document // nil if the source could not be parsed
}

func read(src Source, typ reflect.Type) *file {
	t, ps, ok := tomltext.Open(src.Name, src.Text)
	f := &file{decoder: decoder{report: report{text: t, problems: ps}, zone: time.UTC, top: typ}}
	if !ok {
		return f
	}
	doc, more := tomltext.Parse(t, topTables(typ))
	f.doc, f.problems = doc, append(f.problems, more...)
	return f
}

// into decodes f to v, a pointer to a struct of f's type.
func (f *file) into(v any) {
	f.table(f.doc.Root, f.doc.Values, reflect.ValueOf(v).Elem(), kind{typ: f.top})
}

// zoneOf returns the zone that is written in the file, else the inherited one,
// else UTC. That a name is unknown is reported elsewhere.
func zoneOf(written any, inherited string) *time.Location {
	name, _ := written.(string)
	for _, name := range []string{name, inherited} {
		if loc, err := loadZone(name); err == nil {
			return loc
		}
	}
	return time.UTC
}
