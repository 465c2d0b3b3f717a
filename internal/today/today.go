// Package today is the provider's day across all clients: what to do now, what is due
// this week and by whom, and what waits on a client.
//
// It takes its facts from the same view that the pages show, and its warnings from
// the rules of `check`, so that the three never disagree. It must not know of files
// or of how it is shown.
package today

import (
	"cmp"
	"slices"

	"portalgen/internal/check"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
)

// A Group is when something is to be done, and by whom.
type Group string

// The groups. Now holds what is late or due today; Week what is due in the seven
// days after, and what of ours has no date; Waiting what the client has to do. Later holds
// our dates after that week: the desk looks ahead, a List does not.
const (
	Now     Group = "act-now"
	Week    Group = "this-week"
	Waiting Group = "waiting-on-the-client"
	Later   Group = "later"
)

// Groups are the groups of a List in their order.
var Groups = []Group{Now, Week, Waiting}

// days is how long a week is.
const days = 7

// An Item is one thing to be done, or waited for.
type Item struct {
	Group Group
	// Kind is a stable word: a verb of the page's own "your turn" (agree, promise,
	// decide, decide_terms, accept, deliver, answer, confirm, rate, change, help, message), the name
	// of a rule of check, or one of waits, resolve, check-in, update, silent, observation.
	Kind string
	// Client is the client's id, Name their name.
	Client, Name string
	// Person is the id of who is to act, in that client's file, and Who their name,
	// with the id where another of the provider's people is called the same; both may
	// be empty. Name has the client's id in the same way.
	Person, Who string
	// What says in one line, without a full stop, what is to be done, or what is
	// wrong; then Do is what helps, else "".
	What, Do string
	// Due is by when; zero if there is no date. Late is by how many days it has
	// passed, 0 if it has not; Passed is true from the hour on, if it has one. A date
	// without an hour is a day of the client's; one with an hour is on the provider's
	// clock, here and in What.
	Due    civil.Moment
	Late   int
	Passed bool
	// Since is since when it waits; zero if that is not known.
	Since  civil.Moment
	Urgent bool
	// Ways are the commands that settle it, the likeliest first; see check.Ways.
	Ways [][]string
	Pos  diag.Pos
	// Private says that it comes from the notes of data/private: not for the client's
	// eyes.
	Private bool

	ref client.Ref // of the conversation or the message that it is about
}

// Command returns the likeliest command that settles the item, ready to be pasted into a shell; ""
// where none does.
func (i Item) Command() string {
	if len(i.Ways) == 0 {
		return ""
	}
	return diag.Command(i.Ways[0]...)
}

// A Load is what one person of the provider's side owes until the end of the week
// ahead, and how much of it is late.
type Load struct {
	// Person is as in check.Owed.
	Person, Who string
	Owes, Late  int
	// Over are the weeks, each by its Monday, in which that is more than the rule
	// capacity allows.
	Over []civil.Date
}

// A List is everything to do, for all clients or some.
type List struct {
	// Today is the provider's day, Until the last day of the week ahead.
	Today, Until civil.Date
	Items        []Item
	Loads        []Load
	// Weeks is who owes how much in which week; only of All.
	Weeks []PersonWeeks
}

// A Subject is one client, as it was read and judged.
type Subject struct {
	Client *client.Client
	// Notes are those of data/private; nil if there are none.
	Notes    *client.PrivateFile
	Findings check.Findings
}

// A Part is what is to be done for one client, and how it stands.
type Part struct {
	Items    []Item
	Owed     []check.Owed
	Standing Standing
}

// ForClient returns what is to be done for one client. It keeps no reference to
// the subject, so that a thousand parts need little memory.
func ForClient(s Subject) Part { return Part{items(&s), s.Findings.Owed, StandingOf(s.Findings.View)} }

// Merge puts together what is to be done for all clients on the day today, the
// provider's. The parts come in any order; set is the [check] of provider.toml.
func Merge(today civil.Date, parts []Part, set map[string]client.Check) List {
	return merge(today, parts, set, 0)
}

