package edit

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
)

// A Form is a table or a move that is being filled in.
type Form struct {
	file  *File
	specs []clientfile.KeySpec
	// values are the set values, with the types of clientfile.Field; passed are the keys that were asked for
	// and left empty.
	values map[string]any
	passed map[string]bool
	// unasked are the keys that were set without asking, given the keys that were set before Fill; attended
	// says that there is a person to ask.
	unasked  map[string]bool
	given    []string
	attended bool
	// inOrder says that a move goes before all later moves.
	inOrder bool
	what    subject
}

// A subject is what a Form is for: it knows how to fill gaps and how to write the result into the file.
type subject interface {
	// fallback returns the default of a key, "" if there is none. If sure, the key is not asked for.
	fallback(fm *Form, key string) (value string, sure bool)
	// choices returns the values that a key can have, nil if any.
	choices(fm *Form, spec clientfile.KeySpec) []string
	// asks returns optional keys that are asked for, in the order of the questions.
	asks(fm *Form) []string
	// lacks returns keys that the format does not require, but the values set so far do.
	lacks(fm *Form) []string
	change(fm *Form) (*Change, error)
}

// A Gap is a key to ask for.
type Gap struct {
	Key string
	// Need says that it cannot stay empty. Default is the meaning of an empty answer.
	Need    bool
	Default string
	Choices []string
}

func newForm(f *File, what subject, specs []clientfile.KeySpec) *Form {
	return &Form{
		file: f, what: what, specs: specs,
		values: map[string]any{}, passed: map[string]bool{}, unasked: map[string]bool{},
	}
}

func (fm *Form) Keys() []clientfile.KeySpec { return fm.specs }

// Set sets a key to what a person typed: several texts for a list, otherwise one. The error says what is
// wrong.
func (fm *Form) Set(key string, typed ...string) error {
	spec := fm.spec(key)
	if spec == nil {
		return fmt.Errorf("there is no %s here", key)
	}
	delete(fm.unasked, key)
	if _, ok := fm.what.(updating); ok && len(typed) == 1 && strings.TrimSpace(typed[0]) == "" {
		fm.values[key] = nil // remove the key
		return nil
	}
	if spec.Type == clientfile.TextsKey {
		return fm.setList(spec, typed)
	}
	v, err := fm.value(spec, strings.TrimSpace(typed[len(typed)-1]))
	if err == nil {
		fm.values[key] = v
	}
	return err
}

func (fm *Form) setList(spec *clientfile.KeySpec, typed []string) error {
	var list []string
	for _, s := range typed {
		parts := []string{s}
		if _, err := fm.text(spec, strings.TrimSpace(s)); err != nil && (spec.Person || spec.Reference) {
			parts = strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
		}
		for _, part := range parts {
			v, err := fm.text(spec, strings.TrimSpace(part))
			if err != nil {
				return err
			}
			list = append(list, v)
		}
	}
	if len(list) == 0 {
		return fmt.Errorf("%s cannot be empty", spec.Key)
	}
	fm.values[spec.Key] = list
	return nil
}

func (fm *Form) value(spec *clientfile.KeySpec, s string) (any, error) {
	switch spec.Type {
	case clientfile.DateKey:
		if s == "now" {
			return fm.file.moment(), nil
		}
		return date(s, fm.file.today().Date)
	case clientfile.NumberKey:
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > 5 {
			return nil, fmt.Errorf("%q is not a score; they go from 1 to 5", s)
		}
		return n, nil
	case clientfile.FlagKey:
		switch strings.ToLower(s) {
		case "true", "y", "yes":
			return true, nil
		case "false", "n", "no":
			return false, nil
		}
		return nil, errors.New("please answer y or n")
	}
	return fm.text(spec, strings.ReplaceAll(s, "\r\n", "\n"))
}

// text returns a text in the form in which it is written.
func (fm *Form) text(spec *clientfile.KeySpec, s string) (string, error) {
	switch {
	case s == "":
		return "", fmt.Errorf("%s cannot be empty", spec.Key)
	case spec.Person:
		return fm.file.person(s)
	case spec.Reference && spec.Key != "goal" && spec.Key != "reopens":
		return fm.file.about(s)
	case spec.Key == "reopens":
		i, err := fm.file.commitment(s)
		if err != nil {
			return "", err
		}
		return fm.file.client.Commitments[i].ID, nil
	case len(spec.OneOf) > 0 && !slices.Contains(spec.OneOf, s):
		meant := ""
		if near := diag.Closest(s, spec.OneOf); near != "" {
			meant = fmt.Sprintf("; did you mean %q?", near)
		}
		return "", fmt.Errorf("%s cannot be %q, only one of: %s%s", spec.Key, s, strings.Join(spec.OneOf, ", "), meant)
	}
	return s, nil
}

