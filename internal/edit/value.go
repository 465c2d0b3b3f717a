package edit

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"portalgen/internal/civil"
	"portalgen/internal/clientfile"
)

// maxInline is the longest list in bytes that is written on one line.
const maxInline = 72

// inlineValue returns the value of f on one line, in TOML 1.0.
func inlineValue(f clientfile.Field) (string, error) {
	switch v := f.Value.(type) {
	case string:
		if !utf8.ValidString(v) {
			return "", fmt.Errorf("%s is not UTF-8 text", f.Key)
		}
		return basicString(v), nil
	case []string:
		return inlineList(v, func(s string) (string,
			error,
		) {
			return inlineValue(clientfile.Field{Key: f.Key, Value: s})
		})
	case [][]clientfile.Field:
		return inlineList(v, inlineTable)
	case []clientfile.Field:
		return inlineTable(v)
	case bool:
		return strconv.FormatBool(v), nil
	case int:
		return strconv.Itoa(v), nil
	case civil.Moment:
		if v.IsZero() {
			return "", fmt.Errorf("%s is no date", f.Key)
		}
		return v.String(), nil
	}
	return "", fmt.Errorf("%s cannot be written: it is a %T", f.Key, f.Value)
}

func inlineList[T any](all []T, write func(T) (string, error)) (string, error) {
	items := make([]string, len(all))
	for i, v := range all {
		var err error
		if items[i], err = write(v); err != nil {
			return "", err
		}
	}
	return "[" + strings.Join(items, ", ") + "]", nil
}

// lineValue returns the value of f for a table with a heading: on one line, or on several if that reads
// better. A text of several lines is one element, since its lines must not be indented.
func lineValue(f clientfile.Field, eol, step string) ([]string, error) {
	one, err := inlineValue(f)
	if err != nil {
		return nil, err
	}
	var items []string
	switch v := f.Value.(type) {
	case string:
		if strings.Contains(v, "\n") {
			return []string{multiString(v, eol)}, nil
		}
		return []string{one}, nil
	case []string:
		if len(one) <= maxInline {
			return []string{one}, nil
		}
		for _, s := range v {
			items = append(items, basicString(s))
		}
	case [][]clientfile.Field:
		for _, fields := range v {
			item, err := inlineTable(fields)
			if err != nil {
				return nil, err
			}
			items = append(items, item)
		}
	default:
		return []string{one}, nil
	}
	lines := []string{"["}
	for _, item := range items {
		lines = append(lines, step+item+",")
	}
	return append(lines, "]"), nil
}

var escaped = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\b", `\b`, "\t", `\t`, "\n", `\n`, "\f", `\f`, "\r", `\r`)

// basicString returns s between quotes.
func basicString(s string) string { return `"` + controls(escaped.Replace(s)) + `"` }

// controls escapes the control characters that have no short escape.
func controls(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < ' ' && r != '\n' || r == 0x7f {
			fmt.Fprintf(&b, `\u%04X`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// multiString returns s between three quotes, with eol as its line breaks. Blanks at the end of a line are
// escaped so that no editor removes them. The second of two adjacent quotes is escaped so that they never end
// the text.
func multiString(s, eol string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		kept := strings.TrimRight(line, " \t")
		blanks := strings.NewReplacer(" ", `\u0020`, "\t", `\t`).Replace(line[len(kept):])
		kept = strings.NewReplacer(`\`, `\\`, `""`, `"\"`, "\r", `\r`, "\f", `\f`, "\b", `\b`, "\t", `\t`).Replace(kept)
		lines[i] = controls(kept) + blanks
	}
	text := strings.Join(lines, eol)
	if quotes := len(s) - len(strings.TrimRight(s, `"`)); quotes%2 == 1 {
		text = text[:len(text)-1] + `\"`
	}
	return `"""` + eol + text + `"""`
}
