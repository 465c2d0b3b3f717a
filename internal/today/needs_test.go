package today_test

import (
	"slices"
	"strings"
	"testing"

	"portalgen/internal/today"
)

func titled(id, customer, performer, needs string, moves ...string) string {
	return "\n[[commitment]]\nid = \"" + id + "\"\ntitle = \"The " + id + "\"\ncustomer = \"" + customer + "\"\nperformer = \"" + performer +
		"\"\nsatisfied_when = [\"It is there\"]\nneeds = [" + needs + "]\nmoves = [\n" + strings.Join(moves, ",\n") + "\n]\n"
}

// lines returns the items of a client that are not about updates and check-ins.
func lines(t *testing.T, file string) []string {
	t.Helper()
	d := today.Merge(day, []today.Part{part(t, "acme", head+file, "")}, nil)
	d.Items = slices.DeleteFunc(d.Items, func(i today.Item) bool {
		return !slices.Contains([]string{"deliver", "waits", "answer", "silent", "accept", "agree"}, i.Kind)
	})
	return itemLines(d)
}

func TestWhatWaitsForTheClient(t *testing.T) {
	papers := func(more ...string) string {
		return titled("papers", "dev", "maria", "", append([]string{`{ on = 2026-11-09, by = "dev", did = "request", due = 2026-11-12 }`, `{ on = 2026-11-09, by = "maria", did = "promise" }`}, more...)...)
	}
	books := titled("books", "maria", "dev", `"papers"`, `{ on = 2026-11-09, by = "dev", did = "offer", due = 2026-11-16 }`, `{ on = 2026-11-10, by = "maria", did = "agree" }`)
	for _, tt := range []struct {
		name, file string
		want       []string
	}{
		{"the papers are missing", papers() + books, []string{
			"waiting-on-the-client deliver: Maria Ruiz: deliver “The papers”, 2026-11-12, 8 late",
			"waiting-on-the-client waits: Maria Ruiz: “The books” waits for “The papers”, since 12 November",
		}},
		{"they are still to come", strings.Replace(papers(), "11-12", "11-23", 1) + strings.Replace(books, "11-16", "11-25", 1), []string{
			"waiting-on-the-client deliver: Maria Ruiz: deliver “The papers”, 2026-11-23",
			"waiting-on-the-client waits: Maria Ruiz: “The books” waits for “The papers”, since 9 November, by 23 November",
		}},
		{"they came late", papers(`{ on = 2026-11-19, by = "maria", did = "deliver" }`, `{ on = 2026-11-19, by = "dev", did = "accept" }`) + books, []string{
			"this-week deliver: Dev Patel: deliver “The books”, 2026-11-23",
		}},
		{"theirs waits for ours", titled("books", "maria", "dev", "", `{ on = 2026-11-09, by = "dev", did = "offer", due = 2026-11-25 }`, `{ on = 2026-11-10, by = "maria", did = "agree" }`) +
			strings.Replace(papers(), "needs = []", `needs = ["books"]`, 1), []string{
			"this-week deliver: Dev Patel: deliver “The books”, 2026-11-25",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := lines(t, tt.file); !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// A question hides nothing that is owed, whoever asked it.
func TestWhatIsOwedBesideAQuestion(t *testing.T) {
	sign := func(ask string) string {
		return titled("sign", "maria", "dev", "", `{ on = 2026-11-09, by = "maria", did = "request", due = 2026-11-16 }`, `{ on = 2026-11-10, by = "dev", did = "promise" }`, ask)
	}
	owed := "act-now deliver: Dev Patel: deliver “The sign”, 2026-11-16, 4 late"
	for name, want := range map[string][]string{
		"maria": {owed, "this-week answer: Dev Patel: answer the question about “The sign”: Which?, 2026-11-22"},
		"dev":   {owed, "waiting-on-the-client answer: Maria Ruiz: answer the question about “The sign”: Which?, 2026-11-22"},
	} {
		if got := lines(t, sign(`{ on = 2026-11-19, by = "`+name+`", did = "ask", note = "Which?" }`)); !slices.Equal(got, want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
	offer := titled("sign", "maria", "dev", "", `{ on = 2026-11-16, by = "dev", did = "offer", due = 2026-12-16 }`, `{ on = 2026-11-18, by = "maria", did = "ask", note = "Which?" }`)
	want := []string{
		"this-week answer: Dev Patel: answer the question about “The sign”: Which?, 2026-11-21",
		"waiting-on-the-client agree: Maria Ruiz: answer our terms for “The sign”: 16 December (once we have answered)",
	}
	if got := lines(t, offer); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// Nobody has gone silent who waits for us.
func TestWhoWaitsForUsIsNotSilent(t *testing.T) {
	offer := `{ on = 2026-10-01, by = "dev", did = "offer", due = 2026-12-16 }`
	agree := `{ on = 2026-10-02, by = "maria", did = "agree" }`
	promised := titled("sign", "maria", "dev", "", offer, agree)
	for _, tt := range []struct {
		name, file string
		silent     bool
	}{
		{"nothing waits", promised, true},
		{"a question of theirs", titled("sign", "maria", "dev", "", offer, agree, `{ on = 2026-10-03, by = "maria", did = "ask" }`), false},
		{"a question of ours", titled("sign", "maria", "dev", "", offer, agree, `{ on = 2026-10-03, by = "dev", did = "ask" }`), true},
		{"a request of theirs", titled("sign", "maria", "dev", "", `{ on = 2026-10-01, by = "maria", did = "request" }`), false},
		{"a request that waits for their answer", titled("sign", "maria", "dev", "", `{ on = 2026-10-01, by = "maria", did = "request" }`, `{ on = 2026-10-03, by = "dev", did = "ask" }`), true},
		{"a message", promised + "\n[[message]]\nreceived = 2026-10-03\nby = \"maria\"\nabout = \"Paint\"\nacknowledged = 2026-10-03\n", false},
		{"a change of theirs", promised + "\n[[change]]\non = 2026-10-03\nby = \"maria\"\ntext = \"Grey\"\n", false},
		{"a change of ours", promised + "\n[[change]]\non = 2026-10-03\nby = \"dev\"\ntext = \"Grey\"\n", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			silent := slices.ContainsFunc(lines(t, tt.file), func(s string) bool { return strings.Contains(s, " silent: ") })
			if silent != tt.silent {
				t.Errorf("silent: %v, of %q", silent, lines(t, tt.file))
			}
		})
	}
}

// Terms whose date has passed are the provider's to propose anew, whoever's turn it is, and a
// rework without a date is theirs to date.
func TestWhatNeedsANewDate(t *testing.T) {
	file := titled("day", "maria", "dev", "", `{ on = 2026-11-16, by = "dev", did = "offer", due = 2026-11-18, answer_by = 2026-11-25 }`) +
		titled("hour", "maria", "dev", "", `{ on = 2026-11-16, by = "maria", did = "request", due = 2026-11-18, answer_by = 2026-11-25 }`) +
		titled("roof", "maria", "dev", "", `{ on = 2026-11-02, by = "dev", did = "offer", due = 2026-11-16 }`, `{ on = 2026-11-02, by = "maria", did = "agree" }`,
			`{ on = 2026-11-13, by = "dev", did = "deliver" }`, `{ on = 2026-11-19, by = "maria", did = "reject", note = "Wet" }`)
	var got []string
	for _, i := range today.Merge(day, []today.Part{part(t, "acme", head+file, "")}, nil).Items {
		if strings.Contains(i.Do, "another date") || strings.Contains(i.Do, "by when it comes") || i.Kind == "deliver" {
			got = append(got, string(i.Group)+" "+i.Kind+", "+i.Who+": "+i.What)
		}
	}
	want := []string{
		"act-now promise, Dev Patel: answer the request for “The hour”",
		`act-now rework-without-date, Dev Patel: "The roof" was sent back on 2026-11-19, and there is no date for the rework yet`,
		"act-now terms, Dev Patel: propose new terms for “The day”",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
