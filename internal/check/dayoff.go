package check

import (
	"fmt"

	"portalgen/internal/civil"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
)

// dayOff reports future dates on which nobody of the provider's side works: the next check-in, the next
// update, and what the provider owes or proposes.
func dayOff(j *judge) {
	const hint = "set another day, or take this one out of closed"
	if c := j.latestCheckIn(); c != nil && !j.allClosed() {
		if off := j.whyOff(c.NextCheckIn); off != "" {
			j.report(j.texts.locate(c.Pos, "next_check_in"), hint, "the next check-in, %s, falls on %s",
				c.NextCheckIn.Date, off)
		}
	}
	if n := j.latestNote(); n != nil && !j.allClosed() {
		if off := j.whyOff(n.NextUpdate); off != "" {
			j.report(j.texts.locate(n.Pos, "next_update"), hint,
				"the next update, %s, falls on %s", n.NextUpdate.Date, off)
		}
	}
	for _, t := range j.conversations() {
		due := t.Agreed.Due
		if t.Proposer == loop.Performer && !t.Proposed.Due.IsZero() {
			due = t.Proposed.Due
		}
		off := j.whyOff(due)
		if off == "" || !t.toCome() || t.covered || !j.ours(t.cm, loop.Performer) {
			continue
		}
		if at, meant := j.lastNamed(t, due); !meant {
			j.report(at, "renegotiate it while there is time; or say in a note that this day is meant",
				"%s is due on %s, %s", t.title(), due.Date, off)
		}
	}
}

// whyOff says in words why nobody works at m; "" if somebody does, or if m is not in the future. A whole day
// is in the client's zone, a time in the provider's. If provider.toml names no working days, only closed days
// count.
func (j *judge) whyOff(m civil.Moment) string {
	if m.IsZero() || !m.Date.After(j.today) {
		return ""
	}
	day := m.Date
	if m.Timed {
		day = civil.DateOf(m.In(j.now.Location()).In(j.here))
	}
	if m.Timed && j.view.Works(day) || !m.Timed && j.view.WorksDuring(day) {
		return ""
	}
	for _, closed := range j.provider.Closed {
		if closed.Date == day {
			return "a day on which you are closed"
		}
	}
	if len(j.provider.WorkingHours.Days) > 0 {
		return fmt.Sprintf("a %s, on which you do not work", day.Weekday())
	}
	return ""
}

// lastNamed returns where a date of t was last named, and whether that day is meant: the client's side named
// it, or the provider's side wrote a note with it or later. The note of a renegotiate does not count: it is
// required, and explains the move.
func (j *judge) lastNamed(t conversation, due civil.Moment) (at diag.Pos, meant bool) {
	at = t.pos()
	named := t.interim != nil && t.interim.Due == due
	for _, m := range t.moves() {
		if m.Due == due {
			at, named = m.Pos, true
			meant = meant || j.byClient(m.By)
		}
		meant = meant || named && j.isOurs(m.By) && m.Note != "" && loop.Did(m.Did) != loop.Renegotiate
	}
	return at, meant
}