func (fm *Form) spec(key string) *clientfile.KeySpec {
	if i := slices.IndexFunc(fm.specs, func(s clientfile.KeySpec) bool { return s.Key == key }); i >= 0 {
		return &fm.specs[i]
	}
	return nil
}

// InOrder puts a move also before moves of later days, if these are still legal after it: it records
// something that was said earlier.
func (fm *Form) InOrder() { fm.inOrder = true }

// Has reports whether a key was set.
func (fm *Form) Has(key string) bool { _, ok := fm.values[key]; return ok }

// Fill sets what can be known without asking. If nobody can be asked, it also sets defaults that would
// otherwise be confirmed.
func (fm *Form) Fill(attended bool) error {
	fm.attended = attended
	if fm.given == nil {
		fm.given = slices.Collect(maps.Keys(fm.values))
	}
	for _, spec := range fm.specs {
		if fm.Has(spec.Key) {
			continue
		}
		value, sure := fm.what.fallback(fm, spec.Key)
		if value == "" || attended && !sure {
			continue
		}
		if err := fm.setUnasked(spec.Key, value); err != nil {
			return err
		}
	}
	return nil
}

// setUnasked sets a key to a value that nobody gave.
func (fm *Form) setUnasked(key, value string) error {
	err := fm.Set(key, value)
	fm.unasked[key] = err == nil
	return err
}

// Missing returns the required keys that are not set.
func (fm *Form) Missing() []string {
	var keys []string
	for _, spec := range fm.specs {
		if spec.Need && !fm.Has(spec.Key) {
			keys = append(keys, spec.Key)
		}
	}
	for _, key := range fm.what.lacks(fm) {
		if !slices.Contains(keys, key) && !fm.Has(key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// Next returns the next key to ask for: keys that the format requires come first, then optional keys worth
// asking for, then keys that the other values require. It sets keys whose default is now sure. ok is false if
// nothing is left to ask.
func (fm *Form) Next() (gap Gap, ok bool) {
	fm.attended = true
	missing := fm.Missing()
	var keys []string
	for _, key := range missing {
		if fm.spec(key).Need {
			keys = append(keys, key)
		}
	}
	for _, key := range fm.what.asks(fm) {
		need := slices.Contains(missing, key)
		if !fm.Has(key) && !slices.Contains(keys, key) && (need || !fm.passed[key]) {
			keys = append(keys, key)
		}
	}
	for _, key := range missing {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, key := range keys {
		spec := fm.spec(key)
		value, sure := fm.what.fallback(fm, key)
		if value == "" || !sure || fm.setUnasked(key, value) != nil {
			need := slices.Contains(missing, key) || spec.Type == clientfile.FlagKey
			return Gap{spec.Key, need, value, fm.what.choices(fm, *spec)}, true
		}
	}
	return Gap{}, false
}

// Theirs returns the name of the person of the client's side that a value of the key by means; "" for any
// other key or person.
func (fm *Form) Theirs(key, value string) string {
	id, err := fm.file.person(value)
	if p := fm.file.client.People[id]; err == nil && key == "by" && p.Side == client.ClientSide {
		return p.Name
	}
	return ""
}

// SaidBy returns the name of the person of the client's side, or of the client, whose statement the form
// records; "" for a statement of the provider's side.
func (fm *Form) SaidBy() string {
	if u, ok := fm.what.(updating); ok {
		return u.saidBy(fm)
	}
	return fm.Theirs("by", fm.Value("by"))
}

// Pass records that a key was asked for and left empty.
func (fm *Form) Pass(key string) { fm.passed[key] = true }

// Change returns the edit that the form makes. It fails with diag.Problems if the file would have a new
// error.
func (fm *Form) Change() (*Change, error) { return fm.what.change(fm) }

// fields returns the set values of the given keys, in their order.
func (fm *Form) fields(keys []string) []clientfile.Field {
	var fields []clientfile.Field
	for _, key := range keys {
		v, ok := fm.values[key]
		switch list, _ := v.([]string); {
		case !ok, v == false, v == nil:
		case len(list) == 1 && slices.Contains(textOrList, key):
			fields = append(fields, clientfile.Field{Key: key, Value: list[0]})
		default:
			fields = append(fields, clientfile.Field{Key: key, Value: v})
		}
	}
	return fields
}

// textOrList are the lists that may be written as one text.
var textOrList = []string{"met", "unmet", "improve"}

func namesOf(specs []clientfile.KeySpec) []string {
	var keys []string
	for _, s := range specs {
		keys = append(keys, s.Key)
	}
	return keys
}

// Value returns the text or the date that a key was set to, "" if none.
func (fm *Form) Value(key string) string {
	switch v := fm.values[key].(type) {
	case string:
		return v
	case civil.Moment:
		return v.String()
	}
	return ""
}

// Choices returns the values that a key can have, nil if any.
func (fm *Form) Choices(key string) []string {
	spec := fm.spec(key)
	if spec == nil {
		return nil
	}
	return fm.what.choices(fm, *spec)
}
