package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// TimelineWidth is the number of units in which places on the timeline are
// counted, from its first day to the end of its last.
const TimelineWidth = 1000

// A Timeline is the picture of commitments over time.
type Timeline struct {
	From, To civil.Date
	// Labels name months along the axis.
	Labels []Label
	// Today is the place of today, Pill that of the word for it, which stays inside.
	Today, Pill int
	// Groups are those in which there is anything: what needs the client, what is in work, what
	// is over.
	Groups []Group
	// Keys explain the marks that occur, OverKeys those that only what is over has, where that is
	// folded.
	Keys, OverKeys []Key
	// Count tells of all commitments, of those too that this picture leaves out.
	Count Count
}

// A Count tells how many commitments there are: what needs the client, what is in work, what was
// kept, and what ended in another way.
type Count struct {
	All, You, Work, Kept, Ended int
}

// Over is how many are closed.
func (c Count) Over() int { return c.Kept + c.Ended }

// The groups of a timeline.
const (
	GroupYou  = "you"
	GroupWork = "work"
	GroupOver = "over"
)

// A Group is a part of the rows.
type Group struct {
	Kind string
	Rows []Row
}

// A Key explains a mark. After is the day that has to pass before there is any of it, Until the
// last day on which there is; zero for always.
type Key struct {
	Mark         string
	After, Until civil.Date
}

// The marks of a row. The first ones are spans, the others points.
const (
	markWord     = "word"     // from the first word to the last one
	markQuiet    = "quiet"    // no word since
	markYours    = "yours"    // waits for the client
	markLate     = "late"     // late with the provider
	markAhead    = "ahead"    // from today to the date agreed
	markAsked    = "asked"    // from there to the date proposed
	markOver     = "over"     // from the first word to the end
	markInterim  = "interim"  // a result on the way
	markStepWas  = "step-was" // an earlier date of one
	markMoved    = "moved"    // an earlier date
	markDate     = "date"     // the date agreed
	markProposed = "proposed" // the date proposed
	markKept     = "kept"
	markStop     = "stop" // closed without being kept
)

// marks is the order in which they are explained. A dotted span needs no word of its own, nor has
// an earlier date of an interim result.
var marks = []string{
	markWord, markQuiet, markYours, markLate, markAhead, markOver, markInterim, markMoved, markDate, markProposed, markKept, markStop,
}

// A Row is one commitment of the timeline.
type Row struct {
	Commitment *Commitment
	Chip       Chip
	Spans      []Span
	Points     []Point
}

// A Chip says in a word or two what is next, or how it ended.
type Chip struct {
	// Kind is you, us, waits, kept or ended.
	Kind string
	// Day is the date of it; zero where there is none.
	Day civil.Moment
	// Person is who holds it or, for waits, whom the provider waits for.
	Person Person
	Late
}

// A Late tells since when something is late with the provider, the whole, a result on the way or
// an answer, once Until has passed; zero where nothing can be.
type Late struct {
	LateSince, Until civil.Moment
}

// A Span is a stretch of a row from the middle of one day to that of another.
type Span struct {
	Mark     string
	From, To civil.Date
	// Clip is "past" where it is drawn up to today at the most, "ahead" where it begins with today
	// at the earliest, and "" where it stays as it is.
	Clip string
	X, W int
	// After is the date that has to pass before it is drawn; zero for none.
	After civil.Moment
}

// A Point is a mark at a date.
type Point struct {
	Mark string
	X    int
}

// A Label is the name of a month, at its first day.
type Label struct {
	Day civil.Date
	X   int
	// Year says that the year is said too. On is "narrow" or "wide" where only such an axis has
	// room for it.
	Year bool
	On   string
}

