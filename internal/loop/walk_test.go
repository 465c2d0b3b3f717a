package loop

import (
	"reflect"
	"slices"
	"testing"

	"portalgen/internal/civil"
)

// A config is all of a conversation that decides which moves are legal and where
// they lead, whatever the order of the dates. There are finitely many.
type config struct {
	state              State
	proposer           Side
	proposed, agreed   bool // there is a date
	sameDue            bool // what is proposed is what is agreed
	asked              Side
	promisedAnswer     bool
	committed          Side
	acceptBy           bool
	summaryC, summaryP bool
	helpC, helpP       bool
}

func configOf(c Conversation) config {
	k := config{
		state: c.State, proposer: c.Proposer,
		proposed: !c.Proposed.Due.IsZero(), agreed: !c.Agreed.Due.IsZero(),
		sameDue:   c.Proposed.Due == c.Agreed.Due,
		committed: c.CommittedBy, acceptBy: !c.AcceptBy().IsZero(),
		summaryC: c.summarized(Customer), summaryP: c.summarized(Performer),
		helpC: c.HelpOf(Customer) != nil, helpP: c.HelpOf(Performer) != nil,
	}
	if q := c.OpenQuestion; q != nil {
		k.asked, k.promisedAnswer = q.By.Other(), q.Promised
	}
	return k
}

// annotated reports whether anything is open that no field of a move speaks to.
// There, the fields of most moves need not be tried all over again.
func (k config) annotated() bool {
	return k.summaryC || k.summaryP || k.helpC || k.helpP
}

// variants returns moves of the kind l, with every choice of fields out of a few;
// the suitable one is the first. Only a close depends on how much time has passed,
// and is tried both without delay and when it may be made.
func variants(c Conversation, l Legal) []Move {
	moves := []Move{suitable(c, l)}
	dates := []civil.Moment{moves[0].On}
	if l.Did == Close {
		dates = append(dates, c.latest)
	}
	for _, on := range dates {
		for _, due := range []civil.Moment{{}, day(5000), day(6000)} {
			for _, when := range [][]string{nil, {"fast"}} {
				for _, by := range []civil.Moment{{}, civil.On(on.AddDays(2))} {
					for _, note := range []string{"", "why"} {
						m := Move{On: on, Side: l.Side, Did: l.Did, Terms: Terms{due, when}, AnswerBy: by, Note: note}
						moves = append(moves, m)
						if due != day(6000) {
							continue // the two below depend on nothing else
						}
						m.WithInterim = true
						moves = append(moves, m)
						m.Also = []string{"safe"}
						moves = append(moves, m)
					}
				}
			}
		}
	}
	return moves
}

// walk calls visit for a conversation in every configuration that can be reached
// from c, and edge for every legal move that it tried from there. It holds config
// to what it says: all conversations of one configuration have the same moves.
func walk(t *testing.T, c Conversation, visit func(Conversation), edge func(c Conversation, m Move, next Conversation)) int {
	t.Helper()
	seen := map[config][]Legal{configOf(c): c.Legal()}
	for queue := []Conversation{c}; len(queue) > 0; queue = queue[1:] {
		c := queue[0]
		visit(c)
		annotated := configOf(c).annotated()
		for _, l := range c.Legal() {
			moves := []Move{suitable(c, l)}
			if !annotated || l.Did == Reject || l.Did == Deliver {
				moves = variants(c, l)
			}
			for _, m := range moves {
				next, err := c.Apply(m)
				if err != nil {
					continue
				}
				edge(c, m, next)
				k := configOf(next)
				legal, ok := seen[k]
				switch {
				case !ok:
					seen[k] = next.Legal()
					queue = append(queue, next)
				case !slices.Equal(legal, next.Legal()):
					t.Fatalf("two conversations are %+v, with different moves", k)
				}
			}
		}
	}
	return len(seen)
}

// starts are the conversations to explore from. Without limits more can happen: a
// date for accepting may or may not be known.
var starts = map[string]Conversation{
	"commitment":  New(Limits{}),
	"deliverable": NewPromised(limits, day(1), day(5000)),
}

func TestEveryConfiguration(t *testing.T) {
	for name, start := range starts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := walk(t, start, func(c Conversation) {
				holdsTerms(t, c)
				holdsTurn(t, c)
				legalIsWhatApplies(t, c)
				for _, s := range []Side{Customer, Performer} {
					if c.State.Open() && !canEnd(c, s, 3) {
						t.Errorf("the %s alone cannot end %s", s, dump(c))
					}
					askAndAnswer(t, c, s)
				}
			}, func(c Conversation, m Move, next Conversation) {
				again, err := c.Apply(m)
				if err != nil || !reflect.DeepEqual(next, again) {
					t.Errorf("%v applied twice to %s differs", m, dump(c))
				}
				ownWord(t, c, m, next)
				agreedOnlyByWord(t, c, m, next)
				annotationsChangeNothing(t, c, m, next)
			})
			if n < 100 {
				t.Errorf("reached only %d configurations", n)
			}
			t.Logf("%d configurations", n)
		})
	}
}
