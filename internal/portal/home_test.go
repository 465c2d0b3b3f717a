package portal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/client"
	"portalgen/internal/portal"
)

// coming returns what is late and what comes next as "kind: what, person, date".
func coming(h *portal.Home) []string {
	var all []string
	for i, c := range slices.Concat(h.Late, h.Next) {
		line := c.Kind
		if i < len(h.Late) {
			line = "late " + line
		}
		if c.What != "" {
			line += ": " + string(c.What)
		}
		line += ", " + c.By.Name + ", " + c.Due.String()
		if c.Ends {
			line += ", ends"
		}
		all = append(all, line)
	}
	return all
}

func TestWhatComesNext(t *testing.T) {
	const asksDev = "\n[[question]]\nid = \"wall\"\nasked = 2026-11-16\nby = \"maria\"\nto = \"dev\"\ntext = \"Which wall?\"\n"
	note := status("2026-11-13", "green", "next_update = 2026-11-20")
	sketches := interim("A sketch", "2026-11-12") + interim("A model", "2026-11-25")
	for _, tt := range []struct {
		name, today, file string
		want              []string
		waits             int
	}{
		{name: "nothing", today: "2026-11-20"},
		{name: "a delivery", today: "2026-11-10", file: performedByDev(), want: []string{"deliver: The booking, Dev Patel, 2026-11-20"}},
		{name: "an interim result, overdue", today: "2026-11-20", file: performedByDev() + interim("A sketch", "2026-11-12"), want: []string{"late interim: A sketch, Dev Patel, 2026-11-12", "deliver: The booking, Dev Patel, 2026-11-20"}},
		{name: "what was delivered does not come", today: "2026-11-20", file: performedByDev(deliver)},
		{
			name: "the soonest three after what is late, today's among them", today: "2026-11-20", file: performedByDev() + sketches + note + checkIn("2026-11-17", "2026-11-24T10:00:00"),
			want: []string{"late interim: A sketch, Dev Patel, 2026-11-12", "deliver: The booking, Dev Patel, 2026-11-20", "update, North Studio, 2026-11-20", "check_in, North Studio, 2026-11-24T10:00:00"},
		},
		{
			name: "one that may have been the last", today: "2026-11-17", file: checkIn("2026-11-17", "2026-11-17T18:00:00"),
			want: []string{"check_in, North Studio, 2026-11-17T18:00:00, ends"},
		},
		{name: "and has passed", today: "2026-11-18", file: checkIn("2026-11-17", "2026-11-17T18:00:00")},
		{name: "an answer that we owe", today: "2026-11-20", file: performedByDev() + asksDev, want: []string{"late answer: Which wall?, Dev Patel, 2026-11-19", "deliver: The booking, Dev Patel, 2026-11-20"}},
		{
			name: "an answer that we promised", today: "2026-11-20", file: asked("maria", "dev", mariaAsks, `{ on = 2026-11-18, by = "dev", did = "commit-to-commit", answer_by = 2026-11-23 }`),
			want: []string{"answer: The sign, Dev Patel, 2026-11-23"},
		},
		{
			name: "a message, by the one who is in charge", today: "2026-11-20", file: performedByDev() + "\n[[message]]\nreceived = 2026-11-19T10:00:00\nby = \"maria\"\nabout = \"The rain\"\ncommitment = \"booking\"\n",
			want:  []string{"deliver: The booking, Dev Patel, 2026-11-20"},
			waits: 1,
		},
		{
			name: "what is late takes nothing from what comes", today: "2026-11-20", file: performedByDev() + sketches + note + asksDev + strings.NewReplacer("wall", "door", "2026-11-16", "2026-11-18").Replace(asksDev),
			want: []string{"late interim: A sketch, Dev Patel, 2026-11-12", "late answer: Which wall?, Dev Patel, 2026-11-19", "deliver: The booking, Dev Patel, 2026-11-20", "update, North Studio, 2026-11-20", "answer: Which door?, Dev Patel, 2026-11-21"},
		},
		{
			name: "a date that has passed, with a later one on the table", today: "2026-11-24", file: performedByDev(`{ on = 2026-11-18, by = "dev", did = "renegotiate", due = 2026-12-04, answer_by = 2026-11-30, note = "Ill" }`) + note + checkIn("2026-11-17", "2026-11-26") + interim("A model", "2026-11-23"),
			want: []string{
				"late deliver: The booking, Dev Patel, 2026-11-20", "late update, North Studio, 2026-11-20",
				"late interim: A model, Dev Patel, 2026-11-23", "check_in, North Studio, 2026-11-26",
			},
		},
		{
			name: "and once that has passed too", today: "2026-12-05", file: performedByDev(`{ on = 2026-11-18, by = "dev", did = "renegotiate", due = 2026-12-04, answer_by = 2026-12-30, note = "Ill" }`),
			want: []string{"late deliver: The booking, Dev Patel, 2026-11-20"},
		},
		{
			name: "their later date, which waits for our late answer, is told once", today: "2026-11-24",
			file: performedByDev(`{ on = 2026-11-16, by = "maria", did = "renegotiate", due = 2026-12-04, answer_by = 2026-11-19, note = "Away" }`),
			want: []string{"late answer: The booking, Dev Patel, 2026-11-19"},
		},
		{
			name: "and since the earlier day, once their date has passed too", today: "2026-12-07",
			file: performedByDev(`{ on = 2026-11-16, by = "maria", did = "renegotiate", due = 2026-12-04, answer_by = 2026-11-25, note = "Away" }`),
			want: []string{"late deliver: The booking, Dev Patel, 2026-11-20"},
		},
		{
			name: "what is done again without a date", today: "2026-11-24", file: performedByDev(deliver, `{ on = 2026-11-20, by = "maria", did = "reject", note = "Blue" }`) + checkIn("2026-11-17", "2026-11-26"),
			want: []string{"late deliver: The booking, Dev Patel, 2026-11-20", "check_in, North Studio, 2026-11-26"},
		},
		{name: "when all is over", today: "2026-11-20", file: performedByDev(withdrawn) + note + checkIn("2026-11-05", "2026-11-24") + "\n[review]\non = 2026-11-18\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := home(on(t, tt.today, tt.file))
			if diff := cmp.Diff(tt.want, coming(h)); diff != "" || len(h.Waits) != tt.waits {
				t.Errorf("%d wait besides; %s", len(h.Waits), diff)
			}
			if len(h.Late) > 0 && h.Late[0].What == "The booking" {
				// What is redone, having come in time, is past its date and not late.
				since := rowOf(h.Timeline, "booking").Chip.LateSince
				if p := h.Late[0].Promise; since != h.Late[0].Due && !(since.IsZero() && p != nil && p.Rework) {
					t.Errorf("the chip says late since %s, and Home %s", since, h.Late[0].Due)
				}
			}
		})
	}
	promise := strings.Replace(head, "[promises]", "[promises]\nreply_within = \"4 hours\"", 1)
	file := promise + performedByDev() + "\n[[message]]\nreceived = 2026-11-20T03:00:00\nby = \"maria\"\nabout = \"The rain\"\ncommitment = \"booking\"\n"
	v := derive(t, file, north(), noon(t, "2026-11-20"))
	if diff := cmp.Diff([]string{"late seen: The rain, Dev Patel, 2026-11-20T07:00:00", "deliver: The booking, Dev Patel, 2026-11-20"}, coming(home(v))); diff != "" {
		t.Error(diff)
	}
	weekly := derive(t, every("weekly")+performedByDev(), north(), noon(t, "2026-11-09"))
	if diff := cmp.Diff([]string{"check_in, North Studio, 2026-11-10", "deliver: The booking, Dev Patel, 2026-11-20"}, coming(home(weekly))); diff != "" || home(weekly).Next[0].Set {
		t.Error(diff)
	}
}

