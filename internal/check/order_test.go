package check_test

import (
	"slices"
	"strings"
	"testing"

	"portalgen/internal/check"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
)

// needing is a commitment due on 20 November that needs what is called wall.
func needing(moves ...string) string {
	return strings.Replace(commitment(moves...), "title = ", "needs = [\"wall\"]\ntitle = ", 1)
}

// wall is what it needs.
func wall(moves ...string) string {
	return strings.Replace(named("wall", commitment(moves...)), "The sign", "The wall", 1)
}

const (
	later  = `{ on = 2026-11-04, by = "maria", did = "renegotiate", due = 2026-12-04, note = "Rain" }`
	agrees = `{ on = 2026-11-05, by = "dev", did = "agree" }`
)

func interim(due string, moves ...string) string {
	return "[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = " + due + "\nmoves = [\n" + strings.Join(moves, ",\n") + "\n]\n"
}

var orderCases = []ruleCase{
	{
		name: "what it needs was declined", rule: "need-closed", now: "2026-11-06T12:00",
		broken: needing(asks, promises) + wall(asks, `{ on = 2026-11-04, by = "dev", did = "decline", note = "No" }`),
		place:  "[[commitment]]", message: `"The sign" needs "The wall", which was declined`,
		mended: []string{
			commitment(asks, promises) + wall(asks, `{ on = 2026-11-04, by = "dev", did = "decline", note = "No" }`),
			needing(asks, promises) + wall(asks, promises), needing(asks, promises, delivers) + wall(asks, `{ on = 2026-11-04, by = "dev", did = "decline", note = "No" }`),
			needing(asks, promises) + wall(asks, promises, delivers, accepts),
		},
	},
	{
		name: "what it needs was withdrawn", rule: "need-closed", now: "2026-11-06T12:00",
		broken: needing(asks) + wall(asks, promises, `{ on = 2026-11-04, by = "maria", did = "withdraw" }`),
		place:  "[[commitment]]", message: `"The sign" needs "The wall", which was withdrawn`,
		mended: []string{needing(asks, `{ on = 2026-11-05, by = "maria", did = "withdraw" }`) + wall(asks, promises, `{ on = 2026-11-04, by = "maria", did = "withdraw" }`)},
	},
	{
		name: "what it needs was taken back", rule: "need-closed", now: "2026-11-06T12:00",
		broken: needing(asks) + wall(asks, promises, `{ on = 2026-11-04, by = "dev", did = "revoke", note = "Ill" }`),
		place:  "[[commitment]]", message: `"The sign" needs "The wall", which was taken back`,
		mended: []string{commitment(asks) + wall(asks, promises, `{ on = 2026-11-04, by = "dev", did = "revoke", note = "Ill" }`)},
	},
	{
		name: "what it needs was closed", rule: "need-closed", now: "2026-11-20T12:00",
		broken: needing(asks) + wall(asks, promises, delivers, `{ on = 2026-11-18, by = "dev", did = "close", note = "No word" }`),
		place:  "[[commitment]]", message: `"The sign" needs "The wall", which was closed without an answer`,
		mended: []string{commitment(asks) + wall(asks, promises, delivers, `{ on = 2026-11-18, by = "dev", did = "close", note = "No word" }`)},
	},
	{
		name: "due before what it needs", rule: "due-before-need", now: "2026-11-06T12:00",
		broken: needing(asks, promises) + wall(asks, promises, later),
		place:  "[[commitment]]", message: `"The sign" is due on 2026-11-20, and "The wall", which it needs, on 2026-12-04`,
		mended: []string{
			needing(asks, promises, later) + wall(asks, promises, later), needing(asks, promises, later, agrees) + wall(asks, promises, later, agrees),
			needing(asks, promises) + wall(asks, promises), needing(asks, promises) + wall(asks, promises, delivers),
			needing(asks, promises, delivers) + wall(asks, promises, later), commitment(asks, promises) + wall(asks, promises, later),
			needing(asks, promises) + wall(asks, promises, later, agrees, `{ on = 2026-11-06, by = "dev", did = "renegotiate", due = 2026-11-19, note = "Dry" }`),
		},
	},
	{
		name: "asked for before what it needs", rule: "due-before-need", now: "2026-11-03T12:00",
		broken: needing(`{ on = 2026-11-02, by = "maria", did = "request", due = 2026-11-18 }`) + wall(asks),
		place:  "[[commitment]]", message: `"The sign" is due on 2026-11-18, and "The wall", which it needs, on 2026-11-20`,
		mended: []string{needing(asks) + wall(asks), needing(`{ on = 2026-11-02, by = "maria", did = "request" }`) + wall(asks)},
	},
	{
		name: "an interim result after its whole", rule: "interim-after-whole", now: "2026-11-06T12:00",
		broken: commitment(asks, promises) + interim("2026-11-27"),
		place:  "[[commitment.deliverable]]", message: `"A sketch" (on the way to "The sign") is due on 2026-11-27, after the whole, on 2026-11-20`,
		mended: []string{
			commitment(asks, promises) + interim("2026-11-20"), commitment(asks, promises, later) + interim("2026-11-27"),
			commitment(asks, promises) + interim("2026-11-27", `{ on = 2026-11-04, by = "dev", did = "renegotiate", due = 2026-11-18, note = "Sooner" }`),
			commitment(asks, promises) + interim("2026-11-27", `{ on = 2026-11-04, by = "dev", did = "deliver" }`),
			commitment(asks, promises, `{ on = 2026-11-05, by = "dev", did = "deliver" }`) + interim("2026-11-27"),
			commitment(asks, promises, `{ on = 2026-11-05, by = "maria", did = "withdraw" }`) + interim("2026-11-27"),
		},
	},
	{
		name: "an interim result that is only planned, after its whole", rule: "interim-after-whole", now: "2026-11-03T12:00",
		broken: commitment(asks) + interim("2026-11-27"),
		place:  "[[commitment.deliverable]]", message: `"A sketch" (on the way to "The sign") is due on 2026-11-27, after the whole, on 2026-11-20`,
		mended: []string{commitment(asks) + interim("2026-11-13"), commitment(`{ on = 2026-11-02, by = "maria", did = "request" }`) + interim("2026-11-27")},
	},
}

