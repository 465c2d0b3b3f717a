package portal

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"portalgen"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// sentences returns the key of every sentence that a move can become: of each move
// that is legal in a configuration that can be reached, with a date and without.
func sentences() []string {
	keys := map[string]bool{}
	seen := map[string]bool{}
	var explore func(c loop.Conversation)
	explore = func(c loop.Conversation) {
		// What is legal goes by no more than this.
		shape := fmt.Sprint(c.State, c.Proposer, c.Proposed.Due, c.Agreed.Due, c.AcceptBy().IsZero(), c.OpenQuestion != nil, len(c.OpenSummaries) > 0, len(c.HelpAsked))
		if seen[shape] {
			return
		}
		seen[shape] = true
		on := civil.Date{Year: 2026, Month: 1, Day: 1}
		if !c.LastMove.On.IsZero() {
			on = c.LastMove.On.AddDays(10)
		}
		for _, l := range c.Legal() {
			for _, due := range []civil.Moment{{}, civil.On(civil.Date{Year: 2027, Month: 1, Day: 1})} {
				m := loop.Move{On: civil.On(on), Side: l.Side, Did: l.Did, Terms: loop.Terms{Due: due}, Note: "Since it rained"}
				if l.Did == loop.CommitToCommit {
					m.AnswerBy = civil.On(on)
				}
				next, err := c.Apply(m)
				if err != nil {
					continue
				}
				if l.Did == loop.Promise || l.Did == loop.Agree {
					due = next.Agreed.Due
				}
				keys[moveKey(client.Move{Did: string(l.Did)}, c, due)] = true
				explore(next)
			}
		}
	}
	limits := loop.Limits{AnswerWithin: 3, AcceptWithin: 5}
	explore(loop.New(limits))
	day := civil.On(civil.Date{Year: 2026, Month: 1, Day: 1})
	explore(loop.NewPromised(limits, day, day))
	var all []string
	for k := range keys {
		all = append(all, "move_"+k)
	}
	slices.Sort(all)
	return all
}

// Every move has its sentence, and every sentence its move.
func TestSentencesOfMoves(t *testing.T) {
	text, err := portalgen.Defaults.ReadFile("i18n/en.toml")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]any
	if err := toml.Unmarshal(text, &words); err != nil {
		t.Fatal(err)
	}
	keys := sentences()
	for _, key := range keys {
		if words[key] == nil {
			t.Errorf("i18n/en.toml has no %s", key)
		}
	}
	for key := range words {
		if strings.HasPrefix(key, "move_") && !slices.Contains(keys, key) {
			t.Errorf("no move becomes %s of i18n/en.toml", key)
		}
	}
}