// Where the work is over, all promises are.
func TestFinished(t *testing.T) {
	const (
		review  = "\n[review]\non = 2026-11-12\nwent_well = [\"All of it\"]\n"
		accepts = `{ on = 2026-11-11, by = "maria", did = "accept" }`
		late    = `{ on = 2026-11-16, by = "maria", did = "accept" }`
	)
	given := `{ on = 2026-11-10, by = "dev", did = "deliver" }`
	rest := status("2026-11-09", "amber", "next_update = 2026-11-18") + message("2026-11-10T01:00:00", "resolved = 2026-11-10T02:00:00")
	risk := "\n[[risk]]\ntitle = \"Rain\"\nreview = 2026-11-30\n"
	for _, tt := range []struct {
		name, file, finished string
		review               bool
		open                 int
	}{
		{"all is closed", performedByDev(given, accepts), "", false, 0},
		{"and looked back on", performedByDev(given, accepts) + review, "2026-11-12", true, 0},
		{"closed after that", performedByDev(given, late) + review, "2026-11-16", true, 0},
		{"something is open still", performedByDev(given) + review, "", true, 1},
		{"the review is ahead", performedByDev(given, accepts) + strings.Replace(review, "11-12", "11-21", 1), "", false, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(every("weekly"), "[promises]", "[promises]\nreply_within = \"4 hours\"", 1)
			v := derive(t, text+tt.file+rest+risk, north(), noon(t, "2026-11-20"))
			h := home(v)
			if h.Finished.String() != tt.finished || (h.Review != nil) != tt.review || len(h.StillOpen) != tt.open {
				t.Errorf("finished on %q, looked back: %v, open: %v", h.Finished, h.Review != nil, h.StillOpen)
			}
			if r := page(v, portal.KindRisks).Risks.Open[0]; (len(h.Risks) == 0) != (tt.finished != "") ||
				r.Review.IsZero() != (tt.finished != "") {
				t.Errorf("%d risks are open, the next look is on %q", len(h.Risks), r.Review)
			}
			over, w := tt.finished != "", page(v, portal.KindPeople).People
			if silent := v.Cadence.Every == "" && !v.Cadence.Missed && !v.Cadence.UpdateMissed; silent != over {
				t.Errorf("the cadence is %+v", v.Cadence)
			}
			if silent := w.Hours == nil && v.Replies.Within.IsZero(); silent != over {
				t.Errorf("replies are promised: %+v", v.Replies)
			}
			if silent := !h.Note.Awaited() && len(h.Next) == 0; silent != over {
				t.Errorf("next comes %v", coming(h))
			}
		})
	}
}

