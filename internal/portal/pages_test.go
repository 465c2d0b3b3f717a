package portal_test

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/civil"
	"portalgen/internal/portal"
)

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
				if p := page(v, m.Kind); v.To(m.Kind) != m.Href || p.Href != m.Href || p.Path != path ||
					p.Title != m.Title {
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

func TestMonthsOfHistory(t *testing.T) {
	v := on(t, "2026-11-20", performedByDev()+status("2026-10-31", "green", ""))
	h := page(v, portal.KindHistory).History
	if len(h.Months) != 2 || h.Months[0].First.String() != "2026-11-01" || h.Months[0].N != 2 || h.Months[1].N != 1 ||
		h.N != 3 {
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
	if !reflect.DeepEqual(ids(w.Theirs), []string{"maria", "theo"}) ||
		!reflect.DeepEqual(ids(w.Ours), []string{"dev", "ines"}) {
		t.Errorf("got %v and %v", ids(w.Theirs), ids(w.Ours))
	}
}
