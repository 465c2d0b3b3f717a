package edit

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/loop"
)

// An adding is the subject of a form for one more table of a kind.
type adding struct {
	// kind is the name of the table in the file, dated the key whose default is today.
	kind, dated string
	// optionalAsk are optional keys that are asked for.
	optionalAsk []string
	// needs are keys that the format does not require, but an addition does.
	needs []string
}

// kinds are the kinds that can be added, in the order of the help text.
var kinds = []adding{
	{"commitment", "on", []string{"due", "satisfied_when"}, nil},
	{"risk", "opened", []string{"likelihood", "impact", "owner", "mitigation"}, nil},
	{"status", "on", nil, nil},
	{"question", "asked", []string{"answer_by"}, nil},
	{"message", "received", nil, nil},
	{"decision", "on", []string{"by", "why"}, nil},
	{"change", "on", []string{"by", "effect", "commitment"}, nil},
	{"assumption", "on", []string{"commitment"}, nil},
	{"check_in", "on", []string{"with", "recap", "next_check_in"}, []string{"with", "recap"}},
	{"pulse", "asked", []string{"ours"}, nil},
	{"goal", "", []string{"measure", "target"}, nil},
	{"term", "", nil, nil},
	{"file", "on", []string{"file", "link"}, nil},
	{deliverableKind, "", nil, nil},
	{personKind, "", []string{"role", "email"}, nil},
	{"about", "", []string{"business", "concerns", "style"}, nil},
	{"promises", "", []string{"reply_within", "check_in"}, nil},
	{"review", "on", []string{"went_well", "improve", "client_says", "provider_says"}, nil},
}

// Kinds returns the kinds of table that can be added, named as in a file.
func Kinds() []string {
	var all []string
	for _, k := range kinds {
		all = append(all, k.kind)
	}
	return all
}

// firstMove are the keys of a commitment's form that belong to its first move.
var firstMove = []string{"on", "by", "did", "due", "answer_by", "note", "via", "called"}

// AddKeys returns the keys of the form for a kind of table. For a commitment they include those of its first
// move.
func AddKeys(kind string) []clientfile.KeySpec {
	specs := clientfile.Keys(kind)
	switch kind {
	case deliverableKind:
		specs = append([]clientfile.KeySpec{{Key: "commitment", Need: true, Reference: true}}, specs...)
	case personKind:
		specs = append(specs, clientfile.KeySpec{Key: "id", Need: true})
	case "commitment":
		for _, s := range clientfile.Keys("commitment.moves") {
			if slices.Contains(firstMove, s.Key) {
				specs = append(specs, s)
			}
		}
	}
	return specs
}

// Add returns a form for one more table of a kind.
func (f *File) Add(kind string) (*Form, error) {
	i := slices.IndexFunc(kinds, func(a adding) bool { return a.kind == kind })
	if i < 0 {
		return nil, fmt.Errorf("nothing is called %q; what can be added is: %s", kind, strings.Join(Kinds(), ", "))
	}
	if Single(kind) && f.doc.Root.Child(kind) != nil {
		return nil, fmt.Errorf("%s has [%s] already; what it says is changed by: portalgen update %[2]s %[1]s",
			f.id, kind)
	}
	return newForm(f, kinds[i], AddKeys(kind)), nil
}

func (a adding) asks(*Form) []string { return a.optionalAsk }

// lacks returns the keys without which a table would say something that did not happen. The format requires
// the other keys.
func (a adding) lacks(*Form) []string { return a.needs }

func (a adding) fallback(fm *Form, key string) (string, bool) {
	f := fm.file
	switch {
	case key == "received":
		return f.moment().String(), true
	case a.dated != "" && key == a.dated:
		return f.today().String(), true
	case key == "next_check_in" && fm.attended:
		return f.nextCheckIn(fm), false
	case key == "id" && a.kind == "status":
		return a.noteID(fm), true
	case key == "id" && a.kind == "commitment":
		return shortID(cmp.Or(fm.Value("title"), a.reopened(fm).ID), f.hasCommitment), true
	case key == "id" && a.kind == deliverableKind:
		return shortID(fm.Value("title"), func(id string) bool { return f.hasPart(fm.Value("commitment"), id) }), true
	case key == "id" && a.kind == personKind:
		first, _, _ := strings.Cut(fm.Value("name"), " ")
		return shortID(first, func(id string) bool { _, there := f.client.People[id]; return there }), true
	case key == "side":
		return client.ClientSide, false
	case a.kind == "commitment" && (key == "by" || key == "did"):
		return a.opening(fm, key), true
	}
	if again := a.reopened(fm); again.ID != "" {
		switch key {
		case "title":
			return again.Title, false
		case "customer":
			return again.Customer, false
		case "performer":
			return again.Performer, false
		}
	}
	if who := f.partyIn(fm.Value("commitment"), client.ProviderSide); who != "" && a.kind == "question" && key == "by" {
		return who, false
	}
	choices := a.choices(fm, clientfile.KeySpec{Key: key})
	sure := slices.Contains(onePerson, a.kind+"."+key)
	if key == "customer" && !fm.Has("performer") {
		choices, sure = f.people(client.ClientSide), false
	}
	if len(choices) == 1 {
		return choices[0], sure
	}
	return "", false
}

