package clientfile

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/tomltext"
)

const (
	hintDuration  = `write such as "3 hours", "2 days" or "same business day"`
	hintOnePerson = `write such as maria = { name = "Maria Ruiz", side = "client" }`
)

// shouldBe says which type the value of key should have, and which it has.
func shouldBe(key, want string, got any) string {
	return fmt.Sprintf("%s should be %s, not %s", key, want, sortOf(got))
}

// sortOf describes the type of a parser's value.
func sortOf(v any) string {
	switch v := v.(type) {
	case string:
		return "a text"
	case int64:
		return "a whole number"
	case float64:
		return "a number with a fraction"
	case bool:
		return "true or false"
	case time.Time:
		switch {
		case isClock(v):
			return "a time of day without its date"
		case v.Location().String() == "date-local":
			return "a date"
		}
		return "a date with a time"
	case []any:
		return "a list"
	case []map[string]any:
		return "a list of tables"
	}
	return "a table"
}

// wanted describes the type of value that a field of type t takes.
func wanted(t reflect.Type) string {
	switch t {
	case momentType:
		return "a date"
	case durationType:
		return "a duration as a text"
	case aboutType:
		return "a text or a table"
	case checkType:
		return "a severity or a table"
	case reflect.TypeFor[client.Texts]():
		return "a text or a list of texts"
	case reflect.TypeFor[[]string]():
		return "a list of texts"
	case reflect.TypeFor[[]civil.Moment]():
		return "a list of dates"
	}
	return map[reflect.Kind]string{
		reflect.String: "a text", reflect.Int: "a whole number", reflect.Bool: "true or false",
	}[t.Kind()]
}

// example returns a line that sets f.
func example(f *fieldSpec) string {
	value := `"…"`
	switch {
	case f.typ == momentType:
		value = "2026-12-04"
	case len(f.oneof) > 0:
		value = `"` + f.oneof[0] + `"`
	case f.key == "by" || f.key == "to" || f.key == "customer" || f.key == "performer":
		value = `"maria", an id of [people]`
	case f.key == "did":
		value = `"request"`
	case f.key == "timezone":
		value = `"Europe/Berlin"`
	}
	return f.key + " = " + value
}

// hintType says how to write the value v so that f accepts it.
func hintType(f *fieldSpec, v any) string {
	s, isText := v.(string)
	switch t := f.typ; {
	case (t == momentType || t == reflect.TypeFor[[]civil.Moment]()) && isText && isDate(s):
		return "write the date without quotes: " + strings.TrimSpace(s)
	case t == momentType:
		return "write " + f.key + " = 2026-12-04, without quotes"
	case t == durationType:
		return hintDuration
	case t == aboutType:
		return `write about = "…", or [about] with business, concerns and style`
	case t == checkType:
		return hintOf("", "a severity is ", severities)
	case t == reflect.TypeFor[[]civil.Moment]():
		return "write " + f.key + " = [2026-12-24, 2026-12-31]"
	case t.Kind() == reflect.Slice && isText:
		return "put it between brackets: [" + tomltext.Quoted(s) + "]"
	case t == reflect.TypeFor[client.Texts]() && isScalar(v), t.Kind() == reflect.String && isScalar(v):
		return "put it between quotes: " + tomltext.Quoted(plainText(v))
	case t.Kind() == reflect.Slice && isScalar(v):
		return "put it between quotes and brackets: [" + tomltext.Quoted(plainText(v)) + "]"
	case t.Kind() == reflect.Slice:
		return "write " + f.key + ` = ["…", "…"]`
	case t.Kind() == reflect.Bool && tomltext.MeantBoolean(s) != "":
		return "write " + tomltext.MeantBoolean(s) + ", in lower case and without quotes"
	case t.Kind() == reflect.Bool:
		return "write true or false, without quotes"
	case t.Kind() == reflect.Int:
		return "write it without quotes and without a fraction: " + f.key + " = 4"
	}
	return "write " + example(f)
}

// hintItem says how to write v so that a list of texts accepts it.
func hintItem(v any) string {
	if isScalar(v) {
		return "put it between quotes: " + tomltext.Quoted(plainText(v))
	}
	return "each of the list is a text of its own: [\"…\", \"…\"]"
}

func isDate(s string) bool {
	_, err := civil.ParseDate(strings.TrimSpace(s))
	return err == nil
}

func isScalar(v any) bool {
	switch v.(type) {
	case int64, float64, bool, time.Time:
		return true
	}
	return false
}

// plainText returns a scalar of the parser as it may have been written.
func plainText(v any) string {
	switch v := v.(type) {
	case time.Time:
		switch v.Location().String() {
		case "date-local":
			return v.Format("2006-01-02")
		case "time-local":
			return v.Format("15:04")
		case "datetime-local":
			return v.Format("2006-01-02T15:04")
		}
		return v.Format("2006-01-02T15:04Z07:00")
	case float64:
		if v == math.Trunc(v) {
			return fmt.Sprintf("%.1f", v)
		}
	}
	return fmt.Sprint(v)
}

// hintMany says how to write a list of tables, in the same style as n.
func hintMany(n *tomltext.Node, k kind, key string) string {
	if n.Shape == tomltext.Table || n.Shape == tomltext.Tables || n.Shape == tomltext.Implicit ||
		n.Shape == tomltext.Leaf && !strings.HasSuffix(k.path, "moves") && !strings.HasSuffix(k.path, "log") {
		return "write [[" + k.path + "]], with double brackets, before each"
	}
	return "write " + key + " = [ { … }, { … } ]"
}