// A work is finished once nothing waits: after the review and the last commitment, a question, a
// message or a change still is open.
func TestNotFinishedWhileSomethingWaits(t *testing.T) {
	const (
		question = "\n[[question]]\nasked = 2026-11-15\nby = \"dev\"\nto = \"maria\"\ntext = \"Where to?\"\n"
		change   = "\n[[change]]\non = 2026-11-15\nby = \"dev\"\ntext = \"Grey\"\n"
	)
	closed := performedByDev(`{ on = 2026-11-10, by = "dev", did = "deliver" }`, `{ on = 2026-11-11, by = "maria", did = "accept" }`) +
		"\n[review]\non = 2026-11-12\n"
	for _, tt := range []struct{ name, file, finished, open string }{
		{"a question", question, "", "Where to?"},
		{"its answer", question + "answered = 2026-11-16\n", "2026-11-16", ""},
		{"a message", message("2026-11-17", ""), "", "The rain"},
		{"a message that was seen", message("2026-11-17", "acknowledged = 2026-11-17"), "", "The rain"},
		{"a message that is settled", message("2026-11-17", "resolved = 2026-11-18"), "2026-11-18", ""},
		{"a change", change, "", "Grey"},
		{"a change that was declined", change + "declined = 2026-11-17\n", "2026-11-17", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := home(on(t, "2026-11-20", closed+tt.file))
			var open []string
			for _, l := range h.StillOpen {
				open = append(open, l.Title)
			}
			if h.Finished.String() != tt.finished || strings.Join(open, ", ") != tt.open {
				t.Errorf("finished on %q, open: %v", h.Finished, open)
			}
		})
	}
}

