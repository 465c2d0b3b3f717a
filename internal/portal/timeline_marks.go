package portal

import (
	"cmp"

	"portalgen/internal/civil"
)

// begun returns when the first move was made.
func (c *Commitment) begun() civil.Moment { return c.source.Moves[0].On }

// draw fills a row; lastWord is the day of its latest event.
func (t *Timeline) draw(r *Row, lastWord, today civil.Date) {
	c := r.Commitment
	first := c.begun().Date
	if lastWord.Before(first) {
		lastWord = first
	}
	if c.open {
		r.Spans = c.openSpans(first, lastWord)
	} else {
		r.Spans = []Span{{Mark: markOver, From: first, To: cmp.Or(c.Closed.Date, lastWord)}}
	}
	drawn := r.Spans[:0]
	for _, s := range r.Spans {
		if t.place(&s, today) {
			drawn = append(drawn, s)
		}
	}
	r.Spans = drawn
	r.Points = t.points(c)
}

// openSpans returns the spans of an open commitment: the past, what continues up to today, and what is ahead.
func (c *Commitment) openSpans(first, lastWord civil.Date) []Span {
	now, late := []Span{}, c.late()
	if w := c.yourTurn(); w != nil {
		if since := w.Since.Date; !since.IsZero() && !since.Before(first) {
			lastWord = since
		}
		now = append(now, Span{Mark: markYours, From: lastWord, Clip: "past"})
	} else {
		now = append(now, Span{Mark: markQuiet, From: lastWord, To: late.Until.Date, Clip: "past"})
	}
	spans := append([]Span{{Mark: markWord, From: first, To: lastWord}}, now...)
	if !c.ours && (len(c.Waits) > 0 || len(c.needs()) > 0) {
		spans = nil // nobody is at work on what the client does after something of ours
	}
	if !c.Agreed.IsZero() && c.Delivered.IsZero() {
		until := c.Counts
		if !c.Proposed.IsZero() {
			until = c.Agreed // from there on it is proposed
		}
		spans = append(spans, Span{Mark: markAhead, From: first, To: until.Date, Clip: "ahead"})
	}
	if !c.Proposed.IsZero() {
		spans = append(spans,
			Span{Mark: markAsked, From: cmp.Or(c.Agreed.Date, first), To: c.Proposed.Date, Clip: "ahead"})
	}
	if !late.Until.IsZero() {
		spans = append(spans, Span{Mark: markLate, From: late.LateSince.Date, Clip: "past", After: late.Until})
	}
	return spans
}

// leastSpan is the least width of a past span, so that a single day is visible.
const leastSpan = TimelineWidth / 150

// place sets the position of a span for the day today. It returns false if the span will not be visible on
// that day or later.
func (t *Timeline) place(s *Span, today civil.Date) bool {
	from, to := s.From, s.To
	switch s.Clip {
	case "past":
		if !to.IsZero() && !from.Before(to) {
			return false
		}
		if to.IsZero() || today.Before(to) {
			to = today
		}
	case "ahead":
		if !today.Before(to) || !from.Before(to) {
			return false
		}
		if from.Before(today) {
			from = today
		}
	}
	s.X = t.middle(from)
	s.W = max(t.middle(to)-s.X, 0)
	if s.Clip == "" {
		s.W = max(s.W, leastSpan)
		s.X = min(s.X, TimelineWidth-s.W)
	}
	return true
}

// nearest is the least distance of an earlier date of an interim result from another mark: nearer to it, on a
// narrow screen, the two would be one blot. The commitment's page tells all dates.
const nearest = TimelineWidth / 28

// points returns the marks of a commitment, earlier dates first.
func (t *Timeline) points(c *Commitment) []Point {
	var points []Point
	add := func(mark string, m civil.Moment) {
		if !m.IsZero() {
			points = append(points, Point{mark, t.middle(m.Date)})
		}
	}
	for _, d := range c.Deliverables {
		for _, m := range d.Moved {
			add(markStepWas, m.Due)
		}
		add(markInterim, d.Due)
	}
	for _, m := range c.Moved {
		add(markMoved, m.Due)
	}
	switch {
	case c.open:
		add(markDate, c.Agreed)
		add(markProposed, c.Proposed)
	case c.kept() && c.Late():
		add(markDone, c.Delivered)
	case c.kept():
		add(markKept, c.Delivered)
	default:
		add(markStop, c.Closed)
	}
	var apart []Point
	for i, p := range points {
		touches := false
		for j, o := range points {
			near := max(p.X-o.X, o.X-p.X) < nearest
			touches = touches || near && j != i && (o.Mark != markStepWas || j > i)
		}
		if p.Mark != markStepWas || !touches {
			apart = append(apart, p)
		}
	}
	return apart
}

// keys returns the marks of rows to explain, in the order of marks.
func keys(rows []*Row) []Key {
	found := map[string]Key{}
	for _, r := range rows {
		for _, s := range r.Spans {
			k, seen := found[s.Mark]
			k.Mark = s.Mark
			switch from := cmp.Or(s.After.Date, s.From); s.Clip {
			case "past":
				if !seen || from.Before(k.After) {
					k.After = from
				}
			case "ahead":
				if last := s.To.AddDays(-1); last.After(k.Until) {
					k.Until = last
				}
			}
			found[s.Mark] = k
		}
		for _, p := range r.Points {
			mark := p.Mark
			if mark == markStepWas {
				mark = markMoved
			}
			found[mark] = Key{Mark: mark}
		}
	}
	var all []Key
	for _, mark := range marks {
		if k, ok := found[mark]; ok {
			all = append(all, k)
		}
	}
	return all
}