// atWork is a provider in London who works on weekdays, and not on two of them.
func atWork(t *testing.T) *client.Provider {
	t.Helper()
	p, ps := clientfile.Provider(clientfile.Source{Name: "provider.toml", Text: []byte(
		"name = \"North Studio\"\ntimezone = \"Europe/London\"\nclosed = [2026-11-26, 2026-12-24]\n" +
			"working_hours = { days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"], from = \"09:00\", to = \"17:00\" }\n")})
	if err := ps.Err(); err != nil {
		t.Fatal(err)
	}
	return p
}

// Dates ahead on days on which nobody works are told, unless the client named them or
// they were meant.
func TestDaysOff(t *testing.T) {
	offer := func(due, note string) string {
		return commitment(`{ on = 2026-11-02, by = "dev", did = "offer", due = `+due+note+` }`, `{ on = 2026-11-03, by = "maria", did = "agree" }`)
	}
	const atAuckland = "# The client is in Auckland.\n"
	moved := promises + `, { on = 2026-11-04, by = "dev", did = "renegotiate", due = 2026-11-26, note = "Ill" }`
	sunday := commitment(`{ on = 2026-11-02, by = "maria", did = "request", due = 2026-11-29 }`, promises)
	for name, tt := range map[string]struct{ file, want string }{
		"a check-in on a closed day":         {"[[check_in]]\non = 2026-11-03\nnext_check_in = 2026-12-24T10:00:00\n", "12:1: the next check-in, 2026-12-24, falls on a day on which you are closed"},
		"a check-in on a day of work":        {"[[check_in]]\non = 2026-11-03\nnext_check_in = 2026-12-23T10:00:00\n", ""},
		"the evening before, where they are": {"[[check_in]]\non = 2026-11-03\nnext_check_in = 2026-12-23T20:00:00\n", "12:1: the next check-in, 2026-12-23, falls on a day on which you are closed"},
		"one that was overtaken":             {"[[check_in]]\non = 2026-11-03\nnext_check_in = 2026-12-24\n[[check_in]]\non = 2026-11-04\n", ""},
		"an update on a Saturday":            {note + "next_update = 2026-11-28\n", "14:1: the next update, 2026-11-28, falls on a Saturday, on which you do not work"},
		"an update on a Friday":              {note + "next_update = 2026-11-27\n", ""},
		"what we offered":                    {offer("2026-11-29", ""), `"The sign" is due on 2026-11-29, a Sunday, on which you do not work`},
		"what we offered, and meant":         {offer("2026-11-29", `, note = "A Sunday: the street is empty"`), ""},
		"what has passed":                    {offer("2026-11-08", ""), ""},
		"what they asked for":                {sunday, ""},
		"what they asked for, moved by us":   {strings.Replace(sunday, promises, moved, 1), `"The sign" is due on 2026-11-26, a day on which you are closed`},
		"moved by us, and meant":             {strings.Replace(sunday, promises, moved+`, { on = 2026-11-05, by = "dev", did = "progress", note = "We come on the 26th all the same" }`, 1), ""},
		"what we asked of them":              {theirs(offer("2026-11-29", "")), ""},
		"their Saturday, in part our Friday": {atAuckland + offer("2026-11-28", ""), ""},
		"their Sunday":                       {atAuckland + offer("2026-11-29", ""), `"The sign" is due on 2026-11-29, a Sunday, on which you do not work`},
		"an interim result":                  {commitment(asks, promises) + interim("2026-11-14"), `"A sketch" (on the way to "The sign") is due on 2026-11-14, a Saturday, on which you do not work`},
		"an interim result, spoken of":       {commitment(asks, promises) + interim("2026-11-14", `{ on = 2026-11-04, by = "dev", did = "progress", note = "We know that it is a Saturday" }`), ""},
	} {
		file, p := head+tt.file, atWork(t)
		if strings.HasPrefix(tt.file, atAuckland) {
			file = strings.Replace(file, "America/Los_Angeles", "Pacific/Auckland", 1)
		}
		c, ps := clientfile.Client("acme", clientfile.Source{Name: "acme.toml", Text: []byte(file)}, clientfile.Options{Provider: p})
		if err := ps.Err(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		found, err := check.Client(c, check.Options{Provider: p, Now: la(t, "2026-11-09T12:00"), File: "acme.toml", Text: []byte(file)})
		if err != nil {
			t.Fatal(err)
		}
		got := only(found.Problems(), "day-off").Error()
		if (tt.want == "") != (got == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
		if ps := only(find(t, file, la(t, "2026-11-09T12:00"), nil), "day-off"); len(ps) > 0 {
			t.Errorf("%s: without days of work: %v", name, ps)
		}
	}
}

// Where both dates have passed, new ones are needed anyway.
func TestAnOrderThatHasPassed(t *testing.T) {
	file := head + needing(asks, promises) + wall(asks, promises, later) + commitment(asks, promises) + interim("2026-11-27")
	for now, want := range map[string]int{"2026-11-27T12:00": 2, "2026-12-05T12:00": 0} {
		ps := find(t, file, la(t, now), nil)
		if got := len(only(slices.Clone(ps), "due-before-need")) + len(only(ps, "interim-after-whole")); got != want {
			t.Errorf("at %s: %d, want %d: %v", now, got, want, ps)
		}
	}
}

// A week with closed days has room for fewer dates.
func TestCapacityInAShortWeek(t *testing.T) {
	p := atWork(t)
	p.Closed = p.Closed[:0:0]
	file := head + due("A", "2026-11-02", "2026-11-24") + due("B", "2026-11-02", "2026-11-25") + due("C", "2026-11-02", "2026-11-27")
	set := map[string]client.Check{"capacity": {Limits: map[string]int64{"per_week": 3}}}
	if ps := check.Capacity(owes(t, "acme", file, p), set); len(ps) > 0 {
		t.Errorf("in a whole week: %v", ps)
	}
	p = atWork(t)
	if ps := check.Capacity(owes(t, "acme", file, p), set); len(ps) > 0 {
		t.Errorf("3 of 4 days for 3 things: %v", ps) // 2.4 are 3
	}
	p.Closed = append(p.Closed, p.Closed[0])
	p.Closed[2].Day = 23
	want := "Dev Patel owes 3 things in the week of 2026-11-23, in which you are closed on 2 of 5 days: "
	if got := check.Capacity(owes(t, "acme", file, p), set).Error(); !strings.Contains(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := check.Capacity([]check.Owed{{Person: "dev", Days: 5}}, set); len(got) > 0 {
		t.Errorf("one thing in a week that is closed: %v", got)
	}
}