// What a client called urgent is owed until it is answered: that it was seen settles nothing. It stands with how things
// are, and not again with what comes from us or waits.
func TestAnUrgentMessageIsOwedUntilItIsAnswered(t *testing.T) {
	message := func(more string) string {
		return performedByDev() + "\n[[message]]\nreceived = 2026-11-16T09:00:00\nby = \"maria\"\nabout = \"It is down\"\nurgent = true\n" + more
	}
	const seen = "acknowledged = 2026-11-16T09:10:00\n"
	for _, tt := range []struct {
		name, file string
		want       string // what is urgent, and what else waits on the provider
	}{
		{"not urgent", strings.Replace(message(seen), "urgent = true\n", "", 1), "0 1"},
		{"urgent", message(seen), "1 0"},
		{"urgent, and not seen", message(""), "1 0"},
		{"urgent, and older ones", message(seen) + strings.Replace(message(seen), "urgent = true\n", "", 1)[len(performedByDev()):], "1 1"},
		{"answered", message(seen + "resolved = 2026-11-17\n"), "0 0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := home(on(t, "2026-11-18", tt.file))
			got := fmt.Sprint(len(h.Urgent), len(h.Waits))
			if got != tt.want || len(h.Late) > 0 || len(h.Next) != 1 || h.Next[0].Kind != "deliver" {
				t.Errorf("%s wait, want %s, and next is %+v", got, tt.want, h.Next)
			}
		})
	}
}

// Promises of one day lead together, and none of that day is left out of what comes next.
func TestPromisesOfOneDayAreAllNamed(t *testing.T) {
	file := ""
	for _, id := range []string{"one", "two", "three", "four"} {
		file += promised(id, "maria", "dev")
	}
	h := home(on(t, "2026-11-18", file))
	if h.Lead.Title == "" || len(h.Beside) != 3 || len(h.Next) != 4 {
		t.Errorf("%d lead beside the first, and %d come next", len(h.Beside), len(h.Next))
	}
}

// promise returns a promise of Home as "title: date, was, proposed".
func promise(p *portal.Promise) string {
	if p == nil {
		return ""
	}
	return strings.TrimSpace(p.Title + ": " + p.Agreed.String() + " " + p.Was().String() + " " + p.Proposed.String())
}

func TestTheDateHomeLeadsWith(t *testing.T) {
	due := func(s, date string) string { return strings.ReplaceAll(s, "2026-11-20", date) }
	other := promised("menu", "theo", "ines")
	for _, tt := range []struct{ name, file, lead string }{
		{"none", "", ""},
		{"only asked for", asked("maria", "dev", mariaAsks), ""},
		{"theirs is never led with", theirs(), ""},
		{"the soonest", performedByDev() + due(other, "2026-11-18"), "The menu: 2026-11-18"},
		{"overdue first", due(performedByDev(), "2026-11-12") + due(other, "2026-11-24"), "The booking: 2026-11-12"},
		{"a proposed date beside it", performedByDev(newDate), "The booking: 2026-11-20  2026-12-04"},
		{
			"a date that moved", performedByDev(newDate, `{ on = 2026-11-11, by = "maria", did = "agree" }`),
			"The booking: 2026-12-04 2026-11-20",
		},
		{"what was delivered has met its date", performedByDev(deliver) + due(other, "2026-12-01"), "The menu: 2026-12-01"},
		{"nothing but what was delivered", performedByDev(deliver), ""},
		{"what is closed", performedByDev(deliver, `{ on = 2026-11-19, by = "maria", did = "accept" }`), ""},
		{"a result on the way comes sooner", performedByDev() + interim("A sketch", "2026-11-19"), "A sketch: 2026-11-19"},
		{
			"a result on the way has no date ahead",
			performedByDev(newDate) + interim("A sketch", "2026-11-19"), "The booking: 2026-11-20  2026-12-04",
		},
		{
			"an interim result that was delivered",
			performedByDev() + interim("A sketch", "2026-11-19", `{ on = 2026-11-18, by = "dev", did = "deliver" }`),
			"The booking: 2026-11-20",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := home(on(t, "2026-11-20", tt.file))
			if got := promise(h.Lead); got != tt.lead {
				t.Errorf("it leads with %q, want %q", got, tt.lead)
			}
		})
	}
}