// All is Merge with what is Later, and with who owes how much in each of so many weeks, of which
// the present one is the first.
func All(today civil.Date, parts []Part, set map[string]client.Check, weeks int) List {
	return merge(today, parts, set, weeks)
}

func merge(today civil.Date, parts []Part, set map[string]client.Check, weeks int) List {
	d := List{Today: today, Until: today.AddDays(days)}
	var owed []check.Owed
	for _, p := range parts {
		for _, i := range p.Items {
			if i.Group != Later || weeks > 0 {
				d.Items = append(d.Items, i)
			}
		}
		owed = append(owed, p.Owed...)
	}
	over := check.Overloads(owed, set)
	d.Loads, d.Weeks = loads(owed, over, d.Until), byWeek(owed, over, today, weeks)
	d.tellApart()
	slices.SortStableFunc(d.Items, order)
	return d
}

// order puts what is urgent first, then the soonest, and what has no date last.
func order(a, b Item) int {
	return cmp.Or(
		cmp.Compare(rank(a), rank(b)), earlier(a.Due, b.Due), earlier(a.Since, b.Since),
		cmp.Compare(a.Name, b.Name), cmp.Compare(a.Client, b.Client),
		cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.What, b.What),
	)
}

// earlier orders moments, a whole day before a time on that day. Moment.Compare has the two
// as equal, and so gives no order in which a list always comes out the same.
func earlier(a, b civil.Moment) int {
	return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Clock, b.Clock))
}

// rank puts the groups in their order, and within each what is urgent before what is
// not, and of those what has a date before what has none.
func rank(i Item) int {
	rank := 4 * len(Groups) // Later
	if n := slices.Index(Groups, i.Group); n >= 0 {
		rank = 4 * n
	}
	if !i.Urgent {
		rank += 2
	}
	if i.Due.IsZero() {
		rank++
	}
	return rank
}

// Clients returns the ids of those that something on the list is about, in its order.
func (d List) Clients() (ids []string) {
	for _, i := range d.Items {
		if !slices.Contains(ids, i.Client) {
			ids = append(ids, i.Client)
		}
	}
	return ids
}

// OfPerson returns what is on the list for one person, by id or by any part of the name,
// in any case. What names nobody is left out.
func (d List) OfPerson(person string) List {
	one := d
	one.Items = slices.DeleteFunc(slices.Clone(d.Items),
		func(i Item) bool { return !isCalled(person, i.Person, i.Who) })
	one.Loads = slices.DeleteFunc(slices.Clone(d.Loads),
		func(l Load) bool { return !isCalled(person, l.Person, l.Who) })
	return one
}

// OfClients returns what is on the list for some clients. Whoever has something to do
// there is shown with all that they owe, to whomever.
func (d List) OfClients(ids []string) List {
	some := d
	some.Items = slices.DeleteFunc(slices.Clone(d.Items), func(i Item) bool { return !slices.Contains(ids, i.Client) })
	some.Loads = slices.DeleteFunc(slices.Clone(d.Loads), func(l Load) bool {
		return !slices.ContainsFunc(some.Items, func(i Item) bool {
			return i.Person != "" && (l.Person == i.Person || l.Person == i.Client+"/"+i.Person)
		})
	})
	return some
}

// loads returns what each person owes until the day until, who owes most first.
func loads(owed []check.Owed, over []check.Overload, until civil.Date) []Load {
	by := map[string]*Load{}
	for _, o := range owed {
		if o.Due.Date.After(until) {
			continue
		}
		l := by[o.Person]
		if l == nil {
			l = &Load{Person: o.Person, Who: o.Name}
			by[o.Person] = l
		}
		l.Owes++
		if o.Late {
			l.Late++
		}
	}
	var all []Load
	for _, l := range by {
		for _, o := range over {
			if o.Person == l.Person && !o.Week.After(until) {
				l.Over = append(l.Over, o.Week)
			}
		}
		all = append(all, *l)
	}
	slices.SortFunc(all, func(a, b Load) int {
		return cmp.Or(cmp.Compare(b.Owes, a.Owes), cmp.Compare(a.Who, b.Who), cmp.Compare(a.Person, b.Person))
	})
	return all
}
