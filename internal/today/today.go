// Package today is the provider's day across all clients: what to do now, what is due this week and by whom,
// and what waits for a client.
//
// It takes its facts from the same view that the pages show, and its warnings from the rules of `check`, so
// that the three always agree. It must not know of files or of how it is shown.
package today

import (
	"cmp"
	"slices"

	"portalgen/internal/check"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
)

// A Group is when an item is due, and for which side.
type Group string

// The groups. Now is what is late or due today; Week what is due in the next seven days, and what the
// provider has to do without a date; Waiting what the client has to do. Later has the provider's dates after
// that week: the desk shows them, a List does not.
const (
	Now     Group = "act-now"
	Week    Group = "this-week"
	Waiting Group = "waiting-on-the-client"
	Later   Group = "later"
)

// Groups are the groups of a List in their order.
var Groups = []Group{Now, Week, Waiting}

const days = 7

// An Item is one thing to do, or to wait for.
type Item struct {
	Group Group
	// Kind is a stable word: a verb of the page's own "your turn" (agree, promise, decide, decide_terms,
	// accept, deliver, answer, confirm, rate, change, help, message), the name of a rule of check, or one of
	// waits, resolve, check-in, update, silent, observation.
	Kind string
	// Client is the client's id, Name their name.
	Client, Name string
	// Person is the id of the person who should act, in that client's file, and Who their name. Both may be
	// "". Who and Name get the id added if another person, or another client, has the same name.
	Person, Who string
	// What says in one line, without a full stop, what to do or what is wrong. Do says what helps, or is "".
	What, Do string
	// Due is the date by which to do it; zero if there is none. Late is how many days ago it was, or 0.
	// Passed says that it is over, to the hour if Due has a time. A Due without a time is in the client's
	// zone, one with a time in the provider's, here and in What.
	Due    civil.Moment
	Late   int
	Passed bool
	// Since is when the waiting began; zero if that is unknown.
	Since  civil.Moment
	Urgent bool
	// Ways are the commands that settle it, the most likely first; see check.Ways.
	Ways [][]string
	Pos  diag.Pos
	// Private says that it comes from the notes of data/private, which the client must not see.
	Private bool

	ref client.Ref // the conversation or the message that it is about
}

// Command returns the most likely command that settles the item, ready to paste into a shell; "" if there is
// none.
func (i Item) Command() string {
	if len(i.Ways) == 0 {
		return ""
	}
	return diag.Command(i.Ways[0]...)
}

// A Load is how many dates one person of the provider's side owes until the end of the coming week, and how
// many of them are late.
type Load struct {
	// Person is as in check.Owed.
	Person, Who string
	Owes, Late  int
	// Over are the weeks, each by its Monday, in which the person owes more than the rule capacity allows.
	Over []civil.Date
}

// A List is everything to do, for all clients or some.
type List struct {
	// Today is the provider's day, Until the last day of the coming week.
	Today, Until civil.Date
	Items        []Item
	Loads        []Load
	// Weeks is how much each person owes in which week; only All sets it.
	Weeks []PersonWeeks
}

// A Subject is one client with the findings of check.
type Subject struct {
	Client *client.Client
	// Notes are the client's file in data/private; nil if there is none.
	Notes    *client.PrivateFile
	Findings check.Findings
}

// A Part is what there is to do for one client, and the client's state.
type Part struct {
	Items    []Item
	Owed     []check.Owed
	Standing Standing
}

// ForClient returns what there is to do for one client. It keeps no reference to the subject, so that a
// thousand parts need little memory.
func ForClient(s Subject) Part { return Part{items(&s), s.Findings.Owed, StandingOf(s.Findings.View)} }

// Near returns the part without the group Later, which Merge leaves out.
func (p Part) Near() Part {
	p.Items = slices.DeleteFunc(slices.Clone(p.Items), func(i Item) bool { return i.Group == Later })
	return p
}

// Merge joins the parts of all clients on the day today in the provider's zone. The parts may be in any
// order; set is the [check] of provider.toml.
func Merge(today civil.Date, parts []Part, set map[string]client.Check) List {
	return merge(today, parts, set, 0)
}

// All is Merge with the group Later, and with how much each person owes in each of this number of weeks,
// beginning with the current one.
func All(today civil.Date, parts []Part, set map[string]client.Check, weeks int) List {
	return merge(today, parts, set, weeks)
}

func merge(today civil.Date, parts []Part, set map[string]client.Check, weeks int) List {
	d := List{Today: today, Until: today.AddDays(days)}
	items, dates := 0, 0
	for _, p := range parts {
		items, dates = items+len(p.Items), dates+len(p.Owed)
	}
	d.Items = slices.Grow(d.Items, items)
	owed := make([]check.Owed, 0, dates)
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
	d.sort()
	return d
}

// sort sorts the items by way of pointers, since an item is large.
func (d *List) sort() {
	sorted := make([]*Item, len(d.Items))
	for n := range d.Items {
		sorted[n] = &d.Items[n]
	}
	slices.SortStableFunc(sorted, order)
	items := slices.Grow([]Item(nil), len(sorted))
	for _, i := range sorted {
		items = append(items, *i)
	}
	d.Items = items
}

// order sorts by group, then urgent items first, then by date, with items without a date last.
func order(a, b *Item) int {
	return cmp.Or(
		cmp.Compare(rank(a), rank(b)), earlier(a.Due, b.Due), earlier(a.Since, b.Since),
		cmp.Compare(a.Name, b.Name), cmp.Compare(a.Client, b.Client),
		cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.What, b.What),
	)
}

// earlier orders moments, a whole day before a time on that day. Moment.Compare treats these two as equal, so
// it would not always give the same order.
func earlier(a, b civil.Moment) int {
	return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Clock, b.Clock))
}

// rank gives the order of the groups, within a group of urgent before other items, and of these with a date
// before without.
func rank(i *Item) int {
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

// Clients returns the ids of the clients on the list, in its order.
func (d List) Clients() (ids []string) {
	named := map[string]bool{}
	for _, i := range d.Items {
		if !named[i.Client] {
			ids = append(ids, i.Client)
		}
		named[i.Client] = true
	}
	return ids
}

// OfPerson returns the items and loads of one person, by id or any part of the name, in any case. Items
// without a person are left out.
func (d List) OfPerson(person string) List {
	one := d
	one.Items = slices.DeleteFunc(slices.Clone(d.Items),
		func(i Item) bool { return !isCalled(person, i.Person, i.Who) })
	one.Loads = slices.DeleteFunc(slices.Clone(d.Loads),
		func(l Load) bool { return !isCalled(person, l.Person, l.Who) })
	return one
}

// OfClients returns the items of some clients, and the loads of the people in these items. A load still
// counts what the person owes to all clients.
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

// loads returns how much each person owes up to the day until; the person who owes most comes first.
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
