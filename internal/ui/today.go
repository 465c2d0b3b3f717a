package ui

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"portalgen/internal/civil"
	"portalgen/internal/diag"
	"portalgen/internal/today"
)

// groupTitles are the headings of the groups.
var groupTitles = map[today.Group]string{
	today.Now: "Act now", today.Week: "This week", today.Waiting: "Waiting on the client",
}

// Today shows what to do: each group by client, and before the week how much each person owes in it. If whole
// is false, some clients are missing, so it does not say that there is nothing to do.
func (t *Terminal) Today(d today.List, whole bool) {
	var text bytes.Buffer
	all := *t
	all.Out = &text // written at once: there may be thousands of lines
	all.list(d, whole)
	_, _ = t.Out.Write(text.Bytes())
}

func (t *Terminal) list(d today.List, whole bool) {
	t.Say("%s", t.bold(day(d.Today, "Monday 2 January 2006")))
	if len(d.Items) == 0 && whole {
		t.Say("")
		t.NothingToDo()
	}
	for _, g := range today.Groups {
		if g == today.Week && len(d.Loads) > 0 {
			t.loads(d)
		}
		t.group(groupTitles[g], d, g)
	}
}

// loads shows how much each person owes until the end of the coming week.
func (t *Terminal) loads(d today.List) {
	t.Say("\n%s", t.bold("Owed until "+day(d.Until, "Monday 2 January")))
	for _, l := range d.Loads {
		says := fmt.Sprintf("  %-20s %d", diag.Printable(l.Who), l.Owes)
		if l.Late > 0 {
			says += fmt.Sprintf(", %d of it late", l.Late)
		}
		for _, week := range l.Over {
			says += t.paint("1;33", fmt.Sprintf("; more than they can in the week of %s", day(week, "2 January")))
		}
		t.Say("%s", says)
	}
}

// anyone is the heading of items without a person.
const anyone = "Whoever looks after them"

// group shows the items of one group below their clients; those of the coming week below their people.
func (t *Terminal) group(title string, d today.List, g today.Group) {
	heading := func(i *today.Item) string { return i.Name }
	if g == today.Week {
		heading = func(i *today.Item) string { return cmp.Or(i.Who, anyone) }
	}
	var headings []string
	below := map[string][]*today.Item{}
	n := 0
	for at := range d.Items {
		i := &d.Items[at]
		if i.Group != g {
			continue
		}
		h := heading(i)
		if below[h] == nil {
			headings = append(headings, h)
		}
		below[h] = append(below[h], i)
		n++
	}
	if n == 0 {
		return
	}
	if i := slices.Index(headings, anyone); i >= 0 {
		headings = append(slices.Delete(headings, i, i+1), anyone)
	}
	t.Say("\n%s", t.bold(fmt.Sprintf("%s (%d)", title, n)))
	for _, h := range headings {
		t.Say("  %s", diag.Printable(h))
		for _, i := range below[h] {
			lead := i.Who
			if g == today.Week {
				lead = i.Name
			}
			t.item(d.Today, lead, *i)
		}
	}
}

// item shows one item: its person and what to do, then when, and where it is written.
func (t *Terminal) item(date civil.Date, lead string, i today.Item) {
	what := diag.Printable(i.What)
	if lead != "" {
		what = diag.Printable(lead) + ": " + what
	} else {
		what = capital(what)
	}
	t.Say("    %s", strings.ReplaceAll(wrap(what, lineWidth), "\n", "\n    "))
	var notes []string
	if i.Urgent {
		notes = append(notes, t.paint("1;31", "urgent"))
	}
	if due := t.due(date, i); due != "" {
		notes = append(notes, due)
	}
	if i.Private {
		notes = append(notes, "private")
	}
	if i.Do != "" {
		notes = append(notes, diag.Printable(i.Do))
	}
	if i.Pos.File != "" {
		notes = append(notes, t.paint("2", t.Place(placeOf(i.Pos))))
	}
	if len(notes) > 0 {
		t.Say("      %s", strings.Join(notes, " · "))
	}
	if command := i.Command(); command != "" {
		t.Say("      %s", t.paint("36", diag.Printable(t.here(command))))
	}
}

// capital returns s with a capital first letter.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// placeOf returns file and line, as editors open them.
func placeOf(p diag.Pos) string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// due says in words by when, and how late it is.
func (t *Terminal) due(date civil.Date, i today.Item) string {
	words, late := i.When(date)
	if late {
		return t.paint("31", words)
	}
	return words
}

func day(d civil.Date, layout string) string { return civil.On(d).Wall().Format(layout) }

func (t *Terminal) bold(s string) string { return t.paint("1", s) }

func (t *Terminal) paint(code, s string) string {
	if !t.outColor {
		return s
	}
	return painted(code, s)
}
