package edit

import (
	"errors"
	"fmt"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/loop"
)

// A move is the subject of a form for one more move of a commitment, or of one of its interim results if
// deliverable is not negative. Both are indexes.
type move struct {
	commitment, deliverable int
}

// Move returns a form for the move did. word means a commitment or an interim result; see File.find. If part
// is not "", word means a commitment and part its interim result: an id, a part of a title, or a number from
// 1.
func (f *File) Move(word, part, did string) (*Form, error) {
	m, err := f.resolve(word, part)
	if err != nil {
		return nil, err
	}
	fm := newForm(f, m, clientfile.Keys("commitment.moves"))
	return fm, fm.Set("did", did)
}

func (m move) fallback(fm *Form, key string) (string, bool) {
	switch {
	case key == "on":
		return fm.file.today().String(), true
	case key == "by":
		return m.mover(fm)
	case !fm.attended:
	case key == "due" && loop.Did(fm.Value("did")) == loop.Counter:
		if due := m.onTable(fm); !due.IsZero() && !due.Before(fm.file.today()) {
			return due.String(), false
		}
	case key == "with_interim":
		return "n", false
	}
	return "", false
}

// mover returns the default for who made the move. It is sure only if the provider's side alone may make it:
// then it is the person of that side in the commitment. It is never sure for the client's side, since a
// statement must not be attributed without asking. If it is asked for, the default is the person of the
// provider's side who made the last move, or the client's person in the commitment.
func (m move) mover(fm *Form) (who string, sure bool) {
	ours, theirs := m.may(fm)
	switch {
	case !theirs:
		return m.party(fm.file, client.ProviderSide), true
	case !fm.attended:
		return "", false
	case ours:
		return m.lastOfOurs(fm), false
	}
	return m.party(fm.file, client.ClientSide), false
}

// party returns the customer or the performer, whichever is of this side; "" if neither is.
func (m move) party(f *File, side string) string {
	cm := &f.client.Commitments[m.commitment]
	for _, id := range []string{cm.Performer, cm.Customer} {
		if f.client.People[id].Side == side {
			return id
		}
	}
	return ""
}

// partyIn returns the customer or the performer of the commitment with this id, whichever is of this side; ""
// if neither is, or if there is no such commitment.
func (f *File) partyIn(id, side string) string {
	for i := range f.client.Commitments {
		if f.client.Commitments[i].ID == id {
			return move{i, -1}.party(f, side)
		}
	}
	return ""
}

// lastOfOurs returns the person of the provider's side who made the last move; if there is none, the person
// of that side in the commitment.
func (m move) lastOfOurs(fm *Form) string {
	moves, _ := m.before(fm.file)
	for _, mv := range slices.Backward(moves) {
		if fm.file.client.People[mv.By].Side == client.ProviderSide {
			return mv.By
		}
	}
	return m.party(fm.file, client.ProviderSide)
}

// may reports whether the provider's side may make the move, and whether the client's side may.
func (m move) may(fm *Form) (ours, theirs bool) {
	f, did := fm.file, loop.Did(fm.Value("did"))
	ourSide := f.client.SideOf(&f.client.Commitments[m.commitment], m.party(f, client.ProviderSide))
	for _, l := range m.conversation(fm).Legal() {
		switch {
		case l.Did != did:
		case l.Side == ourSide:
			ours = true
		default:
			theirs = true
		}
	}
	return ours, theirs
}

func (m move) choices(fm *Form, spec clientfile.KeySpec) []string {
	switch spec.Key {
	case "by":
		return m.movers(fm)
	case "with_interim":
		return []string{"y", "n"}
	}
	return spec.OneOf
}

// movers returns the people of each side that may make the move, the provider's first. If neither side may,
// it returns the provider's people, so that the reader reports the illegal move.
func (m move) movers(fm *Form) []string {
	ours, theirs := m.may(fm)
	var who []string
	if ours || !theirs {
		who = fm.file.people(client.ProviderSide)
	}
	if theirs {
		who = append(who, fm.file.people(client.ClientSide)...)
	}
	return who
}

