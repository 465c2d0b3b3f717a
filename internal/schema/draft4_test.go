package schema

import (
	"strings"

	"github.com/invopop/jsonschema"
)

// toDraft4 turns a schema, and all in it, from draft 2020-12 into draft 4: what is
// called otherwise there, and what is not there at all. Beside a $ref, draft 4 knows
// nothing.
func toDraft4(s *jsonschema.Schema) {
	s.Version = "http://json-schema.org/draft-04/schema#"
	convert(s)
	s.Extras = map[string]any{"definitions": s.Definitions}
	s.Definitions = nil
}

func convert(s *jsonschema.Schema) {
	if s == nil || s == jsonschema.FalseSchema || s == jsonschema.TrueSchema {
		return
	}
	if s.Ref != "" {
		*s = jsonschema.Schema{Ref: strings.Replace(s.Ref, "#/$defs/", "#/definitions/", 1)}
		return
	}
	s.Examples = nil
	if s.Const != nil {
		s.Enum, s.Const = []any{s.Const}, nil
	}
	for _, below := range [][]*jsonschema.Schema{s.AllOf, s.AnyOf, s.OneOf, {s.Not, s.Items, s.AdditionalProperties}} {
		for _, b := range below {
			convert(b)
		}
	}
	if s.Properties != nil {
		for p := s.Properties.Oldest(); p != nil; p = p.Next() {
			convert(p.Value)
		}
	}
	for _, below := range []map[string]*jsonschema.Schema{s.PatternProperties, s.Definitions} {
		for _, b := range below {
			convert(b)
		}
	}
}
