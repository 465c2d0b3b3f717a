package clientfile

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

var (
	momentType   = reflect.TypeFor[civil.Moment]()
	durationType = reflect.TypeFor[client.Duration]()
	aboutType    = reflect.TypeFor[client.About]()
	checkType    = reflect.TypeFor[client.Check]()
)

// A reader fills rv from v, the value of the key of f at node n.
type reader func(d *decoder, n *tomltext.Node, v any, rv reflect.Value, f *fieldSpec)

// readers has a reader for every type that is not a plain table or list of tables.
var readers map[reflect.Type]reader

func init() {
	readers = map[reflect.Type]reader{
		reflect.TypeFor[string]():         (*decoder).string,
		reflect.TypeFor[int]():            (*decoder).int,
		reflect.TypeFor[bool]():           (*decoder).bool,
		reflect.TypeFor[[]string]():       (*decoder).strings,
		reflect.TypeFor[client.Texts]():   (*decoder).texts,
		reflect.TypeFor[[]civil.Moment](): (*decoder).moments,
		momentType:                        (*decoder).moment,
		durationType:                      (*decoder).duration,
		aboutType:                         (*decoder).about,
		checkType:                         (*decoder).check,
	}
}

// wrong reports that v does not have the type of f.
func (d *decoder) wrong(n *tomltext.Node, v any, f *fieldSpec) {
	d.value(n, rule.WrongType, shouldBe(f.key, wanted(f.typ), v), hintType(f, v))
}

func (d *decoder) string(n *tomltext.Node, v any, rv reflect.Value, f *fieldSpec) {
	s, ok := v.(string)
	if !ok {
		d.wrong(n, v, f)
		return
	}
	rv.SetString(s)
	switch {
	case f.need && strings.TrimSpace(s) == "":
		d.value(n, rule.MissingField, fmt.Sprintf("%q is empty", f.key), "write "+example(f))
	case len(f.oneof) > 0 && !slices.Contains(f.oneof, s):
		d.value(n, rule.BadValue, fmt.Sprintf("%q cannot be %s", f.key, tomltext.Quoted(s)),
			hintOf(diag.Closest(s, f.oneof), "allowed: ", f.oneof))
		rv.SetString("")
	}
}

func (d *decoder) int(n *tomltext.Node, v any, rv reflect.Value, f *fieldSpec) {
	i, ok := v.(int64)
	if !ok {
		d.wrong(n, v, f)
		return
	}
	rv.SetInt(i)
}

func (d *decoder) bool(n *tomltext.Node, v any, rv reflect.Value, f *fieldSpec) {
	b, ok := v.(bool)
	if !ok {
		d.wrong(n, v, f)
		return
	}
	rv.SetBool(b)
}

// strings keeps the length of the list as written, so that each item keeps its place.
func (d *decoder) strings(n *tomltext.Node, v any, rv reflect.Value, f *fieldSpec) {
	items, ok := v.([]any)
	if !ok {
		d.wrong(n, v, f)
		return
	}
	list := make([]string, len(items))
	for i, item := range items {
		if list[i], ok = item.(string); !ok {
			d.value(n.Item(i), rule.WrongType, shouldBe("each of "+f.key, "a text", item), hintItem(item))
		}
	}
	rv.Set(reflect.ValueOf(list).Convert(rv.Type()))
}

func (d *decoder) texts(n *tomltext.Node, v any, rv reflect.Value, f *fieldSpec) {
	if s, ok := v.(string); ok {
		rv.Set(reflect.ValueOf(client.Texts{s}))
		return
	}
	d.strings(n, v, rv, f)
}

func (d *decoder) moment(n *tomltext.Node, v any, rv reflect.Value, f *fieldSpec) {
	t, ok := v.(time.Time)
	if !ok || isClock(t) {
		d.wrong(n, v, f)
		return
	}
	if y := t.Year(); y < 1900 || y > 2199 {
		d.value(n, rule.BadDate, fmt.Sprintf("the year %04d looks mistyped", y),
			"years from 1900 to 2199 are understood")
		return
	}
	m := d.civil(t)
	if from, to, skipped := inClockGap(m, d.zone); skipped {
		d.value(n, rule.BadDate, fmt.Sprintf("%s does not exist in %s: clocks go from %s to %s", m, d.zone, from, to),
			"write an hour before or after")
		return
	}
	rv.Set(reflect.ValueOf(m))
}

