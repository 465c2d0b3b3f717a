package portal

import (
	"cmp"
	"slices"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// People is how the two sides work together, and how well.
type People struct {
	// Ours and Theirs are the people of each side, in the order of the files; of ours, the person who looks
	// after the client comes first.
	Ours, Theirs []Person
	Cadence      Cadence
	// Owed says that the next check-in becomes overdue when its date passes: none was held on its day or
	// later.
	Owed    bool
	Replies Replies
	// Hours is nil if no reply was promised.
	Hours   *Hours
	Goals   []Goal
	Ratings []Rating // newest first
	// Record is nil if nothing was promised yet and no update was due.
	Record *Kept
	About  *About
	Review *Review
}

// Hours are the hours in which the time of promises to reply runs, on the client's clock with today's
// difference to the provider's.
type Hours struct {
	// Days are the days of the week on which work begins: only the weekday of a date counts.
	Days     []Days
	From, To civil.Moment // only the time of day counts
	// Theirs says that the two clocks differ, Overnight that To is on the day after From.
	Theirs, Overnight bool
	// Closed are the days off that are still ahead.
	Closed []Days
}

// Days are one day, or several one after the other.
type Days struct{ First, Last civil.Date }

// together returns days, which are in order, as runs of those that follow each other.
func together(days []civil.Date) []Days {
	var all []Days
	for _, d := range days {
		if n := len(all); n > 0 && !d.After(all[n-1].Last.AddDays(1)) {
			all[n-1].Last = d
		} else {
			all = append(all, Days{d, d})
		}
	}
	return all
}

// A Goal is a result that the client wants.
type Goal struct {
	Title                string
	Measure, Target, Now Text
	Measured             civil.Moment
	Serves               []Link // the commitments that serve it
}

// A Rating is one pulse, and whether the client still has to score it.
type Rating struct {
	Pulse
	// Todo is what the client has to score; nil if nothing.
	Todo *Waiting
}

// About is the client's business, as the provider understands it.
type About struct {
	Business, Concerns, Style Text
}

// A Review is the closing review.
type Review struct {
	On                       civil.Moment
	WentWell, Improve        []Text
	ClientSays, ProviderSays Text
}

// peoplePage is nil if there is nothing for the page.
func (v *View) peoplePage() *People {
	w := &People{
		Ours: v.peopleOf(client.ProviderSide), Theirs: v.peopleOf(client.ClientSide),
		Cadence: v.Cadence, Owed: v.owesCheckIn(), Replies: v.Replies, Goals: v.goals(),
		Ratings: v.rated(), Hours: v.Hours(),
	}
	if len(v.Kept.Rows) > 0 || v.Kept.Updates.Of > 0 {
		w.Record = &v.Kept
	}
	if a := v.c.About; a.Business != "" || a.Concerns != "" || a.Style != "" {
		w.About = &About{Text(a.Business), Text(a.Concerns), Text(a.Style)}
	}
	w.Review = v.review()
	// The person who looks after the client comes first.
	slices.SortStableFunc(w.Ours, func(a, b Person) int {
		return compareBool(a.ID != v.Provider.Contact.ID, b.ID != v.Provider.Contact.ID)
	})
	said := w.Hours != nil || w.About != nil || w.Review != nil || w.Record != nil ||
		w.Cadence.Every != "" || !w.Cadence.Last.IsZero()
	if !said && len(w.Ours)+len(w.Theirs)+len(w.Replies.All)+len(w.Goals)+len(w.Ratings) == 0 {
		return nil
	}
	return w
}

// review returns the closing review; nil if there is none.
func (v *View) review() *Review {
	r := v.c.Review
	if r == nil {
		return nil
	}
	return &Review{r.On, texts(r.WentWell), texts(r.Improve), Text(r.ClientSays), Text(r.ProviderSays)}
}

// peopleOf returns the people of a side: first those of provider.toml, then those of the client's file, each
// in the order of its file.
func (v *View) peopleOf(side string) []Person {
	var all []client.Person
	for id, p := range v.c.People {
		if p.ID = id; p.Side == side {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b client.Person) int {
		return cmp.Or(compareBool(!a.Inherited, !b.Inherited), cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID))
	})
	var out []Person
	for _, p := range all {
		out = append(out, v.people[p.ID])
	}
	return out
}

// PromisedBy returns the open commitments that a person performs, in the order of the file.
func (v *View) PromisedBy(p Person) []Link {
	var all []Link
	for _, c := range v.commitments {
		if c.open && c.Performer.ID == p.ID {
			all = append(all, *c.Link())
		}
	}
	return all
}

// owesCheckIn reports whether the next check-in is still to be held. If it was set for the day of the last
// check-in, that may have been it.
func (v *View) owesCheckIn() bool { return v.Cadence.Last.Date.Before(v.Cadence.Next.Date) }

func (v *View) goals() []Goal {
	var all []Goal
	for _, g := range v.c.Goals {
		goal := Goal{
			Title: g.Title, Measure: Text(g.Measure), Target: Text(g.Target), Now: Text(g.Now),
			Measured: g.Measured,
		}
		for _, c := range v.commitments {
			if g.ID != "" && c.source.Goal == g.ID {
				goal.Serves = append(goal.Serves, *c.Link())
			}
		}
		all = append(all, goal)
	}
	return all
}

// Hours returns the provider's working hours, in which promises to reply run; nil if there is no such promise.
func (v *View) Hours() *Hours {
	if r := v.Replies; r.Within.IsZero() && r.Latest.IsZero() && r.Urgent.IsZero() {
		return nil
	}
	p := v.opt.Provider
	days, from, to := worked(p)
	shift := v.clockAhead()
	monday := civil.Date{Year: 2024, Month: time.January, Day: 1}
	h := &Hours{From: at(monday, from+shift), To: at(monday, to+shift), Theirs: shift != 0}
	h.Overnight = h.To.Date != h.From.Date && h.To.Clock > 0
	var week, off []civil.Date
	for i := range 7 {
		if day := monday.AddDays(i); slices.Contains(days, day.Weekday()) {
			week = append(week, h.From.AddDays(i))
		}
	}
	for _, d := range p.Closed {
		if !d.Date.Before(v.Today) {
			off = append(off, d.Date)
		}
	}
	slices.SortFunc(off, civil.Date.Compare)
	h.Days, h.Closed = together(week), together(off)
	return h
}

// clockAhead returns by how much the client's clock is ahead of the provider's at noon today.
func (v *View) clockAhead() time.Duration {
	noon := at(v.Today, 12*time.Hour).In(v.zone)
	_, theirs := noon.Zone()
	_, ours := noon.In(v.work.Zone()).Zone()
	return time.Duration(theirs-ours) * time.Second
}

// at returns the moment this long after the beginning of a day; it may be on another day.
func at(d civil.Date, clock time.Duration) civil.Moment {
	return civil.MomentOf(civil.On(d).Wall().Add(clock))
}

func (v *View) rated() []Rating {
	var all []Rating
	for _, p := range v.Pulses {
		all = append(all, Rating{p, v.todoOf(v.todo("pulse", "rate", p.ID))})
	}
	return all
}
