package client

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// Holds tells for each commitment what the other side's part, which it needs, does to its
// dates, as of one day. Client.Holds makes one.
type Holds struct {
	c   *Client
	on  civil.Date
	of  map[string]Hold // by the id of the commitment
	due map[dueOn]civil.Moment
}

// A dueOn names the date that a need had at the end of a day.
type dueOn struct {
	need string
	on   civil.Date
}

// A Hold is what the needs of one commitment do to its dates. A need counts where it is done by
// the other side than the commitment itself; of one by the same side, what that needs.
type Hold struct {
	all   *Holds
	waits []Wait
	ended []endedNeed
}

// A Wait is a need that is still open on the other side.
type Wait struct {
	Need *Commitment
	// Since is since when it is the turn of who does it. Due is the date that counts for it,
	// zero where none is agreed: once that has passed, it is waited for since then.
	Since, Due civil.Moment
}

// An endedNeed is a need that is waited for no more: since until it is there, or it fell
// away because it was closed otherwise.
type endedNeed struct {
	need  *Commitment
	until civil.Moment
}

// Dates are the dates of one conversation of a commitment, with what its needs do to them.
type Dates struct {
	// Counts is the date against which a delivery counts: the agreed one or, where the other
	// side's part came late, later by as many days. Zero where none was ever agreed.
	Counts civil.Moment
	// Held is the need that made Counts later than the agreed date, nil where none did, and
	// HeldUntil the day on which it was there.
	Held      *Commitment
	HeldUntil civil.Moment
	// Waits are the needs that it waits for. While there is any, it is not late.
	Waits []Wait
	// Rework says that what came in time was sent back when its date was there or had passed,
	// and that no other date was agreed since: it is not late by whoever does it.
	Rework bool
	// OnTable is a date on the table that is later than Counts, zero where there is none. Of an
	// interim result it may have come with that of its commitment.
	OnTable civil.Moment
	// AskedBy is who asked for a later date than the agreed one, where OnTable or a later one of the
	// commitment is on the table: whoever countered since, it is the side that began. Neither side
	// where Counts had passed by then, where it began with other conditions alone, or with work that
	// was sent back.
	AskedBy loop.Side
	// Until is the date that has to pass before it is overdue: Counts, or a later one that is on
	// the table, of an interim result also the one of its commitment. Zero where it cannot be.
	Until civil.Moment
}

// Holds returns what needs do to the dates of c's commitments, known from the moves up to
// and including the day on.
func (c *Client) Holds(on civil.Date) *Holds {
	return &Holds{c, on, map[string]Hold{}, map[dueOn]civil.Moment{}}
}

// Of returns what the needs of cm do to its dates. Needs form no circle: the reader has
// made sure of it.
func (h *Holds) Of(cm *Commitment) Hold {
	if len(cm.Needs) == 0 {
		return Hold{all: h}
	}
	if known, ok := h.of[cm.ID]; ok {
		return known
	}
	hold := Hold{all: h}
	for _, id := range cm.Needs {
		switch need := h.c.commitment(id); {
		case need == nil:
		case h.c.otherSide(cm, need):
			hold.add(need)
		default: // what that waits for, this one waits for too
			hold.through(need)
		}
	}
	h.of[cm.ID] = hold
	return hold
}

// commitment returns the commitment with an id, or nil.
func (c *Client) commitment(id string) *Commitment {
	if i := slices.IndexFunc(c.Commitments, func(x Commitment) bool { return x.ID == id }); i >= 0 {
		return &c.Commitments[i]
	}
	return nil
}

// otherSide reports whether need is done by the other side than cm.
func (c *Client) otherSide(cm, need *Commitment) bool {
	side, other := c.People[cm.Performer].Side, c.People[need.Performer].Side
	return side != "" && other != "" && side != other
}

// add takes a need of the other side into account. Nobody waits for what waits on them in
// turn: a need that itself waits, or that is on the table for this side to answer.
func (h *Hold) add(need *Commitment) {
	at := need.Replay.Whole.AsOf(need.Moves, h.all.on)
	switch {
	case !at.Begun:
	case !at.Open() || at.State == loop.Delivered:
		h.ended = append(h.ended, endedNeed{need, cmp.Or(at.DeliveredOn, at.ClosedOn)})
	default:
		below := at.WithoutQuestion()
		promised := !at.PromisedOn.IsZero()
		dates := h.all.Of(need).Dates(at)
		if len(dates.Waits) > 0 || !promised && below.Turn() == loop.Customer {
			return
		}
		w := Wait{Need: need, Since: below.TurnSince, Due: dates.Counts}
		if at.State == loop.Resetting {
			w.Since = at.AgreedDates[len(at.AgreedDates)-1].On
		}
		h.waits = append(h.waits, w)
	}
}

// through takes a need of the same side into account: by what that needs itself, each once.
func (h *Hold) through(need *Commitment) {
	own := h.all.Of(need)
	at := need.Replay.Whole.AsOf(need.Moves, h.all.on)
	for _, w := range own.waits {
		known := slices.ContainsFunc(h.waits, func(x Wait) bool { return x.Need == w.Need })
		if !known && at.Open() && at.State != loop.Delivered {
			h.waits = append(h.waits, w)
		}
	}
	for _, e := range own.ended {
		if !slices.ContainsFunc(h.ended, func(x endedNeed) bool { return x.need == e.need }) {
			h.ended = append(h.ended, e)
		}
	}
}

