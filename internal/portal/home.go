package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// A Home answers three questions in five seconds: how does it stand, is it my
// turn, what comes next from you.
type Home struct {
	Standing Standing
	// Note is the latest status note; nil if there is none yet.
	Note *Status
	// Lead is the provider's soonest open agreed date, overdue first; nil if none.
	// What was delivered is not among them: its date is met, and the turn the client's.
	Lead *Promise
	// Yours is what waits on the client, soonest first; Ours what of theirs waits
	// on the provider.
	Yours, Ours []Waiting
	// Next is the provider's soonest promised thing, interim ones included.
	Next *Promise
	// CheckIn is the next meeting; zero if none is set.
	CheckIn civil.Moment
	// CheckInKey is what a calendar knows it by, also on another day. It is that of the
	// check-in in which it was set.
	CheckInKey string
	// Timeline is nil where there are no commitments.
	Timeline *Timeline
	// Risks are the three gravest open ones, Notes the three latest.
	Risks []Risk
	Notes []*Status
	// Contact is who looks after the client, and is there for questions.
	Contact Person
}

// A Promise is a date that the provider gave.
type Promise struct {
	Title, Href string
	// By is who gave it.
	By Person
	Progress
}

// NextIsLead reports whether what comes next has been said already.
func (h *Home) NextIsLead() bool {
	return h.Lead != nil && h.Next != nil && h.Lead.Title == h.Next.Title && h.Lead.Href == h.Next.Href
}

// most is how many risks and notes Home shows.
const most = 3

func (v *View) home() *Home {
	h := &Home{
		Yours: v.waiting(client.ClientSide), Ours: v.waiting(client.ProviderSide),
		Timeline: v.timeline(), Risks: v.risks, CheckIn: v.nextCheckIn(), CheckInKey: v.checkInKey(),
	}
	var note *client.Status
	if n := len(v.statuses); n > 0 {
		h.Note = v.statuses[n-1]
		note = h.Note.note
		h.Notes = slices.Clone(v.statuses[max(n-most, 0):])
		slices.Reverse(h.Notes)
	}
	h.Standing = judge(note, v.factsNow(note), v.now())
	h.Risks = h.Risks[:min(len(h.Risks), most)]
	h.Lead, h.Next = v.promises()
	h.Contact = v.Provider.Contact
	return h
}

// factsNow returns today's facts, among them that a promised update did not come. An
// engagement that was closed with a review owes none.
func (v *View) factsNow(note *client.Status) []FloorFact {
	facts := v.facts(v.Today)
	if note != nil && !note.NextUpdate.IsZero() && !v.over() {
		facts = append(facts, FloorFact{
			From: dayAfter(note.NextUpdate), Colour: Amber, Key: "no_update", Due: note.NextUpdate,
		})
	}
	return facts
}

// promises returns the provider's soonest agreed date that is still to be met: of
// the commitments alone, and of interim results too.
func (v *View) promises() (lead, next *Promise) {
	sooner := func(p *Promise, than *Promise) bool {
		return p.ours && p.Awaited() && !p.conv.Agreed.Due.IsZero() &&
			(than == nil || p.Agreed.Before(than.Agreed))
	}
	for _, c := range v.commitments {
		p := &Promise{c.Title, c.Href, c.Performer, c.Progress}
		if sooner(p, lead) {
			lead = p
		}
		if sooner(p, next) {
			next = p
		}
		for _, d := range c.Deliverables {
			if p := (&Promise{d.Title, c.Href, c.Performer, d.Progress}); sooner(p, next) {
				next = p
			}
		}
	}
	return lead, next
}

// checkInKey returns the stable key of the next check-in.
func (v *View) checkInKey() string {
	if last := v.lastCheckIn(); last != nil {
		return v.todo("check-in", "next", last.ID)
	}
	return v.todo("check-in", "next")
}

// nextCheckIn returns the date set for the next check-in, as long as its day has not
// passed.
func (v *View) nextCheckIn() civil.Moment {
	if v.past(v.Cadence.Next) {
		return civil.Moment{}
	}
	return v.Cadence.Next
}
