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
	slots []clientfile.Slot
	// values are what was set, as clientfile.Field has them; passed are the keys
	// that were asked for and left empty.
	values map[string]any
	passed map[string]bool
	// taken are the keys that were set without asking, given those that were set before
	// anything was filled in; attended says that somebody can be asked.
	taken    map[string]bool
	given    []string
	attended bool
	// inOrder says that a move goes before all that are later than it.
	inOrder bool
	what    subject
}

// A subject is what a Form is about: how its gaps are filled, and how it is put
// into the file.
type subject interface {
	// fallback returns what a key holds where nothing is said, "" for nothing. It is
	// sure where nobody need be asked.
	fallback(fm *Form, key string) (value string, sure bool)
	// choices returns what a key can hold, nil for anything.
	choices(fm *Form, slot clientfile.Slot) []string
	// asks are keys that are asked for though they can stay empty, in the order of the questions.
	asks(fm *Form) []string
	// lacks are keys that the format does not need, and what is set so far does.
	lacks(fm *Form) []string
	change(fm *Form) (*Change, error)
}

// A Gap is a key that somebody should be asked for.
type Gap struct {
	Key string
	// Need says that it cannot stay empty, Default what an empty answer means.
	Need    bool
	Default string
	Choices []string
}

func newForm(f *File, what subject, slots []clientfile.Slot) *Form {
	return &Form{
		file: f, what: what, slots: slots, values: map[string]any{}, passed: map[string]bool{}, taken: map[string]bool{},
	}
}

// Slots returns the keys of the form.
func (fm *Form) Slots() []clientfile.Slot { return fm.slots }

// Set sets a key to what a person typed: several texts for a list, one otherwise.
// The error says in words what is wrong with it.
func (fm *Form) Set(key string, typed ...string) error {
	slot := fm.slot(key)
	if slot == nil {
		return fmt.Errorf("there is no %s here", key)
	}
	delete(fm.taken, key)
	if _, ok := fm.what.(updating); ok && len(typed) == 1 && strings.TrimSpace(typed[0]) == "" {
		fm.values[key] = nil // it is to be taken out
		return nil
	}
	if slot.Type == clientfile.TextsSlot {
		return fm.setList(slot, typed)
	}
	v, err := fm.value(slot, strings.TrimSpace(typed[len(typed)-1]))
	if err == nil {
		fm.values[key] = v
	}
	return err
}

func (fm *Form) setList(slot *clientfile.Slot, typed []string) error {
	var list []string
	for _, s := range typed {
		parts := []string{s}
		if _, err := fm.text(slot, strings.TrimSpace(s)); err != nil && (slot.Person || slot.Reference) {
			parts = strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
		}
		for _, part := range parts {
			v, err := fm.text(slot, strings.TrimSpace(part))
			if err != nil {
				return err
			}
			list = append(list, v)
		}
	}
	if len(list) == 0 {
		return fmt.Errorf("%s cannot be empty", slot.Key)
	}
	fm.values[slot.Key] = list
	return nil
}

func (fm *Form) value(slot *clientfile.Slot, s string) (any, error) {
	switch slot.Type {
	case clientfile.DateSlot:
		if s == "now" {
			return fm.file.moment(), nil
		}
		return date(s, fm.file.today().Date)
	case clientfile.NumberSlot:
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > 5 {
			return nil, fmt.Errorf("%q is not a score; they go from 1 to 5", s)
		}
		return n, nil
	case clientfile.FlagSlot:
		switch strings.ToLower(s) {
		case "true", "y", "yes":
			return true, nil
		case "false", "n", "no":
			return false, nil
		}
		return nil, errors.New("please answer y or n")
	}
	return fm.text(slot, strings.ReplaceAll(s, "\r\n", "\n"))
}

// text returns a text as it is to be written.
func (fm *Form) text(slot *clientfile.Slot, s string) (string, error) {
	switch {
	case s == "":
		return "", fmt.Errorf("%s cannot be empty", slot.Key)
	case slot.Person:
		return fm.file.person(s)
	case slot.Reference && slot.Key != "goal" && slot.Key != "reopens":
		return fm.file.about(s)
	case slot.Key == "reopens":
		i, err := fm.file.commitment(s)
		if err != nil {
			return "", err
		}
		return fm.file.client.Commitments[i].ID, nil
	case len(slot.OneOf) > 0 && !slices.Contains(slot.OneOf, s):
		meant := ""
		if near := diag.Closest(s, slot.OneOf); near != "" {
			meant = fmt.Sprintf("; did you mean %q?", near)
		}
		return "", fmt.Errorf("%s cannot be %q, only one of: %s%s", slot.Key, s, strings.Join(slot.OneOf, ", "), meant)
	}
	return s, nil
}