// inClockGap reports whether clocks in zone skip m, and from and to which time they change.
func inClockGap(m civil.Moment, zone *time.Location) (from, to civil.Moment, skipped bool) {
	t := m.In(zone)
	if !m.Timed || civil.MomentOf(t) == m {
		return from, to, false
	}
	// The instant computed for m may be before or after the change of the clocks.
	change, end := t.ZoneBounds()
	if civil.MomentOf(t).Before(m) {
		change = end
	}
	_, before := change.Add(-time.Second).Zone()
	return civil.MomentOf(change.UTC().Add(time.Duration(before) * time.Second)), civil.MomentOf(change), true
}

// civil turns the parser's time into a Moment. The parser tells the kind of the time by the name of its zone.
func (d *decoder) civil(t time.Time) civil.Moment {
	switch t.Location().String() {
	case "date-local":
		return civil.On(civil.DateOf(t))
	case "datetime-local":
		return civil.MomentOf(t)
	}
	return civil.MomentOf(t.In(d.zone))
}

func isClock(t time.Time) bool { return t.Location().String() == "time-local" }

func (d *decoder) moments(n *tomltext.Node, v any, rv reflect.Value, f *fieldSpec) {
	items, ok := v.([]any)
	if !ok {
		d.wrong(n, v, f)
		return
	}
	list := make([]civil.Moment, len(items))
	one := &fieldSpec{key: f.key, typ: momentType}
	for i, item := range items {
		if t, ok := item.(time.Time); !ok || isClock(t) {
			d.value(n.Item(i), rule.WrongType, shouldBe("each of "+f.key, "a date", item), hintType(f, item))
			continue
		}
		d.moment(n.Item(i), item, reflect.ValueOf(&list[i]).Elem(), one)
	}
	rv.Set(reflect.ValueOf(list))
}

func (d *decoder) duration(n *tomltext.Node, v any, rv reflect.Value, f *fieldSpec) {
	s, ok := v.(string)
	if !ok {
		d.wrong(n, v, f)
		return
	}
	dur, err := client.ParseDuration(s)
	if err != nil {
		d.value(n, rule.BadValue, err.Error(), hintDuration)
		return
	}
	rv.Set(reflect.ValueOf(dur))
}

func (d *decoder) about(n *tomltext.Node, v any, rv reflect.Value, f *fieldSpec) {
	switch v := v.(type) {
	case string:
		rv.Set(reflect.ValueOf(client.About{Business: v}))
	case map[string]any:
		d.table(n, v, rv, kind{path: f.key, typ: aboutType})
	default:
		d.wrong(n, v, f)
	}
}

var severities = []string{string(diag.Error), string(diag.Warning), string(diag.Off)}

func (d *decoder) check(n *tomltext.Node, v any, rv reflect.Value, f *fieldSpec) {
	c := client.Check{Pos: d.text.Pos(n.Key)}
	switch v := v.(type) {
	case string:
		c.Severity = d.severity(n, v, f.key)
	case map[string]any:
		for _, key := range n.Names {
			s, isText := v[key].(string)
			i, isInt := v[key].(int64)
			switch {
			case key == "severity" && isText:
				c.Severity = d.severity(n.Child(key), s, f.key)
			case key == "severity":
				d.value(n.Child(key), rule.WrongType, shouldBe(key, "a text", v[key]),
					hintOf("", "allowed: ", severities))
			case isInt:
				if c.Limits == nil {
					c.Limits = map[string]int64{}
				}
				c.Limits[key] = i
			default:
				d.value(n.Child(key), rule.WrongType, shouldBe(key, "a whole number", v[key]),
					"a limit is written without quotes: "+key+" = 5")
			}
		}
	default:
		d.wrong(n, v, f)
		return
	}
	rv.Set(reflect.ValueOf(c))
}

func (d *decoder) severity(n *tomltext.Node, s, name string) diag.Severity {
	if !slices.Contains(severities, s) {
		d.value(n, rule.BadValue, fmt.Sprintf("%q cannot be %s", name, tomltext.Quoted(s)),
			hintOf(diag.Closest(s, severities), "allowed: ", severities))
		return ""
	}
	return diag.Severity(s)
}
