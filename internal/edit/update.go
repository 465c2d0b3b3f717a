package edit

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"portalgen/internal/client"
	"portalgen/internal/clientfile"
)

// An updating is the subject of a form for keys of a table that is there.
type updating struct {
	settling
	// place is that of the table among those of its kind, from 0; part that of an interim
	// result in the commitment at place, else negative.
	place, part int
	// wanted are the keys that somebody said are to be asked for; nil for those of the kind.
	wanted []string
}

// A settling is how the tables of a kind are brought up to date.
type settling struct {
	// kind is as in clientfile.Slots.
	kind string
	// keys are those that settle a table, in the order in which they are asked for.
	keys []string
	// dates are, by their keys, those that are today's where the key beside each is set.
	dates map[string]string
}

// deliverableKind is the kind of an interim result.
const deliverableKind = "commitment.deliverable"

// settlings are the kinds that can be updated, in the order in which it is told.
var settlings = []settling{
	{"question", []string{"answer"}, map[string]string{"answered": "answer"}},
	{"message", []string{"acknowledged", "resolved"}, nil},
	{"assumption", []string{"confirmed", "confirmed_by", "wrong"}, map[string]string{"confirmed": "confirmed_by"}},
	{"change", []string{"agreed", "declined"}, nil},
	{"check_in", []string{"confirmed"}, nil},
	{"pulse", []string{"theirs", "gap_action"}, map[string]string{"answered": "theirs"}},
	{"risk", []string{"note", "likelihood", "impact", "review"}, map[string]string{"closed": "outcome"}},
	{"goal", []string{"now"}, map[string]string{"measured": "now"}},
	{"term", []string{"confirmed"}, nil},
	{deliverableKind, []string{"file", "link"}, nil},
	{"commitment", []string{"satisfied_when"}, nil},
	{"status", []string{"acknowledges", "means_for_you", "doing", "next_update"}, nil},
	{"decision", []string{"why"}, nil},
	{"file", []string{"note"}, nil},
}

// logged are the keys of a risk that go into its log.
var logged = []string{"on", "note", "likelihood", "impact"}

// Updates returns the kinds of table that can be updated, as a file has them.
func Updates() []string {
	var all []string
	for _, s := range settlings {
		all = append(all, s.kind)
	}
	return all
}

// UpdateSlots returns the keys of the form that updates a kind of table: all but those that
// an id is made of, and those that only moves change.
func UpdateSlots(kind string) []clientfile.Slot {
	leave := []string{"id", "private", "on", "asked", "received", "opened", "word"}
	if kind == "commitment" {
		leave = append(leave, "customer", "performer")
	}
	slots := slices.DeleteFunc(clientfile.Slots(kind), func(s clientfile.Slot) bool { return slices.Contains(leave, s.Key) })
	if kind == "risk" {
		for _, s := range clientfile.Slots("risk.log") {
			if s.Key == "on" || s.Key == "note" {
				slots = append(slots, s)
			}
		}
	}
	for i := range slots {
		slots[i].Need = false
	}
	return slots
}

// Update returns a form for the table of a kind that a word means: an id, a part of one id or
// text, or the place among those of its kind, from 1. An interim result is called as Move has
// it. keys are asked for; where there are none, those that settle such a table.
func (f *File) Update(kind, word string, keys ...string) (*Form, error) {
	i := slices.IndexFunc(settlings, func(s settling) bool { return s.kind == kind })
	if i < 0 {
		return nil, fmt.Errorf("nothing is called %q; what can be updated is: %s", kind, strings.Join(Updates(), ", "))
	}
	u := updating{settling: settlings[i], part: -1}
	fm := newForm(f, nil, UpdateSlots(kind))
	for _, key := range keys {
		key = strings.ReplaceAll(key, "-", "_")
		if fm.slot(key) == nil {
			return nil, fmt.Errorf("a %s has no key %q to be updated; it has: %s", kindName(kind), key,
				strings.Join(keysOf(fm.slots), ", "))
		}
		u.wanted = append(u.wanted, key)
	}
	var err error
	if kind == deliverableKind {
		u.place, u.part, err = f.result(word)
	} else {
		u.place, err = calledOrAt(word, kindName(kind), f.named(kind))
	}
	fm.what = u
	return fm, err
}

