package edit_test

import (
	"errors"
	"strings"
	"testing"
)

// Who proposes other terms is asked for them, until there is one.
func TestAskedForTerms(t *testing.T) {
	end := "  { on = 2026-11-03, by = \"dev\",   did = \"promise\" },\n"
	proposed := strings.Replace(booking, end, end+"  { on = 2026-11-04, by = \"maria\", did = \"renegotiate\", due = 2026-12-04, note = \"Ill\" },\n", 1)
	by := "by!=dev "
	for name, tt := range map[string]struct {
		text, part, did string
		set, answers    []string
		asked, want     string
	}{
		"a new date, and what is on the way stays": {booking, "", "renegotiate", nil, []string{"", "+21", "", "Ill"}, by + "due with_interim!=n note!", "renegotiate\", due = 2026-12-11, note"},
		"and what is on the way moves too":         {booking, "", "renegotiate", []string{"due", "+21"}, []string{"", "y", "Ill"}, by + "with_interim!=n note!", "due = 2026-12-11, with_interim = true"},
		"no later than agreed":                     {booking, "", "renegotiate", []string{"due", "-2"}, []string{"", "Ill"}, by + "note!", "due = 2026-11-18, note"},
		"of an interim result":                     {booking, "1", "renegotiate", []string{"due", "+21"}, []string{"", "Ill"}, by + "note!", "due = 2026-12-11, note"},
		"a condition alone":                        {booking, "", "renegotiate", []string{"also", "In blue"}, []string{"", "Nice"}, by + "note!", "also = [\"In blue\"]"},
		"no date, so a condition":                  {booking, "", "renegotiate", nil, []string{"", "", "", "In blue", "Nice"}, by + "due also! also! note!", "also = [\"In blue\"]"},
		"a counter with the date on the table":     {proposed, "", "counter", nil, []string{"", "In blue", ""}, "due=2026-12-04 also! with_interim!=n", "counter\", due = 2026-12-04, also = [\"In blue\"] }"},
		"a counter with another date":              {proposed, "", "counter", nil, []string{"2026-11-17", ""}, "due=2026-12-04 also", "counter\", due = 2026-11-17 }"},
		"a counter with a condition alone":         {proposed, "", "counter", []string{"also", "In blue"}, nil, "", "counter\", also = [\"In blue\"] }"},
		"a counter without a date":                 {proposed, "", "counter", nil, []string{"-", "In blue"}, "due=2026-12-04 also!", "counter\", also = [\"In blue\"] }"},
	} {
		t.Run(name, func(t *testing.T) {
			fm, err := open(t, tt.text).Move("booking", tt.part, tt.did)
			if err != nil {
				t.Fatal(err)
			}
			for i := 0; i < len(tt.set); i += 2 {
				if err := fm.Set(tt.set[i], tt.set[i+1]); err != nil {
					t.Fatal(err)
				}
			}
			if got := asked(t, fm, tt.answers...); got != tt.asked {
				t.Errorf("asks for %s, want %s", got, tt.asked)
			}
			c, err := fm.Change()
			if err != nil || !strings.Contains(lines(c), tt.want) || len(fm.Missing()) > 0 {
				t.Errorf("got %v, %v, want %s", c, err, tt.want)
			}
		})
	}
	for did, want := range map[string]string{"renegotiate": "due note", "counter": "due"} {
		text := booking
		if did == "counter" {
			text = proposed
		}
		fm, err := open(t, text).Move("booking", "", did)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(fm.Set("by", "dev"), fm.Fill(false)); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(fm.Missing(), " "); got != want {
			t.Errorf("%s, with nobody to ask, lacks %s, want %s", did, got, want)
		}
	}
}

