package loop

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/civil"
)

// TestTerms follows the terms on the table and those agreed.
func TestTerms(t *testing.T) {
	terms := func(due int, conditions ...string) Terms { return Terms{day(due), conditions} }
	none := Terms{}
	for _, tt := range []struct {
		name             string
		moves            []string
		proposed, agreed Terms
		reason           string
	}{
		{"asked", asked, terms(20, "fast"), none, ""},
		{"asked again, the date alone", append(slices.Clone(asked), "2 C request due=30 note=late"), terms(30, "fast"), none, "late"},
		{"asked again, the conditions alone", append(slices.Clone(asked), "2 C request sw=slow note=odd"), terms(20, "slow"), none, ""},
		{"countered with a note", append(slices.Clone(asked), "2 P counter note=hm"), terms(20, "fast"), none, ""},
		{"promised", promised, none, terms(20, "fast"), ""},
		{"promised for another date", append(slices.Clone(asked), "2 P promise due=25 sw=most"), none, terms(25, "most"), ""},
		{"agreed", append(slices.Clone(offered), "2 C agree"), none, terms(20, "fast"), ""},
		{"agreed in so many words", append(slices.Clone(offered), "2 C agree due=20 sw=fast"), none, terms(20, "fast"), ""},
		{"resetting, the date alone", append(slices.Clone(promised), "3 P renegotiate due=30 note=ill"), terms(30, "fast"), terms(20, "fast"), "ill"},
		{"resetting, the conditions alone", append(slices.Clone(promised), "3 C renegotiate sw=more note=new"), terms(20, "more"), terms(20, "fast"), "new"},
		{"resetting, a note alone", append(slices.Clone(promised), "3 P renegotiate note=ill"), terms(20, "fast"), terms(20, "fast"), "ill"},
		{"resetting, countered", append(slices.Clone(resetting), "4 C counter due=25 note=sooner"), terms(25), terms(20), "sooner"},
		{"resetting, countered without a date", append(slices.Clone(resetting), "4 C counter sw=all"), terms(30, "all"), terms(20), "ill"},
		{"countered with one more", append(slices.Clone(asked), "2 P counter also=safe"), terms(20, "fast", "safe"), none, ""},
		{"countered with one more, and another", append(slices.Clone(asked), "2 P counter also=safe", "3 C counter also=small"), terms(20, "fast", "safe", "small"), none, ""},
		{"resetting, one more", append(slices.Clone(promised), "3 C renegotiate also=more|small note=new"), terms(20, "fast", "more", "small"), terms(20, "fast"), "new"},
		{"resetting, one more, agreed", append(slices.Clone(promised), "3 C renegotiate also=more note=new", "4 P agree sw=fast|more"), none, terms(20, "fast", "more"), ""},
		{"resetting, declined", append(slices.Clone(resetting), "4 C decline note=no"), none, terms(20), ""},
		{"resetting, retracted", append(slices.Clone(resetting), "4 P retract"), none, terms(20), ""},
		{"resetting, agreed", append(slices.Clone(resetting), "4 C agree"), none, terms(30), ""},
		{"resetting, delivered", append(slices.Clone(resetting), "4 P deliver"), none, terms(20), ""},
		{"rejected", append(slices.Clone(delivered), "4 C reject note=no"), none, terms(20), ""},
		{"rejected with a date", append(slices.Clone(delivered), "4 C reject note=slow due=40 sw=fast"), terms(40, "fast"), terms(20), "slow"},
		{"kept", append(slices.Clone(delivered), "4 C accept"), none, none, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := play(t, New(Limits{}), tt.moves...)
			if diff := cmp.Diff(tt.proposed, c.Proposed); diff != "" {
				t.Errorf("proposed:\n%s", diff)
			}
			if diff := cmp.Diff(tt.agreed, c.Agreed); diff != "" {
				t.Errorf("agreed:\n%s", diff)
			}
			if c.ProposedReason != tt.reason {
				t.Errorf("reason %q, want %q", c.ProposedReason, tt.reason)
			}
		})
	}
}

