package loop

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// cells is the state table: a conversation in each state, with either side as
// proposer where there is one, the moves that are legal there and where they
// lead, and how an error names them. All moves that are not listed are illegal.
// The moves of anyone in any open state are in everywhere.
var cells = []struct {
	name  string
	moves []string
	to    map[string]State // "C request": customer; "P promise": performer
	hint  string
}{
	{
		"start", nil,
		map[string]State{"C request": Asked, "P offer": Offered},
		"nothing has been asked or offered yet: the customer may request; the performer may offer",
	},
	{
		"asked",
		[]string{"1 C request due=20"},
		map[string]State{
			"P promise": Promised, "P counter": Countered, "P decline": Declined, "P commit-to-commit": Asked,
			"C request": Asked, "C withdraw": Withdrawn,
		},
		"it is asked for, and has no answer yet: the customer may request or withdraw; the performer may promise, counter, decline or commit-to-commit",
	},
	{
		"offered",
		[]string{"1 P offer due=20"},
		map[string]State{
			"C agree": Promised, "C counter": Countered, "C decline": Declined, "C commit-to-commit": Offered,
			"C withdraw": Withdrawn, "P counter": Countered, "P withdraw": Withdrawn,
		},
		"it is offered, and has no answer yet: the customer may agree, decline or commit-to-commit; either may counter, withdraw",
	},
	{
		"countered by the performer",
		[]string{"1 C request", "1 P counter due=20"},
		map[string]State{
			"C agree": Promised, "C counter": Countered, "C decline": Declined, "C commit-to-commit": Countered,
			"C withdraw": Withdrawn, "P counter": Countered, "P withdraw": Withdrawn,
		},
		"other terms are proposed, and not agreed yet: the customer may agree, decline or commit-to-commit; either may counter, withdraw",
	},
	{
		"countered by the customer",
		[]string{"1 P offer", "1 C counter due=20"},
		map[string]State{
			"P agree": Promised, "P counter": Countered, "P decline": Declined, "P commit-to-commit": Countered,
			"C withdraw": Withdrawn, "C counter": Countered,
		},
		"other terms are proposed, and not agreed yet: the customer may withdraw; the performer may agree, decline or commit-to-commit; either may counter",
	},
	{
		"promised",
		[]string{"1 C request due=20", "1 P promise"},
		map[string]State{
			"P deliver": Delivered, "C renegotiate": Resetting, "P renegotiate": Resetting,
			"P revoke": Revoked, "C withdraw": Withdrawn,
		},
		"it is promised: the customer may withdraw; the performer may deliver or revoke; either may renegotiate",
	},
	{
		"resetting by the performer",
		[]string{"1 C request due=20", "1 P promise", "1 P renegotiate due=30 note=ill"},
		map[string]State{
			"C agree": Promised, "C decline": Promised, "C counter": Resetting, "C commit-to-commit": Resetting,
			"P renegotiate": Resetting, "P retract": Promised, "P deliver": Delivered,
			"P revoke": Revoked, "C withdraw": Withdrawn,
		},
		"another date or other terms are proposed, and not agreed yet: the customer may agree, counter, decline, withdraw or commit-to-commit; the performer may deliver, renegotiate, retract or revoke",
	},
	{
		"resetting by the customer",
		[]string{"1 C request due=20", "1 P promise", "1 C renegotiate due=10 note=fair"},
		map[string]State{
			"P agree": Promised, "P decline": Promised, "P counter": Resetting, "P commit-to-commit": Resetting,
			"C renegotiate": Resetting, "C retract": Promised, "P deliver": Delivered,
			"P revoke": Revoked, "C withdraw": Withdrawn,
		},
		"another date or other terms are proposed, and not agreed yet: the customer may withdraw, renegotiate or retract; the performer may agree, counter, decline, deliver, revoke or commit-to-commit",
	},
	{
		"delivered",
		[]string{"1 C request due=20", "1 P promise", "1 P deliver by=5"},
		map[string]State{
			"C accept": Kept, "C reject": Promised, "P retract": Promised, "C withdraw": Withdrawn, "P close": Unanswered,
		},
		"it is delivered: the customer may withdraw, accept or reject; the performer may retract or close",
	},
	{
		"delivered, with no date for accepting",
		[]string{"1 C request due=20", "1 P promise", "1 P deliver"},
		map[string]State{"C accept": Kept, "C reject": Promised, "P retract": Promised, "C withdraw": Withdrawn},
		"it is delivered: the customer may withdraw, accept or reject; the performer may retract",
	},
	{"kept", []string{"1 C request due=20", "1 P promise", "1 P deliver", "1 C accept"}, nil, "it is done and accepted, and no move is allowed"},
	{"declined", []string{"1 C request", "1 P decline note=full"}, nil, "it was declined, and no move is allowed"},
	{"withdrawn", []string{"1 C request", "1 C withdraw"}, nil, "it was withdrawn, and no move is allowed"},
	{"revoked", []string{"1 C request due=20", "1 P promise", "1 P revoke note=ill"}, nil, "the promise was taken back, and no move is allowed"},
	{
		"unanswered",
		[]string{"1 C request due=20", "1 P promise", "1 P deliver by=2", "3 P close note=quiet"},
		nil, "it was delivered, and closed without an answer, and no move is allowed",
	},
}

