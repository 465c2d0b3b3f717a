package edit

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"portalgen/internal/client"
	"portalgen/internal/clientfile"
)

// An updating is the subject of a form for keys of an existing table.
type updating struct {
	updatable
	// place is the index of the table among those of its kind. part is the index of an interim result in the
	// commitment at place, else negative.
	place, part int
	// person is the id of a person.
	person string
	// wanted are the keys that a person named to be asked for; nil means those of the kind.
	wanted []string
}

// An updatable says how tables of a kind are updated.
type updatable struct {
	// kind is named as in clientfile.Keys.
	kind string
	// keys are the keys that settle a table, in the order in which they are asked for.
	keys []string
	// dates are date keys, each with another key: if that key is set, the date is today by default.
	dates map[string]string
}

// updatables are the kinds that can be updated, in the order of the help text.
var updatables = []updatable{
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
	{personKind, []string{"role", "email"}, nil},
	{"about", []string{"business", "concerns", "style"}, nil},
	{"promises", []string{"reply_within", "reply_latest", "check_in"}, nil},
	{"review", []string{"client_says", "provider_says"}, nil},
}

// logged are the keys of a risk that go into its log.
var logged = []string{"on", "note", "likelihood", "impact"}

// Updates returns the kinds of table that can be updated, named as in a file.
func Updates() []string {
	var all []string
	for _, s := range updatables {
		all = append(all, s.kind)
	}
	return all
}

// UpdateKeys returns the keys of the form that updates a kind of table: all except those that an id is made
// from, and those that only moves change.
func UpdateKeys(kind string) []clientfile.KeySpec {
	leave := []string{"id", "private", "on", "asked", "received", "opened", "word"}
	if kind == "commitment" {
		leave = append(leave, "customer", "performer")
	}
	specs := slices.DeleteFunc(clientfile.Keys(kind),
		func(s clientfile.KeySpec) bool { return slices.Contains(leave, s.Key) })
	if kind == "risk" {
		for _, s := range clientfile.Keys("risk.log") {
			if s.Key == "on" || s.Key == "note" {
				specs = append(specs, s)
			}
		}
	}
	for i := range specs {
		specs[i].Need = false
	}
	return specs
}

// Update returns a form for the table of a kind that word means: an id, a part of an id or text that only one
// has, or the number among those of its kind, from 1. An interim result is named as for Move; word is "" for
// a table that can occur only once. keys are the keys to ask for; if there are none, it asks for those that
// settle such a table.
func (f *File) Update(kind, word string, keys ...string) (*Form, error) {
	i := slices.IndexFunc(updatables, func(s updatable) bool { return s.kind == kind })
	if i < 0 {
		return nil, fmt.Errorf("nothing is called %q; what can be updated is: %s", kind, strings.Join(Updates(), ", "))
	}
	u := updating{updatable: updatables[i], part: -1}
	fm := newForm(f, nil, UpdateKeys(kind))
	for _, key := range keys {
		key = strings.ReplaceAll(key, "-", "_")
		if fm.spec(key) == nil {
			return nil, fmt.Errorf("a %s has no key %q to be updated; it has: %s", kindName(kind), key,
				strings.Join(namesOf(fm.specs), ", "))
		}
		u.wanted = append(u.wanted, key)
	}
	var err error
	switch all := f.named(kind); {
	case kind == deliverableKind:
		u.place, u.part, err = f.result(word)
	case !Single(kind):
		if u.place, err = calledOrAt(word, kindName(kind), all); err == nil {
			u.person = all[u.place].id
		}
	case f.doc.Root.Child(kind) == nil:
		err = fmt.Errorf("%s has no [%s] yet; add it by: portalgen add %[2]s %[1]s", f.id, kind)
	}
	for i, key := range u.wanted { // a date that follows from another key is not asked for
		if beside := u.dates[key]; err == nil && beside != "" && !u.has(f, beside) {
			u.wanted[i] = beside
		}
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
	case personKind:
		return "person"
	}
	return kind
}

// result returns the indexes of an interim result and of its commitment.
func (f *File) result(word string) (commitment, part int, err error) {
	all := f.named(deliverableKind)
	m, err := f.find(word)
	if err == nil && m.deliverable < 0 { // the word also means a commitment
		var i int
		i, err = find(word, kindName(deliverableKind), all)
		if err == nil {
			m, err = f.find(all[i].id)
		}
	}
	return m.commitment, m.deliverable, err
}

// calledOrAt is find that also accepts a number from 1.
func calledOrAt(word, what string, all []named) (int, error) {
	n, notNumber := strconv.Atoi(word)
	called := slices.ContainsFunc(all, func(n named) bool { return n.id == word })
	if notNumber == nil && !called && n >= 1 && n <= len(all) {
		return n - 1, nil
	}
	return find(word, what, all)
}