func (fm *Form) slot(key string) *clientfile.Slot {
	if i := slices.IndexFunc(fm.slots, func(s clientfile.Slot) bool { return s.Key == key }); i >= 0 {
		return &fm.slots[i]
	}
	return nil
}

// InOrder puts a move before those of later days too, if these can be made after it: what is
// written down was said earlier.
func (fm *Form) InOrder() { fm.inOrder = true }

// Has reports whether a key was set.
func (fm *Form) Has(key string) bool { _, ok := fm.values[key]; return ok }

// Fill sets what can be known without asking. Where nobody can be asked, that is
// more: whatever there is but one choice for.
func (fm *Form) Fill(attended bool) error {
	fm.attended = attended
	if fm.given == nil {
		fm.given = slices.Collect(maps.Keys(fm.values))
	}
	for _, slot := range fm.slots {
		if fm.Has(slot.Key) {
			continue
		}
		value, sure := fm.what.fallback(fm, slot.Key)
		if value == "" || attended && !sure {
			continue
		}
		if err := fm.take(slot.Key, value); err != nil {
			return err
		}
	}
	return nil
}

// take sets a key to what nobody said.
func (fm *Form) take(key, value string) error {
	err := fm.Set(key, value)
	fm.taken[key] = err == nil
	return err
}

// Missing returns the keys that the form cannot do without and that are not set.
func (fm *Form) Missing() []string {
	var keys []string
	for _, slot := range fm.slots {
		if slot.Need && !fm.Has(slot.Key) {
			keys = append(keys, slot.Key)
		}
	}
	for _, key := range fm.what.lacks(fm) {
		if !slices.Contains(keys, key) && !fm.Has(key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// Next returns what to ask for next: what is missing, and what is worth a question. What the
// format needs comes first, then what is worth a question, then what all that still lacks.
// What is sure by what was answered is set. It is not ok where nothing is to be asked for.
func (fm *Form) Next() (gap Gap, ok bool) {
	fm.attended = true
	missing := fm.Missing()
	var keys []string
	for _, key := range missing {
		if fm.slot(key).Need {
			keys = append(keys, key)
		}
	}
	for _, key := range fm.what.asks(fm) {
		if need := slices.Contains(missing, key); !fm.Has(key) && !slices.Contains(keys, key) && (need || !fm.passed[key]) {
			keys = append(keys, key)
		}
	}
	for _, key := range missing {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, key := range keys {
		slot := fm.slot(key)
		value, sure := fm.what.fallback(fm, key)
		if value == "" || !sure || fm.take(key, value) != nil {
			need := slices.Contains(missing, key) || slot.Type == clientfile.FlagSlot
			return Gap{slot.Key, need, value, fm.what.choices(fm, *slot)}, true
		}
	}
	return Gap{}, false
}

// Theirs returns the name of the person of the client's side who by a value of the key by, as
// Set takes it, said or did it; "" for any other key or person.
func (fm *Form) Theirs(key, value string) string {
	id, err := fm.file.person(value)
	if p := fm.file.client.People[id]; err == nil && key == "by" && p.Side == client.ClientSide {
		return p.Name
	}
	return ""
}

// SaidBy returns the name of the person of the client's side, or of the client, whose word it is
// that the form writes down; "" where it is nobody's of theirs.
func (fm *Form) SaidBy() string {
	if u, ok := fm.what.(updating); ok {
		return u.saidBy(fm)
	}
	return fm.Theirs("by", fm.string("by"))
}

// Value returns the text or the date that a key was set to, "" if none.
func (fm *Form) Value(key string) string { return fm.string(key) }

// Pass says that a key was asked for and left empty.
func (fm *Form) Pass(key string) { fm.passed[key] = true }

// Change returns the edit that the form makes. It fails with diag.Problems of the
// reader where the file would have one more.
func (fm *Form) Change() (*Change, error) { return fm.what.change(fm) }

// fields returns what was set of the given keys, in their order.
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

func keysOf(slots []clientfile.Slot) []string {
	var keys []string
	for _, s := range slots {
		keys = append(keys, s.Key)
	}
	return keys
}

// string returns the text or the date that a key was set to, "" if none.
func (fm *Form) string(key string) string {
	switch v := fm.values[key].(type) {
	case string:
		return v
	case civil.Moment:
		return v.String()
	}
	return ""
}

// Choices returns what a key can be, nil for anything.
func (fm *Form) Choices(key string) []string {
	slot := fm.slot(key)
	if slot == nil {
		return nil
	}
	return fm.what.choices(fm, *slot)
}
