package desk

import (
	"strings"
	"testing"

	"portalgen/internal/civil"
	"portalgen/internal/diag"
	"portalgen/internal/portal"
	"portalgen/internal/today"
)

func day(t *testing.T, text string) civil.Date {
	t.Helper()
	d, err := civil.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func written(t *testing.T, d Desk) string {
	t.Helper()
	var b strings.Builder
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func item(c Client, group today.Group, who, what string, due civil.Date, late int) today.Item {
	return today.Item{Group: group, Client: c.ID, Name: c.Name, Who: who, Person: who, What: what, Due: civil.On(due), Late: late, Passed: late > 0}
}

// Many problems leave room for the clients: the first few are shown, and the rest is folded.
func TestProblemsAreFolded(t *testing.T) {
	t.Parallel()
	d := Desk{Today: day(t, "2026-11-20")}
	for _, message := range []string{"one", "two", "three", "four", "five"} {
		d.Problems = append(d.Problems, diag.Problem{Message: "Zq" + message})
	}
	html := written(t, d)
	above, folded, _ := strings.Cut(html, "<summary>2 more</summary>")
	if !strings.Contains(above, "5 problems") || strings.Count(above, "Zq") != 3 || strings.Count(folded, "Zq") != 2 {
		t.Errorf("got\n%s", html)
	}
	d.Problems = d.Problems[:2]
	if html := written(t, d); strings.Contains(html, "more</summary>") || !strings.Contains(html, "2 problems") {
		t.Errorf("got\n%s", html)
	}
}

func TestWhoNeedsWhat(t *testing.T) {
	t.Parallel()
	now := day(t, "2026-11-20")
	late, quiet, broken := Client{ID: "late", Name: "Late & Co", Link: "/late/#k=x"}, Client{ID: "quiet", Name: "Quiet"}, Client{ID: "broken", Name: "broken", Broken: true}
	week := Client{ID: "week", Name: "Week"}
	late.Part.Items = []today.Item{
		item(late, today.Now, "Sam", "deliver <one>", now.AddDays(-2), 2),
		item(late, today.Waiting, "Ana", "answer: two", now.AddDays(-1), 1),
		item(late, today.Later, "Sam", "deliver three", now.AddDays(20), 0),
	}
	week.Part.Standing = today.Standing{Colour: portal.Amber, Headline: "Alles gut", Language: "de"}
	week.Part.Items = []today.Item{item(week, today.Week, "Kim", "deliver four", now.AddDays(3), 0)}
	d := Desk{Provider: "North", Today: now, Clients: []Client{quiet, week, broken, late}}

	l := d.view()
	var got []string
	for _, g := range l.Groups {
		for _, r := range g.Rows {
			got = append(got, g.ID+" "+r.ID)
		}
	}
	if want := "broken broken, now late, week week, rest quiet"; strings.Join(got, ", ") != want {
		t.Errorf("clients are %v, want %s", got, want)
	}
	if next := l.Groups[1].Rows[0].Next; next == nil || next.What != "deliver three" {
		t.Errorf("the next date is %v", next)
	}
	if strings.Join(l.People, " ") != "Kim Sam" {
		t.Errorf("people are %v", l.People)
	}
	html := written(t, d)
	for _, want := range []string{
		`href="/late/#k=x"`, "Late &amp; Co", "deliver &lt;one&gt;", "2 days late, was due 18 November", "answer: two",
		"Thu 10 Dec", "Its file has an error", `data-colour="amber"`, "Needs care", `lang="de" dir="auto">Alles gut`, "No note yet", "Friday 20 November 2026", `href="#d-late"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(html, "<one>") {
		t.Error("text is markup")
	}
}

func TestAnEmptyDesk(t *testing.T) {
	t.Parallel()
	if html := written(t, Desk{Provider: "North", Today: day(t, "2026-11-20")}); !strings.Contains(html, "No clients yet") {
		t.Error(html)
	}
}

// What lies before the axis stands at its beginning, and what lies after it is not on it.
func TestPlaces(t *testing.T) {
	t.Parallel()
	l := deskView{Today: day(t, "2026-11-20")} // a Friday; the axis begins on Monday 9 November
	for text, want := range map[string]float64{"2026-11-09": 0.8, "2026-01-01": 0.8, "2026-11-16": 11.9, "2027-01-10": 99.2} {
		if got := l.place(day(t, text)); got != want {
			t.Errorf("%s is at %v, want %v", text, got, want)
		}
	}
	c := Client{ID: "a", Name: "A"}
	items := []line{{Item: item(c, today.Later, "Sam", "x", day(t, "2027-01-11"), 0)}}
	if l.track(row{Client: c}, items); len(l.Dates) != 0 {
		t.Errorf("a date after the axis is on it: %v", l.Dates)
	}
}
