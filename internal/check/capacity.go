package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
	"portalgen/internal/rule"
)

// An Owed is a date that a person of the provider's side has to meet.
type Owed struct {
	// Person is the id of someone in provider.toml, or CLIENT/ID of someone only in a client's file; Name is
	// their name.
	Person, Name  string
	Client, Title string
	// Due is the date that counts. Proposed says that it is a later proposed date, which is not agreed yet
	// and has not passed.
	Due      civil.Moment
	Proposed bool
	// Late says that Due has fully passed in the client's zone.
	Late bool
	// Week is the Monday of the week in which it is due; the provider's current week if it is overdue.
	Week civil.Date
	// Days is how many days a week the provider works, Open how many of them in Week: fewer if days are
	// closed.
	Days, Open int
	// Since is when the promise was given or last renewed.
	Since civil.Moment
	// SentBack is when the last delivery was rejected, while the work is being redone; else zero.
	SentBack civil.Moment
	// Ref identifies the conversation; Pos is where it begins.
	Ref client.Ref
	Pos diag.Pos
}

// owed returns what people of the provider's side owe this client, including interim results. Work that waits
// for the client's part is not owed yet.
func (j *judge) owed() []Owed {
	var all []Owed
	for _, t := range j.conversations() {
		due := t.due()
		if due.IsZero() || !j.ours(t.cm, loop.Performer) {
			continue
		}
		if !j.ahead(due) {
			due = t.dates.Counts
		}
		o := Owed{
			Person: t.cm.Performer, Name: j.name(t.cm.Performer), Client: j.c.Name, Title: t.cm.Title,
			Due: due, Proposed: due != t.dates.Counts, Late: j.daysPassed(due, 0), Week: Monday(due.Date),
			Since: t.PromisedOn, SentBack: t.SentBackOn, Ref: t.ref(), Pos: t.pos(),
		}
		if t.interim != nil {
			o.Title = t.interim.Title
		}
		if _, shared := j.provider.People[o.Person]; !shared {
			o.Person = j.c.ID + "/" + o.Person
		}
		if present := Monday(civil.DateOf(j.now.In(j.here))); o.Week.Before(present) {
			o.Week = present
		}
		if n := len(t.AgreedDates); n > 0 {
			o.Since = t.AgreedDates[n-1].On
		}
		o.Days, o.Open = j.workdays(o.Week)
		all = append(all, o)
	}
	return all
}

// workdays returns how many days a week the provider works, and how many of them in the week that begins on
// from.
func (j *judge) workdays(from civil.Date) (days, open int) {
	for i := range 7 {
		day := from.AddDays(i)
		if slices.Contains(j.view.Workdays(), day.Weekday()) {
			days++
			if j.view.Works(day) {
				open++
			}
		}
	}
	return days, open
}

// limit returns the limit of dates for the week of o; perWeek is the limit for a week without closed days. It
// is reduced in proportion to the closed days, rounded up, and is at least 1.
func (o Owed) limit(perWeek int) int {
	if o.Open == o.Days {
		return perWeek
	}
	return min(perWeek, max(1, (perWeek*o.Open+o.Days-1)/o.Days))
}

// Monday returns the Monday of the week of d.
func Monday(d civil.Date) civil.Date {
	return d.AddDays(-(int(d.Weekday()-time.Monday) + 7) % 7)
}

// An Overload is a week in which one person owes more than they can do.
type Overload struct {
	// Owed is what Person owes in Week, ordered by date.
	Person string
	Week   civil.Date
	Owed   []Owed
}

// Overloads returns the people and weeks with more dates than the limit of the rule capacity, of all clients
// together; none if the rule is off.
func Overloads(all []Owed, set map[string]client.Check) []Overload {
	rule := capacity()
	if SeverityOf(rule, set) == diag.Off {
		return nil
	}
	most := limitOf(rule, "per_week", set)
	slices.SortFunc(all, func(a, b Owed) int {
		return cmp.Or(
			cmp.Compare(a.Person, b.Person), a.Week.Compare(b.Week), a.Due.Compare(b.Due),
			cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line),
		)
	})
	var over []Overload
	for i := 0; i < len(all); {
		n := i
		for n < len(all) && all[n].Person == all[i].Person && all[n].Week == all[i].Week {
			n++
		}
		if n-i > all[i].limit(most) {
			over = append(over, Overload{all[i].Person, all[i].Week, all[i:n]})
		}
		i = n
	}
	return over
}

func capacity() Rule {
	return Rules[slices.IndexFunc(Rules, func(r Rule) bool { return r.Name == rule.Capacity })]
}

// Capacity reports the overloads. Each problem points at the promise that was given last, or of several given
// that day at the one with the latest date: that one is the easiest to move.
func Capacity(all []Owed, set map[string]client.Check) diag.Problems {
	var ps diag.Problems
	for _, o := range Overloads(slices.Clone(all), set) {
		last := slices.MaxFunc(o.Owed,
			func(a, b Owed) int { return cmp.Or(a.Since.Compare(b.Since), a.Due.Compare(b.Due)) })
		ps = append(ps, diag.Problem{
			Pos: last.Pos, Rule: rule.Capacity, Severity: SeverityOf(capacity(), set),
			Message: fmt.Sprintf("%s owes %d things in the week of %s%s: %s", last.Name, len(o.Owed), o.Week,
				last.closed(), list(o.Owed)),
			Hint: "this one was promised last: renegotiate it now, or give it to somebody else",
		})
	}
	return ps.Sort()
}

// closed says how much of the week is closed, in words that follow its date.
func (o Owed) closed() string {
	if o.Open == o.Days {
		return ""
	}
	return fmt.Sprintf(", in which you are closed on %d of %d days", o.Days-o.Open, o.Days)
}

// list names the first few of what is owed, each with its client.
func list(owed []Owed) string {
	const most = 4
	var names []string
	for _, o := range owed[:min(most, len(owed))] {
		names = append(names, fmt.Sprintf("%q for %s", o.Title, o.Client))
	}
	if more := len(owed) - most; more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, ", ")
}
