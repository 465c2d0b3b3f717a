package portal_test

import (
	"strings"
	"testing"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/portal"
)

// every returns the head with check-ins promised.
func every(often string) string {
	return strings.Replace(head, "[promises]", "[promises]\ncheck_in = \""+often+"\"\ncheck_in_why = \"It is a launch\"", 1)
}

func checkIn(on, next string) string {
	if next != "" {
		next = "\nnext_check_in = " + next
	}
	return "\n[[check_in]]\non = " + on + next + "\n"
}

// derive returns the view of a whole file with a provider, at an instant.
func derive(t testing.TB, text string, provider *client.Provider, now time.Time) *portal.View {
	t.Helper()
	opt := options(now)
	opt.Provider = provider
	v, err := portal.New(read(t, text), opt)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

const withdrawn = `{ on = 2026-11-05, by = "maria", did = "withdraw" }`

// 17 November 2026 is a Tuesday.
func TestCadence(t *testing.T) {
	const review = "\n[review]\non = 2026-11-06\n"
	for _, tt := range []struct {
		name, often, today, file string
		last, next, expected     string
		missed, active, over     bool
	}{
		{name: "nothing is promised or set", today: "2026-11-20", file: performedByDev(), active: true},
		{name: "nothing was promised to begin with", often: "weekly", today: "2026-11-20", file: asked("maria", "dev", mariaAsks), active: true},
		{name: "counted from the first promise", often: "weekly", today: "2026-11-10", file: performedByDev(), expected: "2026-11-10", active: true},
		{name: "missed, from the first promise", often: "weekly", today: "2026-11-11", file: performedByDev(), expected: "2026-11-10", missed: true, active: true},
		{
			name: "counted from the last one", often: "weekly", today: "2026-11-24", file: performedByDev() + checkIn("2026-11-17", "") + checkIn("2026-11-10", ""),
			last: "2026-11-17", expected: "2026-11-24", active: true,
		},
		{
			name: "the date that was set", often: "weekly", today: "2026-11-20", file: performedByDev() + checkIn("2026-11-17", "2026-12-05T10:00:00"),
			last: "2026-11-17", next: "2026-12-05T10:00:00", expected: "2026-12-05T10:00:00", active: true,
		},
		{
			name: "a date that was set, with no cadence, on its own day", today: "2026-11-20", file: checkIn("2026-11-17", "2026-11-20T13:00:00"),
			last: "2026-11-17", next: "2026-11-20T13:00:00", expected: "2026-11-20T13:00:00",
		},
		{
			name: "missed, its hour has passed", today: "2026-11-20", file: checkIn("2026-11-17", "2026-11-20T10:00:00"),
			last: "2026-11-17", next: "2026-11-20T10:00:00", expected: "2026-11-20T10:00:00", missed: true,
		},
		{
			name: "missed, the day after", today: "2026-11-21", file: performedByDev() + checkIn("2026-11-17", "2026-11-20T10:00:00"),
			last: "2026-11-17", next: "2026-11-20T10:00:00", expected: "2026-11-20T10:00:00", missed: true, active: true,
		},
		{
			name: "held on the day that it was set for, and never again", today: "2026-12-24", file: checkIn("2026-11-17", "2026-11-20") + checkIn("2026-11-20", ""),
			last: "2026-11-20",
		},
		{
			name: "the next one on the same day, which was this one", today: "2026-11-21", file: checkIn("2026-11-20", "2026-11-20"),
			last: "2026-11-20", next: "2026-11-20", expected: "2026-11-20",
		},
		{
			name: "of two on one day the one further down", today: "2026-11-20", file: checkIn("2026-11-17", "2026-11-24") + checkIn("2026-11-17", "2026-11-25"),
			last: "2026-11-17", next: "2026-11-25", expected: "2026-11-25",
		},
		{name: "daily is the next day of work", often: "daily", today: "2026-11-20", file: checkIn("2026-11-20", ""), last: "2026-11-20", expected: "2026-11-23"},
		{name: "twice a month", often: "twice-monthly", today: "2026-11-20", file: checkIn("2026-11-17", ""), last: "2026-11-17", expected: "2026-12-02"},
		{name: "a month", often: "monthly", today: "2026-11-20", file: checkIn("2026-11-17", ""), last: "2026-11-17", expected: "2026-12-17"},
		{name: "a month, from its 31st", often: "monthly", today: "2026-02-01", file: checkIn("2026-01-31", ""), last: "2026-01-31", expected: "2026-03-02"},
		{name: "a closed day moves it on", often: "weekly", today: "2026-12-20", file: checkIn("2026-12-18", ""), last: "2026-12-18", expected: "2026-12-28"},
		{
			name: "what was set does not move", often: "weekly", today: "2026-12-20", file: checkIn("2026-12-18", "2026-12-25"),
			last: "2026-12-18", next: "2026-12-25", expected: "2026-12-25",
		},
		{name: "nothing open, and no review", often: "weekly", today: "2026-11-20", file: performedByDev(withdrawn), expected: "2026-11-10", missed: true},
		{name: "nothing open, and the closing review held", often: "weekly", today: "2026-11-20", file: performedByDev(withdrawn) + review + checkIn("2026-11-05", "2026-11-24"), last: "2026-11-05", over: true},
		{
			name: "a review while something is open", often: "weekly", today: "2026-11-20", file: performedByDev() + review,
			expected: "2026-11-10", missed: true, active: true,
		},
		{
			name: "a review that is still ahead", often: "weekly", today: "2026-11-20", file: performedByDev(withdrawn) + "\n[review]\non = 2026-11-21\n",
			expected: "2026-11-10", missed: true,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			beginning := head
			if tt.often != "" {
				beginning = every(tt.often)
			}
			provider := north()
			provider.Closed = []civil.Moment{civil.On(civil.Date{Year: 2026, Month: 12, Day: 25})}
			c := derive(t, beginning+tt.file, provider, noon(t, tt.today)).Cadence
			promised := tt.often != "" && !tt.over
			if got, want := [3]string{c.Last.String(), c.Next.String(), c.Expected.String()}, [3]string{tt.last, tt.next, tt.expected}; got != want {
				t.Errorf("last, next and expected are %q, want %q", got, want)
			}
			if c.Missed != tt.missed || c.Active != tt.active || (c.Every != "") != promised || (c.Why != "") != promised {
				t.Errorf("missed %v, active %v, every %q since %q", c.Missed, c.Active, c.Every, c.Why)
			}
		})
	}
}

