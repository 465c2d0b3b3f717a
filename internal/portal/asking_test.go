package portal_test

import (
	"slices"
	"strings"
	"testing"

	"portalgen/internal/portal"
)

const (
	weAsk    = `{ on = 2026-11-10, by = "dev", did = "ask", note = "Is all well?" }`
	theyAsk  = `{ on = 2026-11-10, by = "maria", did = "ask", note = "Who comes?" }`
	weAnswer = `{ on = 2026-11-14, by = "dev", did = "answer", note = "Kim" }`
)

// stopped returns what waits as waitingLines, with a mark where the time stands still.
func stopped(all []portal.Waiting) []string {
	lines := waitingLines(all)
	for i, w := range all {
		if w.Stopped {
			lines[i] += ", stopped"
		}
	}
	slices.Sort(lines)
	return lines
}

func TestAQuestionHidesNothing(t *testing.T) {
	offered := func(more ...string) string {
		return asked("maria", "dev", append([]string{`{ on = 2026-11-09, by = "dev", did = "offer", due = 2026-12-11 }`}, more...)...)
	}
	theirQuestion := func(more string) string {
		return "\n[[question]]\nasked = 2026-11-10\nby = \"maria\"\nto = \"dev\"\ntext = \"Who?\"\ncommitment = \"sign\"\n" + more
	}
	theirMessage := func(more string) string {
		return "\n[[message]]\nreceived = 2026-11-10\nby = \"maria\"\nabout = \"Who builds it?\"\ncommitment = \"sign\"\n" + more
	}
	delivers := `{ on = 2026-11-09, by = "dev", did = "deliver" }`
	for _, tt := range []struct {
		name, file  string
		yours, ours string
	}{
		{"what the client owes, and our question", theirs(strings.Replace(weAsk, "dev", "ines", 1)), "answer: The photos, theo, 2026-11-13; deliver: The photos, theo, 2026-11-20", ""},
		{"what the client owes, and their question", theirs(strings.Replace(theyAsk, "maria", "theo", 1)), "deliver: The photos, theo, 2026-11-20", "answer: The photos, ines, 2026-11-13"},
		{"an offer, and our question", offered(weAsk), "agree: The sign, maria, 2026-11-12; answer: The sign, maria, 2026-11-13", ""},
		{"an offer, and their question", offered(theyAsk), "agree: The sign, maria, stopped", "answer: The sign, dev, 2026-11-13"},
		{"an offer, and their question answered", offered(theyAsk, weAnswer), "agree: The sign, maria, 2026-11-16", ""},
		{"a delivery, and their question", performedByDev(delivers, theyAsk), "accept: The booking, maria, stopped", "answer: The booking, dev, 2026-11-13"},
		{"a delivery, and their question answered", performedByDev(delivers, theyAsk, weAnswer), "accept: The booking, maria, 2026-11-18", ""},
		{"a request of theirs, and our question", asked("maria", "dev", strings.Replace(mariaAsks, "17", "09", 1), weAsk), "answer: The sign, maria, 2026-11-13", "promise: The sign, dev, stopped"},
		{"an offer, and a question outside the moves", offered() + theirQuestion(""), "agree: The sign, maria, stopped", "answer: Who?, dev, 2026-11-13"},
		{"an offer, and one that was answered", offered() + theirQuestion("answered = 2026-11-14\nanswer = \"Kim\"\n"), "agree: The sign, maria, 2026-11-16", ""},
		{"two at once count once", offered() + theirQuestion("answered = 2026-11-14\nanswer = \"Kim\"\n") + theirQuestion("id = \"b\"\nanswered = 2026-11-12\nanswer = \"No\"\n"), "agree: The sign, maria, 2026-11-16", ""},
		{"a question before it was their turn", asked("maria", "dev", `{ on = 2026-11-12, by = "dev", did = "offer", due = 2026-12-11 }`) + theirQuestion("answered = 2026-11-14\nanswer = \"Kim\"\n"), "agree: The sign, maria, 2026-11-17", ""},
		{"an offer, and a message without a word back", offered() + theirMessage(""), "agree: The sign, maria, stopped", "message: Who builds it?, maria"},
		{"a message with a word back", offered() + theirMessage("acknowledged = 2026-11-14\n"), "agree: The sign, maria, 2026-11-16", "message: Who builds it?, maria"},
		{"a message before it was their turn", asked("maria", "dev", `{ on = 2026-11-12, by = "dev", did = "offer", due = 2026-12-11 }`) + theirMessage(""), "agree: The sign, maria, 2026-11-15", "message: Who builds it?, maria"},
		{"a question about another", offered() + performedByDev() + strings.Replace(theirQuestion(""), `"sign"`, `"booking"`, 1), "agree: The sign, maria, 2026-11-12", "answer: Who?, dev, 2026-11-13"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := home(on(t, "2026-11-20", tt.file))
			if got := strings.Join(stopped(slices.Concat(h.Later, h.Yours)), "; "); got != tt.yours {
				t.Errorf("your turn: %s\nwant: %s", got, tt.yours)
			}
			if got := strings.Join(stopped(h.Ours), "; "); got != tt.ours {
				t.Errorf("our turn: %s\nwant: %s", got, tt.ours)
			}
		})
	}
}

