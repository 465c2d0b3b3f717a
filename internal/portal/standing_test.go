package portal_test

import (
	"strings"
	"testing"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/portal"
)

const (
	newDate  = `{ on = 2026-11-10, by = "dev", did = "renegotiate", due = 2026-12-04, note = "The key came late" }`
	deliver  = `{ on = 2026-11-18, by = "dev", did = "deliver" }`
	sentBack = `{ on = 2026-11-19, by = "maria", did = "reject", note = "It is slow" }`
)

// reasons returns the colour and what made it so, such as "red: overdue".
func reasons(s portal.Standing) string {
	var keys []string
	for _, f := range s.Reasons() {
		keys = append(keys, string(f.Colour)+" "+f.Key)
	}
	return strings.TrimSpace(string(s.Colour) + ": " + strings.Join(keys, ", "))
}

func TestHomeIsNeverGreenerThanTheFacts(t *testing.T) {
	for _, tt := range []struct{ name, today, file, want string }{
		{"no note and no facts", "2026-11-10", performedByDev(), ":"},
		{"no note, the floor alone", "2026-11-21", performedByDev(), "red: red overdue"},
		{"the author's colour", "2026-11-10", performedByDev() + status("2026-11-09", "green", ""), "green:"},
		{"the author may be harder than the facts", "2026-11-10", performedByDev() + status("2026-11-09", "red", ""), "red:"},
		{"the author's amber is not made worse by amber", "2026-11-21", performedByDev(newDate) + status("2026-11-20", "amber", ""), "amber:"},
		{"the last day itself is not overdue", "2026-11-20", performedByDev() + status("2026-11-19", "green", ""), "green:"},
		{"the date has ended", "2026-11-21", performedByDev() + status("2026-11-19", "green", ""), "red: red overdue"},
		{"a later date is proposed and ahead", "2026-11-21", performedByDev(newDate) + status("2026-11-19", "green", ""), "amber: amber new_date_open"},
		{"the proposed day itself", "2026-12-04", performedByDev(newDate) + status("2026-11-19", "green", ""), "amber: amber new_date_open"},
		{"the proposed date has ended too", "2026-12-05", performedByDev(newDate) + status("2026-11-19", "green", ""), "red: amber new_date_open, red proposed_passed"},
		{
			"an earlier date is proposed", "2026-11-21",
			performedByDev(`{ on = 2026-11-10, by = "dev", did = "renegotiate", due = 2026-11-18, note = "Sooner" }`) + status("2026-11-19", "green", ""),
			"red: red overdue",
		},
		{
			"the new date is agreed", "2026-11-21",
			performedByDev(newDate, `{ on = 2026-11-11, by = "maria", did = "agree" }`) + status("2026-11-19", "green", ""),
			"green:",
		},
		{
			"the new date is declined", "2026-11-21",
			performedByDev(newDate, `{ on = 2026-11-11, by = "maria", did = "decline", note = "The leaflet is printed" }`) + status("2026-11-19", "green", ""),
			"red: red overdue",
		},
		{"delivered is not overdue", "2026-11-30", performedByDev(deliver) + status("2026-11-19", "green", ""), "green:"},
		{"sent back", "2026-11-20", performedByDev(deliver, sentBack) + status("2026-11-18", "green", ""), "amber: amber rejected"},
		{
			"sent back with another date", "2026-11-21",
			performedByDev(deliver, `{ on = 2026-11-19, by = "maria", did = "reject", due = 2026-11-27, note = "It is slow" }`) + status("2026-11-18", "green", ""),
			"amber: amber rejected, amber new_date_open",
		},
		{
			"sent back and answered with a new date", "2026-11-20",
			performedByDev(deliver, sentBack, `{ on = 2026-11-19, by = "dev", did = "renegotiate", due = 2026-11-25, note = "Two days" }`) + status("2026-11-18", "green", ""),
			"green:",
		},
		{
			"sent back and delivered again", "2026-11-30",
			performedByDev(deliver, sentBack, `{ on = 2026-11-20, by = "dev", did = "deliver" }`) + status("2026-11-18", "green", ""),
			"green:",
		},
		{
			"a word of progress is no answer to what was sent back", "2026-11-20",
			performedByDev(deliver, sentBack, `{ on = 2026-11-20, by = "dev", did = "progress", note = "Looking" }`) + status("2026-11-18", "green", ""),
			"amber: amber rejected",
		},
		{"theirs overdue is amber at most", "2026-12-24", theirs() + status("2026-11-19", "green", ""), "amber: amber yours_overdue"},
		{"theirs sent back is nothing to us", "2026-11-20", theirs(
			`{ on = 2026-11-18, by = "theo", did = "deliver" }`,
			`{ on = 2026-11-19, by = "ines", did = "reject", note = "Blurred" }`) + status("2026-11-18", "green", ""), "green:"},
		{"an update is missed", "2026-11-21", status("2026-11-13", "green", "next_update = 2026-11-20"), "amber: amber no_update"},
		{"an update is due on the day itself", "2026-11-20", status("2026-11-13", "green", "next_update = 2026-11-20"), "green:"},
		{"a missed update is amber at most", "2027-03-01", status("2026-11-13", "green", "next_update = 2026-11-20"), "amber: amber no_update"},
		{
			"an update that came is not missed", "2026-11-24",
			status("2026-11-13", "green", "next_update = 2026-11-20") + status("2026-11-19", "green", ""), "green:",
		},
		{
			"an interim result counts", "2026-11-11",
			performedByDev() + interim("A sketch", "2026-11-10") + status("2026-11-09", "green", ""), "red: red overdue",
		},
		{
			"an interim result begins with the promise", "2026-11-11",
			strings.Replace(performedByDev(), `did = "promise" }`, `did = "commit-to-commit", answer_by = 2026-11-30 }`, 1) +
				interim("A sketch", "2026-11-10") + status("2026-11-09", "green", ""), "green:",
		},
		{
			"an interim result ends with its commitment", "2026-11-21",
			performedByDev(`{ on = 2026-11-09, by = "maria", did = "withdraw" }`) + interim("A sketch", "2026-11-10") + status("2026-11-09", "green", ""), "green:",
		},
		{
			"a client's interim result", "2026-11-11",
			theirs() + interim("One room", "2026-11-10") + status("2026-11-09", "green", ""), "amber: amber yours_overdue",
		},
		{
			"a weighed fact that was known", "2026-11-24",
			performedByDev() + status("2026-11-21", "green", `rag_because = "We settled it by telephone"`), "green:",
		},
		{
			"a fact of the note's own day is known", "2026-11-24",
			performedByDev(`{ on = 2026-11-21, by = "dev", did = "progress", note = "Nearly" }`) + status("2026-11-21", "green", `rag_because = "Nearly there"`), "green:",
		},
		{
			"what came later was not weighed", "2026-11-24",
			performedByDev() + status("2026-11-20", "green", `rag_because = "The key has come"`), "red: red overdue",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := reasons(home(on(t, tt.today, tt.file)).Standing); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// What will be true on a later day is there already, for the browser to judge.
func TestFactsAheadAreTold(t *testing.T) {
	v := on(t, "2026-11-19", performedByDev(newDate)+status("2026-11-19", "green", "next_update = 2026-11-26"))
	var got []string
	for _, f := range home(v).Standing.Floor {
		if f.Active {
			t.Errorf("%s is said to hold already", f.Key)
		}
		got = append(got, f.From.String()+" "+string(f.Colour)+" "+f.Key)
	}
	want := "2026-11-21 amber new_date_open, 2026-11-27 amber no_update, 2026-12-05 red proposed_passed"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("got %s\nwant %s", s, want)
	}
}

func TestADayEndsInTheClientsZone(t *testing.T) {
	c := read(t, head+performedByDev()+status("2026-11-19", "green", ""))
	for _, tt := range []struct{ now, want string }{
		{"2026-11-21T07:59:59Z", "green:"},
		{"2026-11-21T08:00:00Z", "red: red overdue"},
	} {
		now, err := time.Parse(time.RFC3339, tt.now)
		if err != nil {
			t.Fatal(err)
		}
		v, err := portal.New(c, options(now))
		if err != nil {
			t.Fatal(err)
		}
		if got := reasons(home(v).Standing); got != tt.want {
			t.Errorf("at %s: got %q, want %q", tt.now, got, tt.want)
		}
	}
}

// What is due at an hour is overdue once that hour has passed, as the dates beside it say.
func TestTheFloorBeginsWithTheHour(t *testing.T) {
	hourly := func(s string) string {
		return strings.ReplaceAll(s, "due = 2026-11-20 }", "due = 2026-11-20T12:00:00 }")
	}
	evening := `{ on = 2026-11-10, by = "dev", did = "renegotiate", due = 2026-11-20T18:00:00, note = "The key came late" }`
	sameDay := `{ on = 2026-11-10, by = "dev", did = "renegotiate", due = 2026-11-20, note = "Before midnight" }`
	green := status("2026-11-19", "green", "")
	for _, tt := range []struct{ name, now, file, want string }{
		{"the hour itself", "2026-11-20T20:00:00Z", hourly(performedByDev()) + green, "green:"},
		{"a second later", "2026-11-20T20:00:01Z", hourly(performedByDev()) + green, "red: red overdue"},
		{"the day before", "2026-11-19T22:00:00Z", hourly(performedByDev()) + green, "green:"},
		{"the next day", "2026-11-21T09:00:00Z", hourly(performedByDev()) + green, "red: red overdue"},
		{"theirs", "2026-11-20T20:00:01Z", hourly(theirs()) + green, "amber: amber yours_overdue"},
		{"a later hour is proposed", "2026-11-20T20:00:01Z", hourly(performedByDev(evening)) + green, "amber: amber new_date_open"},
		{"the later hour too", "2026-11-21T02:00:01Z", hourly(performedByDev(evening)) + green, "red: amber new_date_open, red proposed_passed"},
		{"the whole day is proposed", "2026-11-21T07:59:59Z", hourly(performedByDev(sameDay)) + green, "amber: amber new_date_open"},
		{"the whole day too", "2026-11-21T08:00:00Z", hourly(performedByDev(sameDay)) + green, "red: amber new_date_open, red proposed_passed"},
		{"weighed an hour later", "2026-11-20T23:00:00Z", hourly(performedByDev()) + status("2026-11-20T13:00:00", "green", `rag_because = "It is on its way"`), "green:"},
		{"weighed too early", "2026-11-20T23:00:00Z", hourly(performedByDev()) + status("2026-11-20T11:00:00", "green", `rag_because = "It is on its way"`), "red: red overdue"},
		{"weighed some time that day", "2026-11-20T23:00:00Z", hourly(performedByDev()) + status("2026-11-20", "green", `rag_because = "It is on its way"`), "red: red overdue"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, tt.now)
			if err != nil {
				t.Fatal(err)
			}
			if got := reasons(home(derive(t, head+tt.file, north(), now)).Standing); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// The hour that comes twice, as summer time ends, is read off the clock, here as in the
// browser. Los Angeles puts its clock back on 1 November, at two.
func TestTheFloorInTheHourThatComesTwice(t *testing.T) {
	file := head + strings.NewReplacer("2026-11-20", "2026-11-01T01:30:00", "2026-11-02", "2026-10-12", "2026-11-03", "2026-10-13").Replace(performedByDev())
	for now, want := range map[string]string{
		"2026-11-01T08:29:00Z": ":", "2026-11-01T08:31:00Z": "red: red overdue",
		"2026-11-01T09:29:00Z": ":", "2026-11-01T09:31:00Z": "red: red overdue", "2026-11-01T10:29:00Z": "red: red overdue",
	} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := reasons(home(derive(t, file, north(), at)).Standing); got != want {
			t.Errorf("at %s: got %q, want %q", now, got, want)
		}
	}
}

// Where time stands still there is no hour, and none has passed on that day.
func TestTheFloorOfASample(t *testing.T) {
	provider := north()
	provider.Frozen = civil.On(civil.Date{Year: 2026, Month: 11, Day: 20})
	file := head + strings.ReplaceAll(performedByDev(), "due = 2026-11-20", "due = 2026-11-20T08:00:00") + status("2026-11-19", "green", "")
	if got := reasons(home(derive(t, file, provider, noon(t, "2026-11-20"))).Standing); got != "green:" {
		t.Errorf("got %q", got)
	}
}

// A clock that is held has its hour, in a sample too.
func TestTheFloorWhereTheClockIsHeld(t *testing.T) {
	opt := options(noon(t, "2026-11-20"))
	opt.HoldClock, opt.Provider = true, north()
	opt.Provider.Frozen = civil.On(civil.Date{Year: 2026, Month: 11, Day: 1})
	file := head + strings.ReplaceAll(performedByDev(), "due = 2026-11-20", "due = 2026-11-20T08:00:00") + status("2026-11-19", "green", "")
	v, err := portal.New(read(t, file), opt)
	if err != nil {
		t.Fatal(err)
	}
	if got := reasons(home(v).Standing); got != "red: red overdue" {
		t.Errorf("got %q", got)
	}
	if v.HeldAt.String() != "2026-11-20T12:00:00" || !v.Frozen.IsZero() || v.Offset != -8*60 {
		t.Errorf("held at %s, frozen on %s, %d minutes ahead of UTC", v.HeldAt, v.Frozen, v.Offset)
	}
}

// A note is judged at its own hour; without one, no hour of its day has certainly passed.
func TestNotesAreJudgedAtTheirHour(t *testing.T) {
	file := strings.ReplaceAll(performedByDev(), "due = 2026-11-20", "due = 2026-11-20T12:00:00") +
		status("2026-11-20T11:00:00", "green", `id = "before"`) + status("2026-11-20T13:00:00", "green", `id = "after"`) +
		status("2026-11-20", "green", `id = "day"`) + status("2026-11-21", "green", `id = "next"`)
	v := on(t, "2026-11-24", file)
	for id, want := range map[string]string{"before": "green:", "after": "red: red overdue", "day": "green:", "next": "red: red overdue"} {
		if got := reasons(note(v, id).Standing); got != want {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
	}
}

func TestArchivedNotesAreJudgedAsOfTheirDay(t *testing.T) {
	file := performedByDev(newDate, `{ on = 2026-11-26, by = "maria", did = "agree" }`) +
		status("2026-11-09", "green", "next_update = 2026-11-12") +
		status("2026-11-24", "green", "") +
		status("2026-11-25", "green", `rag_because = "Maria agrees tomorrow"`) +
		status("2026-11-27", "green", "")
	v := on(t, "2027-01-15", file)
	for id, want := range map[string]string{
		"2026-11-09": "green:", // the update that was missed is only Home's
		"2026-11-24": "amber: amber new_date_open",
		"2026-11-25": "green:",
		"2026-11-27": "green:",
	} {
		s := note(v, id).Standing
		if got := reasons(s); got != want {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
		if len(s.Floor) != len(s.Reasons()) {
			t.Errorf("%s tells of what came after it: %v", id, s.Floor)
		}
	}
	if got, want := reasons(home(v).Standing), "red: red overdue"; got != want {
		t.Errorf("Home: got %q, want %q", got, want)
	}
	if got := note(v, "2026-11-25").Standing.Because; got != "Maria agrees tomorrow" {
		t.Errorf("the reason is not shown: %q", got)
	}
}

func TestNotesInOrder(t *testing.T) {
	file := status("2026-11-20", "amber", `id = "noon"`) + status("2026-11-20", "green", `id = "evening"`) +
		status("2026-11-13", "green", "") + status("2026-11-06", "green", "")
	v := on(t, "2026-11-20", file)
	var got []string
	for _, n := range home(v).Notes {
		got = append(got, n.ID)
	}
	if s := strings.Join(got, " "); s != "evening noon 2026-11-13" {
		t.Errorf("the latest notes are %s", s)
	}
	if h := home(v); h.Note.ID != "evening" || h.Standing.Colour != portal.Green {
		t.Errorf("Home stands at %s, %s", h.Note.ID, h.Standing.Colour)
	}
	for id, older := range map[string]string{
		"2026-11-06": "", "2026-11-13": "/P/status-2026-11-06/", "noon": "/P/status-2026-11-13/", "evening": "/P/status-noon/",
	} {
		if n := note(v, id); n.Older != older {
			t.Errorf("before %s stands %q", id, n.Older)
		}
	}
	for _, p := range v.Pages {
		if want := map[bool]string{true: "/P/archive-/"}[p.Kind == portal.KindStatus]; p.Section != want {
			t.Errorf("%s belongs to %q", p.Href, p.Section)
		}
	}
}
