package portal_test

import (
	"strings"
	"testing"
	"time"

	"portalgen/internal/portal"
)

func TestWhatIsOpenInACommitment(t *testing.T) {
	v := on(t, "2026-11-24", asked("maria", "dev", `{ on = 2026-11-16, by = "maria", did = "request", due = 2026-12-11 }`,
		`{ on = 2026-11-16, by = "ines", did = "summarize", note = "So, right?", answer_by = 2026-11-18 }`,
		`{ on = 2026-11-17, by = "theo", did = "ask", note = "Which rooms?" }`,
		`{ on = 2026-11-17, by = "dev", did = "commit-to-commit", answer_by = 2026-11-25 }`,
		`{ on = 2026-11-18, by = "ines", did = "ask-help", note = "Who has the key?" }`))
	c := v.Pages[1].Commitment
	if s := c.Summaries; len(s) != 1 || s[0].By.ID != "ines" || s[0].AnswerBy.String() != "2026-11-18" || s[0].Note != "So, right?" {
		t.Errorf("to confirm: %+v", s)
	}
	if q := c.Question; q == nil || q.By.ID != "theo" || q.To.ID != "dev" || q.AnswerBy.String() != "2026-11-25" || !q.Promised || q.Note != "Which rooms?" {
		t.Errorf("to answer: %+v", q)
	}
	if h := c.HelpAsked; len(h) != 1 || h[0].By.ID != "ines" || h[0].AnswerBy.String() != "2026-11-21" || h[0].On.String() != "2026-11-18" {
		t.Errorf("to help with: %+v", h)
	}
	if got := strings.Join(c.Expected, " "); got != "answer" {
		t.Errorf("expected is %s", got)
	}
}

func TestLateDays(t *testing.T) {
	for _, tt := range []struct {
		name, today, file string
		want              int
		expected          string
	}{
		{"on its day", "2026-11-20", performedByDev(), 0, "deliver"},
		{"the day after", "2026-11-21", performedByDev(), 1, "deliver"},
		{"with another date on the table", "2026-11-22", performedByDev(newDate), 0, "agree counter decline"},
		{"once that has passed too", "2026-12-05", performedByDev(newDate), 15, "agree counter decline"},
		{"delivered", "2026-11-30", performedByDev(deliver), 0, "accept reject"},
		{"sent back", "2026-11-30", performedByDev(deliver, sentBack), 10, "deliver"},
		{"a client's", "2026-11-22", theirs(), 2, "deliver"},
		{"withdrawn", "2026-11-30", performedByDev(withdrawn), 0, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := on(t, tt.today, tt.file).Pages[1].Commitment
			if got := strings.Join(c.Expected, " "); c.LateDays != tt.want || got != tt.expected {
				t.Errorf("%d days, and expected is %s", c.LateDays, got)
			}
		})
	}
}

// The day on which clocks change is as long as it is.
func TestLateInTheClientsZone(t *testing.T) {
	for _, tt := range []struct{ zone, due, ends string }{
		{"Europe/Berlin", "2026-03-29", "2026-03-29T22:00:00Z"},
		{"Europe/Berlin", "2026-10-25", "2026-10-25T23:00:00Z"},
		{"America/Los_Angeles", "2026-11-01", "2026-11-02T08:00:00Z"},
		{"Pacific/Auckland", "2026-09-27", "2026-09-27T11:00:00Z"},
		{"Pacific/Auckland", "2026-04-05", "2026-04-05T12:00:00Z"},
		{"Asia/Kolkata", "2026-03-29", "2026-03-29T18:30:00Z"},
	} {
		ends, err := time.Parse(time.RFC3339, tt.ends)
		if err != nil {
			t.Fatal(err)
		}
		file := strings.NewReplacer("America/Los_Angeles", tt.zone, "2026-11-02", "2026-01-02", "2026-11-03", "2026-01-03", "2026-11-20", tt.due).
			Replace(head + performedByDev() + message(tt.due+"T23:30:00", ""))
		for now, want := range map[time.Time]int{ends.Add(-time.Second): 0, ends: 1} {
			v := derive(t, file, north(), now)
			if got := v.Pages[1].Commitment.LateDays; got != want || v.Today.String() == tt.due != (want == 0) {
				t.Errorf("in %s at %s, on %s, it is %d days late", tt.zone, now, v.Today, got)
			}
			if len(v.History) != 3 && want == 1 || v.History[0].On.Date.After(v.Today) {
				t.Errorf("in %s at %s %d things have happened", tt.zone, now, len(v.History))
			}
		}
	}
}

