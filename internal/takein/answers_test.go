package takein

import (
	"strings"
	"testing"

	"portalgen/internal/reply"
)

// answers are all kinds of reply, with the line that each adds. late says that it cannot be made
// any more once something else was said to the same; closed is what ends its commitment.
var answers = map[string]struct {
	reply *reply.Reply
	want  []string
	late  bool
	// closed is the commitment that, once withdrawn, takes no such answer any more.
	closed string
}{
	"agrees to a date": {
		said("decide_due", "todo/move/decide/booking", "yes_due", seen("2026-12-04")),
		[]string{`{ on = 2026-11-20, by = "hanna", did = "agree"` + via},
		true, "booking",
	},
	"asks for another date": {
		said("decide_due", "todo/move/decide/booking", "date", seen("2026-12-04"), date("2026-12-11"), text("word", "Rather then")),
		[]string{`{ on = 2026-11-20, by = "hanna", did = "counter", due = 2026-12-11, note = "Rather then"` + via},
		true, "booking",
	},
	"keeps the date": {
		said("decide_due", "todo/move/decide/booking", "keep_due", seen("2026-12-04"), text("word", "No")),
		[]string{`did = "decline", note = "No"` + via},
		true, "booking",
	},
	"agrees to an offer": {
		said("agree_due", "todo/move/agree/offer", "yes_due", seen("2026-12-10")),
		[]string{`did = "agree"` + via},
		true, "offer",
	},
	"wants other terms": {
		said("agree_due", "todo/move/agree/offer", "terms", seen("2026-12-10"), text("word", "Cheaper")),
		[]string{`did = "counter", note = "Cheaper"` + via},
		true, "offer",
	},
	"wants other terms and another date": {
		said("agree_due", "todo/move/agree/offer", "terms", seen("2026-12-10"), date("2026-12-11"), text("word", "Cheaper")),
		[]string{`did = "counter", due = 2026-12-11, note = "Cheaper"` + via},
		true, "offer",
	},
	"promises": {
		said("promise", "todo/move/promise/texts", "promise", seen("2026-12-01"), date("2026-12-02")),
		[]string{`did = "promise", due = 2026-12-02` + via},
		true, "texts",
	},
	"cannot": {
		said("promise", "todo/move/promise/texts", "cannot", seen("2026-12-01"), text("word", "Ill")),
		[]string{`did = "decline", note = "Ill"` + via},
		true, "texts",
	},
	"accepts": {
		said("accept", "todo/move/accept/draft", "accept", text("met", "All"), text("missing", "Rope"), text("thanks", "Thank you"),
			text("together", "We both"), text("improve", "Sooner")),
		[]string{`did = "accept", met = "All", unmet = "Rope", thanks = "Thank you", co_created = "We both", improve = "Sooner"` + via},
		true, "draft",
	},
	"sends back": {
		said("accept", "todo/move/accept/draft", "back", date("2026-12-01"), text("word", "Too small")),
		[]string{`did = "reject", due = 2026-12-01, note = "Too small"` + via},
		true, "draft",
	},
	"delivers": {
		said("deliver", "todo/move/deliver/photos", "here", text("word", "By mail")),
		[]string{`did = "deliver", note = "By mail"` + via},
		true, "photos",
	},
	"delivers later": {
		said("deliver", "todo/move/deliver/photos", "later", date("2026-12-01"), text("word", "Fog")),
		[]string{`did = "renegotiate", due = 2026-12-01, note = "Fog"` + via},
		false, "photos",
	},
	"says no to an offer": {
		said("agree_due", "todo/move/agree/offer", "no", seen("2026-12-10"), text("word", "Not this year")),
		[]string{`did = "decline", note = "Not this year"` + via},
		true, "offer",
	},
	"says by when the answer comes": {
		said("agree_due", "todo/move/agree/offer", "answer_by", seen("2026-12-10"), date("2026-11-27")),
		[]string{`did = "commit-to-commit", answer_by = 2026-11-27` + via},
		false, "offer",
	},
	"asks for help with what they promised": {
		said("commitment", "commitment-photos", "ask_help", text("word", "A ladder")),
		[]string{`did = "ask-help", note = "A ladder"` + via},
		false, "photos",
	},
	"takes a promise back": {
		said("commitment", "commitment-photos", "revoke", text("word", "Ill")),
		[]string{`did = "revoke", note = "Ill"` + via},
		false, "photos",
	},
	"answers": {
		said("answer", "todo/move/answer/logo", "", text("word", "Dark")),
		[]string{`did = "answer", note = "Dark"` + via},
		true, "logo",
	},
	"confirms": {
		said("confirm", "todo/move/confirm/logo/2", "said"),
		[]string{`did = "confirm"` + via},
		true, "logo",
	},
	"corrects": {
		said("confirm", "todo/move/confirm/logo/2", "not_quite", text("word", "Green")),
		[]string{`did = "correct", note = "Green"` + via},
		false, "logo",
	},
	"says no to a summary": {
		said("confirm", "todo/move/confirm/logo/2", "not_said", text("word", "We never spoke of it")),
		[]string{`did = "correct", note = "We never spoke of it"` + via},
		false, "logo",
	},
	"answers a question": {
		said("answer", "todo/question/answer/harbour", "", text("word", "The old one")),
		[]string{"answered = 2026-11-20\nanswer = \"The old one\"\nvia = \"" + id + " 2026-11-21\""},
		true, "",
	},
	"agrees to a change": {
		said("change", "todo/change/decide/rope", "yes"),
		[]string{"agreed = 2026-11-20", "via = "},
		true, "",
	},
	"wants a change otherwise": {
		said("change", "todo/change/decide/rope", "terms", text("word", "Three")),
		[]string{"about = \"Two ropes: Three\""},
		false, "",
	},
	"declines a change": {
		said("change", "todo/change/decide/rope", "no", text("word", "One will do")),
		[]string{"declined = 2026-11-20", "[[message]]\nreceived = 2026-11-20T09:30:00\nby = \"hanna\"\nabout = \"Two ropes: One will do\""},
		true, "",
	},
	"confirms a recap": {
		said("confirm_check_in", "todo/check-in/confirm/nov", "said"),
		[]string{"confirmed = 2026-11-20", "via = "},
		true, "",
	},
	"corrects a recap": {
		said("confirm_check_in", "todo/check-in/confirm/nov", "not_quite", text("word", "In June")),
		[]string{"about = \"We begin in May: In June\""},
		false, "",
	},
	"says no to a recap": {
		said("confirm_check_in", "todo/check-in/confirm/nov", "not_said", text("word", "We never spoke of it")),
		[]string{"about = \"We begin in May: We never spoke of it\""},
		false, "",
	},
	"rates": {
		said("rate", "todo/pulse/rate/clear", "rate_4", text("word", "Mostly")),
		[]string{"theirs = 4", "answered = 2026-11-20", "about = \"How clear is it? Mostly\""},
		true, "",
	},
	"means the same": {
		said("confirm_term", "todo/term/confirm/Live", "means"),
		[]string{"confirmed = 2026-11-20", "via = "},
		true, "",
	},
	"means something else": {
		said("confirm_term", "todo/term/confirm/Live", "means_else", text("word", "In the shop")),
		[]string{"about = \"Live: In the shop\""},
		false, "",
	},
	"does not use a word": {
		said("confirm_term", "todo/term/confirm/Live", "not_ours", text("word", "We say open")),
		[]string{"about = \"Live: We say open\""},
		false, "",
	},
	"confirms an assumption": {
		said("confirm_assumption", "todo/assumption/confirm/quay", "so"),
		[]string{"commitment = \"logo\"\nconfirmed = 2026-11-20\nconfirmed_by = \"hanna\"\nvia = "},
		true, "logo",
	},
	"corrects an assumption": {
		said("confirm_assumption", "todo/assumption/confirm/quay", "not_quite", text("word", "Only at low tide")),
		[]string{"about = \"The quay is dry: Only at low tide\"\ncommitment = \"logo\"\nvia = "},
		false, "logo",
	},
	"says no to an assumption": {
		said("confirm_assumption", "todo/assumption/confirm/quay", "not_so", text("word", "It floods")),
		[]string{"commitment = \"logo\"\nwrong = 2026-11-20\nvia = ", "about = \"The quay is dry: It floods\"\ncommitment = \"logo\"\nvia = "},
		true, "logo",
	},
	"asks": {
		said("commitment", "commitment-draft", "ask", text("word", "How?")),
		[]string{`did = "ask", note = "How?"` + via},
		false, "draft",
	},
	"asks for a new date": {
		said("commitment", "commitment-photos", "new_date", date("2026-12-01"), text("word", "Fog")),
		[]string{`did = "renegotiate", due = 2026-12-01, note = "Fog"` + via},
		false, "photos",
	},
	"says how it goes": {
		said("commitment", "commitment-photos", "progress", text("word", "Half")),
		[]string{`did = "progress", note = "Half"` + via},
		false, "photos",
	},
	"withdraws": {
		said("commitment", "commitment-booking", "withdraw", text("word", "Not now")),
		[]string{`did = "withdraw", note = "Not now"` + via},
		false, "booking",
	},
	"asks for something new": {
		said("new", "", "", date("2026-12-20"), text("outcome", "A *new* sign"), text("delivered", "By ferry"),
			text("told", "Call me"), text("between", "A sketch"), text("wrong", "Wind")),
		[]string{
			"title = \"A new sign\"\ncustomer = \"hanna\"\nperformer = \"priya\"\noutcome = \"A \\\\*new\\\\* sign\"",
			`{ on = 2026-11-20, by = "hanna", did = "request", due = 2026-12-20, note = "A sketch\n\nWind"` + via,
		},
		false, "",
	},
	"writes": {
		said("message", "", "urgent", text("word", "Call me")),
		[]string{"received = 2026-11-20T09:30:00\nby = \"hanna\"\nabout = \"Call me\"\nurgent = true\nvia = \"" + id + " 2026-11-21\""},
		false, "",
	},
}