// A date that has passed is followed by what comes next, and one that is ahead is not.
func TestWhatFollowsADateThatHasPassed(t *testing.T) {
	file := performedByDev() + strings.ReplaceAll(promised("menu", "theo", "ines"), "2026-11-20", "2026-12-01")
	for today, want := range map[string]string{"2026-11-20": "", "2026-11-21": "The menu: 2026-12-01", "2026-12-02": ""} {
		if got := promise(home(on(t, today, file)).Then); got != want {
			t.Errorf("on %s %q follows, want %q", today, got, want)
		}
	}
}

// Who took part in the last check-in holds the next.
func TestWhoHoldsTheNextCheckIn(t *testing.T) {
	last := strings.Replace(checkIn("2026-11-17", "2026-11-26"), "on = ", "with = [\"maria\", \"dev\"]\non = ", 1)
	h := home(on(t, "2026-11-20", performedByDev()+last))
	if c := h.Next[len(h.Next)-1]; c.Kind != "check_in" || c.By.ID != "dev" {
		t.Errorf("%s by %q", c.Kind, c.By.ID)
	}
}

// Whoever looks after the client is there for questions, whoever owes the next thing.
func TestContactOfHome(t *testing.T) {
	north, named := north(), north()
	named.Contact.Name = "Ines Okafor"
	for _, tt := range []struct {
		name, lead string
		provider   *client.Provider
		want       string
	}{
		{"nobody is named", "", north, "North Studio hello@north.example"},
		{"the provider's contact", "", named, "Ines Okafor hello@north.example"},
		{"the lead of the client's file", "dev", named, "Dev Patel dev@north.example"},
		{"one without an address is reached as the contact is", "ines", north, "Ines Okafor hello@north.example"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := head + performedByDev()
			if tt.lead != "" {
				file = "lead = \"" + tt.lead + "\"\n" + file
			}
			v := derive(t, file, tt.provider, noon(t, "2026-11-20"))
			c := home(v).Contact
			if got := c.Name + " " + c.Email; got != tt.want || v.Provider.Contact != c {
				t.Errorf("got %s, want %s; elsewhere %v", got, tt.want, v.Provider.Contact)
			}
			if c.Name == "North Studio" && c.Short() != c.Name {
				t.Errorf("a mail begins with %q", c.Short())
			}
		})
	}
}

func TestNextCheckIn(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"none", "", ""},
		{"of the latest, wherever it stands", `
[[check_in]]
on = 2026-11-10
next_check_in = 2026-11-24T10:00:00
[[check_in]]
on = 2026-11-03
next_check_in = 2026-11-10
`, "2026-11-24T10:00:00"},
		{"held since, with none set", `
[[check_in]]
on = 2026-11-10
next_check_in = 2026-11-17
[[check_in]]
on = 2026-11-17
`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for _, c := range home(on(t, "2026-11-20", tt.file)).Next {
				got += c.Due.String()
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
