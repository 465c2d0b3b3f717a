package portal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/portal"
)

// eventful holds one of every kind of event.
func eventful() string {
	return performedByDev(`{ on = 2026-11-05, by = "ines", did = "progress", note = "Half of it" }`) +
		interim("A sketch", "2026-11-18", `{ on = 2026-11-06, by = "dev", did = "deliver" }`) +
		status("2026-11-09", "green", `means_for_you = "Nothing changes"`) + `
[[question]]
asked = 2026-11-01
by = "dev"
to = "maria"
text = "Which?"
commitment = "booking"
answered = 2026-11-02
answer = "Both"
[[message]]
received = 2026-11-03T08:00:00
by = "theo"
about = "The rain"
acknowledged = 2026-11-03T09:00:00
resolved = 2026-11-04
[[decision]]
on = 2026-11-05
by = "maria"
text = "No rain"
why = "We said so"
[[assumption]]
on = 2026-11-05
text = "It is dry"
confirmed = 2026-11-06
confirmed_by = "theo"
wrong = 2026-11-07
[[change]]
on = 2026-11-06
by = "theo"
text = "A roof"
effect = "A week"
agreed = 2026-11-08
[[check_in]]
on = 2026-11-10
recap = "All said"
next_check_in = 2026-11-17
[[pulse]]
asked = 2026-11-10
question = "Clear?"
theirs = 3
answered = 2026-11-11
gap_action = "We asked"
[[risk]]
id = "rain"
title = "It may rain"
raised_by = "dev"
mitigation = "A roof"
opened = 2026-11-02
log = [{ on = 2026-11-03, note = "It does" }, { on = 2026-11-04, note = "Still" }]
closed = 2026-11-12
outcome = "It stopped"
[[file]]
on = 2026-11-12
title = "The plan"
link = "https://plan.example/"
note = "In colour"
[[term]]
word = "desk/counter"
means = "Both"
confirmed = 2026-11-13
[[goal]]
id = "calls"
title = "Fewer calls"
now = "9"
measured = 2026-11-13
[review]
on = 2026-11-14
client_says = "Good"
provider_says = "Thank you"
`
}