// A check-in says who was there and what was said; the next one is offered by the cadence.
func TestAskedForACheckIn(t *testing.T) {
	text := booking + "[promises]\ncheck_in = \"weekly\"\n[[check_in]]\non = 2026-11-13T07:30:00\nwith = [\"dev\"]\nrecap = \"So\"\n"
	fm, err := open(t, text).Add("check_in")
	if err != nil {
		t.Fatal(err)
	}
	if err := fm.Fill(false); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(fm.Missing(), " "); got != "with recap" {
		t.Errorf("lacks %s", got)
	}
	if got := asked(t, fm, "maria, dev", "All fine", ""); got != "with! recap! next_check_in=2026-11-27T07:30:00" {
		t.Errorf("asks for %s", got)
	}
	if fm, err = open(t, booking).Add("check_in"); err != nil {
		t.Fatal(err)
	}
	if got := asked(t, fm, "maria", "All fine", "-"); got != "with! recap! next_check_in" {
		t.Errorf("without a cadence it asks for %s", got)
	}
}

// What speaks of an interim result names its commitment, and its question comes from whoever of
// the provider's side stands in that.
func TestAQuestionAboutAnInterimResult(t *testing.T) {
	text := strings.Replace(booking, "title = \"Prototype\"", "title = \"Phase 1: prototype\"", 1)
	text = strings.Replace(text, "[people]\n", "[people]\nanna = { name = \"Anna\", side = \"provider\" }\n", 1)
	for _, word := range []string{"booking", "Phase 1", "booking/1"} {
		fm, err := open(t, text).Add("question")
		if err != nil {
			t.Fatal(err)
		}
		if err := fm.Set("commitment", word); err != nil {
			t.Errorf("%s: %v", word, err)
			continue
		}
		if got := fm.Value("commitment"); got != "booking" {
			t.Errorf("%s is %s", word, got)
		}
		if got := asked(t, fm, ""); got != "by!=dev" {
			t.Errorf("asks for %s", got)
		}
	}
	fm, err := open(t, text).Add("risk")
	if err != nil {
		t.Fatal(err)
	}
	if c, err := filled(t, fm, "title", "Rain", "affects", "Phase 1"); err != nil ||
		!strings.Contains(lines(c), `affects = ["booking"]`) {
		t.Errorf("got %v, %v", c, err)
	}
}

// A request of the client is not made up where nobody says whose it is.
func TestNobodyAsked(t *testing.T) {
	one := strings.Replace(head, "theo  = { name = \"Theo Lund\", side = \"client\" }\n", "", 1)
	for name, tt := range map[string]struct {
		set  []string
		want string
	}{
		"nothing is said": {nil, "by"}, "who asked": {[]string{"customer", "maria"}, ""},
		"that it was asked": {[]string{"did", "request"}, ""}, "that it is offered": {[]string{"did", "offer"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			fm, err := open(t, one).Add("commitment")
			if err != nil {
				t.Fatal(err)
			}
			for i := 0; i < len(tt.set); i += 2 {
				if err := fm.Set(tt.set[i], tt.set[i+1]); err != nil {
					t.Fatal(err)
				}
			}
			if err := errors.Join(fm.Set("title", "Sign"), fm.Fill(false)); err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(fm.Missing(), " "); got != tt.want {
				t.Errorf("lacks %q", got)
			}
		})
	}
}

// Of a person who alone can be meant nobody is asked, and of a choice that can be left out
// everybody is.
func TestOnlyOneCanBeMeant(t *testing.T) {
	one := strings.Replace(booking, "theo  = { name = \"Theo Lund\", side = \"client\" }\n", "", 1)
	one = one[:strings.Index(one, "\n[[commitment]]\nid = \"photos\"")]
	for kind, want := range map[string]string{
		"question": "text answer_by", "message": "about", "commitment": "title customer due satisfied_when", "decision": "text by why",
	} {
		fm, err := open(t, one).Add(kind)
		if err != nil {
			t.Fatal(err)
		}
		if err := fm.Fill(true); err != nil {
			t.Fatal(err)
		}
		var asked []string
		for gap, ok := fm.Next(); ok; gap, ok = fm.Next() {
			asked = append(asked, gap.Key)
			switch {
			case !gap.Need:
				fm.Pass(gap.Key)
			case gap.Default != "":
				err = fm.Set(gap.Key, gap.Default)
			default:
				err = fm.Set(gap.Key, "Words")
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if got := strings.Join(asked, " "); got != want {
			t.Errorf("%s asks for %s, want %s", kind, got, want)
		}
	}
}