// onTable returns the proposed date, else the agreed one; zero if there is none.
func (m move) onTable(fm *Form) civil.Moment {
	c := m.conversation(fm)
	if !c.Proposed.Due.IsZero() {
		return c.Proposed.Due
	}
	return c.Agreed.Due
}

// asks returns the terms to ask for with a counter or a renegotiate, the date of a request, and the note of a
// move that has only a note. If a condition is given, no date is asked for; if no date is given, a condition
// is asked for.
func (m move) asks(fm *Form) []string {
	did := loop.Did(fm.Value("did"))
	switch did {
	case loop.Counter, loop.Renegotiate:
	case loop.Request:
		return []string{"due"}
	case loop.Ask, loop.Answer, loop.Progress, loop.Summarize, loop.AskHelp:
		return []string{"note"}
	default:
		return nil
	}
	var keys []string
	switch conditions := fm.Has("also") || fm.Has("satisfied_when"); {
	case conditions:
	case did == loop.Counter && !fm.Has("note"):
		keys = append(keys, "due", "also")
	case did == loop.Renegotiate && fm.passed["due"]:
		keys = append(keys, "also")
	case did == loop.Renegotiate:
		keys = append(keys, "due")
	}
	if m.movesInterim(fm) {
		keys = append(keys, "with_interim")
	}
	return keys
}

// movesInterim reports whether interim results that are still to be delivered can move with the whole: it
// gets a later date.
func (m move) movesInterim(fm *Form) bool {
	due, _ := fm.values["due"].(civil.Moment)
	on, _ := fm.values["on"].(civil.Moment)
	agreed := m.conversation(fm).Agreed.Due
	if m.deliverable >= 0 || due.IsZero() || agreed.IsZero() || due.Sub(agreed.Date) <= 0 {
		return false
	}
	cm := &fm.file.client.Commitments[m.commitment]
	return cm.Replay.AwaitsInterim(cm, on.Date)
}

// conversation returns the state of the conversation just before the move of the form.
func (m move) conversation(fm *Form) loop.Conversation {
	moves, r := m.before(fm.file)
	if at := m.place(fm, moves); at < len(r.Steps) {
		return r.Before(at)
	}
	return r.Conversation
}

// before returns the moves in the file and their replay.
func (m move) before(f *File) ([]client.Move, client.Replayed) {
	cm := &f.client.Commitments[m.commitment]
	if m.deliverable >= 0 {
		return cm.Deliverables[m.deliverable].Moves, cm.Replay.Interims[m.deliverable]
	}
	return cm.Moves, cm.Replay.Whole
}

// place returns the index of the move of the form among the moves in the file: at the end, but before moves
// of the same day that are certainly later, or of any later day if the form is InOrder. Nothing goes before
// the first move of a commitment.
func (m move) place(fm *Form, moves []client.Move) int {
	on, _ := fm.values["on"].(civil.Moment)
	at, first := len(moves), 0
	if m.deliverable < 0 {
		first = 1
	}
	for at > first && (fm.inOrder || moves[at-1].On.Date == on.Date) && on.Before(moves[at-1].On) {
		at--
	}
	return at
}

// lacks tries the move with the values set so far, and returns the keys without which it is refused. A move
// that proposes terms needs terms.
func (m move) lacks(fm *Form) []string {
	date := func(key string) civil.Moment { v, _ := fm.values[key].(civil.Moment); return v }
	list := func(key string) []string { v, _ := fm.values[key].([]string); return v }
	with, _ := fm.values["with_interim"].(bool)
	told := loop.Move{
		On: date("on"), Did: loop.Did(fm.Value("did")), Note: fm.Value("note"), AnswerBy: date("answer_by"),
		Side:  fm.file.client.SideOf(&fm.file.client.Commitments[m.commitment], fm.Value("by")),
		Terms: loop.Terms{Due: date("due"), SatisfiedWhen: list("satisfied_when")},
		Also:  list("also"), WithInterim: with,
	}
	var keys []string
	conditions := len(told.SatisfiedWhen)+len(told.Also) > 0
	switch due := told.Due; {
	case conditions:
	case told.Did == loop.Renegotiate && due.IsZero():
		keys = append(keys, m.orCondition(fm))
	case told.Did == loop.Counter && told.Note == "" && (due.IsZero() || due == m.onTable(fm)):
		// The same date alone is not another offer.
		return []string{m.orCondition(fm)}
	}
	_, err := m.conversation(fm).Apply(told)
	illegal, ok := errors.AsType[*loop.IllegalMove](err)
	if ok && (illegal.Reason == loop.MissingField || illegal.Reason == loop.NoDate) && fm.spec(illegal.Field) != nil {
		keys = append(keys, illegal.Field)
	}
	return keys
}

