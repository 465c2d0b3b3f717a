package schema

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/invopop/jsonschema"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
)

// roots are the types of the files, by the names of their schemas.
var roots = map[string]reflect.Type{
	"client":   reflect.TypeFor[client.Client](),
	"provider": reflect.TypeFor[client.Provider](),
	"private":  reflect.TypeFor[client.PrivateFile](),
}

var titles = map[string]string{
	"client":   "data/clients/ID.toml: one client, and everything that client sees",
	"provider": "data/provider.toml: who you are, and defaults for all clients",
	"private":  "data/private/ID.toml: notes for yourself, of which no page is made",
}

// generate returns the schema of a file in a draft, as it is kept.
func generate(t *testing.T, name string, draft Draft) []byte {
	t.Helper()
	told := readComments(t)
	r := jsonschema.Reflector{
		Anonymous: true, ExpandedStruct: true, RequiredFromJSONSchemaTags: true,
		FieldNameTag: "toml", Mapper: ownTypes, LookupComment: told.lookup,
	}
	s := r.ReflectFromType(roots[name])
	s.Title = titles[name]
	refine(s, roots[name])
	for _, typ := range structs() {
		if def := s.Definitions[typ.Name()]; def != nil {
			refine(def, typ)
		}
	}
	if people := s.Definitions["People"]; people != nil {
		people.PatternProperties = map[string]*jsonschema.Schema{idForm: people.AdditionalProperties}
		people.AdditionalProperties = jsonschema.FalseSchema
	}
	describe(s.Definitions, roots[name], told, map[string]bool{})
	if draft == Draft4 {
		toDraft4(s)
	}
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		t.Fatal(err)
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// ownTypes returns the schemas of the types that are not written as a table or a
// plain value. Where two forms are possible, the keyword type lists them: of an anyOf,
// an editor can only say that none of it fits.
func ownTypes(t reflect.Type) *jsonschema.Schema {
	switch t {
	case reflect.TypeFor[civil.Moment]():
		return &jsonschema.Schema{Type: "string", Pattern: momentForm}
	case reflect.TypeFor[client.Duration]():
		return &jsonschema.Schema{
			Type: "string", Pattern: durationForm,
			Examples: []any{"30 minutes", "3 hours", "2 days", "1 week", string(client.SameBusinessDay)},
		}
	case reflect.TypeFor[client.Texts]():
		return &jsonschema.Schema{
			Items:  &jsonschema.Schema{Type: "string"},
			Extras: map[string]any{"type": []string{"string", "array"}},
		}
	case reflect.TypeFor[client.Check]():
		return checkSchema()
	}
	return nil
}

// checkSchema is of the setting of a rule: a severity, or a table of it and limits.
// The texts among its values are enumerated by a pattern, since an enum would be held
// against the table too.
func checkSchema() *jsonschema.Schema {
	severities := []any{string(diag.Error), string(diag.Warning), string(diag.Off)}
	severity := &jsonschema.Schema{
		Type: "string", Enum: severities,
		Description: `How loudly it is said: "error" makes portalgen check fail, "off" is silence.`,
	}
	properties := jsonschema.NewProperties()
	properties.Set("severity", severity)
	return &jsonschema.Schema{
		Description:          `"error", "warning" or "off"; or a table of the severity and the rule's own limits: { severity = "warning", after_days = 2 }.`,
		Pattern:              "^(error|warning|off)$",
		Properties:           properties,
		AdditionalProperties: &jsonschema.Schema{Type: "integer", Description: "A limit of the rule, a whole number."},
		Extras:               map[string]any{"type": []string{"string", "object"}},
	}
}

// structs returns every table of the files, each once.
func structs() []reflect.Type {
	var all []reflect.Type
	seen := map[reflect.Type]bool{}
	var look func(reflect.Type)
	look = func(t reflect.Type) {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			look(t.Elem())
			return
		case reflect.Struct:
		default:
			return
		}
		if seen[t] || ownTypes(t) != nil {
			return
		}
		seen[t] = true
		all = append(all, t)
		for i := range t.NumField() {
			if f := t.Field(i); f.Anonymous || f.Tag.Get("toml") != "" && f.Tag.Get("toml") != "-" {
				look(f.Type)
			}
		}
	}
	for _, name := range Names {
		look(roots[name])
	}
	return all
}

// describe gives each table below typ the description of the first key that holds it:
// over a heading, an editor shows that of the table.
func describe(defs jsonschema.Definitions, typ reflect.Type, told comments, done map[string]bool) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		table := f.Type
		if kind := table.Kind(); kind == reflect.Slice || kind == reflect.Pointer {
			table = table.Elem()
		}
		def := defs[table.Name()]
		if f.Anonymous || def == nil || done[table.Name()] {
			continue
		}
		def.Description = told.lookup(typ, f.Name)
		done[table.Name()] = true
		if table.Kind() == reflect.Struct {
			describe(defs, table, told, done)
		}
	}
}

// refine adds to the schema of a table what the tags of its fields say, and the forms
// of its values.
func refine(s *jsonschema.Schema, typ reflect.Type) {
	for _, f := range reflect.VisibleFields(typ) {
		key := f.Tag.Get("toml")
		property, ok := s.Properties.Get(key)
		if key == "" || !ok {
			continue
		}
		if f.Tag.Get("need") == "yes" {
			s.Required = append(s.Required, key)
			if f.Type.Kind() == reflect.String {
				property.MinLength = number(1)
			}
		}
		for word := range strings.FieldsSeq(f.Tag.Get("oneof")) {
			property.Enum = append(property.Enum, word)
		}
		if len(property.Enum) > 0 {
			property.MinLength = nil
		}
		if f.Type.Kind() == reflect.Int { // a score
			property.Minimum, property.Maximum = "1", "5"
		}
		if form := forms[typ.Name()+"."+key]; form != "" {
			property.Pattern = form
		} else if form := forms[key]; form != "" {
			property.Pattern = form
		}
	}
	if private, ok := s.Properties.Delete("private"); ok { // what is wanted least is offered last
		s.Properties.Set("private", private)
	}
	if special := specials[typ]; special != nil {
		special(s)
	}
}

func number(n uint64) *uint64 { return &n }