// Items returns the ids of the tables of a kind, as Update takes them.
func (f *File) Items(kind string) []string {
	var ids []string
	for _, n := range f.named(kind) {
		ids = append(ids, n.id)
	}
	return ids
}

func kindName(kind string) string {
	switch kind {
	case deliverableKind:
		return "interim result"
	case "check_in":
		return "check-in"
	}
	return kind
}

// result returns the place of an interim result and of its commitment.
func (f *File) result(word string) (commitment, part int, err error) {
	all := f.named(deliverableKind)
	m, err := f.find(word)
	if err == nil && m.deliverable < 0 { // also a commitment is called so
		var i int
		i, err = find(word, kindName(deliverableKind), all)
		if err == nil {
			m, err = f.find(all[i].id)
		}
	}
	return m.commitment, m.deliverable, err
}

// calledOrAt is find, where a number is the place among all, from 1, too.
func calledOrAt(word, what string, all []named) (int, error) {
	n, notNumber := strconv.Atoi(word)
	called := slices.ContainsFunc(all, func(n named) bool { return n.id == word })
	if notNumber == nil && !called && n >= 1 && n <= len(all) {
		return n - 1, nil
	}
	return find(word, what, all)
}

// named returns what the tables of a kind in the client's own file are called by.
func (f *File) named(kind string) []named {
	var all []named
	if kind == deliverableKind {
		for _, cm := range f.client.Commitments {
			for _, d := range cm.Deliverables {
				all = append(all, named{cm.ID + partOf + d.ID, d.Title, d.ID})
			}
		}
		return all
	}
	list := tablesOf(f.client, kind)
	for i := range list.Len() {
		if v := list.Index(i); !v.FieldByName("Inherited").Bool() {
			text := func(key string) string {
				if s := keyOf(v, key); s.IsValid() {
					return s.String()
				}
				return ""
			}
			title := cmp.Or(text("title"), text("text"), text("about"), text("recap"), text("question"), text("headline"), text("means"))
			id := text("word")
			if own := v.FieldByName("ID"); own.IsValid() {
				id = own.String()
			}
			all = append(all, named{id: id, title: strings.Join(strings.Fields(title), " ")})
		}
	}
	return all
}

// tablesOf returns the list of the tables of a kind at the top of a file.
func tablesOf(c *client.Client, kind string) reflect.Value {
	return keyOf(reflect.ValueOf(c).Elem(), kind)
}

// keyOf returns the field of a struct of package client that holds a key.
func keyOf(v reflect.Value, key string) reflect.Value {
	for _, f := range reflect.VisibleFields(v.Type()) {
		if f.Tag.Get("toml") == key {
			return v.FieldByIndex(f.Index)
		}
	}
	return reflect.Value{}
}

// table returns the table in c.
func (u updating) table(c *client.Client) reflect.Value {
	if u.part >= 0 {
		return reflect.ValueOf(&c.Commitments[u.place].Deliverables[u.part]).Elem()
	}
	return tablesOf(c, u.kind).Index(u.place)
}

// has reports whether the file has a key of the table.
func (u updating) has(fm *Form, key string) bool {
	v := keyOf(u.table(fm.file.client), key)
	return v.IsValid() && !v.IsZero()
}

// happened are the keys of dates that tell what has happened.
var happened = []string{"acknowledged", "resolved", "confirmed", "wrong", "agreed", "declined", "answered", "closed"}