func TestNothingIsOpenInWhatEnded(t *testing.T) {
	v := on(t, "2026-11-30", performedByDev(`{ on = 2026-11-18, by = "maria", did = "withdraw" }`)+interim("A sketch", "2026-11-10",
		`{ on = 2026-11-09, by = "dev", did = "summarize", note = "So, right?" }`, `{ on = 2026-11-09, by = "dev", did = "ask-help", note = "Who?" }`))
	d := v.Pages[1].Commitment.Deliverables[0]
	if !d.Ended || len(d.Summaries)+len(d.HelpAsked)+len(d.Expected)+d.LateDays > 0 {
		t.Errorf("still open: %+v", d.Progress)
	}
}

// What is private stays in the view for the provider alone, and only on request.
func TestThePrivateView(t *testing.T) {
	file := head + performedByDev(strings.Replace(newDate, "{", "{ private = true,", 1), `{ on = 2026-11-11, by = "maria", did = "agree" }`) +
		"\n[[risk]]\ntitle = \"It may rain\"\nprivate = true\n"
	c := read(t, file)
	opt := options(noon(t, "2026-11-20"))
	if _, err := portal.New(c, opt); err == nil {
		t.Error("what cannot be told without a private move is told")
	}
	opt.Private = true
	v, err := portal.New(c, opt)
	if err != nil {
		t.Fatal(err)
	}
	if v.Source() != c || len(home(v).Risks) != 1 || home(v).Lead.Agreed.String() != "2026-12-04" {
		t.Errorf("something is kept out: %v, %s", home(v).Risks, home(v).Lead.Agreed)
	}
	r := v.Source().Commitments[0].Replay
	if len(r.Whole.Steps) != 4 || len(r.Interims) != 0 {
		t.Errorf("%d moves are replayed, and %d interim results", len(r.Whole.Steps), len(r.Interims))
	}
}

// A client without anything private is told as it is.
func TestSource(t *testing.T) {
	c := read(t, head+performedByDev()+"\n[[risk]]\ntitle = \"It may rain\"\nlog = [{ on = 2026-11-01, note = \"It did\" }]\n")
	v, err := portal.New(c, options(noon(t, "2026-11-20")))
	if err != nil || v.Source() != c {
		t.Errorf("it is copied, %v", err)
	}
	c.Risks[0].Log[0].Private = true
	v, err = portal.New(c, options(noon(t, "2026-11-20")))
	if err != nil || v.Source() == c || len(v.Source().Risks[0].Log) != 0 || len(c.Risks[0].Log) != 1 {
		t.Errorf("the private entry stays, %v", err)
	}
}

// Nobody waits for an interim result that came with the whole; what was asked about it
// still waits.
func TestInterimThatCameWithTheWhole(t *testing.T) {
	ask := `{ on = 2026-11-10, by = "dev", did = "ask", note = "Which?" }`
	sketch := `{ on = 2026-11-10, by = "dev", did = "deliver" }`
	for _, tt := range []struct {
		name, file string
		want       string // who is to do what
	}{
		{"on the way", performedByDev() + interim("A sketch", "2026-11-19"), "dev deliver"},
		{"the whole is there", performedByDev(deliver) + interim("A sketch", "2026-11-19"), ""},
		{"the whole was sent back", performedByDev(deliver, sentBack) + interim("A sketch", "2026-11-19"), "dev deliver"},
		{"a question waits", performedByDev(deliver) + interim("A sketch", "2026-11-19", ask), "maria answer"},
		{"a question waits on the way", performedByDev() + interim("A sketch", "2026-11-19", ask), "maria answer, dev deliver"},
		{"it is to be accepted", performedByDev(deliver) + interim("A sketch", "2026-11-19", sketch), "maria accept"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := on(t, "2026-11-20", tt.file).Pages[1].Commitment.Deliverables[0]
			var turns []string
			for _, turn := range d.Turns() {
				turns = append(turns, turn.Person.ID+" "+turn.Kind)
			}
			if got := strings.Join(turns, ", "); got != tt.want {
				t.Errorf("it is the turn of %q, want %q", got, tt.want)
			}
		})
	}
}
