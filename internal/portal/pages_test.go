package portal_test

import (
	"cmp"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"portalgen/internal/civil"
	"portalgen/internal/portal"
)

// page returns the page of a kind; an empty one if there is none.
func page(v *portal.View, kind string) *portal.Page {
	for _, p := range v.Pages {
		if p.Kind == kind {
			return p
		}
	}
	return &portal.Page{}
}

func TestWhichSectionsThereAre(t *testing.T) {
	risk := "\n[[risk]]\ntitle = \"It may rain\"\nopened = 2026-11-01\n"
	for _, tt := range []struct{ name, file, want string }{
		{"people alone", "", "people | everything"},
		{"a commitment", performedByDev(), "promises people | history everything"},
		{"an interim result", performedByDev() + interim("A sketch", "2026-11-18"), "promises people | history everything"},
		{"a file that is to come", "\n[[file]]\non = 2026-12-01\ntitle = \"Plan\"\nlink = \"https://x.example/\"\n", "files people | everything"},
		{"a risk", risk, "risks people | history everything"},
		{"a private risk", risk + "private = true\n", "people | everything"},
		{"a note", status("2026-11-09", "green", ""), "notes people | history everything"},
		{"a term", "\n[[term]]\nword = \"live\"\nmeans = \"Open\"\n", "agreed people | everything"},
		{"a summary", performedByDev(`{ on = 2026-11-05, by = "dev", did = "summarize", note = "So" }`), "promises agreed people | history everything"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, "2026-11-20", tt.file)
			earlier := map[string]string{"notes": "archive", "agreed": "understanding", "people": "working"}
			var kinds []string
			for i, m := range slices.Concat(v.Menu, v.Foot) {
				if i == len(v.Menu) {
					kinds = append(kinds, "|")
				}
				kinds = append(kinds, m.Kind)
				path := cmp.Or(earlier[m.Kind], m.Kind) + "-" // an address stays
				if p := page(v, m.Kind); v.To(m.Kind) != m.Href || p.Href != m.Href || p.Path != path || p.Title != m.Title {
					t.Errorf("%s leads to %s, its page is %s at %q", m.Kind, m.Href, p.Href, p.Path)
				}
			}
			if got := strings.Join(kinds, " "); got != tt.want {
				t.Errorf("there are %s, want %s", got, tt.want)
			}
			if v.To("nothing") != "" {
				t.Error("it leads to a page that there is not")
			}
		})
	}
}

func TestContentPages(t *testing.T) {
	opt := options(noon(t, "2026-11-20"))
	opt.Content = []portal.Content{{ID: "a", Title: "One", Body: "Text"}, {ID: "b", Title: "Two"}}
	v, err := portal.New(read(t, head), opt)
	if err != nil {
		t.Fatal(err)
	}
	a, b := v.Foot[0], v.Foot[1]
	if a.Title != "One" || a.Href != "/P/content-a/" || b.Title != "Two" || b.Href != "/P/content-b/" {
		t.Errorf("the foot is %+v", v.Foot)
	}
	if p := page(v, portal.KindContent); p.Content.Body != "Text" || p.Title != "One" {
		t.Errorf("the page is %+v", p)
	}
	if e := page(v, portal.KindEverything).Everything; len(e.Content) != 2 {
		t.Errorf("everything has %+v", e.Content)
	}
}

