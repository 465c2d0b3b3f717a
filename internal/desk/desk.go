// Package desk makes the preview's own page: the state of all clients, how much each person owes in which
// week, and the dates of the coming weeks.
//
// It shows what package today says, in HTML. It must not know who may read it, nor where the portals are.
package desk

import (
	"cmp"
	_ "embed"
	"html/template"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/portal"
	"portalgen/internal/today"
)

// weeks is how many weeks the desk shows, the current one included.
const weeks = 8

// mostProblems is how many problems are shown unfolded.
const mostProblems = 3

// A Client is one client, as the desk's caller gives it.
type Client struct {
	ID, Name string
	// Link opens the client's portal.
	Link string
	Part today.Part
	// Broken says that the client's file cannot be read; Part is then empty.
	Broken bool
}

// A Desk is what the page shows.
type Desk struct {
	Provider string
	// Today is the provider's day, Check the [check] of provider.toml.
	Today   civil.Date
	Check   map[string]client.Check
	Clients []Client
	// Problems are the current errors.
	Problems diag.Problems
}

//go:embed desk.html
var text string

// indent is the white space between two tags; removing it does not change the page.
var indent = regexp.MustCompile(`>\n\s*<`)

var deskTemplate = template.Must(template.New("desk").Funcs(template.FuncMap{
	"day":   func(d civil.Date, layout string) string { return civil.On(d).Wall().Format(layout) },
	"count": count,
	"keys":  func() []key { return keys },
	"side":  func(title, class, id string, l lines) side { return side{title, class, id, l} },
}).Parse(indent.ReplaceAllString(text, "><")))

// Write writes the page's content.
func Write(w io.Writer, d Desk) error { return deskTemplate.Execute(w, d.view()) }

// deskView is the desk as the template shows it.
type deskView struct {
	Provider string
	Today    civil.Date
	Clients  int
	Groups   []group
	People   []string
	Mondays  []civil.Date
	Weeks    []today.PersonWeeks
	Dates    []track
	Axis     []tick
	// Now is the position of today on the axis, in percent.
	Now float64
	// Problems are the first of AllProblems, MoreProblems the rest, which is folded.
	Problems, MoreProblems []diag.BrowserProblem
	AllProblems            int
}

// A group is a part of the list of clients.
type group struct {
	ID, Title string
	Rows      []row
}

// A row is one client.
type row struct {
	Client
	Colour portal.Colour
	// Says is the headline of the latest note, in Language.
	Says, Language string
	Ours           lines
	Theirs         lines
	Next           *line
	Finished       string
	// People are the provider's people who have something to do for this client, one per line.
	People string
}

// A line is one item.
type line struct {
	today.Item
	When   string
	Passed bool
}

// Theirs reports whether it waits for the client.
func (l line) Theirs() bool { return l.Group == today.Waiting }

// lines are items; Rest is folded.
type lines struct{ First, Rest []line }

// All returns the number of items.
func (l lines) All() int { return len(l.First) + len(l.Rest) }

// mostOf returns how many items of each side are shown unfolded, if there are n clients.
func mostOf(n int) int {
	if n > 24 {
		return 1
	}
	return 3
}

func split(all []line, most int) lines {
	n := min(most, len(all))
	return lines{all[:n], all[n:]}
}

// A side is the items that wait for one of the two sides.
type side struct {
	Title, Class, ID string
	Lines            lines
}

// groups are the parts of the list of clients in their order.
var groups = []group{
	{ID: "broken", Title: "Files with an error"},
	{ID: "now", Title: "Now"},
	{ID: "week", Title: "This week"},
	{ID: "rest", Title: "Nothing from you this week"},
}

func (d Desk) view() deskView {
	parts := make([]today.Part, len(d.Clients))
	for i, c := range d.Clients {
		parts[i] = c.Part
	}
	list := today.All(d.Today, parts, d.Check, weeks)
	items := map[string][]line{}
	people := map[string]bool{}
	for _, i := range list.Items {
		when, late := i.When(d.Today)
		items[i.Client] = append(items[i.Client], line{i, when, late})
		if i.Group != today.Waiting && i.Who != "" {
			people[i.Who] = true
		}
	}
	l := deskView{
		Provider: d.Provider, Today: d.Today, Clients: len(d.Clients), Groups: slices.Clone(groups),
		People: slices.Sorted(maps.Keys(people)), Weeks: list.Weeks, Problems: diag.Browser(d.Problems),
	}
	l.AllProblems = len(l.Problems)
	most := min(mostProblems, l.AllProblems)
	l.Problems, l.MoreProblems = l.Problems[:most], l.Problems[most:]
	l.axis()
	for _, c := range d.Clients {
		r := rowOf(c, items[c.ID], d.Today, mostOf(len(d.Clients)))
		i := slices.IndexFunc(l.Groups, func(g group) bool { return g.ID == r.group() })
		l.Groups[i].Rows = append(l.Groups[i].Rows, r)
		l.track(r, items[c.ID])
	}
	l.Groups = slices.DeleteFunc(l.Groups, func(g group) bool { return len(g.Rows) == 0 })
	for _, g := range l.Groups {
		slices.SortStableFunc(g.Rows, order)
	}
	slices.SortStableFunc(l.Dates, func(a, b track) int { return compareDue(a.Lines[0], b.Lines[0]) })
	return l
}

func rowOf(c Client, items []line, day civil.Date, most int) row {
	at := c.Part.Standing
	r := row{Client: c, Colour: at.Colour, Says: at.Headline, Language: at.Language}
	if f := c.Part.Standing.Finished; !f.IsZero() {
		r.Finished = today.FormatDate(f, day)
	}
	var ours, theirs []line
	people := map[string]bool{}
	for _, i := range items {
		switch {
		case i.Group == today.Waiting:
			theirs = append(theirs, i)
		case i.Group != today.Later:
			ours = append(ours, i)
			people[i.Who] = true
		}
		if !i.Due.IsZero() && !i.Passed && (r.Next == nil || compareDue(i, *r.Next) < 0) {
			r.Next = &i
		}
	}
	r.Ours, r.Theirs = split(ours, most), split(theirs, most)
	r.People = strings.Join(slices.Sorted(maps.Keys(people)), "\n")
	return r
}

// group returns the id of the group that r belongs to.
func (r row) group() string {
	switch {
	case r.Broken:
		return "broken"
	case r.Ours.All() == 0:
		return "rest"
	}
	return map[today.Group]string{today.Now: "now", today.Week: "week"}[r.Ours.First[0].Group]
}

// order sorts clients by their first item; those without an item of the provider's come last.
func order(a, b row) int {
	if a.Ours.All() == 0 || b.Ours.All() == 0 {
		return cmp.Or(cmp.Compare(b.Ours.All(), a.Ours.All()), cmp.Compare(b.Theirs.All(), a.Theirs.All()),
			cmp.Compare(a.Name, b.Name))
	}
	x, y := a.Ours.First[0], b.Ours.First[0]
	switch {
	case x.Urgent != y.Urgent && x.Urgent:
		return -1
	case x.Urgent != y.Urgent:
		return 1
	}
	return cmp.Or(compareDue(x, y), cmp.Compare(a.Name, b.Name))
}

// compareDue orders lines by their date, with lines without one last.
func compareDue(a, b line) int {
	switch {
	case a.Due.IsZero() && b.Due.IsZero():
		return 0
	case a.Due.IsZero():
		return 1
	case b.Due.IsZero():
		return -1
	}
	return a.Due.Compare(b.Due)
}

// count writes a number with the word for what is counted.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