func TestHistory(t *testing.T) {
	v := on(t, "2026-11-20", eventful())
	var got []string
	for _, e := range v.History {
		line := fmt.Sprintf("%s %s: %s", e.On, e.ID, e.What)
		for _, part := range []string{string(e.Note), e.By.ID, e.Href} {
			if part != "" {
				line += ", " + part
			}
		}
		for _, r := range e.Remarks {
			line += ", " + r.Says + " " + string(r.Text)
		}
		if e.Pulse != nil {
			line += fmt.Sprint(", ", e.Pulse.Ours, " and ", e.Pulse.Theirs)
		}
		got = append(got, line)
		if (e.Kind == "move") != (e.Move != nil) || !strings.HasPrefix(e.ID, e.Kind) || (e.Title == "") != (e.Href == "") {
			t.Errorf("%+v", e)
		}
	}
	want := []string{
		"2026-11-14 review/closing: , provider_says Thank you, client_says Good",
		"2026-11-13 goal/calls/2026-11-13: Fewer calls, 9",
		"2026-11-13 term/desk/counter: desk/counter, Both",
		"2026-11-12 file/2026-11-12: The plan, In colour",
		"2026-11-12 risk-closed/rain: It may rain, It stopped",
		"2026-11-11 pulse-answered/2026-11-10: Clear?, gap_action We asked, 0 and 3",
		"2026-11-10 pulse/2026-11-10: Clear?",
		"2026-11-10 check-in/2026-11-10: All said",
		"2026-11-09 status/2026-11-09: How it stands, Nothing changes, /P/status-2026-11-09/",
		"2026-11-08 change-agreed/2026-11-06: A roof, A week",
		"2026-11-07 assumption-wrong/2026-11-05: It is dry",
		"2026-11-06 change/2026-11-06: A roof, A week, theo",
		"2026-11-06 assumption-confirmed/2026-11-05: It is dry, theo",
		"2026-11-06 move/booking/2026-11-18/0: A sketch, dev, /P/commitment-booking/",
		"2026-11-05 assumption/2026-11-05: It is dry",
		"2026-11-05 decision/2026-11-05: No rain, We said so, maria",
		"2026-11-05 move/booking/2: The booking, Half of it, ines, /P/commitment-booking/",
		"2026-11-04 risk-log/rain/1: It may rain, Still",
		"2026-11-04 resolved/2026-11-03: The rain",
		"2026-11-03T09:00:00 acknowledged/2026-11-03: The rain",
		"2026-11-03T08:00:00 message/2026-11-03: The rain, theo",
		"2026-11-03 risk-log/rain/0: It may rain, It does",
		"2026-11-03 move/booking/1: The booking, dev, /P/commitment-booking/",
		"2026-11-02 risk/rain: It may rain, dev, mitigation A roof",
		"2026-11-02 answer/2026-11-01: Which?, Both, maria, /P/commitment-booking/",
		"2026-11-02 move/booking/0: The booking, maria, /P/commitment-booking/",
		"2026-11-01 question/2026-11-01: Which?, dev, /P/commitment-booking/",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Plans are not history: what is dated after today has not happened.
func TestHistoryEndsToday(t *testing.T) {
	if got := len(on(t, "2026-10-31", eventful()).History); got != 0 {
		t.Errorf("%d things happened before the first", got)
	}
	v := on(t, "2026-11-05", eventful())
	if last := v.History[0]; last.On.String() != "2026-11-05" || len(v.History) != 13 {
		t.Errorf("%d things happened, the last on %s", len(v.History), last.On)
	}
}

func TestSince(t *testing.T) {
	v := on(t, "2026-11-20", eventful())
	noon := civil.Moment{Date: civil.Date{Year: 2026, Month: 11, Day: 3}, Clock: 8*60*60*1e9 + 1, Timed: true}
	for _, tt := range []struct {
		name string
		m    civil.Moment
		want int
	}{
		{"the beginning", civil.Moment{}, len(v.History)},
		{"a day", civil.On(civil.Date{Year: 2026, Month: 11, Day: 12}), 3},
		{"an hour", noon, 20},
		{"now", civil.On(v.Today), 0},
	} {
		got := v.Since(tt.m)
		if len(got) != tt.want {
			t.Errorf("%s: %d events, want %d", tt.name, len(got), tt.want)
		}
		if len(got) > 0 && got[0].ID != v.History[0].ID {
			t.Errorf("%s: the newest is not first", tt.name)
		}
	}
	if len(v.History) != 27 {
		t.Errorf("asking has left %d of the history", len(v.History))
	}
}

// The moves of a day stay in their own order, though one has an hour and the next has
// none.
func TestMovesOfOneDay(t *testing.T) {
	v := on(t, "2026-11-20", performedByDev(
		`{ on = 2026-11-05T15:00:00, by = "dev", did = "progress", note = "one" }`,
		`{ on = 2026-11-05, by = "dev", did = "progress", note = "two" }`,
		`{ on = 2026-11-05T16:00:00, by = "dev", did = "progress", note = "three" }`)+message("2026-11-05T15:30:00", ""))
	var got []string
	for _, e := range v.History[:4] {
		got = append(got, string(e.Note))
	}
	if diff := cmp.Diff([]string{"three", "", "two", "one"}, got); diff != "" {
		t.Error(diff)
	}
}

// eventsOf draws a client with items of several kinds, many of one day.
func eventsOf(t *rapid.T) *client.Client {
	c := drawClient(t)
	on := func(label string) civil.Moment {
		return civil.On(firstDay.AddDays(rapid.IntRange(0, 5).Draw(t, label)))
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "risks") {
		r := client.Risk{ID: fmt.Sprint(i), Title: "It may rain", Opened: on("opened"), Closed: on("closed")}
		for range rapid.IntRange(0, 3).Draw(t, "entries") {
			r.Log = append(r.Log, client.RiskEntry{On: on("entry")})
		}
		c.Risks = append(c.Risks, r)
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "talk") {
		id := fmt.Sprint(i)
		c.Questions = append(c.Questions, client.Question{ID: id, Asked: on("asked"), Answered: on("answered"), By: "dev", To: "maria", Text: "Which?"})
		c.Messages = append(c.Messages, client.Message{ID: id, Received: on("received"), Acknowledged: on("acknowledged"), By: "maria", About: "Rain"})
		c.Assumptions = append(c.Assumptions, client.Assumption{ID: id, On: on("assumed"), Confirmed: on("confirmed"), Wrong: on("wrong"), Text: "Dry"})
	}
	return c
}

func ids(t *rapid.T, c *client.Client) []string {
	v, err := portal.New(c, options(noon(t, "2027-06-01")))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for i, e := range v.History {
		if i > 0 && e.On.Date.After(v.History[i-1].On.Date) {
			t.Errorf("%s of %s comes after what is older", e.ID, e.On)
		}
		all = append(all, e.ID)
	}
	return all
}

func TestEventsKeepTheirNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := eventsOf(t)
		before := ids(t, c)
		if sorted := slices.Sorted(slices.Values(before)); len(slices.Compact(sorted)) != len(before) {
			t.Errorf("two events have one name: %v", sorted)
		}
		day := civil.On(firstDay.AddDays(2))
		c.Risks = slices.Insert(c.Risks, 0, client.Risk{ID: "new", Title: "Snow", Opened: day, Log: []client.RiskEntry{{On: day}}})
		c.Messages = slices.Insert(c.Messages, 0, client.Message{ID: "new", Received: day, By: "maria", About: "Snow"})
		c.Commitments = slices.Insert(c.Commitments, 0, client.Commitment{
			ID: "new", Title: "Snow", Customer: "maria", Performer: "dev", Moves: []client.Move{{On: day, By: "maria", Did: "request"}},
		})
		c.Commitments[0].Replay = c.Replay(&c.Commitments[0])
		after := ids(t, c)
		for _, id := range before {
			if !slices.Contains(after, id) {
				t.Errorf("%s has another name since other things were added", id)
			}
		}
		if len(after) != len(before)+4 {
			t.Errorf("of %d events and 4 there are %d", len(before), len(after))
		}
	})
}

