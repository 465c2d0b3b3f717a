package portal_test

import (
	"slices"
	"strings"
	"testing"

	"portalgen/internal/portal"
)

// answer tells of a question "yes" where it is answered, "no" where it is open, and
// "" where it is left out.
func answer(v *portal.View, commitment, key string) (string, portal.StageQuestion) {
	for _, p := range v.Pages {
		if p.Commitment == nil || p.Commitment.ID != commitment {
			continue
		}
		for _, s := range p.Commitment.Stages {
			for _, q := range s.Questions {
				if q.Key != key {
					continue
				}
				if q.Answered {
					return "yes", q
				}
				return "no", q
			}
		}
	}
	return "", portal.StageQuestion{}
}

// with returns a commitment with further keys.
func with(commitment, keys string) string {
	return strings.Replace(commitment, "moves = [", keys+"\nmoves = [", 1)
}

const (
	accept      = `{ on = 2026-11-19, by = "maria", did = "accept" }`
	riskToIt    = "\n[[risk]]\ntitle = \"It may rain\"\nowner = \"ines\"\naffects = [\"booking\"]\n"
	mitigated   = riskToIt + "mitigation = \"A roof\"\n"
	needsPhotos = `needs = ["photos"]`
)

func TestStageQuestions(t *testing.T) {
	review := `{ on = 2026-11-19, by = "maria", did = "accept", met = "It books", unmet = "Slowly", thanks = "For all", co_created = "Theo drew", improve = ["Faster"] }`
	unasked := strings.Replace(asked("maria", "dev", `{ on = 2026-11-02, by = "maria", did = "request" }`), `"sign"`, `"booking"`, 1)
	for _, tt := range []struct{ name, key, file, want, fact string }{
		{"by its outcome", "initiate_outcome", with(performedByDev(), `outcome = "Fewer calls"`), "yes", "Fewer calls"},
		{"by its conditions", "initiate_outcome", with(performedByDev(), `satisfied_when = ["It books"]`), "yes", "It books"},
		{"no outcome", "initiate_outcome", performedByDev(), "no", ""},
		{"no outcome, and closed", "initiate_outcome", performedByDev(deliver, accept), "", ""},
		{"a date", "initiate_by_when", performedByDev(), "yes", "2026-11-20"},
		{"a date on the table", "initiate_by_when", strings.Replace(asked("maria", "dev", mariaAsks), `"sign"`, `"booking"`, 1), "yes", "2026-12-11"},
		{"no date", "initiate_by_when", unasked, "no", ""},
		{"how it is delivered", "initiate_deliver_how", with(performedByDev(), `deliver_how = "A link"`), "yes", "A link"},
		{"not how it is delivered", "initiate_deliver_how", performedByDev(), "no", ""},
		{"how one is told", "initiate_notify_how", with(performedByDev(), `notify_how = "A call"`), "yes", "A call"},
		{"not how one is told", "initiate_notify_how", performedByDev(), "no", ""},
		{"interim results", "initiate_interim", performedByDev() + interim("A sketch", "2026-11-18"), "yes", "A sketch"},
		{"check-ins", "initiate_interim", "[weekly]" + performedByDev(), "yes", "It is a launch"},
		{"neither", "initiate_interim", performedByDev(), "no", ""},
		{"a risk", "initiate_risks", performedByDev() + riskToIt, "yes", "It may rain"},
		{"a closed risk", "initiate_risks", performedByDev() + riskToIt + "closed = 2026-11-10\n", "yes", "It may rain"},
		{"a risk to something else", "initiate_risks", performedByDev() + strings.Replace(riskToIt, "booking", "photos", 1) + theirs(), "no", ""},

		{"what was agreed", "negotiate_commit", with(performedByDev(), `satisfied_when = ["It books"]`), "yes", "It books"},
		{"beside another promise", "negotiate_commit", performedByDev() + promised("menu", "maria", "dev"), "yes", "The menu"},
		{"not beside another's", "negotiate_commit", performedByDev() + promised("menu", "maria", "ines"), "yes", "-The menu"},
		{"not agreed", "negotiate_commit", unasked, "no", ""},
		{
			"nothing, since it was declined", "negotiate_commit",
			strings.Replace(asked("maria", "dev", mariaAsks, `{ on = 2026-11-18, by = "dev", did = "decline", note = "We are full" }`), `"sign"`, `"booking"`, 1), "yes", "We are full",
		},
		{
			"withdrawn before it was promised", "negotiate_commit",
			strings.Replace(asked("maria", "dev", mariaAsks, `{ on = 2026-11-18, by = "maria", did = "withdraw" }`), `"sign"`, `"booking"`, 1), "", "",
		},
		{"a better way", "negotiate_better_way", with(performedByDev(), `better_way = "Two rooms"`), "yes", "Two rooms"},
		{"perhaps a better way", "negotiate_better_way", unasked, "no", ""},
		{"promised without a better way", "negotiate_better_way", performedByDev(), "", ""},
		{"how I tell", "negotiate_notify_how", with(performedByDev(), `notify_how = "A call"`), "yes", "A call"},
		{"which interim work", "negotiate_interim", performedByDev() + interim("A sketch", "2026-11-18"), "yes", "A sketch"},
		{"perhaps interim work", "negotiate_interim", unasked, "no", ""},
		{"promised without interim work", "negotiate_interim", performedByDev(), "", ""},
		{"mitigated", "negotiate_risks", performedByDev() + mitigated, "yes", "A roof"},
		{"not mitigated", "negotiate_risks", performedByDev() + mitigated + riskToIt, "no", "A roof"},
		{"a closed risk needs no mitigation", "negotiate_risks", performedByDev() + riskToIt + "closed = 2026-11-10\n", "yes", ""},
		{"no risk to mitigate", "negotiate_risks", performedByDev(), "", ""},

		{"nothing in the way", "perform_in_the_way", performedByDev(), "", ""},
		{"a new date is asked for", "perform_in_the_way", performedByDev(newDate), "yes", "The key came late"},
		{"a new date was agreed", "perform_in_the_way", performedByDev(newDate, `{ on = 2026-11-11, by = "maria", did = "agree" }`), "yes", "2026-12-04"},
		{"overdue, and nothing said", "perform_in_the_way", strings.ReplaceAll(performedByDev(), "2026-11-20", "2026-11-12"), "no", "2026-11-12"},
		{"overdue, with a date ahead", "perform_in_the_way", strings.ReplaceAll(performedByDev(newDate), "2026-11-20", "2026-11-12"), "yes", "2026-12-04"},
		{"sent back", "perform_in_the_way", performedByDev(deliver, sentBack), "no", "It is slow"},
		{"an interim result is overdue", "perform_in_the_way", performedByDev() + interim("A sketch", "2026-11-18"), "no", "2026-11-18"},
		{"help was asked for", "perform_help", performedByDev(`{ on = 2026-11-10, by = "ines", did = "ask-help", note = "Who has the key?" }`), "yes", "Who has the key?"},
		{"the asker's own call for help", "perform_help", performedByDev(`{ on = 2026-11-10, by = "maria", did = "ask-help", note = "How?" }`), "", ""},
		{"overdue, and no help asked for", "perform_help", strings.ReplaceAll(performedByDev(), "2026-11-20", "2026-11-12"), "no", ""},
		{"risks on the way", "perform_risks", performedByDev() + mitigated, "yes", "A roof"},
		{"status was told", "perform_status", performedByDev() + status("2026-11-18", "green", "next_update = 2026-11-25"), "yes", "/P/status-2026-11-18/"},
		{"status was missed", "perform_status", performedByDev() + status("2026-11-11", "green", "next_update = 2026-11-18"), "no", "2026-11-18"},
		{"a check-in was held", "perform_status", "[weekly]" + performedByDev() + checkIn("2026-11-17", ""), "yes", "2026-11-17"},
		{"a check-in was missed", "perform_status", "[weekly]" + performedByDev() + checkIn("2026-11-06", ""), "no", "2026-11-13"},
		{"nothing was told yet", "perform_status", "[weekly]" + strings.ReplaceAll(performedByDev(), "2026-11-03", "2026-11-19") + status("2026-11-18", "green", ""), "no", ""},
		{"no status was promised", "perform_status", performedByDev() + status("2026-11-18", "green", ""), "", ""},
		{"interim work was given", "perform_interim", performedByDev() + interim("A sketch", "2026-11-18", `{ on = 2026-11-17, by = "dev", did = "deliver" }`), "yes", "A sketch"},
		{"interim work is still ahead", "perform_interim", performedByDev() + interim("A sketch", "2026-11-24"), "no", ""},
		{
			"interim work is overdue", "perform_interim",
			performedByDev() + interim("A sketch", "2026-11-18", `{ on = 2026-11-17, by = "dev", did = "deliver" }`) + interim("A model", "2026-11-19"), "no", "A sketch",
		},
		{"no interim work", "perform_interim", performedByDev(), "", ""},
		{"a need is met", "perform_needs", with(performedByDev(), needsPhotos) + theirs(`{ on = 2026-11-18, by = "theo", did = "deliver" }`, `{ on = 2026-11-18, by = "ines", did = "accept" }`), "yes", "The photos"},
		{"a need is not met", "perform_needs", with(performedByDev(), needsPhotos) + theirs(), "no", "The photos"},
		{"no needs", "perform_needs", performedByDev(), "", ""},
		{"nothing is performed before the promise", "perform_risks", unasked + mitigated, "", ""},

		{"delivered", "accept_received", performedByDev(deliver), "no", "2026-11-18"},
		{"accepted", "accept_received", performedByDev(deliver, accept), "yes", "2026-11-19"},
		{"not what I asked for", "accept_received", performedByDev(deliver, sentBack), "yes", "It is slow"},
		{"delivered again", "accept_received", performedByDev(deliver, sentBack, `{ on = 2026-11-20, by = "dev", did = "deliver" }`), "no", "2026-11-20"},
		{"nothing was delivered", "accept_received", performedByDev(), "", ""},
		{"met", "accept_met", performedByDev(deliver, review), "yes", "It books"},
		{"thanks", "accept_met", performedByDev(deliver, review), "yes", "For all"},
		{"accepted without a word", "accept_met", performedByDev(deliver, accept), "no", ""},
		{"unmet", "accept_unmet", performedByDev(deliver, review), "yes", "Slowly"},
		{"unmet, and sent back", "accept_unmet", performedByDev(deliver, sentBack), "yes", "It is slow"},
		{"perhaps unmet", "accept_unmet", performedByDev(deliver), "no", ""},
		{"nothing unmet", "accept_unmet", performedByDev(deliver, accept), "", ""},
		{"co-created", "accept_co_created", performedByDev(deliver, review), "yes", "Theo drew"},
		{"not said how it was co-created", "accept_co_created", performedByDev(deliver, accept), "no", ""},
		{"improve", "accept_improve", performedByDev(deliver, review), "yes", "Faster"},
		{"not said what to improve", "accept_improve", performedByDev(deliver), "no", ""},
		{"delivered and withdrawn", "accept_met", performedByDev(deliver, `{ on = 2026-11-19, by = "maria", did = "withdraw" }`), "", ""},
	} {
		t.Run(tt.key+": "+tt.name, func(t *testing.T) {
			beginning := head
			if rest, ok := strings.CutPrefix(tt.file, "[weekly]"); ok {
				beginning, tt.file = every("weekly"), rest
			}
			got, q := answer(derive(t, beginning+tt.file, north(), noon(t, "2026-11-20")), "booking", tt.key)
			if got != tt.want {
				t.Errorf("answered: %q, want %q; %+v", got, tt.want, q)
			}
			fact, absent := strings.CutPrefix(tt.fact, "-")
			if fact != "" && slices.Contains(questionLines(q), fact) == absent {
				t.Errorf("%q is told: %v, of %q", fact, !absent, questionLines(q))
			}
		})
	}
}

// questionLines returns all that a question tells.
func questionLines(q portal.StageQuestion) []string {
	var all []string
	for _, f := range q.Facts {
		all = append(all, string(f))
	}
	for _, m := range q.Dates {
		all = append(all, m.String())
	}
	for _, l := range q.Links {
		all = append(all, l.Title, l.Href)
	}
	return all
}

func TestFourStages(t *testing.T) {
	v := on(t, "2026-11-20", performedByDev()+mitigated)
	var stages []string
	for _, s := range v.Pages[1].Commitment.Stages {
		stages = append(stages, s.Stage)
	}
	if got := strings.Join(stages, " "); got != "initiate negotiate perform accept" {
		t.Errorf("the stages are %s", got)
	}
	if _, q := answer(v, "booking", "perform_risks"); len(q.People) != 1 || q.People[0].ID != "ines" {
		t.Errorf("the risk is owned by %v", q.People)
	}
}
