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
	// Person is the id of someone of provider.toml, or CLIENT/ID of one whom only a
	// client's file knows; Name is what they are called.
	Person, Name  string
	Client, Title string
	// Due is the date that counts; Proposed says that it is a later one in its place, which is
	// on the table and still ahead.
	Due      civil.Moment
	Proposed bool
	// Late says that Due has wholly passed where the client is.
	Late bool
	// Week is the Monday of the week in which it is to be done: the provider's present
	// one where it is overdue.
	Week civil.Date
	// Days is on how many days the provider works in a week, and Open on how many of them in
	// Week: fewer where days are closed.
	Days, Open int
	// Since is when the promise was given or last renewed.
	Since civil.Moment
	// SentBack is when the last delivery was rejected, as long as the work is being done
	// over; zero if it is not.
	SentBack civil.Moment
	// Ref names the conversation, Pos is where it begins.
	Ref client.Ref
	Pos diag.Pos
}

// owed returns what people of the provider's side owe this client, interim results
// included. What waits for the client's part is not owed until that is there.
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

// workdays returns on how many days of a week the provider works, and on how many of them
// in the week that begins with the day from.
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

// most returns the limit of dates for the week of o, where most is the limit of a week without
// closed days: it is reduced by the share of closed days, rounded up, and never less than one.
func (o Owed) most(most int) int {
	if o.Open == o.Days {
		return most
	}
	return min(most, max(1, (most*o.Open+o.Days-1)/o.Days))
}

// Monday returns the Monday of the week of d.
func Monday(d civil.Date) civil.Date {
	return d.AddDays(-(int(d.Weekday()-time.Monday) + 7) % 7)
}

// An Overload is a week in which one person owes more than they can.
type Overload struct {
	// Person and Week are those of all that is Owed, which is ordered by date.
	Person string
	Week   civil.Date
	Owed   []Owed
}

// Overloads returns who owes more in a week than the limit of the rule capacity,
// over what all clients are owed; nothing where the rule is off.
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
		if n-i > all[i].most(most) {
			over = append(over, Overload{all[i].Person, all[i].Week, all[i:n]})
		}
		i = n
	}
	return over
}

func capacity() Rule {
	return Rules[slices.IndexFunc(Rules, func(r Rule) bool { return r.Name == rule.Capacity })]
}

// Capacity says who owes more in a week than they can. Each problem lies at the
// promise that was given last, of several at the one with the latest date: that one
// can best be moved.
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

// closed tells how much of the week is closed, in words that follow its date.
func (o Owed) closed() string {
	if o.Open == o.Days {
		return ""
	}
	return fmt.Sprintf(", in which you are closed on %d of %d days", o.Days-o.Open, o.Days)
}

// list names the first few of what is owed, and for whom.
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