// Dates returns the dates of the commitment itself, of which r is the replay.
func (h Hold) Dates(r Replayed) Dates {
	var d Dates
	n := len(r.AgreedDates)
	if n == 0 {
		return d
	}
	d = h.counts(r.AgreedDates[n-1], r.DeliveredOn)
	if !r.Open() || r.State != loop.Promised && r.State != loop.Resetting {
		return d
	}
	d.Waits = h.waits
	if from := r.SentBackFrom; !from.IsZero() && !r.ReworkDated {
		d.Rework = !from.After(h.counts(r.AgreedDates[n-1], from).Counts) && !r.SentBackOn.Before(d.Counts)
	}
	if r.State == loop.Resetting && later(r.Proposed.Due, d.Counts) {
		d.OnTable, d.AskedBy = r.Proposed.Due, r.askedBy(d.Counts)
	}
	return d.until(civil.Moment{})
}

// InterimDates returns the dates of an interim result, of which r is the replay, and whole
// that of its commitment: the two wait together, and a later date on the table for the whole
// is one for what is on the way to it.
func (h Hold) InterimDates(r, whole Replayed) Dates {
	if n, m := len(r.AgreedDates)-1, len(whole.AgreedDates)-1; n >= 0 && m >= 0 {
		// Whoever agreed on the whole anew knew what had come by then.
		if on := whole.AgreedDates[m].On; on.After(r.AgreedDates[n].On) {
			r.AgreedDates = slices.Clone(r.AgreedDates)
			r.AgreedDates[n].On = on
		}
	}
	d := h.Dates(r)
	if d.Until.IsZero() && !d.Rework {
		return d
	}
	ofWhole := h.Dates(whole).OnTable
	if !ofWhole.IsZero() && d.OnTable.IsZero() {
		d.AskedBy = whole.askedBy(d.Counts)
	}
	if !ofWhole.IsZero() && d.OnTable.IsZero() && whole.WithInterim {
		d.OnTable = d.Counts.Later(ofWhole.Sub(whole.Agreed.Due.Date))
	}
	return d.until(ofWhole)
}

// until returns d with Until; ofWhole is a later date on the table for the commitment of an
// interim result, zero where there is none.
func (d Dates) until(ofWhole civil.Moment) Dates {
	d.Until = d.OnTable
	if len(d.Waits) > 0 {
		d.Until = civil.Moment{}
	}
	if len(d.Waits) > 0 || d.Rework {
		return d
	}
	for _, m := range []civil.Moment{d.Counts, ofWhole} {
		if d.Until.IsZero() || later(m, d.Until) {
			d.Until = m
		}
	}
	return d
}

// later reports whether a ends after b. A whole day ends after each of its hours.
func later(a, b civil.Moment) bool {
	if a.Date != b.Date {
		return a.Date.After(b.Date)
	}
	return b.Timed && (!a.Timed || a.Clock > b.Clock)
}

// counts returns the date that counts in place of an agreed one. It lies as many days later
// as the latest of the needs came after the date which that had when this one was agreed,
// or after the day of the agreement, where that was the later; and never before the day on
// which the need was there. Where it had no date then, it is the first one agreed for it that is
// taken, and where it never had one no day is counted. Needs that were there by then change nothing.
//
// delivered is the day of the delivery that stands, zero if none does: it waited for nothing
// after that, and for nothing at all where it came in time.
func (h Hold) counts(agreed loop.AgreedDate, delivered civil.Moment) Dates {
	d := Dates{Counts: agreed.Due}
	ended := h.ended
	if !delivered.IsZero() {
		if !delivered.After(agreed.Due) {
			return d
		}
		ended = slices.Clone(ended)
		for _, w := range h.waits {
			ended = append(ended, endedNeed{w.Need, delivered})
		}
	}
	for _, e := range ended {
		if !delivered.IsZero() && delivered.Date.Before(e.until.Date) {
			e.until = delivered
		}
		if !e.until.Date.After(agreed.On.Date) {
			continue
		}
		counts := agreed.Due
		if was := h.all.dueThen(e.need, agreed.On.Date); !was.IsZero() {
			counts = counts.Later(max(0, min(e.until.Sub(was.Date), e.until.Sub(agreed.On.Date))))
		}
		if counts.Date.Before(e.until.Date) {
			counts = civil.On(e.until.Date)
		}
		if counts.Date.After(d.Counts.Date) {
			d = Dates{Counts: counts, Held: e.need, HeldUntil: e.until}
		}
	}
	return d
}

// dueThen returns the date that a need had at the end of the day on: the one that counted
// or, before it was promised, the one on the table. Where it had none, it is the one that counted
// when the first was agreed; zero where none ever was.
func (h *Holds) dueThen(need *Commitment, on civil.Date) civil.Moment {
	key := dueOn{need.ID, on}
	due, known := h.due[key]
	if !known {
		at := need.Replay.Whole.AsOf(need.Moves, on)
		due = at.Proposed.Due
		if n := len(at.AgreedDates); n > 0 {
			due = h.Of(need).counts(at.AgreedDates[n-1], civil.Moment{}).Counts
		}
		if now := need.Replay.Whole.AsOf(need.Moves, h.on); due.IsZero() && len(now.AgreedDates) > 0 {
			due = h.Of(need).counts(now.AgreedDates[0], civil.Moment{}).Counts
		}
		h.due[key] = due
	}
	return due
}
