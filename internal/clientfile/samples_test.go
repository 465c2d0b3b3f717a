package clientfile

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
)

// samples are the provider and the clients that the program comes with.
type samples struct {
	provider *client.Provider
	clients  map[string]*client.Client
	private  map[string]*client.PrivateFile
	raw      map[string]map[string]any // every file as the parser has it, by its name
	problems diag.Problems
}

// readSamples reads them all, at noon of the day at which their time stands still.
func readSamples(t *testing.T) *samples {
	t.Helper()
	root, err := os.OpenRoot("../..")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	s := &samples{
		clients: map[string]*client.Client{}, private: map[string]*client.PrivateFile{},
		raw: map[string]map[string]any{},
	}
	var ps diag.Problems
	s.provider, ps = Provider(s.source(t, root, "data/provider.toml"))
	s.problems = append(s.problems, ps...)
	if s.provider == nil {
		t.Fatal(ps)
	}
	for _, id := range tomlFiles(t, root, "data/clients") {
		s.clients[id], ps = Client(id, s.source(t, root, "data/clients/"+id+".toml"), s.options(t, root, id))
		s.problems = append(s.problems, ps...)
	}
	for _, id := range tomlFiles(t, root, "data/private") {
		s.private[id], ps = Private(s.source(t, root, "data/private/"+id+".toml"))
		s.problems = append(s.problems, ps...)
	}
	return s
}

// source reads a file, and keeps what the parser makes of it.
func (s *samples) source(t *testing.T, root *os.Root, name string) Source {
	t.Helper()
	src, ps := ReadFile(root, name)
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	raw := map[string]any{}
	if err := toml.Unmarshal(src.Text, &raw); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	s.raw[name] = raw
	return src
}

func (s *samples) options(t *testing.T, root *os.Root, id string) Options {
	t.Helper()
	zone, err := time.LoadLocation(s.provider.Timezone)
	if err != nil {
		t.Fatal(err)
	}
	return Options{
		Provider: s.provider, Languages: []string{"en"},
		Now: civil.Moment{Date: s.provider.Frozen.Date, Clock: 12 * time.Hour, Timed: true}.In(zone),
		FileExists: func(name string) error {
			folder, err := root.OpenRoot("data/clients/" + id)
			if err != nil {
				return err
			}
			defer folder.Close()
			return Resolve(folder, name)
		},
	}
}

// tomlFiles returns the names of the TOML files in a folder, without .toml.
func tomlFiles(t *testing.T, root *os.Root, folder string) []string {
	t.Helper()
	files, err := fs.Glob(root.FS(), path.Join(folder, "*.toml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", folder, err)
	}
	for i, name := range files {
		files[i] = strings.TrimSuffix(path.Base(name), ".toml")
	}
	return files
}

func TestSamplesAreClean(t *testing.T) {
	s := readSamples(t)
	for _, p := range s.problems {
		t.Errorf("%s:%d:%d: %s: %s (%s)", p.Pos.File, p.Pos.Line, p.Pos.Column, p.Rule, p.Message, p.Hint)
	}
	if s.provider.Frozen.IsZero() {
		t.Error("the samples' time does not stand still")
	}
	for id := range s.private {
		if s.clients[id] == nil {
			t.Errorf("private notes of %q, who is no client", id)
		}
	}
}

// TestSamplesUseEveryKey holds the samples to the whole format: each key of each
// table is written somewhere, with a value that says something.
func TestSamplesUseEveryKey(t *testing.T) {
	s := readSamples(t)
	written := map[string]bool{}
	all := map[string]bool{}
	for _, top := range []reflect.Type{providerType, clientType, privateType} {
		for _, k := range kindsOf(top) {
			for _, f := range taggedFields(k.typ) {
				all[keyName(k.typ, f)] = true
			}
		}
	}
	for name, raw := range s.raw {
		switch {
		case name == "data/provider.toml":
			noteKeys(written, providerType, raw)
		case strings.HasPrefix(name, "data/private/"):
			noteKeys(written, privateType, raw)
		default:
			noteKeys(written, clientType, raw)
		}
	}
	// A logo is a file of the site's own, and the samples must build without one.
	delete(all, "Brand.logo")
	// An example is published by no build, and the samples are.
	delete(all, "Client.example")
	// What is answered in a sample is sealed under a public key, so that it goes to no inbox, and
	// nothing was taken in.
	for _, key := range []string{"Provider.inbox", "Sent.via", "Sent.called"} {
		delete(all, key)
	}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if !written[key] {
			t.Errorf("no sample sets %s", key)
		}
	}
}