// Every answer has its words, and the sentence that is recorded of it.
func TestWordsOfAnswers(t *testing.T) {
	text, err := portalgen.Defaults.ReadFile("i18n/en.toml")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]any
	if err := toml.Unmarshal(text, &words); err != nil {
		t.Fatal(err)
	}
	script, err := portalgen.Defaults.ReadFile("static/assets/js/says.js")
	if err != nil {
		t.Fatal(err)
	}
	says := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^  (\w+): '(\w+)',$`).FindAllSubmatch(script, -1) {
		says[string(m[1])] = string(m[2])
		if words[string(m[2])] == nil {
			t.Errorf("i18n/en.toml has no %s", m[2])
		}
	}
	all := slices.Concat(slices.Collect(maps.Values(choices))...)
	for _, more := range moreChoices {
		all = append(all, more.Choice)
	}
	for _, c := range all {
		if words["choice_"+c.Key] == nil || c.Word != "" && words["word_"+c.Word] == nil {
			t.Errorf("i18n/en.toml has not all of %+v", c)
		}
		said := says[c.Key]
		dated := strings.HasSuffix(said, "_due") || said == "move_commit_to_commit"
		if asked := c.Date || !c.Due.IsZero(); said == "" || asked != dated && c.Key != "yes_due" {
			t.Errorf("%+v is recorded as %q", c, said)
		}
		if c.MayDate && words[said+"_due"] == nil {
			t.Errorf("i18n/en.toml has no %s_due", said)
		}
	}
}

// Every question of a stage has its words, and every such words their question.
func TestQuestionsOfStages(t *testing.T) {
	text, err := portalgen.Defaults.ReadFile("i18n/en.toml")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]any
	if err := toml.Unmarshal(text, &words); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, q := range stageQuestions {
		keys = append(keys, "ask_"+q.key)
		if words["ask_"+q.key] == nil {
			t.Errorf("i18n/en.toml has no ask_%s", q.key)
		}
	}
	for key := range words {
		if strings.HasPrefix(key, "ask_") && !slices.Contains(keys, key) {
			t.Errorf("no stage asks %s of i18n/en.toml", key)
		}
	}
}

func TestMoveKey(t *testing.T) {
	due, agreed := civil.On(civil.Date{Year: 2026, Month: 12, Day: 4}), civil.On(civil.Date{Year: 2026, Month: 11, Day: 27})
	in := func(s loop.State, proposed civil.Moment) loop.Conversation {
		return loop.Conversation{State: s, Agreed: loop.Terms{Due: agreed}, Proposed: loop.Terms{Due: proposed}}
	}
	for _, tt := range []struct {
		did    loop.Did
		before loop.Conversation
		due    civil.Moment
		want   string
	}{
		{loop.Request, loop.Conversation{State: loop.Start}, civil.Moment{}, "request"},
		{loop.Request, loop.Conversation{State: loop.Start}, due, "request_due"},
		{loop.Renegotiate, in(loop.Promised, civil.Moment{}), due, "renegotiate_due"},
		{loop.Renegotiate, in(loop.Promised, civil.Moment{}), civil.Moment{}, "renegotiate"},
		{loop.Renegotiate, in(loop.Promised, civil.Moment{}), agreed, "renegotiate"},
		{loop.Renegotiate, in(loop.Resetting, due), agreed, "renegotiate"},
		{loop.Renegotiate, in(loop.Resetting, due), due, "renegotiate"},
		{loop.Counter, in(loop.Resetting, due), due, "counter"},
		{loop.Counter, in(loop.Resetting, agreed), due, "counter_due"},
		{loop.Counter, loop.Conversation{State: loop.Asked, Proposed: loop.Terms{Due: due}}, due, "counter"},
		{loop.Counter, loop.Conversation{State: loop.Asked}, due, "counter_due"},
		{loop.Decline, loop.Conversation{State: loop.Offered, Proposed: loop.Terms{Due: due}}, civil.Moment{}, "decline"},
		{loop.Decline, loop.Conversation{State: loop.Offered}, civil.Moment{}, "decline"},
		{loop.Decline, in(loop.Resetting, due), civil.Moment{}, "decline_date"},
		{loop.Decline, in(loop.Resetting, agreed), civil.Moment{}, "decline_terms"},
		{loop.Agree, in(loop.Resetting, due), due, "agree_due"},
		{loop.Agree, in(loop.Resetting, agreed), agreed, "agree_terms"},
		{loop.Agree, loop.Conversation{State: loop.Offered, Proposed: loop.Terms{Due: due}}, due, "agree_due"},
		{loop.Retract, in(loop.Resetting, due), civil.Moment{}, "retract"},
		{loop.Retract, in(loop.Delivered, civil.Moment{}), civil.Moment{}, "retract_delivery"},
		{loop.CommitToCommit, loop.Conversation{State: loop.Asked}, civil.Moment{}, "commit_to_commit"},
		{loop.AskHelp, in(loop.Promised, civil.Moment{}), civil.Moment{}, "ask_help"},
	} {
		if got := moveKey(client.Move{Did: string(tt.did)}, tt.before, tt.due); got != tt.want {
			t.Errorf("%s in %s: got %s, want %s", tt.did, tt.before.State, got, tt.want)
		}
	}
}