func TestUpdates(t *testing.T) {
	note := status("2026-11-13", "green", "next_update = 2026-11-20")
	for _, tt := range []struct {
		name, today, file string
		last, next        string
		missed            bool
	}{
		{"no note", "2026-11-20", "", "", "", false},
		{"due today", "2026-11-20", note, "2026-11-13", "2026-11-20", false},
		{"missed", "2026-11-21", note, "2026-11-13", "2026-11-20", true},
		{"due later today", "2026-11-20", status("2026-11-13", "green", "next_update = 2026-11-20T12:30:00"), "2026-11-13", "2026-11-20T12:30:00", false},
		{"its hour has passed", "2026-11-20", status("2026-11-13", "green", "next_update = 2026-11-20T11:30:00"), "2026-11-13", "2026-11-20T11:30:00", true},
		{"came early", "2026-11-24", note + status("2026-11-19", "green", ""), "2026-11-19", "", false},
		{"after the closing review", "2026-11-24", performedByDev(withdrawn) + note + "\n[review]\non = 2026-11-17\n", "2026-11-13", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, tt.today, tt.file)
			c := v.Cadence
			if c.LastUpdate.String() != tt.last || c.NextUpdate.String() != tt.next || c.UpdateMissed != tt.missed {
				t.Errorf("last %s, next %s, missed %v", c.LastUpdate, c.NextUpdate, c.UpdateMissed)
			}
			if n := home(v).Note; n != nil && n.Awaited() != (tt.next != "") {
				t.Errorf("the next update is awaited: %v", n.Awaited())
			}
			if amber := home(v).Standing.Colour == portal.Amber; amber != tt.missed {
				t.Errorf("an update is missed: %v, and Home is amber: %v", tt.missed, amber)
			}
		})
	}
}

// A day ends where the client is, and a check-in has been held once its hour came.
func TestCadenceGoesByTheClientsClock(t *testing.T) {
	file := checkIn("2026-11-17", "2026-11-20") + checkIn("2026-11-20T18:00:00", "2026-11-27")
	for _, tt := range []struct {
		zone, now, last string
		missed          bool
	}{
		{"Pacific/Auckland", "2026-11-20T04:59:59Z", "2026-11-17", false},
		{"Pacific/Auckland", "2026-11-20T05:00:00Z", "2026-11-20T18:00:00", false},
		{"Pacific/Auckland", "2026-11-27T11:00:00Z", "2026-11-20T18:00:00", true},
		{"America/Los_Angeles", "2026-11-21T01:59:59Z", "2026-11-17", false},
		{"America/Los_Angeles", "2026-11-28T07:59:59Z", "2026-11-20T18:00:00", false},
		{"America/Los_Angeles", "2026-11-28T08:00:00Z", "2026-11-20T18:00:00", true},
	} {
		now, err := time.Parse(time.RFC3339, tt.now)
		if err != nil {
			t.Fatal(err)
		}
		c := derive(t, strings.Replace(head, "America/Los_Angeles", tt.zone, 1)+file, north(), now).Cadence
		if c.Last.String() != tt.last || c.Missed != tt.missed {
			t.Errorf("in %s at %s: the last was %s, missed %v", tt.zone, tt.now, c.Last, c.Missed)
		}
	}
}

// What is not owed is told for as long as it is ahead, and never called overdue.
func TestNextCheckInThatIsOwed(t *testing.T) {
	held := func(next string) string {
		return "\n[[check_in]]\non = 2026-11-10\nwith = [\"dev\"]\nnext_check_in = " + next + "\n"
	}
	review := "\n[review]\non = 2026-11-12\nwent_well = [\"All of it\"]\n"
	accepted := []string{`{ on = 2026-11-10, by = "dev", did = "deliver" }`, `{ on = 2026-11-11, by = "maria", did = "accept" }`}
	for _, tt := range []struct {
		name, file string
		want       bool
	}{
		{"ahead", performedByDev() + held("2026-11-24"), true},
		{"passed", performedByDev() + held("2026-11-17"), true},
		{"on the day of the last", performedByDev() + held("2026-11-10T18:00:00"), false},
		{"none", performedByDev(), false},
		{"all is closed, and not looked back on", performedByDev(accepted...) + held("2026-11-24"), true},
		{"the engagement is over", performedByDev(accepted...) + held("2026-11-24") + review, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, p := range on(t, "2026-11-20", tt.file).Pages {
				if p.People != nil && p.People.Owed != tt.want {
					t.Errorf("owed: %v", p.People.Owed)
				}
			}
		})
	}
}