func TestEachReplyBecomesOneFact(t *testing.T) {
	for name, a := range answers {
		j := mustJudge(t, file, a.reply, hanna)
		if j.Change == nil || j.Who != "Hanna Berg" || j.Said || len(j.Doubts) > 0 {
			t.Errorf("%s: refused: %s (%s), doubts %v", name, j.Refused, j.Hint, j.Doubts)
			continue
		}
		for _, want := range a.want {
			if !strings.Contains(string(j.Change.New), want) {
				t.Errorf("%s: %q is not in\n%s", name, want, j.Change.Diff())
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	for want, r := range map[string]*reply.Reply{
		"no answer that this program knows": said("decide_due", "todo/move/decide/booking", "later_maybe", seen("2026-12-04")),
		"names no date":                     said("decide_due", "todo/move/decide/booking", "date", seen("2026-12-04")),
		"it lacks note":                     said("commitment", "commitment-photos", "new_date", date("2026-12-01")),
		"cannot deliver now, only: ":        said("commitment", "commitment-booking", "deliver", text("word", "Here")),
		"it is empty":                       said("message", "", "normal"),
		"does not say what is asked for":    said("new", "", "", text("wrong", "All")),
		"not there any more":                said("decide_due", "todo/move/decide/nothing", "yes_due"),
		"it answers is not there any more":  said("confirm_assumption", "todo/assumption/confirm/of-another-client", "so"),
		`"rate_" is no answer to`:           said("rate", "todo/pulse/rate/clear", "rate_"),
		"is no answer to":                   said("confirm_assumption", "todo/assumption/confirm/quay", "rate_5"),
		"is not there any more":             said("commitment", "commitment-nothing", "ask", text("word", "?")),
	} {
		if j := mustJudge(t, file, r, hanna); j.Change != nil || !strings.Contains(j.Refused, want) {
			t.Errorf("%q is not in %q", want, j.Refused)
		}
	}
}