// taggedFields returns the fields of a table that have a key, those of an embedded
// Item among them.
func taggedFields(typ reflect.Type) []reflect.StructField {
	return slices.DeleteFunc(reflect.VisibleFields(typ), func(f reflect.StructField) bool {
		key := f.Tag.Get("toml")
		return key == "" || key == "-"
	})
}

// keyName names the key of f by the type that declares it, so that the key of an
// Item, which every table has, counts once.
func keyName(typ reflect.Type, f reflect.StructField) string {
	if len(f.Index) > 1 {
		typ = typ.Field(f.Index[0]).Type
	}
	return typ.Name() + "." + f.Tag.Get("toml")
}

// noteKeys notes the keys that v, a value for the type typ, sets to something.
func noteKeys(written map[string]bool, typ reflect.Type, v any) {
	switch v := v.(type) {
	case []map[string]any:
		for _, item := range v {
			noteKeys(written, typ.Elem(), item)
		}
	case []any:
		if typ.Kind() != reflect.Slice {
			return
		}
		for _, item := range v {
			noteKeys(written, typ.Elem(), item)
		}
	case map[string]any:
		if typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if typ.Kind() == reflect.Map {
			for _, item := range v {
				noteKeys(written, typ.Elem(), item)
			}
			return
		}
		for _, f := range taggedFields(typ) {
			if value, ok := v[f.Tag.Get("toml")]; ok && says(value) {
				written[keyName(typ, f)] = true
				noteKeys(written, f.Type, value)
			}
		}
	}
}

// says reports whether v is neither empty nor zero.
func says(v any) bool {
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Slice || rv.Kind() == reflect.Map {
		return rv.Len() > 0
	}
	return !rv.IsZero()
}

// TestSamplesUseEveryForm covers what a key alone does not tell.
func TestSamplesUseEveryForm(t *testing.T) {
	s := readSamples(t)
	forms := map[string]bool{}
	for _, c := range s.provider.Check {
		forms["a rule as a word"] = forms["a rule as a word"] || c.Limits == nil
		forms["a rule as a table"] = forms["a rule as a table"] || len(c.Limits) > 0 && c.Severity != ""
	}
	portals, zones := 0, map[string]bool{}
	for id, c := range s.clients {
		switch s.raw["data/clients/"+id+".toml"]["about"].(type) {
		case string:
			forms["about as a text"] = true
		case map[string]any:
			forms["about as a table"] = true
		}
		if c.Portal != "" {
			portals++
		}
		zones[c.Timezone] = true
		for _, q := range c.Questions {
			forms["a batch half answered"] = forms["a batch half answered"] || q.Batch != "" && q.Answered.IsZero()
		}
		for _, term := range c.Terms {
			forms["a term unconfirmed"] = forms["a term unconfirmed"] || term.Confirmed.IsZero() && !slices.Contains(s.provider.Terms, term)
		}
		for _, a := range c.Assumptions {
			forms["an open assumption"] = forms["an open assumption"] || a.Confirmed.IsZero() && a.Wrong.IsZero()
		}
	}
	for _, form := range []string{
		"a rule as a word", "a rule as a table", "about as a text", "about as a table",
		"a batch half answered", "a term unconfirmed", "an open assumption",
	} {
		if !forms[form] {
			t.Errorf("no sample has %s", form)
		}
	}
	if portals != 1 || len(zones) < 2 {
		t.Errorf("%d samples have a friendly path, want 1; %d time zones, want 2 or more", portals, len(zones))
	}
}

// TestSamplesUseEveryMove holds the samples to every verb and every way in which
// a commitment can end, and to promises of both sides.
func TestSamplesUseEveryMove(t *testing.T) {
	s := readSamples(t)
	dids := map[loop.Did]bool{}
	states := map[loop.State]bool{}
	theirs := 0
	for _, c := range s.clients {
		for i := range c.Commitments {
			cm := &c.Commitments[i]
			whole := c.Replay(cm).Whole
			states[whole.State] = true
			if c.People[cm.Performer].Side == client.ClientSide {
				theirs++
			}
			for _, m := range cm.Moves {
				dids[loop.Did(m.Did)] = true
			}
			for _, d := range cm.Deliverables {
				for _, m := range d.Moves {
					dids[loop.Did(m.Did)] = true
				}
			}
		}
	}
	for _, d := range loop.AllDids {
		if !dids[d] {
			t.Errorf("no sample uses %q", d)
		}
	}
	for _, st := range []loop.State{loop.Kept, loop.Declined, loop.Withdrawn, loop.Revoked, loop.Unanswered} {
		if !states[st] {
			t.Errorf("no sample's commitment is %s", st)
		}
	}
	if theirs < 2 {
		t.Errorf("the client's side promises %d times, want 2 or more", theirs)
	}
}