// onePerson are the keys that need a person and are not asked for if only one person is possible.
var onePerson = []string{"commitment.customer", "commitment.performer", "question.by", "question.to", "message.by"}

// reopened returns the commitment that the new one takes up again; an empty one if there is none.
func (a adding) reopened(fm *Form) client.Commitment {
	for _, cm := range fm.file.client.Commitments {
		if id := fm.Value("reopens"); id != "" && cm.ID == id {
			return cm
		}
	}
	return client.Commitment{}
}

// nextCheckIn returns when the next check-in is by the promised cadence, at the time of this one or of the
// one before; "" if none is promised.
func (f *File) nextCheckIn(fm *Form) string {
	on, _ := fm.values["on"].(civil.Moment)
	next := f.nextByCadence(on.Date)
	if next.IsZero() {
		return ""
	}
	if all := f.client.CheckIns; !on.Timed && len(all) > 0 {
		on = all[len(all)-1].On
	}
	return civil.Moment{Date: next, Clock: on.Clock, Timed: on.Timed}.String()
}

// opening returns who made a commitment's first move (key by), or which move it was (key did): a request of the
// customer by default. If nobody can be asked and did was not given, it returns "" for a customer of the
// client's side who was filled in by default: that person may not have made a request.
func (a adding) opening(fm *Form, key string) string {
	customer, performer := fm.Value("customer"), fm.Value("performer")
	side := func(id string) string { return fm.file.client.People[id].Side }
	switch offered := fm.Value("did") == "offer"; {
	case customer == "" || performer == "":
		return ""
	case key == "by" && offered:
		return performer
	case key == "by" && !fm.attended && side(customer) == client.ClientSide && fm.unasked["customer"] &&
		(fm.unasked["did"] || !fm.Has("did")):
		return ""
	case key == "by":
		return customer
	case fm.Has("by") && side(fm.Value("by")) == side(performer) && side(performer) != side(customer):
		return "offer"
	}
	return "request"
}

// noteID returns an id for a status note whose day already has a note; "" if its day has none.
func (a adding) noteID(fm *Form) string {
	day := fm.file.today().String()
	if on := fm.Value("on"); on != "" {
		day = on[:len("2006-01-02")]
	}
	private, _ := fm.values["private"].(bool)
	n := 1
	for _, s := range fm.file.client.Statuses {
		if s.Private == private && (s.On.Date.String() == day || strings.HasPrefix(s.ID, day)) {
			n++
		}
	}
	if n == 1 {
		return ""
	}
	return fmt.Sprintf("%s-%d", day, n)
}

func (f *File) hasCommitment(id string) bool {
	return slices.ContainsFunc(f.client.Commitments, func(c client.Commitment) bool { return c.ID == id })
}

// choices returns the values that a key can have: people or words.
func (a adding) choices(fm *Form, spec clientfile.KeySpec) []string {
	if len(spec.OneOf) > 0 {
		return spec.OneOf
	}
	people := fm.file.client.People
	other := func(key string) []string {
		switch people[fm.Value(key)].Side {
		case client.ClientSide:
			return fm.file.people(client.ProviderSide)
		case client.ProviderSide:
			return fm.file.people(client.ClientSide)
		}
		return nil
	}
	switch key := a.kind + "." + spec.Key; key {
	case deliverableKind + ".commitment":
		var open []string
		for _, cm := range fm.file.client.Commitments {
			if cm.Replay.Whole.Stage() != loop.Closed {
				open = append(open, cm.ID)
			}
		}
		return open
	case "commitment.customer":
		if c := other("performer"); c != nil {
			return c
		}
		return fm.file.people(client.ClientSide, client.ProviderSide)
	case "commitment.performer":
		return other("customer")
	case "question.to":
		return other("by")
	case "question.by":
		return fm.file.people(client.ProviderSide)
	case "message.by":
		return fm.file.people(client.ClientSide)
	case "risk.owner", "decision.by", "change.by", "check_in.with":
		return fm.file.people(client.ClientSide, client.ProviderSide)
	}
	return nil
}

// people returns the ids of the people of the given sides.
func (f *File) people(sides ...string) []string {
	var ids []string
	for _, side := range sides {
		for _, id := range slices.Sorted(maps.Keys(f.client.People)) {
			if f.client.People[id].Side == side {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

func (a adding) change(fm *Form) (*Change, error) {
	keys := namesOf(clientfile.Keys(a.kind))
	fields := fm.fields(keys)
	switch {
	case a.kind == "commitment":
		fields = append(fields, clientfile.Field{Key: "moves", Value: [][]clientfile.Field{fm.fields(firstMove)}})
	case a.kind == deliverableKind:
		return fm.file.addPart(fm.Value("commitment"), fields)
	case a.kind == personKind:
		return fm.file.addPerson(fm.Value("id"), fields)
	case Single(a.kind):
		return fm.file.addSingle(a.kind, fields)
	}
	return fm.file.add(a.kind, fields)
}

// add returns the edit that appends a table.
func (f *File) add(kind string, fields []clientfile.Field) (*Change, error) {
	after, err := f.doc.appendKind(kind, fields)
	if err != nil {
		return nil, err
	}
	return f.change(after, func(c *client.Client) bool { return dropLast(c, kind) })
}