// timeline lays commitments out, the open ones alone or all. It is nil where there is nothing to
// draw.
func (v *View) timeline(all bool) *Timeline {
	t, rows := &Timeline{}, map[string][]Row{}
	for _, c := range v.commitments {
		if len(c.Moves) == 0 {
			continue
		}
		kind := t.Count.add(c)
		if all || kind != GroupOver {
			rows[kind] = append(rows[kind], Row{Commitment: c, Chip: c.chip()})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	t.span(v.Today, rows)
	t.label()
	words := v.lastWords()
	for _, kind := range []string{GroupYou, GroupWork, GroupOver} {
		group := Group{Kind: kind, Rows: rows[kind]}
		if len(group.Rows) == 0 {
			continue
		}
		slices.SortStableFunc(group.Rows, func(a, b Row) int {
			x, y := a.Commitment.leads(), b.Commitment.leads()
			return cmp.Or(compareBool(x.IsZero(), y.IsZero()), x.Compare(y))
		})
		for i := range group.Rows {
			t.draw(&group.Rows[i], words[group.Rows[i].Commitment.Href], v.Today)
		}
		t.Groups = append(t.Groups, group)
	}
	t.explain(rows)
	return t
}

// add counts c and returns its group.
func (n *Count) add(c *Commitment) string {
	n.All++
	switch {
	case c.open && c.yourTurn() != nil:
		n.You++
		return GroupYou
	case c.open:
		n.Work++
		return GroupWork
	case c.kept():
		n.Kept++
	default:
		n.Ended++
	}
	return GroupOver
}

// yourTurn returns the first that waits on the client; nil if nothing does.
func (c *Commitment) yourTurn() *Waiting {
	i := slices.IndexFunc(c.Yours, func(w Waiting) bool { return !w.Stopped })
	if i < 0 {
		return nil
	}
	return &c.Yours[i]
}

// kept reports whether it was delivered and accepted.
func (p Progress) kept() bool { return p.conv.State == loop.Kept }

// leads returns the date that orders and names a commitment: the agreed one, else
// the proposed one.
func (p Progress) leads() civil.Moment {
	if p.Agreed.IsZero() {
		return p.Proposed
	}
	return p.Agreed
}

func (c *Commitment) chip() Chip {
	w := c.yourTurn()
	switch {
	case c.kept():
		return Chip{Kind: "kept", Day: c.Delivered, Person: c.Performer}
	case !c.open:
		return Chip{Kind: "ended", Day: c.Closed}
	case w != nil:
		return Chip{Kind: "you", Day: w.By, Person: w.Person}
	case len(c.Waits) > 0:
		return Chip{Kind: "waits", Person: c.Waits[0].Person}
	}
	for _, turn := range c.Turns() {
		if turn.Stopped {
			continue
		}
		day := turn.By
		if turn.Kind == "deliver" && c.Awaited() {
			day = c.Counts
		}
		return Chip{Kind: "us", Day: day, Person: turn.Person, Late: c.late()}
	}
	return Chip{Kind: "us", Day: c.leads(), Late: c.late()}
}

// late returns what is late with the provider first.
func (c *Commitment) late() Late {
	var first Late
	add := func(since, until civil.Moment) {
		if !until.IsZero() && (first.Until.IsZero() || compareMoments(until, first.Until, true) < 0) {
			first = Late{since, until}
		}
	}
	for _, turn := range c.Turns() {
		if turn.Person.Ours() && turn.Kind != "deliver" && !turn.Stopped {
			add(turn.By, turn.By)
		}
	}
	if c.ours && c.Awaited() {
		add(c.Counts, c.Until)
	}
	for _, d := range c.Deliverables {
		if d.ours && d.Awaited() {
			add(d.Counts, d.Until)
		}
	}
	return first
}

// lastWords returns the day of the latest event of each commitment, by its address.
func (v *View) lastWords() map[string]civil.Date {
	last := map[string]civil.Date{}
	for _, e := range v.History {
		if _, told := last[e.Href]; !told {
			last[e.Href] = e.On.Date
		}
	}
	return last
}

// roomAhead is how many days the picture has after today at least, so that the browser
// has room to go on.
const roomAhead = 14

// span makes room for every date of the rows and for today, in whole months.
func (t *Timeline) span(today civil.Date, rows map[string][]Row) {
	first, last := today, today.AddDays(roomAhead)
	grow := func(m civil.Moment) {
		if m.IsZero() {
			return
		}
		if m.Date.Before(first) {
			first = m.Date
		}
		if m.Date.After(last) {
			last = m.Date
		}
	}
	for _, r := range slices.Concat(rows[GroupYou], rows[GroupWork], rows[GroupOver]) {
		c := r.Commitment
		for _, m := range c.Moves {
			grow(m.On)
		}
		grow(c.Closed)
		grow(c.Counts)
		grow(c.Agreed)
		grow(c.Proposed)
		for _, m := range c.Moved {
			grow(m.Due)
		}
		for _, d := range c.Deliverables {
			grow(d.Due)
			for _, m := range d.Moved {
				grow(m.Due)
			}
		}
	}
	t.From = civil.Date{Year: first.Year, Month: first.Month, Day: 1}
	t.To = nextMonth(last)
	t.Today = t.middle(today)
	t.Pill = min(max(t.Today, TimelineWidth/10), TimelineWidth*9/10)
}

// begun returns when it was first spoken of.
func (c *Commitment) begun() civil.Moment { return c.source.Moves[0].On }

// nextMonth returns the first day of the month after that of d.
func nextMonth(d civil.Date) civil.Date {
	next := civil.Date{Year: d.Year, Month: d.Month, Day: 28}.AddDays(4)
	return civil.Date{Year: next.Year, Month: next.Month, Day: 1}
}

// X returns the place of the beginning of a day.
func (t *Timeline) X(d civil.Date) int {
	return d.Sub(t.From) * TimelineWidth / max(t.To.Sub(t.From), 1)
}

// middle returns the place of the middle of a day or, where that is outside, of the side next to it.
func (t *Timeline) middle(d civil.Date) int {
	return min(max((t.X(d)+t.X(d.AddDays(1)))/2, 0), TimelineWidth)
}

// How wide the axis is at least, in pixels: on the narrowest screen, and where it is called wide.
const (
	narrowAxis = 288
	wideAxis   = 560
)

// labelRoom is how many pixels there are at least from the beginning of a name to that of the
// next, yearRoom where the year is said with it, lastRoom from that of the last name to the end.
const (
	labelRoom = 70
	yearRoom  = 78
	lastRoom  = 48
)

// label names as many months as there is room for.
func (t *Timeline) label() {
	narrow, wide := t.labels(narrowAxis), t.labels(wideAxis)
	for d := t.From; d.Before(t.To); d = nextMonth(d) {
		n, inNarrow := narrow[d]
		w, inWide := wide[d]
		x := t.X(d)
		if inNarrow && inWide && n == w {
			t.Labels = append(t.Labels, Label{d, x, n, ""})
			continue
		}
		if inNarrow {
			t.Labels = append(t.Labels, Label{d, x, n, "narrow"})
		}
		if inWide {
			t.Labels = append(t.Labels, Label{d, x, w, "wide"})
		}
	}
}

// labels returns the months that an axis of a width in pixels has room to name, and of which the
// year is said: with the first one, and with each January.
func (t *Timeline) labels(width int) map[civil.Date]bool {
	var months []civil.Date
	for d := t.From; d.Before(t.To); d = nextMonth(d) {
		months = append(months, d)
	}
	steps := []int{1, 3, 6, 12, 24, 60}
	i := slices.IndexFunc(steps, func(n int) bool {
		room := labelRoom
		if n >= 12 {
			room = yearRoom
		}
		return width*n/len(months) >= room
	})
	if i < 0 {
		i = len(steps) - 1
	}
	place := func(d civil.Date) int { return t.X(d) * width / TimelineWidth }
	named := slices.DeleteFunc(slices.Clone(months), func(d civil.Date) bool {
		return (d.Year*12+int(d.Month)-1)%steps[i] != 0 || width-place(d) < lastRoom
	})
	// The first month is named too, unless the next name would stand on it.
	if len(named) == 0 || named[0] != months[0] && place(named[0]) >= yearRoom {
		named = slices.Insert(named, 0, months[0])
	}
	all := map[civil.Date]bool{}
	for i, d := range named {
		all[d] = i == 0 || d.Month == 1
	}
	return all
}

// draw fills a row, of which the last word was said on a day.
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

// openSpans returns the spans of what is open: what was, what holds now and grows from day to day,
// and what is ahead.
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
	if !c.Agreed.IsZero() && c.Delivered.IsZero() {
		until := c.Counts
		if !c.Proposed.IsZero() {
			until = c.Agreed // from there on it is asked for
		}
		spans = append(spans, Span{Mark: markAhead, From: first, To: until.Date, Clip: "ahead"})
	}
	if !c.Proposed.IsZero() {
		spans = append(spans, Span{Mark: markAsked, From: cmp.Or(c.Agreed.Date, first), To: c.Proposed.Date, Clip: "ahead"})
	}
	if !late.Until.IsZero() {
		spans = append(spans, Span{Mark: markLate, From: late.LateSince.Date, Clip: "past", After: late.Until})
	}
	return spans
}

// leastSpan is the width that what was has at least, so that a single day is seen.
const leastSpan = TimelineWidth / 150

// place sets where a span is on a day. It reports false where nothing is to be drawn of it, then
// or on any later day.
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

// points returns the marks of a commitment, what was before what is.
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
	case c.kept():
		add(markKept, c.Delivered)
	default:
		add(markStop, c.Closed)
	}
	return points
}

// explain sets the keys of rows.
func (t *Timeline) explain(rows map[string][]Row) {
	t.Keys = keys(slices.Concat(rows[GroupYou], rows[GroupWork]))
	over := keys(rows[GroupOver])
	if len(t.Keys) == 0 {
		t.Keys = over
		return
	}
	t.OverKeys = slices.DeleteFunc(over, func(k Key) bool {
		return slices.ContainsFunc(t.Keys, func(x Key) bool { return x.Mark == k.Mark })
	})
}

// keys returns what is to be explained of rows, in the order of marks.
func keys(rows []Row) []Key {
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
