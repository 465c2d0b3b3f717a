package client

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// Holds tells for each commitment how its needs change its dates, as of one day. Create one with
// Client.Holds.
type Holds struct {
	c    *Client
	on   civil.Date
	byID map[string]Hold // by the id of the commitment
	due  map[dueOn]civil.Moment
}

// A dueOn is the key for the date that a need had at the end of a day.
type dueOn struct {
	need string
	on   civil.Date
}

// A Hold is what the needs of one commitment do to its dates. Only needs done by the other side count. A need
// done by the same side counts through its own needs.
type Hold struct {
	all   *Holds
	waits []Wait
	ended []endedNeed
}

// A Wait is a need that is still open on the other side.
type Wait struct {
	Need *Commitment
	// Since is when its performer got the turn. Due is the date that counts for it, zero if none is agreed.
	// Once Due has passed, the wait counts from Due.
	Since, Due civil.Moment
}

// An endedNeed is a need that nobody waits for any more: until is the day on which it was delivered, or
// closed in another way.
type endedNeed struct {
	need  *Commitment
	until civil.Moment
}

// Dates are the dates of a commitment or an interim result, changed by its needs.
type Dates struct {
	// Counts is the date against which a delivery is judged: the agreed date, moved to later where the other
	// side delivered its part late. Zero if no date was ever agreed.
	Counts civil.Moment
	// Held is the need that made Counts later than the agreed date, nil if none did. HeldUntil is the day on
	// which that need ended.
	Held      *Commitment
	HeldUntil civil.Moment
	// Waits are the needs that it still waits for. While there is one, it is not late.
	Waits []Wait
	// Rework says that a delivery came in time but was sent back on its date or later, and that no new date
	// was agreed since. Then its performer is not late.
	Rework bool
	// OnTable is a proposed date that is later than Counts, zero if there is none. For an interim result it
	// may come from the terms proposed for the whole commitment.
	OnTable civil.Moment
	// AskedBy is the side that first asked for a later date than the agreed one, whichever side countered
	// since; it is set while OnTable, or a later date for the whole commitment, is proposed. It is neither
	// side if Counts had already passed, if the first proposal changed only conditions, or if it was a
	// reject.
	AskedBy loop.Side
	// Until is the date after which it is overdue: Counts, or a later proposed date; for an interim result
	// also one proposed for the whole commitment. Zero if it cannot be overdue now.
	Until civil.Moment
}

// Holds returns how needs change the dates of c's commitments, from the moves up to and including the day on.
func (c *Client) Holds(on civil.Date) *Holds {
	return &Holds{c, on, map[string]Hold{}, map[dueOn]civil.Moment{}}
}

// Of returns how the needs of cm change its dates. The reader guarantees that needs form no circle.
func (h *Holds) Of(cm *Commitment) Hold {
	if len(cm.Needs) == 0 {
		return Hold{all: h}
	}
	if known, ok := h.byID[cm.ID]; ok {
		return known
	}
	hold := Hold{all: h}
	for _, id := range cm.Needs {
		switch need := h.c.commitment(id); {
		case need == nil:
		case h.c.otherSide(cm, need):
			hold.addOtherSide(need)
		default: // the same side: cm waits for what need waits for
			hold.addSameSide(need)
		}
	}
	h.byID[cm.ID] = hold
	return hold
}

// commitment returns the commitment with this id, or nil.
func (c *Client) commitment(id string) *Commitment {
	if i := slices.IndexFunc(c.Commitments, func(x Commitment) bool { return x.ID == id }); i >= 0 {
		return &c.Commitments[i]
	}
	return nil
}

func (c *Client) otherSide(cm, need *Commitment) bool {
	side, other := c.People[cm.Performer].Side, c.People[need.Performer].Side
	return side != "" && other != "" && side != other
}

// addOtherSide counts a need that the other side performs. A need does not count while it waits for cm's own
// side: while it has open needs itself, or its terms wait for this side's answer.
func (h *Hold) addOtherSide(need *Commitment) {
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

// addSameSide counts a need that the same side performs: the needs behind it, each once.
func (h *Hold) addSameSide(need *Commitment) {
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

// Dates returns the dates of the commitment itself; r is its replay.
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

// InterimDates returns the dates of an interim result; r is its replay, whole the replay of its commitment.
// Both wait for the same needs, and a later date proposed for the whole also counts for its interim results.
func (h Hold) InterimDates(r, whole Replayed) Dates {
	if n, m := len(r.AgreedDates)-1, len(whole.AgreedDates)-1; n >= 0 && m >= 0 {
		// Whoever agreed to a new date for the whole knew what had been delivered by then.
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

// until returns d with Until set; ofWhole is a later date proposed for the commitment of an interim result,
// or zero.
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

// later reports whether a ends after b. A whole day ends after every time on it.
func later(a, b civil.Moment) bool {
	if a.Date != b.Date {
		return a.Date.After(b.Date)
	}
	return b.Timed && (!a.Timed || a.Clock > b.Clock)
}

// counts returns the date that counts instead of an agreed one. Each need that ended late moves the date by
// the number of days it was late: counted from the need's date at the time of the agreement, or from the day
// of the agreement if that is later. Where the need got a later date after the agreement, and not one after the
// agreed date, that counts instead: whoever agrees to it and lets their own date stand says that this can be met. The
// need that moves the date furthest decides. The result is never before the day on which the need ended. If the
// need had no date then, its first agreed date counts; if it never had one, no days are added. Needs that ended
// by the day of the agreement change nothing.
//
// delivered is the day of the delivery that stands, zero if there is none: needs count only until then, and
// not at all if the delivery came in time.
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
		was := h.all.dueThen(e.need, agreed.On.Date)
		for _, a := range e.need.Replay.Whole.AgreedDates {
			if a.On.Date.After(agreed.On.Date) && later(a.Due, was) && !later(a.Due, agreed.Due) {
				was = a.Due
			}
		}
		if !was.IsZero() {
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

// dueThen returns the date that a need had at the end of the day on: the one that counted or, before it was
// promised, the proposed one. If it had none, it is the date that counted when its first date was agreed, or
// zero.
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