// orCondition returns the key of the terms that a move still needs: the date, or a condition if the date
// stays unchanged.
func (m move) orCondition(fm *Form) string {
	if fm.Has("due") || fm.attended {
		return "also"
	}
	return "due"
}

// Open returns the ids of the commitments and interim results that are not closed, as Move takes them.
func (f *File) Open() []string {
	var ids []string
	for i := range f.client.Commitments {
		cm := &f.client.Commitments[i]
		if whole := cm.Replay.Whole; !whole.Begun || whole.Open() {
			ids = append(ids, cm.ID)
		}
		for j, r := range cm.Replay.Interims {
			if r.Open() {
				ids = append(ids, cm.ID+partOf+cm.Deliverables[j].ID)
			}
		}
	}
	return ids
}

// Legal returns the moves that a side may make now on what the words mean; see Move. If that is closed, the
// error says so, and how to take it up again.
func (f *File) Legal(word, part string) ([]string, error) {
	m, err := f.resolve(word, part)
	if err != nil {
		return nil, err
	}
	_, r := m.before(f)
	var dids []string
	for _, l := range r.Legal() {
		if !slices.Contains(dids, string(l.Did)) {
			dids = append(dids, string(l.Did))
		}
	}
	cm := &f.client.Commitments[m.commitment]
	switch {
	case len(dids) > 0:
	case m.deliverable < 0:
		return nil, fmt.Errorf("%s: %s, and it takes no more moves; %s", cm.ID, r.State.Sentence(),
			clientfile.Closed(f.client, cm))
	default:
		return nil, fmt.Errorf("%s%s%s: %s, and it takes no move now; for a question about it: "+
			"`portalgen add question %s --commitment %[1]s`", cm.ID, partOf, cm.Deliverables[m.deliverable].ID,
			r.State.Sentence(), f.id)
	}
	return dids, nil
}

// resolve returns what word means or, if part is not "", the interim result of it that part means.
func (f *File) resolve(word, part string) (m move, err error) {
	if part == "" {
		return f.find(word)
	}
	if m.commitment, err = f.commitment(word); err == nil {
		m.deliverable, err = deliverable(&f.client.Commitments[m.commitment], part)
	}
	return m, err
}

// change puts the move after the existing ones, or at its place in time if the later moves are still legal
// after it.
func (m move) change(fm *Form) (*Change, error) {
	f, fields := fm.file, fm.fields(namesOf(fm.specs))
	moves, _ := m.before(f)
	if at := m.place(fm, moves); at < len(moves) {
		after, err := f.doc.insertMove(m.commitment, m.deliverable, at, fields)
		if err == nil {
			if c, err := f.change(after, m.without(f.client, at)); err == nil {
				return c, nil
			}
		}
	}
	after, err := f.doc.appendMove(m.commitment, m.deliverable, fields)
	if err != nil {
		return nil, err
	}
	return f.change(after, m.without(f.client, len(moves)))
}

// without returns a function that removes the move at index at. It also restores the commitment's id, which
// may be made from its first public move.
func (m move) without(before *client.Client, at int) func(*client.Client) bool {
	return func(c *client.Client) bool {
		if m.commitment >= len(c.Commitments) {
			return false
		}
		c.Commitments = slices.Clone(c.Commitments)
		cm := &c.Commitments[m.commitment]
		moves := &cm.Moves
		if m.deliverable >= 0 {
			cm.Deliverables = slices.Clone(cm.Deliverables)
			moves = &cm.Deliverables[m.deliverable].Moves
		} else {
			cm.ID = before.Commitments[m.commitment].ID
		}
		if at >= len(*moves) {
			return false
		}
		*moves = slices.Delete(slices.Clone(*moves), at, at+1)
		return true
	}
}