// everywhere are the moves of either side that are legal in every open state; the
// rest of the overlays and annotations need something to speak to.
var everywhere = []Did{Ask, Progress, Summarize, Correct, AskHelp}

const everywhereHint = "ask, progress, summarize, correct or ask-help"

func TestTable(t *testing.T) {
	for _, cell := range cells {
		t.Run(cell.name, func(t *testing.T) {
			c := play(t, New(Limits{}), cell.moves...)
			hint := cell.hint
			switch head, own, ok := strings.Cut(hint, "either may "); {
			case !c.State.Open():
			case ok:
				hint = head + "either may " + own + ", " + everywhereHint
			default:
				hint += "; either may " + everywhereHint
			}
			for _, side := range []Side{Customer, Performer} {
				for _, did := range AllDids {
					checkCell(t, c, cell.to, Legal{side, did}, hint)
				}
			}
		})
	}
}

// checkCell holds one cell of the table to what is said of it.
func checkCell(t *testing.T, c Conversation, to map[string]State, l Legal, hint string) {
	t.Helper()
	want := func(s Side) (State, bool) {
		if c.State.Open() && slices.Contains(everywhere, l.Did) {
			return c.State, true
		}
		state, ok := to[map[Side]string{Customer: "C ", Performer: "P "}[s]+string(l.Did)]
		return state, ok
	}
	state, legal := want(l.Side)
	if got := slices.Contains(c.Legal(), l); got != legal {
		t.Errorf("%v %s: in Legal: %v, want %v", l.Side, l.Did, got, legal)
	}
	next, err := c.Apply(suitable(c, l))
	if legal {
		if err != nil || next.State != state {
			t.Errorf("%v %s: got %s, %v, want %s", l.Side, l.Did, next.State, err, state)
		}
		return
	}
	if err == nil {
		t.Errorf("%v %s: got %s, want it refused", l.Side, l.Did, next.State)
		return
	}
	if !reflect.DeepEqual(next, c) {
		t.Errorf("%v %s: a refused move changed the conversation", l.Side, l.Did)
	}
	_, other := want(l.Side.Other())
	if got, want := err.Error(), refusal(c, l, other)+"; "+hint; got != want {
		t.Errorf("%v %s:\n got %s\nwant %s", l.Side, l.Did, got, want)
	}
}

// refusal returns the sentence that refuses l in a cell; other says whether the
// other side might make the move.
func refusal(c Conversation, l Legal, other bool) string {
	switch {
	case l.Did == Close && l.Side == Performer && c.State == Delivered:
		return "close must wait for the date for accepting, and there is none: give the deliver an answer_by, or set accept_within in [promises]"
	case l.Did == Close && c.State == Delivered:
		other = true
	}
	switch {
	case other:
		return "the " + l.Side.String() + " cannot " + string(l.Did) + " now, only the " + l.Side.Other().String() + " can"
	case c.State == Start:
		return string(l.Did) + " cannot come first"
	case !c.State.Open():
		return "nobody can " + string(l.Did) + " once it is closed"
	case l.Did == Answer:
		return "nothing is open that could be answered"
	case l.Did == Confirm:
		return "no summary is open that could be confirmed"
	}
	return "nobody can " + string(l.Did) + " now"
}

func TestTableIsWhole(t *testing.T) {
	seen := map[State]bool{}
	for _, cell := range cells {
		seen[play(t, New(Limits{}), cell.moves...).State] = true
	}
	for _, s := range []State{
		Start, Asked, Offered, Countered, Promised, Resetting, Delivered,
		Kept, Declined, Withdrawn, Revoked, Unanswered,
	} {
		if !seen[s] {
			t.Errorf("no cell is in state %s", s)
		}
	}
}
