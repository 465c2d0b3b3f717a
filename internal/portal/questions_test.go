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
		{"no interim results", "initiate_interim", performedByDev(), "", ""},
		{"none yet", "initiate_interim", unasked, "no", ""},
		{"a risk", "initiate_risks", performedByDev() + riskToIt, "yes", "It may rain"},
		{"a closed risk", "initiate_risks", performedByDev() + riskToIt + "closed = 2026-11-10\n", "yes", "It may rain"},
		{"a risk to something else", "initiate_risks", performedByDev() + strings.Replace(riskToIt, "booking", "photos", 1) + theirs(), "no", ""},

		{"what was agreed", "negotiate_commit", with(performedByDev(), `satisfied_when = ["It books"]`), "yes", "It books"},
		{"not agreed", "negotiate_commit", unasked, "no", ""},
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
		{"mitigated", "perform_risks", performedByDev() + mitigated, "yes", "A roof"},
		{"not mitigated", "perform_risks", performedByDev() + mitigated + riskToIt, "no", "A roof"},
		{"a closed risk needs no mitigation", "perform_risks", performedByDev() + riskToIt + "closed = 2026-11-10\n", "yes", ""},
		{"no risk to mitigate", "perform_risks", performedByDev(), "", ""},
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
		{"not what I asked for", "accept_received", performedByDev(deliver, sentBack), "yes", "2026-11-18"},
		{"delivered again", "accept_received", performedByDev(deliver, sentBack, `{ on = 2026-11-20, by = "dev", did = "deliver" }`), "no", "2026-11-20"},
		{"nothing was delivered", "accept_received", performedByDev(), "", ""},
		{"sent back, and not delivered again", "accept_improve", performedByDev(deliver, sentBack), "", ""},
		{"unmet, and sent back", "accept_unmet", performedByDev(deliver, sentBack), "yes", "It is slow"},
		{"sent back, and delivered again", "accept_unmet", performedByDev(deliver, sentBack, `{ on = 2026-11-20, by = "dev", did = "deliver" }`), "no", ""},
		{"perhaps unmet", "accept_unmet", performedByDev(deliver), "no", ""},
		{"nothing unmet", "accept_unmet", performedByDev(deliver, accept), "", ""},
		{"not said what to improve", "accept_improve", performedByDev(deliver), "no", ""},
		{"delivered and withdrawn", "accept_met", performedByDev(deliver, `{ on = 2026-11-19, by = "maria", did = "withdraw" }`), "", ""},
	} {
		t.Run(tt.key+": "+tt.name, func(t *testing.T) {
			if strings.HasPrefix(tt.key, "negotiate_") || strings.HasPrefix(tt.key, "perform_") {
				tt.file = swapped(tt.file)
			}
			got, q := answer(on(t, "2026-11-20", tt.file), "booking", tt.key)
			if got != tt.want {
				t.Errorf("answered: %q, want %q; %+v", got, tt.want, q)
			}
			if tt.fact != "" && !slices.Contains(questionLines(q), tt.fact) {
				t.Errorf("%q is not told, of %q", tt.fact, questionLines(q))
			}
		})
	}
}

// questionLines returns all that a question tells.
func questionLines(q portal.StageQuestion) []string {
	var all []string
	for _, a := range q.Answers {
		all = append(all, string(a.Text), a.On.String(), a.Href)
	}
	return all
}

// swapped returns a file in which the two sides have changed places.
func swapped(file string) string {
	return strings.NewReplacer(`"maria"`, `"dev"`, `"dev"`, `"maria"`, `"theo"`, `"ines"`, `"ines"`, `"theo"`).Replace(file)
}

// A client is asked what concerns their own side: as the asker, or as the doer.
func TestStagesOfTheReader(t *testing.T) {
	stages := func(file string) string {
		var all []string
		for _, s := range on(t, "2026-11-20", file).Pages[1].Commitment.Stages {
			all = append(all, s.Stage)
		}
		return strings.Join(all, " ")
	}
	file := performedByDev(deliver) + mitigated
	if got := stages(file); got != "initiate accept" {
		t.Errorf("of our promise: %s", got)
	}
	if got := stages(swapped(file)); got != "negotiate perform" {
		t.Errorf("of theirs: %s", got)
	}
	for _, closed := range []string{performedByDev(deliver, accept), performedByDev(`{ on = 2026-11-18, by = "maria", did = "withdraw" }`)} {
		if got := stages(closed); got != "" {
			t.Errorf("of what has closed: %s", got)
		}
	}
}

// Each date and each person is told as what they are.
func TestAnswersAreNamed(t *testing.T) {
	for _, tt := range []struct {
		key, file, want string
	}{
		{"initiate_by_when", performedByDev(), "agreed  2026-11-20"},
		{"initiate_by_when", strings.Replace(asked("maria", "dev", mariaAsks), `"sign"`, `"booking"`, 1), "asked  2026-12-11"},
		{"initiate_risks", performedByDev() + riskToIt, "owner Ines Okafor "},
		{"accept_received", performedByDev(deliver, sentBack), "delivered  2026-11-18"},
		{"accept_unmet", performedByDev(deliver, sentBack), "rejected Maria 2026-11-19"},
		{"accept_unmet", performedByDev(deliver, sentBack, `{ on = 2026-11-20, by = "dev", did = "deliver" }`), ""},
		{"perform_in_the_way", swapped(performedByDev(newDate)), "proposed  2026-12-04"},
		{"perform_needs", swapped(with(performedByDev(), needsPhotos) + theirs()), "need_open  "},
	} {
		_, q := answer(on(t, "2026-11-20", tt.file), "booking", tt.key)
		var got []string
		for _, a := range q.Answers {
			got = append(got, a.Says+" "+a.Name+" "+a.On.String())
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: got %q, want %q", tt.key, got, tt.want)
		}
	}
}
