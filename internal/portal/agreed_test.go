package portal_test

import (
	"fmt"
	"slices"
	"testing"

	"portalgen/internal/portal"
)

// What is not settled yet stands in a list, with the place where the client settles it.
func TestOpenPointsOfAgreed(t *testing.T) {
	v := on(t, "2026-11-20", `
[[check_in]]
on = 2026-11-10
recap = "All said"
[[assumption]]
on = 2026-11-05
text = "It is dry"
[[question]]
asked = 2026-11-01
by = "maria"
to = "dev"
text = "Which?"
[[change]]
on = 2026-11-06
by = "dev"
text = "A roof"
agreed = 2026-11-08
[[term]]
word = "desk"
means = "Both"
`)
	var got []string
	for _, p := range page(v, portal.KindAgreed).Agreed.Open {
		got = append(got, fmt.Sprintf("%s %s %t", p.Kind, p.What, p.Anchor != ""))
	}
	want := []string{"summary All said true", "term desk true", "assumption It is dry true", "question Which? false"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A date that is proposed is not settled either; it is decided on the page of its commitment.
func TestAProposedDateIsOpen(t *testing.T) {
	v := on(t, "2026-11-19", performedByDev(newDate)+"\n[[term]]\nword = \"desk\"\nmeans = \"Both\"\nconfirmed = 2026-11-04\n")
	var got []string
	for _, p := range page(v, portal.KindAgreed).Agreed.Open {
		got = append(got, fmt.Sprintf("%s %s %s %s %t", p.Kind, p.What, p.Person.ID, p.Proposed, p.Href != ""))
	}
	if want := []string{"decide The booking maria 2026-12-04 true"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A question among the moves is open there too, on the page of its commitment, whoever has to answer it.
func TestAQuestionOfACommitmentIsOpen(t *testing.T) {
	ask := func(by string) string {
		return `{ on = 2026-11-05, by = "` + by + `", did = "ask", note = "Which door?" }`
	}
	for by, want := range map[string]string{"dev": "maria", "maria": "dev"} {
		v := on(t, "2026-11-19", performedByDev(ask(by))+"\n[[term]]\nword = \"desk\"\nmeans = \"Both\"\nconfirmed = 2026-11-04\n")
		var got []string
		for _, p := range page(v, portal.KindAgreed).Agreed.Open {
			got = append(got, fmt.Sprintf("%s %s %s %s %t", p.Kind, p.What, p.Of, p.Person.ID, p.Href != ""))
		}
		if want := []string{"answer Which door? The booking " + want + " true"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestHowSummariesEnd(t *testing.T) {
	said := func(more ...string) []string {
		v := on(t, "2026-11-20", performedByDev(append([]string{`{ on = 2026-11-05, by = "dev", did = "summarize", note = "So" }`}, more...)...))
		var all []string
		for _, s := range page(v, portal.KindAgreed).Agreed.Summaries {
			all = append(all, string(s.Note)+" "+s.How+" "+s.SettledBy.ID)
			if s.Corrects != (s.Note == "Not so") {
				t.Errorf("%q corrects: %v", s.Note, s.Corrects)
			}
		}
		return all
	}
	correct := `{ on = 2026-11-06, by = "maria", did = "correct", note = "Not so" }`
	for _, tt := range []struct {
		name string
		got  []string
		want []string
	}{
		{"open", said(), []string{"So open "}},
		{"confirmed", said(`{ on = 2026-11-06, by = "theo", did = "confirm" }`), []string{"So confirmed theo"}},
		{"corrected", said(correct), []string{"Not so open ", "So corrected maria"}},
		{"corrected and confirmed", said(correct, `{ on = 2026-11-07, by = "dev", did = "confirm" }`), []string{"Not so confirmed dev", "So corrected maria"}},
		{"closed", said(`{ on = 2026-11-06, by = "maria", did = "withdraw" }`), []string{"So closed "}},
	} {
		if !slices.Equal(tt.got, tt.want) {
			t.Errorf("%s: got %q", tt.name, tt.got)
		}
	}
}

func TestSummaryOfAnInterimResultThatWasCutOff(t *testing.T) {
	v := on(t, "2026-11-20", performedByDev(`{ on = 2026-11-09, by = "maria", did = "withdraw" }`)+
		interim("A sketch", "2026-11-18", `{ on = 2026-11-05, by = "dev", did = "summarize", note = "So" }`))
	s := page(v, portal.KindAgreed).Agreed.Summaries[0]
	if s.How != "closed" || s.Settled.String() != "2026-11-09" {
		t.Errorf("it is %s since %s", s.How, s.Settled)
	}
}

func TestLastConfirmed(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"nothing", "\n[[decision]]\non = 2026-11-09\ntext = \"So\"\n", ""},
		{"a check-in", "\n[[check_in]]\non = 2026-11-09\nrecap = \"So\"\nconfirmed = 2026-11-10\n", "2026-11-10"},
		{"a term before it", "\n[[term]]\nword = \"a\"\nmeans = \"b\"\nconfirmed = 2026-11-03\n[[change]]\non = 2026-11-09\ntext = \"So\"\nagreed = 2026-11-11\n", "2026-11-11"},
		{"an assumption that was wrong", "\n[[assumption]]\non = 2026-11-09\ntext = \"So\"\nconfirmed = 2026-11-10\nwrong = 2026-11-12\n", ""},
		{"a correction", performedByDev(`{ on = 2026-11-05, by = "dev", did = "summarize", note = "So" }`, `{ on = 2026-11-06, by = "maria", did = "correct", note = "No" }`), ""},
	} {
		u := page(on(t, "2026-11-20", tt.file), portal.KindAgreed).Agreed
		if got := u.Confirmed; got.IsZero() != (tt.want == "") || tt.want != "" && got.String() != tt.want {
			t.Errorf("%s: got %v, want %s", tt.name, got, tt.want)
		}
	}
}

// An agreed date that was replaced, also of a result on the way, stands among what changed, with who agreed to the
// new one; one that is only
// proposed does not.
func TestDatesThatChanged(t *testing.T) {
	v := on(t, "2026-11-20", performedByDev(newDate, `{ on = 2026-11-17, by = "theo", did = "agree" }`,
		`{ on = 2026-11-18, by = "dev", did = "renegotiate", due = 2026-12-11, note = "Rain" }`)+
		interim("A sketch", "2026-11-12", `{ on = 2026-11-10, by = "dev", did = "renegotiate", due = 2026-11-14, note = "Rain" }`,
			`{ on = 2026-11-11, by = "maria", did = "agree" }`)+"\n[[term]]\nword = \"desk\"\nmeans = \"Both\"\n")
	var got []string
	for _, d := range page(v, portal.KindAgreed).Agreed.Dates {
		got = append(got, fmt.Sprintf("%s %s %s %s %s", d.Of.Title, d.Due, d.To, d.On, d.Agreer.ID))
	}
	if want := []string{"The booking 2026-11-20 2026-12-04 2026-11-17 theo", "A sketch 2026-11-12 2026-11-14 2026-11-11 maria"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
