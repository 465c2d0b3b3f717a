package edit

import (
	"errors"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/loop"
)

// A move is the subject of a form for one more move of a commitment, or of one of
// its deliverables where deliverable is not negative.
type move struct {
	commitment, deliverable int
}

// Move returns a form for a move, by its verb, on the commitment that a word means:
// its id, or a part of its id or title. part is "" for the commitment itself, or its
// interim result: an id, a part of a title, or a number from 1.
func (f *File) Move(commitment, part, did string) (*Form, error) {
	m, err := f.find(commitment, part)
	if err != nil {
		return nil, err
	}
	fm := newForm(f, m, clientfile.Slots("commitment.moves"))
	return fm, fm.Set("did", did)
}

func (m move) fallback(fm *Form, key string) (string, bool) {
	switch key {
	case "on":
		return fm.file.today().String(), true
	case "by":
		if who := m.movers(fm); len(who) == 1 {
			return who[0], true
		}
	}
	return "", false
}

func (m move) choices(fm *Form, slot clientfile.Slot) []string {
	if slot.Key == "by" {
		return m.movers(fm)
	}
	return slot.OneOf
}

// movers are the customer and the performer, as far as their side may make the
// move. Where neither may, it is the performer alone, for the reader to say so.
func (m move) movers(fm *Form) []string {
	cm := &fm.file.client.Commitments[m.commitment]
	did := loop.Did(fm.string("did"))
	var who []string
	for _, l := range m.conversation(fm.file).Legal() {
		id := cm.Performer
		if l.Side == loop.Customer {
			id = cm.Customer
		}
		if l.Did == did && !slices.Contains(who, id) {
			who = append(who, id)
		}
	}
	if len(who) == 0 {
		return []string{cm.Performer}
	}
	return who
}

// conversation returns what the moves so far have come to.
func (m move) conversation(f *File) loop.Conversation {
	r := f.client.Commitments[m.commitment].Replay
	if m.deliverable >= 0 {
		return r.Interims[m.deliverable].Conversation
	}
	return r.Whole.Conversation
}

// lacks makes the move as far as it is told, and returns the key for want of which it
// is refused.
func (m move) lacks(fm *Form) string {
	on, _ := fm.values["on"].(civil.Moment)
	due, _ := fm.values["due"].(civil.Moment)
	answerBy, _ := fm.values["answer_by"].(civil.Moment)
	conditions, _ := fm.values["satisfied_when"].([]string)
	_, err := m.conversation(fm.file).Apply(loop.Move{
		On: on, Did: loop.Did(fm.string("did")), Note: fm.string("note"), AnswerBy: answerBy,
		Side:  fm.file.client.SideOf(&fm.file.client.Commitments[m.commitment], fm.string("by")),
		Terms: loop.Terms{Due: due, SatisfiedWhen: conditions},
	})
	illegal, ok := errors.AsType[*loop.IllegalMove](err)
	if ok && (illegal.Reason == loop.MissingField || illegal.Reason == loop.NoDate) && fm.slot(illegal.Field) != nil {
		return illegal.Field
	}
	return ""
}

// Open returns the ids of the commitments that are not closed.
func (f *File) Open() []string {
	var ids []string
	for i := range f.client.Commitments {
		cm := &f.client.Commitments[i]
		if whole := cm.Replay.Whole; !whole.Begun || whole.Open() {
			ids = append(ids, cm.ID)
		}
	}
	return ids
}

// Legal returns the moves that either side may make now on the commitment, or the
// interim result of it, that the words mean; see Move.
func (f *File) Legal(commitment, part string) ([]string, error) {
	m, err := f.find(commitment, part)
	if err != nil {
		return nil, err
	}
	var dids []string
	for _, l := range m.conversation(f).Legal() {
		if !slices.Contains(dids, string(l.Did)) {
			dids = append(dids, string(l.Did))
		}
	}
	return dids, nil
}

func (f *File) find(commitment, part string) (m move, err error) {
	m.deliverable = -1
	if m.commitment, err = f.commitment(commitment); err == nil && part != "" {
		m.deliverable, err = deliverable(&f.client.Commitments[m.commitment], part)
	}
	return m, err
}

func (m move) change(fm *Form) (*Change, error) {
	f := fm.file
	after, err := f.doc.appendMove(m.commitment, m.deliverable, fm.fields(keysOf(fm.slots)))
	if err != nil {
		return nil, err
	}
	return f.change(after, m.without(f.client))
}

// without takes the last move out of the commitment. Before it had one that is public,
// it may have been known by another id, which is made of its first.
func (m move) without(before *client.Client) func(*client.Client) bool {
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
		if len(*moves) == 0 {
			return false
		}
		*moves = (*moves)[:len(*moves)-1]
		return true
	}
}