func (u updating) fallback(fm *Form, key string) (string, bool) {
	f := fm.file
	beside := u.dates[key]
	switch {
	case beside != "" && fm.values[beside] != nil && (key == "measured" || !u.has(fm, key)), key == "on" && u.logs(fm):
		return f.today().String(), true
	case !fm.attended:
	case key == "confirmed_by" && len(f.people(client.ClientSide)) == 1:
		return f.people(client.ClientSide)[0], false
	case key == "acknowledged", key == "resolved" && (u.has(fm, "acknowledged") || u.wanted != nil):
		return f.moment().String(), false
	case slices.Contains(happened, key) && (len(u.keys) == 1 || u.wanted != nil):
		return f.today().String(), false
	}
	return "", false
}

// logs reports whether the form adds to the log of a risk.
func (u updating) logs(fm *Form) bool {
	return u.kind == "risk" && (fm.Has("note") || fm.Has("likelihood") || fm.Has("impact"))
}

func (u updating) choices(fm *Form, slot clientfile.Slot) []string {
	if u.kind == "assumption" && slot.Key == "confirmed_by" {
		return fm.file.people(client.ClientSide, client.ProviderSide)
	}
	return adding{kind: u.kind}.choices(fm, slot)
}

// asks are the keys that were named or, where nothing was given, those that settle such a table
// and are not in the file yet.
func (u updating) asks(fm *Form) []string {
	if u.wanted != nil || len(fm.given) > 0 {
		return u.wanted
	}
	return slices.DeleteFunc(slices.Clone(u.keys), func(key string) bool {
		return u.has(fm, key) && u.kind != "risk" && u.kind != "goal" || key == "declined" && fm.Has("agreed") ||
			key == "wrong" && fm.Has("confirmed") || key == "confirmed_by" && !fm.Has("confirmed")
	})
}

// lacks are the keys without which what was set would leave its readers with half of it.
func (u updating) lacks(fm *Form) []string {
	switch {
	case len(fm.values) == 0 && !fm.attended:
		if u.wanted != nil {
			return u.wanted
		}
		return u.keys[:1]
	case u.kind == "question" && fm.values["answered"] != nil && !u.has(fm, "answer"):
		return []string{"answer"}
	case u.kind == "check_in" && fm.values["confirmed"] != nil && !u.has(fm, "recap"):
		return []string{"recap"}
	case u.kind == "assumption" && fm.values["confirmed_by"] != nil && !u.has(fm, "confirmed"):
		return []string{"confirmed"}
	}
	return nil
}

// The errors of an update in which nothing is set, and of one that sets what the file says.
var (
	ErrNoWords = errors.New("nothing was said")
	ErrNothing = errors.New("the file says so already")
)

// saidBy returns whose word it is that is written down; see Form.SaidBy.
func (u updating) saidBy(fm *Form) string {
	c := fm.file.client
	set := func(keys ...string) bool {
		return slices.ContainsFunc(keys, func(key string) bool { return fm.values[key] != nil })
	}
	who := ""
	switch {
	case u.kind == "question" && set("answer", "answered"):
		who = c.Questions[u.place].To
	case u.kind == "assumption" && set("confirmed_by"):
		who = fm.string("confirmed_by")
	case u.kind == "check_in" && set("confirmed"):
		with := c.CheckIns[u.place].With
		if i := slices.IndexFunc(with, func(id string) bool { return c.People[id].Side == client.ClientSide }); i >= 0 {
			who = with[i]
		}
	case u.kind == "change" && set("agreed", "declined") && c.People[c.Changes[u.place].By].Side != client.ClientSide,
		u.kind == "term" && set("confirmed"), u.kind == "pulse" && set("theirs"):
		return c.Name
	}
	if p := c.People[who]; p.Side == client.ClientSide {
		return p.Name
	}
	return ""
}

func (u updating) change(fm *Form) (*Change, error) {
	f := fm.file
	if len(fm.values) == 0 {
		return nil, ErrNoWords
	}
	if err := u.allowed(fm); err != nil {
		return nil, err
	}
	path := []any{u.kind, u.place}
	if u.part >= 0 {
		path = []any{"commitment", u.place, "deliverable", u.part}
	}
	fields, entry := u.split(fm)
	after, err := f.doc.setAll(path, keysOf(clientfile.Slots(u.kind)), fields)
	if err == nil && len(entry) > 0 {
		_, doc, _ := clientfile.Open(f.id, after, f.opt)
		if doc == nil {
			return nil, ErrWider
		}
		p := &document{doc, after}
		after, err = p.appendTo(p.at(path), "log", "risk", entry)
	}
	if err != nil {
		return nil, err
	}
	if string(after.Text) == string(f.doc.src.Text) {
		return nil, ErrNothing
	}
	return f.change(after, func(c *client.Client) bool { return u.undo(c, fm, fields, len(entry) > 0) })
}