// What we owe the client, other than work, makes it amber at most once its date has passed.
func TestOurOverdueAnswersAreAmber(t *testing.T) {
	question := "\n[[question]]\nasked = 2026-11-10\nby = \"theo\"\nto = \"dev\"\ntext = \"Which *one*?\"\n"
	change := "\n[[change]]\non = 2026-11-10\nby = \"theo\"\ntext = \"Grey\"\n"
	message := "\n[[message]]\nreceived = 2026-11-10T10:00:00\nby = \"theo\"\nabout = \"It is slow\"\n"
	replies := strings.Replace(head, "[promises]", "[promises]\nreply_within = \"3 hours\"", 1)
	for _, tt := range []struct{ name, head, today, file, want string }{
		{"a question among the moves", head, "2026-11-14", performedByDev(theyAsk), "amber: amber answer_overdue"},
		{"on its last day", head, "2026-11-13", performedByDev(theyAsk), ":"},
		{"a question to them", head, "2026-11-14", performedByDev(weAsk), ":"},
		{"a request", head, "2026-11-21", asked("maria", "dev", mariaAsks), "amber: amber answer_overdue"},
		{"a request, while they owe us an answer", head, "2026-11-21", asked("maria", "dev", mariaAsks, strings.Replace(weAsk, "10", "18", 1)), ":"},
		{"terms of theirs", head, "2026-11-21", asked("maria", "dev", `{ on = 2026-11-16, by = "dev", did = "offer", due = 2026-12-11 }`, `{ on = 2026-11-17, by = "maria", did = "counter", due = 2026-12-04 }`), "amber: amber answer_overdue"},
		{"terms of ours", head, "2026-11-21", asked("maria", "dev", `{ on = 2026-11-16, by = "dev", did = "offer", due = 2026-12-11 }`), ":"},
		{"what they delivered", head, "2026-11-19", theirs(`{ on = 2026-11-12, by = "theo", did = "deliver" }`), "amber: amber answer_overdue"},
		{"help asked of us", head, "2026-11-14", theirs(`{ on = 2026-11-10, by = "theo", did = "ask-help", note = "Which lens?" }`), "amber: amber help_overdue"},
		{"help asked of them", head, "2026-11-14", performedByDev(`{ on = 2026-11-10, by = "dev", did = "ask-help", note = "Which key?" }`), ":"},
		{"help in what closed", head, "2026-11-14", theirs(`{ on = 2026-11-10, by = "theo", did = "ask-help", note = "Which lens?" }`, `{ on = 2026-11-11, by = "ines", did = "withdraw" }`), ":"},
		{"a question outside the moves", head, "2026-11-14", question, "amber: amber question_overdue"},
		{"an answered one", head, "2026-11-14", question + "answered = 2026-11-14\nanswer = \"Two\"\n", ":"},
		{"a change of theirs", head, "2026-11-14", change, "amber: amber answer_overdue"},
		{"a change of ours", head, "2026-11-14", strings.Replace(change, "theo", "dev", 1), ":"},
		{"a message without a word back", replies, "2026-11-11", message, "amber: amber reply_overdue"},
		{"an acknowledged one", replies, "2026-11-11", message + "acknowledged = 2026-11-10T11:00:00\n", ":"},
		{"a message without a promise", head, "2026-11-11", message, ":"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := derive(t, tt.head+tt.file, north(), noon(t, tt.today))
			if got := reasons(home(v).Standing); got != tt.want {
				t.Errorf("it stands %q, want %q", got, tt.want)
			}
		})
	}
}

// An archived note knows what was owed on its own day, whatever came of it.
func TestArchivedNotesKnowWhatWasOwed(t *testing.T) {
	file := "\n[[question]]\nasked = 2026-11-10\nby = \"theo\"\nto = \"dev\"\ntext = \"Which?\"\nanswered = 2026-11-16\nanswer = \"Two\"\n" +
		performedByDev(theyAsk, `{ on = 2026-11-16, by = "dev", did = "answer" }`)
	for _, day := range []string{"2026-11-13", "2026-11-15", "2026-11-16"} {
		file += status(day, "green", `id = "n`+day+`"`)
	}
	v := on(t, "2026-11-18", file)
	for day, want := range map[string]string{
		"2026-11-13": "green:", "2026-11-15": "amber: amber answer_overdue, amber question_overdue", "2026-11-16": "green:",
	} {
		if got := reasons(note(v, "n"+day).Standing); got != want {
			t.Errorf("on %s it stood %q, want %q", day, got, want)
		}
	}
}