// A message and the words that it was seen and settled are one entry, and so are an answer and its
// question.
func TestMergedHistory(t *testing.T) {
	h := page(on(t, "2026-11-20", eventful()), portal.KindHistory).History
	got := map[string]portal.Entry{}
	n := 0
	for _, m := range h.Months {
		for _, d := range m.Days {
			for _, e := range d.Entries {
				n++
				if e.On.Date != d.On || e.Group == "" {
					t.Errorf("%+v stands on %s", e, d.On)
				}
				got[e.Kind] = *e
			}
		}
	}
	for _, kind := range []string{"acknowledged", "resolved", "question", "pulse"} {
		if e, ok := got[kind]; ok {
			t.Errorf("%s has an entry of its own", e.ID)
		}
	}
	if m := got["message"]; m.Seen.String() != "2026-11-03T09:00:00" || m.Settled.String() != "2026-11-04" {
		t.Errorf("the message was seen on %s and settled on %s", m.Seen, m.Settled)
	}
	if a := got["answer"]; a.Asked.String() != "2026-11-01" || a.AskedBy.ID != "dev" {
		t.Errorf("the answer is to what %q asked on %s", a.AskedBy.ID, a.Asked)
	}
	if p := got["pulse-answered"]; p.Asked.String() != "2026-11-10" {
		t.Errorf("the rating was asked for on %s", p.Asked)
	}
	sum := 0
	for _, k := range h.Kinds {
		sum += k.N
	}
	if n != h.N || sum != n {
		t.Errorf("%d entries, counted as %d and by kind as %d", n, h.N, sum)
	}
}

func TestOpenQuestionHasAnEntry(t *testing.T) {
	h := page(on(t, "2026-11-20", "\n[[question]]\nasked = 2026-11-01\nby = \"dev\"\nto = \"maria\"\ntext = \"Which?\"\n"), portal.KindHistory).History
	if h.N != 1 || h.Months[0].Days[0].Entries[0].Kind != "question" {
		t.Errorf("got %+v", h)
	}
}

func TestTheNewestMonthsAreThereToRead(t *testing.T) {
	month := func(year int, m time.Month, n int) portal.Month {
		return portal.Month{First: civil.Date{Year: year, Month: m, Day: 1}, N: n}
	}
	for _, tt := range []struct {
		name   string
		months []portal.Month
		newest int
		years  [][2]int // the year, and how many entries of it are earlier
	}{
		{"few entries", []portal.Month{month(2026, time.March, 3), month(2025, time.May, 4)}, 2, nil},
		{"one full month", []portal.Month{month(2026, time.March, 50), month(2026, time.February, 1)}, 1, [][2]int{{2026, 1}}},
		{"enough in two", []portal.Month{
			month(2026, time.March, 3), month(2026, time.February, 9), month(2026, time.January, 2),
			month(2025, time.May, 4), month(2025, time.April, 5),
		}, 2, [][2]int{{2026, 2}, {2025, 9}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := portal.History{Months: tt.months}
			var years [][2]int
			for _, y := range h.Earlier() {
				years = append(years, [2]int{y.Year, y.N})
			}
			if len(h.Newest()) != tt.newest || !slices.Equal(years, tt.years) {
				t.Errorf("%d are newest and %v earlier, want %d and %v", len(h.Newest()), years, tt.newest, tt.years)
			}
		})
	}
}
