package client

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// nov returns a day of November 2026.
func nov(d int) civil.Moment { return civil.On(civil.Date{Year: 2026, Month: 11, Day: d}) }

// dental returns a client with two people on either side.
func dental() *Client {
	return &Client{
		People: People{
			"maria": {ID: "maria", Side: ClientSide},
			"theo":  {ID: "theo", Side: ClientSide},
			"dev":   {ID: "dev", Side: ProviderSide},
			"ines":  {ID: "ines", Side: ProviderSide},
			"guest": {ID: "guest"},
		},
		Promises: Promises{AnswerWithin: Duration{3, Days}, AcceptWithin: Duration{5, Days}},
	}
}

// booking returns a commitment of dev's to maria, promised on 2 November for 20
// November, with the moves added.
func booking(moves ...Move) *Commitment {
	return &Commitment{
		Customer: "maria", Performer: "dev", SatisfiedWhen: []string{"It books"},
		Moves: append([]Move{
			{On: nov(1), By: "maria", Did: "request", Due: nov(20)},
			{On: nov(2), By: "dev", Did: "promise"},
		}, moves...),
	}
}

func TestSideOf(t *testing.T) {
	c := dental()
	asked := &Commitment{Customer: "ines", Performer: "theo"}
	for _, tt := range []struct {
		name   string
		cm     *Commitment
		person string
		want   loop.Side
	}{
		{"the customer", booking(), "maria", loop.Customer},
		{"the customer's colleague", booking(), "theo", loop.Customer},
		{"the performer's colleague", booking(), "ines", loop.Performer},
		{"the client promises", asked, "maria", loop.Performer},
		{"the provider asks", asked, "dev", loop.Customer},
		{"unknown", booking(), "nobody", 0},
		{"of no side", booking(), "guest", 0},
		{"unknown customer", &Commitment{Customer: "nobody", Performer: "dev"}, "dev", 0},
		{"one house", &Commitment{Customer: "ines", Performer: "dev"}, "dev", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := c.SideOf(tt.cm, tt.person); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	for _, tt := range []struct {
		d    Duration
		want int
	}{
		{Duration{}, 0},
		{Duration{3, Hours}, loop.SameDay},
		{Duration{Unit: SameBusinessDay}, loop.SameDay},
		{Duration{2, Days}, 2},
		{Duration{1, Weeks}, 7},
	} {
		c := &Client{Promises: Promises{AnswerWithin: tt.d, AcceptWithin: Duration{4, Days}}}
		if got, want := c.Limits(), (loop.Limits{AnswerWithin: tt.want, AcceptWithin: 4}); got != want {
			t.Errorf("%v: got %v, want %v", tt.d, got, want)
		}
	}
}

func TestReplayCommitment(t *testing.T) {
	c := dental()
	cm := booking(
		Move{On: nov(10), By: "ines", Did: "renegotiate", Due: nov(30), Note: "ill"},
		Move{On: nov(11), By: "theo", Did: "agree"},
	)
	got, interim, faults := parts(c.Replay(cm))
	if len(faults) != 0 || len(interim) != 0 {
		t.Fatalf("faults %v, deliverables %v", faults, interim)
	}
	if !got.Begun || !got.Open() || got.State != loop.Promised || got.Slip() != 10 {
		t.Errorf("got %+v", got.Conversation)
	}
	if diff := cmp.Diff(loop.Terms{Due: nov(30), SatisfiedWhen: []string{"It books"}}, got.Agreed); diff != "" {
		t.Error(diff)
	}
	var states []loop.State
	for _, s := range got.Steps {
		states = append(states, s.State)
	}
	if diff := cmp.Diff([]loop.State{loop.Asked, loop.Promised, loop.Resetting, loop.Promised}, states); diff != "" {
		t.Error(diff)
	}
}

func TestFirstTerms(t *testing.T) {
	c := dental()
	for _, tt := range []struct {
		name  string
		first Move
		want  []string
	}{
		{"the commitment's", Move{On: nov(1), By: "dev", Did: "offer"}, []string{"It books"}},
		{"the move's own", Move{On: nov(1), By: "maria", Did: "request", SatisfiedWhen: []string{"Fast"}}, []string{"Fast"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cm := booking()
			cm.Moves = []Move{tt.first}
			got := c.Replay(cm).Whole
			if diff := cmp.Diff(tt.want, got.Proposed.SatisfiedWhen); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// fault is a Fault as a test tells it.
type fault struct {
	Deliverable, Move int
	Problem           string
}

func TestFaults(t *testing.T) {
	deliver := Move{On: nov(5), By: "dev", Did: "deliver"}
	for _, tt := range []struct {
		name  string
		cm    *Commitment
		moves [][]Move // of the deliverables
		want  []fault
		steps []int // how many moves were replayed: of the commitment, of each deliverable
	}{
		{
			name: "in order", cm: booking(),
			moves: [][]Move{{deliver, {On: nov(6), By: "theo", Did: "accept"}}, nil},
			steps: []int{2, 2, 0},
		},
		{
			name:  "one mistake is told once",
			cm:    booking(Move{On: nov(3), By: "maria", Did: "agree"}, Move{On: nov(3), By: "maria", Did: "agree"}),
			want:  []fault{{-1, 2, "nobody can agree now"}},
			steps: []int{2},
		},
		{
			name: "each conversation has its own",
			cm:   booking(Move{On: nov(3), By: "maria", Did: "agree"}),
			moves: [][]Move{
				{deliver, deliver},
				{deliver},
				{{On: nov(5), By: "maria", Did: "deliver"}},
			},
			want: []fault{
				{-1, 2, "nobody can agree now"},
				{0, 1, "nobody can deliver now"},
				{2, 0, "the customer cannot deliver now, only the performer can"},
			},
			steps: []int{2, 1, 1, 0},
		},
		{
			name: "before it was promised", cm: booking(),
			moves: [][]Move{{{On: nov(1), By: "dev", Did: "deliver"}, deliver}},
			want:  []fault{{0, 0, "the commitment had not been promised yet on 2026-11-01"}},
			steps: []int{2, 0},
		},
		{
			name:  "never promised",
			cm:    &Commitment{Customer: "maria", Performer: "dev", Moves: []Move{{On: nov(1), By: "maria", Did: "request"}}},
			moves: [][]Move{{deliver, deliver}, nil},
			want:  []fault{{0, 0, "the commitment had not been promised yet on 2026-11-05"}},
			steps: []int{1, 0, 0},
		},
		{
			name:  "not promised, for a fault of its own",
			cm:    &Commitment{Customer: "maria", Performer: "dev", Moves: []Move{{On: nov(1), By: "maria", Did: "offer"}}},
			moves: [][]Move{{deliver}},
			want:  []fault{{-1, 0, "the customer cannot offer now, only the performer can"}},
			steps: []int{0, 0},
		},
		{
			name: "after it was closed",
			cm:   booking(Move{On: nov(5), By: "maria", Did: "withdraw"}),
			moves: [][]Move{
				{deliver, {On: nov(6), By: "theo", Did: "accept"}},
			},
			want:  []fault{{0, 1, "the commitment was closed on 2026-11-05, so accept on 2026-11-06 comes too late"}},
			steps: []int{3, 1},
		},
		{
			name:  "people whom the reader reports",
			cm:    booking(Move{On: nov(3), By: "nobody", Did: "agree"}, Move{On: nov(3), By: "maria", Did: "agree"}),
			moves: [][]Move{{{On: nov(5), By: "guest", Did: "deliver"}, deliver, deliver}},
			steps: []int{2, 0},
		},
		{
			name:  "moves whose lack the reader reports",
			cm:    booking(Move{By: "maria", Did: "agree"}),
			moves: [][]Move{{{On: nov(5), By: "dev"}}},
			steps: []int{2, 0},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, moves := range tt.moves {
				tt.cm.Deliverables = append(tt.cm.Deliverables, Deliverable{Due: nov(10), Moves: moves})
			}
			whole, interim, faults := parts(dental().Replay(tt.cm))
			var got []fault
			for _, f := range faults {
				got = append(got, fault{f.Deliverable, f.Move, f.Err.Problem()})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			steps := []int{len(whole.Steps)}
			for _, r := range interim {
				steps = append(steps, len(r.Steps))
			}
			if diff := cmp.Diff(tt.steps, steps); diff != "" {
				t.Errorf("replayed:\n%s", diff)
			}
		})
	}
}

func TestDeliverables(t *testing.T) {
	kept := []Move{{On: nov(4), By: "dev", Did: "deliver"}, {On: nov(5), By: "maria", Did: "accept"}}
	with := func(cm *Commitment) *Commitment {
		cm.Deliverables = []Deliverable{{Due: nov(10)}, {Due: nov(10), Moves: kept}}
		return cm
	}
	for _, tt := range []struct {
		name               string
		cm                 *Commitment
		state              loop.State // of the one without moves
		begun, ended, open bool
	}{
		{"not begun", with(&Commitment{Customer: "maria", Performer: "dev"}), loop.Start, false, false, false},
		{"promised", with(booking()), loop.Promised, true, false, true},
		{"ended", with(booking(Move{On: nov(6), By: "maria", Did: "withdraw"})), loop.Promised, true, true, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			interim := dental().Replay(tt.cm).Interims
			r, done := interim[0], interim[1]
			if r.State != tt.state || r.Begun != tt.begun || r.Ended != tt.ended || r.Open() != tt.open {
				t.Errorf("got %s, begun %v, ended %v, open %v", r.State, r.Begun, r.Ended, r.Open())
			}
			if tt.begun && (r.Agreed.Due != nov(10) || r.PromisedOn != nov(2) || r.TurnSince != nov(2)) {
				t.Errorf("due %v, promised on %v", r.Agreed.Due, r.PromisedOn)
			}
			if tt.begun && (done.State != loop.Kept || done.Ended) {
				t.Errorf("the accepted one is %s, ended %v", done.State, done.Ended)
			}
		})
	}
}

func TestReplayLeavesTheFileAlone(t *testing.T) {
	c, cm := dental(), booking()
	want := booking()
	c.Replay(cm)
	if !reflect.DeepEqual(want, cm) {
		t.Errorf("it is %+v", cm)
	}
}

func parts(r Replay) (Replayed, []Replayed, []Fault) {
	return r.Whole, r.Interims, r.Faults
}
