package diag

import (
	"testing"

	"pgregory.net/rapid"
)

func TestClosest(t *testing.T) {
	words := []string{"client", "timezone", "check_in", "answer_by", "on", "by", "did", "due", "reply_within"}
	for word, want := range map[string]string{
		"cleint": "client", "Client": "client", "time_zone": "timezone", "check-in": "check_in", "checkin": "check_in",
		"answerby": "answer_by", "in": "", "dod": "did", "dbu": "", "reply": "reply_within", "mitigation": "", "": "",
		"client_name": "client", "ο": "",
	} {
		if got := Closest(word, words); got != want {
			t.Errorf("Closest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "acb", 1}, {"ca", "abc", 3}, {"kitten", "sitting", 3}, {"größe", "grösse", 2},
	} {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("distance(%q, %q) = %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

func TestDistanceProperties(t *testing.T) {
	word := rapid.StringMatching(`[abcé]{0,8}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		d := distance(a, b)
		la, lb := len([]rune(a)), len([]rune(b))
		switch {
		case d != distance(b, a):
			t.Fatalf("distance depends on the order: %d and %d", d, distance(b, a))
		case (d == 0) != (a == b):
			t.Fatalf("distance %d between %q and %q", d, a, b)
		case d > max(la, lb) || d < max(la, lb)-min(la, lb):
			t.Fatalf("distance %d between words of %d and %d letters", d, la, lb)
		}
	})
}
