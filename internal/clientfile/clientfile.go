// Package clientfile reads what a provider writes: a client's file, the provider's own, and the private
// notes. It turns TOML into the types of package client and reports every mistake of a file at once, each
// with its place, its line and what to do.
//
// It is strict: a key that the format does not have, or in upper case, is a mistake. If the TOML syntax is
// wrong, it reports only syntax errors, since the rest cannot be understood.
//
// It must not know what is derived from a client, nor of pages.
package clientfile

import (
	"reflect"
	"time"
	_ "time/tzdata" // so that a file is read the same way on every machine

	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// Options are the other inputs for reading a client's file.
type Options struct {
	// Provider gives the people, words, promises, time zone and language that the client's file does not
	// have. May be nil.
	Provider *client.Provider
	// Now is the moment of the build. If it is zero, dates in the future are allowed.
	Now time.Time
	// Languages are the languages of the interface; empty allows any.
	Languages []string
	// FileExists reports why a file cannot be used; fs.ErrNotExist if it is not there. name is relative to
	// the client's folder of files. If it is nil, files are not checked. Resolve does it for a folder.
	FileExists func(name string) error
}

// Provider reads data/provider.toml. It returns nil if src is not TOML, otherwise what could be understood.
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

// Client reads the file of the client called id. It returns nil if src is not TOML, otherwise what could be
// understood, with what the client inherits from the provider. problems.Err tells whether the result may be
// used.
func Client(id string, src Source, opt Options) (*client.Client, diag.Problems) {
	c, _, ps := Open(id, src, opt)
	return c, ps
}

// Open is [Client] that also returns the document, for an edit. Both are nil or neither is.
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

// Private reads data/private/ID.toml. It returns nil if src is not TOML.
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

// A file is a source while it is turned into a Go value.
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

// into decodes f into v, a pointer to a struct of f's type.
func (f *file) into(v any) {
	f.table(f.doc.Root, f.doc.Values, reflect.ValueOf(v).Elem(), kind{typ: f.top})
}

// zoneOf returns the zone written in the file, else the inherited one, else UTC. An unknown name is reported
// elsewhere.
func zoneOf(written any, inherited string) *time.Location {
	name, _ := written.(string)
	for _, name := range []string{name, inherited} {
		if loc, err := loadZone(name); err == nil {
			return loc
		}
	}
	return time.UTC
}
