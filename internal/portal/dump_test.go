package portal_test

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/diag"
	"portalgen/internal/portal"
)

// dump writes what the layouts can read of a view, one fact to a line, without what
// is empty. A commitment, a note, a risk or a deliverable is written where it is at home,
// and elsewhere named.
func dump(v *portal.View) string {
	var d dumper
	for i := range v.Pages {
		p := v.Pages[i]
		d.printf("== %s %q at %s\n", p.Kind, p.Title, p.Href)
		if p.Section != "" {
			d.printf("Section: %s\n", p.Section)
		}
		switch {
		case p.Home != nil:
			d.fields(reflect.ValueOf(*p.Home), "")
		case p.Commitment != nil:
			d.fields(reflect.ValueOf(*p.Commitment), "")
			d.printf("Ring: %s\n", line(reflect.ValueOf(p.Commitment.Ring())))
		case p.Status != nil:
			d.fields(reflect.ValueOf(*p.Status), "")
		case p.Files != nil:
			d.fields(reflect.ValueOf(*p.Files), "")
		case p.Risks != nil:
			d.field("Grid", reflect.ValueOf(p.Risks.Grid), "")
			for _, r := range slices.Concat(p.Risks.Open, p.Risks.Closed) {
				d.printf("Risk:\n")
				d.fields(reflect.ValueOf(r), "  ")
			}
		case p.Notes != nil:
			d.fields(reflect.ValueOf(*p.Notes), "")
		case p.Agreed != nil:
			d.fields(reflect.ValueOf(*p.Agreed), "")
		case p.People != nil:
			d.fields(reflect.ValueOf(*p.People), "")
		case p.History != nil:
			for _, m := range p.History.Months {
				d.printf("%s: %d entries on %d days\n", m.First, m.N, len(m.Days))
			}
		case p.Content != nil:
			d.fields(reflect.ValueOf(*p.Content), "")
		}
	}
	whole := *v
	whole.Pages, whole.Menu = nil, nil
	d.printf("== the whole\n")
	d.fields(reflect.ValueOf(whole), "")
	return d.String()
}

type dumper struct{ strings.Builder }

func (d *dumper) printf(format string, args ...any) { fmt.Fprintf(d, format, args...) }

func (d *dumper) fields(v reflect.Value, indent string) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() || empty(v.Field(i)) {
			continue
		}
		if f.Anonymous {
			d.fields(reflect.Indirect(v.Field(i)), indent)
			continue
		}
		d.field(f.Name, v.Field(i), indent)
	}
}

func (d *dumper) field(name string, v reflect.Value, indent string) {
	if v.Kind() == reflect.Slice {
		d.printf("%s%s:\n", indent, name)
		for i := range v.Len() {
			if e := v.Index(i); flat(e) {
				d.printf("%s  - %s\n", indent, line(e))
			} else {
				d.printf("%s  -\n", indent)
				d.fields(reflect.Indirect(e), indent+"    ")
			}
		}
		return
	}
	if flat(v) {
		d.printf("%s%s: %s\n", indent, name, line(v))
		return
	}
	d.printf("%s%s:\n", indent, name)
	d.fields(reflect.Indirect(v), indent+"  ")
}

// named returns how a value that is at home elsewhere is written.
func named(v reflect.Value) (string, bool) {
	switch x := v.Interface().(type) {
	case civil.Date:
		return x.String(), true
	case civil.Moment:
		return x.String(), true
	case portal.Person:
		if x.ID == "" {
			return fmt.Sprintf("(%s)", strings.Join(strings.Fields(x.Name+" "+x.Side+" "+x.Email+" "+x.Phone), " ")), true
		}
		return x.ID, true
	case *portal.Link:
		return x.Href, true
	case *portal.Commitment:
		return "commitment " + x.ID, true
	case *portal.Status:
		return "note " + x.ID, true
	case portal.Risk:
		return "risk " + x.ID, true
	case *portal.Move:
		return x.Key, true
	case diag.Pos:
		return fmt.Sprint("line ", x.Line), true
	case time.Duration:
		return x.String(), true
	}
	return "", false
}

// flat reports whether a value is short enough for a line.
func flat(v reflect.Value) bool {
	if _, ok := named(v); ok || v.Kind() != reflect.Struct && v.Kind() != reflect.Pointer {
		return true
	}
	v = reflect.Indirect(v)
	switch v.Interface().(type) {
	case portal.Deliverable, portal.Row, portal.Group, portal.Timeline, portal.Standing, portal.Promise,
		portal.StageQuestions, portal.Cadence, portal.Replies, portal.Kept, portal.RiskGrid,
		portal.QuestionBatch, portal.Hours, portal.About, portal.Review, portal.Goal:
		return false
	}
	return true
}

func empty(v reflect.Value) bool { return v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0 }

func line(v reflect.Value) string {
	if s, ok := named(v); ok {
		return s
	}
	if d, ok := v.Interface().(*portal.Deliverable); ok {
		return "deliverable " + strconv.Quote(d.Title)
	}
	switch v.Kind() {
	case reflect.Pointer:
		return line(v.Elem())
	case reflect.String:
		return fmt.Sprintf("%q", v.String())
	case reflect.Slice:
		var parts []string
		for i := range v.Len() {
			parts = append(parts, line(v.Index(i)))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case reflect.Struct:
		var parts []string
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !empty(v.Field(i)) {
				parts = append(parts, f.Name+" "+line(v.Field(i)))
			}
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(v.Interface())
}

// texts calls f with every text that can be reached from v, in unexported fields
// too, except what the view was given.
func texts(v reflect.Value, f func(string)) { reach(v, map[any]bool{}, f) }

func reach(v reflect.Value, seen map[any]bool, f func(string)) {
	switch v.Kind() {
	case reflect.String:
		f(v.String())
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() || v.Kind() == reflect.Pointer && seen[v.Pointer()] {
			return
		}
		if v.Kind() == reflect.Pointer {
			seen[v.Pointer()] = true
		}
		reach(v.Elem(), seen, f)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[portal.Options]() {
			return
		}
		for i := range v.NumField() {
			reach(v.Field(i), seen, f)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			reach(v.Index(i), seen, f)
		}
	case reflect.Map:
		for k, e := range v.Seq2() {
			reach(k, seen, f)
			reach(e, seen, f)
		}
	}
}