func TestAgreedDates(t *testing.T) {
	c := play(t, New(Limits{}),
		"1 C request due=20 note=fair", "2 P promise note=gladly",
		"3 P renegotiate due=30 note=ill", "4 C agree note=ok",
		"5 C renegotiate sw=more note=scope", "6 P agree",
		"7 C renegotiate due=40 note=visit", "8 P counter due=35 note=cash", "9 C agree",
		"10 P deliver", "11 C accept")
	want := []AgreedDate{{day(20), day(2), "fair", false}, {day(30), day(4), "ill", false}, {day(35), day(9), "cash", false}}
	if diff := cmp.Diff(want, c.AgreedDates); diff != "" {
		t.Error(diff)
	}
	if c.Slip() != 15 || c.PromisedOn != day(2) || c.ClosedOn != day(11) {
		t.Errorf("slip %d, promised on %v, closed on %v", c.Slip(), c.PromisedOn, c.ClosedOn)
	}
	if diff := cmp.Diff(Terms{day(35), []string{"more"}}, c.LastAgreed()); diff != "" {
		t.Error(diff)
	}
	if New(Limits{}).Slip() != 0 {
		t.Error("what was never promised cannot slip")
	}
}

// What moves interim results is told once it is agreed, by as many days as the date became
// later.
func TestCarried(t *testing.T) {
	for _, tt := range []struct {
		name  string
		moves []string
		want  []Carried
	}{
		{"agreed", []string{"3 P renegotiate due=27 with=interim note=ill", "4 C agree"}, []Carried{{day(4), 7, "ill"}}},
		{"countered with another date", []string{"3 P renegotiate due=27 with=interim note=ill", "4 C counter due=25 note=sooner", "5 P agree"}, []Carried{{day(5), 5, "sooner"}}},
		{"countered with it", []string{"3 P renegotiate due=27 note=ill", "4 C counter due=30 with=interim", "5 P agree"}, []Carried{{day(5), 10, ""}}},
		{"countered with the old date", []string{"3 P renegotiate due=27 with=interim note=ill", "4 C counter due=20", "5 P agree"}, nil},
		{"declined, and asked anew without", []string{"3 P renegotiate due=27 with=interim note=ill", "4 C decline note=no", "5 P renegotiate due=26 note=cold", "6 C agree"}, nil},
		{"taken back by delivering", []string{"3 P renegotiate due=27 with=interim note=ill", "4 P deliver", "5 C reject note=no"}, nil},
		{"twice", []string{"3 P renegotiate due=27 with=interim note=ill", "4 C agree", "5 P renegotiate due=28 with=interim note=cold", "6 C agree"}, []Carried{{day(4), 7, "ill"}, {day(6), 1, "cold"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := play(t, New(Limits{}), append(slices.Clone(promised), tt.moves...)...)
			if diff := cmp.Diff(tt.want, c.Carried); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// An interim result moves with its commitment while it is to be delivered, and not later.
func TestMovedWith(t *testing.T) {
	w := Carried{day(9), 7, "ill"}
	for _, tt := range []struct {
		name             string
		moves            []string
		agreed, proposed civil.Moment
		slip             int
	}{
		{"promised", nil, day(27), civil.Moment{}, 7},
		{"another date on the table", []string{"3 P renegotiate due=24 note=n"}, day(27), day(24), 7},
		{"other terms on the table", []string{"3 P renegotiate sw=x note=n"}, day(27), day(27), 7},
		{"delivered", []string{"3 P deliver"}, day(20), civil.Moment{}, 0},
		{"sent back", []string{"3 P deliver", "4 C reject note=n"}, day(27), civil.Moment{}, 7},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := play(t, NewPromised(Limits{}, day(2), day(20)), tt.moves...)
			c := before.MovedWith(w)
			if c.Agreed.Due != tt.agreed || c.Proposed.Due != tt.proposed || c.Slip() != tt.slip {
				t.Errorf("agreed %v, proposed %v, slip %d", c.Agreed.Due, c.Proposed.Due, c.Slip())
			}
			if len(before.AgreedDates) != 1 {
				t.Error("the conversation before was changed")
			}
			if last := c.AgreedDates[len(c.AgreedDates)-1]; last.WithWhole != (tt.slip > 0) {
				t.Errorf("the last date is %+v", last)
			}
		})
	}
}

func TestKept(t *testing.T) {
	interim := NewPromised(Limits{}, day(1), day(20))
	timed := NewPromised(Limits{}, day(1), at(20, 12))
	late := Move{On: at(20, 13), Side: Performer, Did: Deliver}
	accept := Move{On: day(21), Side: Customer, Did: AcceptWork}
	lateTimed, _, err := replay(timed, []Move{late, accept})
	if err != nil {
		t.Fatal(err)
	}
	lateInTheDay, _, err := replay(interim, []Move{late, accept})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name              string
		c                 Conversation
		ok, known, broken bool
	}{
		{"not yet", play(t, interim, "3 P deliver"), false, false, false},
		{"on the day", play(t, interim, "20 P deliver", "40 C accept"), true, true, false},
		{"a day late", play(t, interim, "21 P deliver", "21 C accept"), false, true, false},
		{"late by the hour", lateTimed, false, true, false},
		{"late in the day", lateInTheDay, true, true, false},
		{"first delivery in time, accepted one late", play(t, interim, "3 P deliver", "4 C reject note=no", "25 P deliver", "26 C accept"), false, true, false},
		{"by the new date", play(t, interim, "3 P renegotiate due=30 note=ill", "4 C agree", "25 P deliver", "26 C accept"), true, true, false},
		{"by a date not agreed", play(t, interim, "3 P renegotiate due=30 note=ill", "25 P deliver", "26 C accept"), false, true, false},
		{"revoked", play(t, interim, "3 P revoke note=ill"), false, false, true},
		{"withdrawn", play(t, interim, "3 C withdraw"), false, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			known := tt.c.State == Kept
			ok := known && !tt.c.DeliveredOn.After(tt.c.LastAgreed().Due)
			if ok != tt.ok || known != tt.known || tt.c.Broken() != tt.broken {
				t.Errorf("on time %v, known %v, broken %v", ok, known, tt.c.Broken())
			}
		})
	}
}

func TestDelivery(t *testing.T) {
	none := civil.Moment{}
	for _, tt := range []struct {
		name                string
		moves               []string
		delivered, rejected civil.Moment
	}{
		{"delivered", delivered, day(3), none},
		{"retracted", append(slices.Clone(delivered), "4 P retract"), none, none},
		{"rejected", append(slices.Clone(delivered), "4 C reject note=no"), none, day(4)},
		{"rejected, progress", append(slices.Clone(delivered), "4 C reject note=no", "5 P progress"), none, day(4)},
		{"rejected, delivered", append(slices.Clone(delivered), "4 C reject note=no", "5 P deliver"), day(5), none},
		{"rejected, a new date sought", append(slices.Clone(delivered), "4 C reject note=no", "5 P renegotiate note=hm"), none, none},
		{"rejected with a date", append(slices.Clone(delivered), "4 C reject note=no due=30"), none, day(4)},
		{"rejected with a date, agreed", append(slices.Clone(delivered), "4 C reject note=no due=30", "5 P agree"), none, none},
		{"rejected with a date, taken back", append(slices.Clone(delivered), "4 C reject note=no due=30", "5 C retract"), none, day(4)},
		{"rejected, withdrawn", append(slices.Clone(delivered), "4 C reject note=no", "5 C withdraw"), none, none},
		{"kept", append(slices.Clone(delivered), "4 C accept"), day(3), none},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := play(t, New(Limits{}), tt.moves...)
			if c.DeliveredOn != tt.delivered || c.RejectedOn != tt.rejected {
				t.Errorf("delivered %q, rejected %q", c.DeliveredOn, c.RejectedOn)
			}
		})
	}
}