// named returns the names of the tables of a kind in the client's own file.
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
	switch {
	case kind == personKind:
		for _, id := range slices.Sorted(maps.Keys(f.client.People)) {
			if p := f.client.People[id]; !p.Inherited {
				all = append(all, named{id: id, title: p.Name})
			}
		}
		return all
	case Single(kind):
		return nil
	}
	list := topTable(f.client, kind)
	for i := range list.Len() {
		if v := list.Index(i); !v.FieldByName("Inherited").Bool() {
			text := func(key string) string {
				if s := keyOf(v, key); s.IsValid() {
					return s.String()
				}
				return ""
			}
			title := cmp.Or(text("title"), text("text"), text("about"), text("recap"), text("question"),
				text("headline"), text("means"))
			id := text("word")
			if own := v.FieldByName("ID"); own.IsValid() {
				id = own.String()
			}
			all = append(all, named{id: id, title: strings.Join(strings.Fields(title), " ")})
		}
	}
	return all
}

// happened are the date keys that tell what has happened.
var happened = []string{"acknowledged", "resolved", "confirmed", "wrong", "agreed", "declined", "answered", "closed"}

func (u updating) fallback(fm *Form, key string) (string, bool) {
	f := fm.file
	beside := u.dates[key]
	switch {
	case beside != "" && fm.values[beside] != nil && (key == "measured" || !u.has(fm.file, key)),
		key == "on" && u.logs(fm):
		return f.today().String(), true
	case !fm.attended && !slices.Contains(u.wanted, key):
	case key == "confirmed_by" && len(f.people(client.ClientSide)) == 1:
		return f.people(client.ClientSide)[0], false
	case key == "acknowledged", key == "resolved" && (u.has(fm.file, "acknowledged") || u.wanted != nil):
		return f.moment().String(), false
	case slices.Contains(happened, key) && (len(u.keys) == 1 || u.wanted != nil):
		return f.today().String(), false
	}
	return "", false
}

// logs reports whether the form adds an entry to the log of a risk.
func (u updating) logs(fm *Form) bool {
	return u.kind == "risk" && (fm.Has("note") || fm.Has("likelihood") || fm.Has("impact"))
}

func (u updating) choices(fm *Form, spec clientfile.KeySpec) []string {
	if u.kind == "assumption" && spec.Key == "confirmed_by" {
		return fm.file.people(client.ClientSide, client.ProviderSide)
	}
	return adding{kind: u.kind}.choices(fm, spec)
}

// asks returns the keys that were named or, if no value was given, those that settle such a table and are not
// in the file yet.
func (u updating) asks(fm *Form) []string {
	if u.wanted != nil || len(fm.given) > 0 {
		return u.wanted
	}
	return slices.DeleteFunc(slices.Clone(u.keys), func(key string) bool {
		return u.has(fm.file, key) && u.kind != "risk" && u.kind != "goal" || key == "declined" && fm.Has("agreed") ||
			key == "wrong" && fm.Has("confirmed") || key == "confirmed_by" && !fm.Has("confirmed")
	})
}

// lacks returns the keys without which the values set would say only half of it.
func (u updating) lacks(fm *Form) []string {
	switch {
	case len(fm.values) == 0 && !fm.attended:
		if u.wanted != nil {
			return u.wanted
		}
		return u.keys[:1]
	case u.kind == "question" && fm.values["answered"] != nil && !u.has(fm.file, "answer"):
		return []string{"answer"}
	case u.kind == "check_in" && fm.values["confirmed"] != nil && !u.has(fm.file, "recap"):
		return []string{"recap"}
	case u.kind == "assumption" && fm.values["confirmed_by"] != nil && !u.has(fm.file, "confirmed"):
		return []string{"confirmed"}
	}
	return nil
}

// The errors of an update that sets nothing, and of one that sets what the file already says.
var (
	ErrNoWords = errors.New("nothing was said")
	ErrNothing = errors.New("the file says so already")
)

// saidBy returns the name of the person or client who made the statement; see Form.SaidBy.
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
		who = fm.Value("confirmed_by")
	case u.kind == "check_in" && set("confirmed"):
		with := c.CheckIns[u.place].With
		if i := slices.IndexFunc(with, func(id string) bool { return c.People[id].Side == client.ClientSide }); i >= 0 {
			who = with[i]
		}
	case u.kind == "change" && set("agreed", "declined") && c.People[c.Changes[u.place].By].Side != client.ClientSide,
		u.kind == "term" && set("confirmed"), u.kind == "pulse" && set("theirs"),
		u.kind == "review" && set("client_says"):
		return c.Name
	}
	if p := c.People[who]; p.Side == client.ClientSide {
		return p.Name
	}
	return ""
}