// split returns what is set in the table, and the entry of a risk's log.
func (u updating) split(fm *Form) (fields, entry []clientfile.Field) {
	for _, slot := range fm.slots {
		v, ok := fm.values[slot.Key]
		switch {
		case !ok:
		case u.kind == "risk" && slices.Contains(logged, slot.Key):
			entry = append(entry, clientfile.Field{Key: slot.Key, Value: v})
		default:
			fields = append(fields, clientfile.Field{Key: slot.Key, Value: v})
		}
	}
	slices.SortStableFunc(entry, func(a, b clientfile.Field) int {
		return cmp.Compare(slices.Index(logged, a.Key), slices.Index(logged, b.Key))
	})
	return fields, entry
}

// allowed refuses what only a move can say.
func (u updating) allowed(fm *Form) error {
	f := fm.file
	switch {
	case u.part >= 0 && fm.Has("due"):
		cm := &f.client.Commitments[u.place]
		if r := cm.Replay.Interims[u.part]; r.Begun {
			d := cm.Deliverables[u.part].ID
			return fmt.Errorf("%s%s%s is promised for %s; another date is a move: `portalgen move %s %[1]s%[2]s%[3]s renegotiate`",
				cm.ID, partOf, d, cm.Deliverables[u.part].Due, f.id)
		}
	case u.kind == "commitment" && fm.Has("satisfied_when"):
		cm := &f.client.Commitments[u.place]
		if len(cm.Replay.Whole.Agreed.SatisfiedWhen) > 0 {
			return fmt.Errorf("the conditions of %s are agreed; a further one is a move: `portalgen move %s %[1]s renegotiate --add-condition \"…\"`",
				cm.ID, f.id)
		}
	}
	return nil
}

// undo takes what was set out of c, and reports whether it was there.
func (u updating) undo(c *client.Client, fm *Form, fields []clientfile.Field, log bool) bool {
	before := fm.file.client
	list := tablesOf(c, cmp.Or(strings.TrimSuffix(u.kind, ".deliverable"), u.kind))
	if u.place >= list.Len() || u.part >= 0 && u.part >= len(c.Commitments[u.place].Deliverables) {
		return false
	}
	own(list)
	if u.part >= 0 {
		own(reflect.ValueOf(&c.Commitments[u.place].Deliverables).Elem())
	}
	now, old := u.table(c), u.table(before)
	for _, f := range fields {
		v := keyOf(now, f.Key)
		if !isSet(v, f.Value) {
			return false
		}
		v.Set(keyOf(old, f.Key))
	}
	if log {
		entries := keyOf(now, "log")
		if entries.Len() == 0 {
			return false
		}
		entries.Set(entries.Slice(0, entries.Len()-1))
	}
	if id := now.FieldByName("ID"); id.IsValid() { // it may be made of what was set
		id.Set(old.FieldByName("ID"))
	}
	return true
}

// own gives a list its own memory.
func own(list reflect.Value) {
	all := reflect.MakeSlice(list.Type(), list.Len(), list.Len())
	reflect.Copy(all, list)
	list.Set(all)
}

// isSet reports whether a field holds what was to be written.
func isSet(v reflect.Value, want any) bool {
	if want == nil {
		return v.IsZero()
	}
	if s, ok := want.(string); ok {
		plain := strings.NewReplacer("\r\n", "\n")
		return plain.Replace(v.String()) == plain.Replace(s)
	}
	return reflect.DeepEqual(v.Interface(), reflect.ValueOf(want).Convert(v.Type()).Interface())
}