// What can be saved or opened stands newest first, whichever table of the file it is in.
func TestFilesNewestFirst(t *testing.T) {
	v := on(t, "2026-11-20", "\n[[file]]\non = 2026-11-07\ntitle = \"Plan\"\nlink = \"https://plan.example/\"\n"+
		"\n[[file]]\non = 2026-11-11\ntitle = \"Later plan\"\nlink = \"https://plan.example/2\"\n"+
		performedByDev()+
		interim("Sketch", "2026-11-13", `{ on = 2026-11-09, by = "dev", did = "deliver" }`)+"link = \"https://sketch.example/\"\n"+
		interim("Draft", "2026-11-15")+"link = \"https://draft.example/\"\n"+
		interim("Nothing to keep", "2026-11-16"))
	var got []string
	for _, i := range page(v, portal.KindFiles).Files.Items {
		got = append(got, i.Title)
	}
	if want := []string{"Later plan", "Sketch", "Plan", "Draft"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Of what was handed over more than once, under one title or as one file, the newest version stands in the
// list, and below it those that it replaced; what was only promised replaces nothing.
func TestFilesAndTheirEarlierVersions(t *testing.T) {
	file := func(on, title, more string) string {
		return "\n[[file]]\non = " + on + "\ntitle = \"" + title + "\"\n" + more + "\n"
	}
	v := on(t, "2026-11-20", file("2026-11-03", "Plan", `file = "plan-1.pdf"`)+file("2026-11-07", "plan", `file = "plan-2.pdf"`)+
		file("2026-11-11", "Plan, with the shelf", `file = "plan-2.pdf"`)+file("2026-11-12", "Another", `file = "other.pdf"`)+
		performedByDev()+interim("Plan, with the shelf", "2026-11-13")+"link = \"https://plan.example/\"\n")
	var got []string
	for _, i := range page(v, portal.KindFiles).Files.Items {
		got = append(got, i.Title+" "+i.On.String())
		for _, old := range i.Earlier {
			got = append(got, "- "+old.Title+" "+old.On.String()+" until "+old.Replaced.String())
		}
	}
	want := []string{
		"Another 2026-11-12", "Plan, with the shelf 2026-11-11", "- plan 2026-11-07 until 2026-11-11",
		"- Plan 2026-11-03 until 2026-11-07", "Plan, with the shelf ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What was delivered and cannot be saved or opened is told on its own page alone.
func TestNoFilesPageWithoutAFile(t *testing.T) {
	v := on(t, "2026-11-20", performedByDev(`{ on = 2026-11-05, by = "dev", did = "deliver" }`))
	if v.To(portal.KindFiles) != "" {
		t.Errorf("there is a page of files: %q", v.To(portal.KindFiles))
	}
}

// What is not settled yet stands in a list, with the place where the client settles it.
func TestOpenPointsOfAgreed(t *testing.T) {
	v := on(t, "2026-11-20", `
[[check_in]]
on = 2026-11-10
recap = "All said"
[[assumption]]
on = 2026-11-05
text = "It is dry"
[[question]]
asked = 2026-11-01
by = "maria"
to = "dev"
text = "Which?"
[[change]]
on = 2026-11-06
by = "dev"
text = "A roof"
agreed = 2026-11-08
[[term]]
word = "desk"
means = "Both"
`)
	var got []string
	for _, p := range page(v, portal.KindAgreed).Agreed.Open {
		got = append(got, fmt.Sprintf("%s %s %t", p.Kind, p.What, p.Anchor != ""))
	}
	want := []string{"summary All said true", "term desk true", "assumption It is dry true", "question Which? false"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHowSummariesEnd(t *testing.T) {
	said := func(more ...string) []string {
		v := on(t, "2026-11-20", performedByDev(append([]string{`{ on = 2026-11-05, by = "dev", did = "summarize", note = "So" }`}, more...)...))
		var all []string
		for _, s := range page(v, portal.KindAgreed).Agreed.Summaries {
			all = append(all, string(s.Note)+" "+s.How+" "+s.SettledBy.ID)
		}
		return all
	}
	correct := `{ on = 2026-11-06, by = "maria", did = "correct", note = "Not so" }`
	for _, tt := range []struct {
		name string
		got  []string
		want []string
	}{
		{"open", said(), []string{"So open "}},
		{"confirmed", said(`{ on = 2026-11-06, by = "theo", did = "confirm" }`), []string{"So confirmed theo"}},
		{"corrected", said(correct), []string{"Not so open ", "So corrected maria"}},
		{"corrected and confirmed", said(correct, `{ on = 2026-11-07, by = "dev", did = "confirm" }`), []string{"Not so confirmed dev", "So corrected maria"}},
		{"closed", said(`{ on = 2026-11-06, by = "maria", did = "withdraw" }`), []string{"So closed "}},
	} {
		if !slices.Equal(tt.got, tt.want) {
			t.Errorf("%s: got %q", tt.name, tt.got)
		}
	}
}

func TestSummaryOfAnInterimResultThatWasCutOff(t *testing.T) {
	v := on(t, "2026-11-20", performedByDev(`{ on = 2026-11-09, by = "maria", did = "withdraw" }`)+
		interim("A sketch", "2026-11-18", `{ on = 2026-11-05, by = "dev", did = "summarize", note = "So" }`))
	s := page(v, portal.KindAgreed).Agreed.Summaries[0]
	if s.How != "closed" || s.Settled.String() != "2026-11-09" {
		t.Errorf("it is %s since %s", s.How, s.Settled)
	}
}

func TestLastConfirmed(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"nothing", "\n[[decision]]\non = 2026-11-09\ntext = \"So\"\n", ""},
		{"a check-in", "\n[[check_in]]\non = 2026-11-09\nrecap = \"So\"\nconfirmed = 2026-11-10\n", "2026-11-10"},
		{"a term before it", "\n[[term]]\nword = \"a\"\nmeans = \"b\"\nconfirmed = 2026-11-03\n[[change]]\non = 2026-11-09\ntext = \"So\"\nagreed = 2026-11-11\n", "2026-11-11"},
		{"an assumption that was wrong", "\n[[assumption]]\non = 2026-11-09\ntext = \"So\"\nconfirmed = 2026-11-10\nwrong = 2026-11-12\n", ""},
		{"a correction", performedByDev(`{ on = 2026-11-05, by = "dev", did = "summarize", note = "So" }`, `{ on = 2026-11-06, by = "maria", did = "correct", note = "No" }`), ""},
	} {
		u := page(on(t, "2026-11-20", tt.file), portal.KindAgreed).Agreed
		if got := u.Confirmed; got.IsZero() != (tt.want == "") || tt.want != "" && got.String() != tt.want {
			t.Errorf("%s: got %v, want %s", tt.name, got, tt.want)
		}
	}
}

// Whatever risks there are, each with a place has one dot, inside the picture and
// inside the cell that it belongs to, and no two of them touch on the narrowest screen.
func TestDotsOfTheGrid(t *testing.T) {
	const width = 5 * 44
	likelihoods := []string{"rare", "unlikely", "possible", "likely", "almost-certain"}
	impacts := []string{"negligible", "minor", "moderate", "major", "severe"}
	rapid.Check(t, func(rt *rapid.T) {
		var file strings.Builder
		n := rapid.IntRange(1, 30).Draw(rt, "n")
		for range n {
			file.WriteString("\n[[risk]]\ntitle = \"It may rain\"\nopened = 2026-11-01\nlikelihood = \"" +
				rapid.SampledFrom(likelihoods).Draw(rt, "likelihood") + "\"\nimpact = \"" + rapid.SampledFrom(impacts).Draw(rt, "impact") + "\"\n" +
				"log = [{ on = 2026-11-02, note = \"So\", impact = \"" + rapid.SampledFrom(impacts).Draw(rt, "later") + "\" }]\n")
		}
		r := page(on(t, "2026-11-20", file.String()), portal.KindRisks).Risks
		if len(r.Grid.Dots) != n {
			rt.Fatalf("%d dots for %d risks", len(r.Grid.Dots), n)
		}
		for i, d := range r.Grid.Dots {
			x, y := float64(slices.Index(impacts, d.Risk.Impact)*20), float64((4-slices.Index(likelihoods, d.Risk.Likelihood))*20)
			half := float64(d.R) / width * 100
			if d.R < 1 || d.X-half < x || d.X+half > x+20 || d.Y-half < y || d.Y+half > y+20 {
				rt.Fatalf("%+v lies outside the cell at %v, %v", d, x, y)
			}
			for _, e := range r.Grid.Dots[:i] {
				if math.Hypot(d.X-e.X, d.Y-e.Y)*width/100 < float64(d.R+e.R) {
					rt.Fatalf("%+v and %+v touch", d, e)
				}
			}
			if slices.Contains(r.Grid.Was, d.GridPoint) {
				rt.Fatalf("a mark of an earlier place is under %+v", d)
			}
		}
	})
}

// The way of a risk is told in its log, and drawn from each place where it stood to the next.
func TestWayOfARisk(t *testing.T) {
	const risk = "\n[[risk]]\nid = \"rain\"\ntitle = \"It may rain\"\nopened = 2026-11-01\n"
	const rated = risk + "likelihood = \"possible\"\nimpact = \"major\"\n"
	for _, tt := range []struct{ name, file, steps, ways string }{
		{"never moved", rated, "", ""},
		{"a note alone", rated + `log = [{ on = 2026-11-02, note = "So" }]`, "so: >, >", ""},
		{"said again", rated + `log = [{ on = 2026-11-02, note = "So", likelihood = "possible" }]`, "so: >, >", ""},
		{"up", rated + `log = [{ on = 2026-11-02, note = "So", likelihood = "likely" }]`, "so: possible>likely, >", "70,50 70,30 true"},
		{
			"up, then less bad", rated + `log = [{ on = 2026-11-02, note = "So", likelihood = "likely" }, { on = 2026-11-03, note = "And", impact = "minor" }]`,
			"and: >, major>minor; so: possible>likely, >", "70,50 70,30 false; 70,30 30,30 true",
		},
		{
			"there and back", rated + `log = [{ on = 2026-11-02, note = "So", likelihood = "likely" }, { on = 2026-11-03, note = "And", likelihood = "possible" }]`,
			"and: likely>possible, >; so: possible>likely, >", "70,30 70,50 true",
		},
		{
			"rated later", risk + `log = [{ on = 2026-11-02, note = "So", likelihood = "likely", impact = "minor" }, { on = 2026-11-03, note = "And", impact = "major" }]`,
			"and: >, minor>major; so: >likely, >minor", "30,30 70,30 true",
		},
	} {
		r := page(on(t, "2026-11-20", tt.file), portal.KindRisks).Risks
		var steps, ways []string
		for _, e := range r.Open[0].Log {
			steps = append(steps, fmt.Sprintf("%s: %s>%s, %s>%s", strings.ToLower(string(e.Note)), e.Likelihood.From, e.Likelihood.To, e.Impact.From, e.Impact.To))
		}
		for _, w := range r.Grid.Ways {
			ways = append(ways, fmt.Sprintf("%v,%v %v,%v %v", w.From.X, w.From.Y, w.To.X, w.To.Y, w.Last))
		}
		if got := strings.Join(steps, "; "); got != tt.steps {
			t.Errorf("%s: the log says %s, want %s", tt.name, got, tt.steps)
		}
		if got := strings.Join(ways, "; "); got != tt.ways {
			t.Errorf("%s: drawn as %s, want %s", tt.name, got, tt.ways)
		}
	}
}

func TestRisksWithoutAPlace(t *testing.T) {
	r := page(on(t, "2026-11-20", "\n[[risk]]\ntitle = \"It may rain\"\nlikelihood = \"rare\"\nopened = 2026-11-01\n"), portal.KindRisks).Risks
	if r.Grid != nil || len(r.Open) != 1 {
		t.Errorf("got %+v", r)
	}
}

func TestMonthsOfHistory(t *testing.T) {
	v := on(t, "2026-11-20", performedByDev()+status("2026-10-31", "green", ""))
	h := page(v, portal.KindHistory).History
	if len(h.Months) != 2 || h.Months[0].First.String() != "2026-11-01" || h.Months[0].N != 2 || h.Months[1].N != 1 || h.N != 3 {
		t.Errorf("got %+v", h.Months)
	}
	marks := map[string]bool{}
	for _, e := range v.History {
		if len(e.StableKey) != 12 || strings.Contains(e.StableKey, "booking") {
			t.Errorf("%s is marked %q", e.ID, e.StableKey)
		}
		marks[e.StableKey] = true
	}
	if len(marks) != len(v.History) {
		t.Error("two events have one mark")
	}
	other := on(t, "2026-11-20", performedByDev())
	if !marks[other.History[0].StableKey] {
		t.Error("a mark changes with what else there is")
	}
}

func TestHoursOfReplies(t *testing.T) {
	if w := page(on(t, "2026-11-20", ""), portal.KindPeople).People; w.Hours != nil {
		t.Errorf("nothing was promised by the hour: %+v", w.Hours)
	}
	text := strings.Replace(head, "[promises]", "[promises]\nreply_within = \"2 hours\"", 1)
	v, err := portal.New(read(t, text), options(noon(t, "2026-11-20")))
	if err != nil {
		t.Fatal(err)
	}
	if h := page(v, portal.KindPeople).People.Hours; fmt.Sprint(h.Days) != "[{2024-01-01 2024-01-05}]" {
		t.Errorf("got %+v", h)
	}
}

// Days off that follow each other are told as one run, in order; what is over is not told.
func TestDaysOff(t *testing.T) {
	p := north()
	for _, day := range []string{"2027-01-01", "2026-12-24", "2026-12-31", "2026-11-19", "2026-12-26", "2026-12-24"} {
		p.Closed = append(p.Closed, civil.On(civil.DateOf(noon(t, day))))
	}
	text := strings.Replace(head, "[promises]", "[promises]\nreply_within = \"2 hours\"", 1)
	h := page(derive(t, text, p, noon(t, "2026-11-20")), portal.KindPeople).People.Hours
	if got, want := fmt.Sprint(h.Closed), "[{2026-12-24 2026-12-24} {2026-12-26 2026-12-26} {2026-12-31 2027-01-01}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The client is told by their own clock when the provider works. London has summer time until
// 25 October 2026, Los Angeles until 1 November, Auckland from 27 September on.
func TestHoursAreTheClients(t *testing.T) {
	for _, tt := range []struct {
		zone, today string
		days        []string
		want        string
	}{
		{"Europe/London", "2026-11-20", []string{"mon", "fri"}, "Mon Fri 09:00 17:00"},
		{"Europe/Berlin", "2026-11-20", []string{"mon", "fri"}, "Mon Fri 10:00 18:00 theirs"},
		{"America/Los_Angeles", "2026-11-20", []string{"mon", "fri"}, "Mon Fri 01:00 09:00 theirs"},
		{"America/Los_Angeles", "2026-10-28", []string{"mon", "fri"}, "Mon Fri 02:00 10:00 theirs"},
		{"Pacific/Honolulu", "2026-11-20", []string{"mon", "fri"}, "Sun Thu 23:00 07:00 theirs overnight"},
		{"Asia/Tokyo", "2026-11-20", []string{"mon", "sun"}, "Mon Sun 18:00 02:00 theirs overnight"},
		{"Asia/Dubai", "2026-06-20", []string{"mon"}, "Mon 12:00 20:00 theirs"},
		{"Asia/Tokyo", "2026-06-20", []string{"mon"}, "Mon 17:00 01:00 theirs overnight"},
		{"Asia/Shanghai", "2026-06-20", []string{"mon"}, "Mon 16:00 00:00 theirs"},
		{"Pacific/Kiritimati", "2026-06-20", []string{"mon"}, "Mon 22:00 06:00 theirs overnight"},
		{"Pacific/Kiritimati", "2026-11-20", []string{"mon", "fri"}, "Mon Fri 23:00 07:00 theirs overnight"},
	} {
		p := north()
		p.WorkingHours.Days = tt.days
		text := strings.NewReplacer("America/Los_Angeles", tt.zone, "[promises]", "[promises]\nreply_within = \"2 hours\"").Replace(head)
		h := page(derive(t, text, p, noon(t, tt.today)), portal.KindPeople).People.Hours
		got := ""
		for _, d := range h.Days {
			got += d.First.Weekday().String()[:3] + " "
		}
		got += h.From.Wall().Format("15:04") + " " + h.To.Wall().Format("15:04")
		if h.Theirs {
			got += " theirs"
		}
		if h.Overnight {
			got += " overnight"
		}
		if got != tt.want {
			t.Errorf("%s on %s: got %s, want %s", tt.zone, tt.today, got, tt.want)
		}
	}
}

func TestSections(t *testing.T) {
	for _, tt := range []struct {
		text  portal.Text
		level int
		want  string
	}{
		{"# A\n\n### B\n\nText", 2, "<h2>A</h2>\n<h4>B</h4>\n<p>Text</p>"},
		{"### A\n\n## B", 2, "<h3>A</h3>\n<h2>B</h2>"},
		{"##### A\n\n# B", 3, "<h6>A</h6>\n<h3>B</h3>"},
		{"<b>x</b> [a](javascript:alert(1))", 2, "<p>&lt;b&gt;x&lt;/b&gt; a</p>"},
	} {
		if got := string(tt.text.Sections(tt.level)); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestPeopleAreInTheOrderOfTheFile(t *testing.T) {
	w := page(on(t, "2026-11-20", ""), portal.KindPeople).People
	ids := func(all []portal.Person) (out []string) {
		for _, p := range all {
			out = append(out, p.ID)
		}
		return out
	}
	if !reflect.DeepEqual(ids(w.Theirs), []string{"maria", "theo"}) || !reflect.DeepEqual(ids(w.Ours), []string{"dev", "ines"}) {
		t.Errorf("got %v and %v", ids(w.Theirs), ids(w.Ours))
	}
}
