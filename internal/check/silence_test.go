package check_test

import (
	"slices"
	"strings"
	"testing"
)

// A client who has fallen silent is told of once, and what they owe is not told again by itself.
func TestAClientWhoFellSilent(t *testing.T) {
	offer := func(id string) string {
		return "\n[[commitment]]\nid = \"" + id + "\"\ntitle = \"" + id + "\"\ncustomer = \"maria\"\nperformer = \"dev\"\n" +
			"moves = [{ on = 2026-11-03, by = \"dev\", did = \"offer\", due = 2026-12-11, answer_by = 2026-11-06 }]\n"
	}
	heard := "\n[[decision]]\non = 2026-11-02\nby = \"maria\"\ntext = \"Green\"\n"
	later := "\n[[decision]]\non = 2026-11-16\nby = \"maria\"\ntext = \"Blue\"\n"
	said := "\n[[assumption]]\non = 2026-11-02\ntext = \"It is dry\"\nwrong = 2026-11-16\n"
	for _, tt := range []struct {
		name, now, file string
		want            []string
	}{
		{"after two weeks", "2026-11-16T12:00", heard + offer("a") + offer("b"), []string{"client-silent"}},
		{"before that", "2026-11-15T12:00", heard + offer("a") + offer("b"), []string{"answer-overdue", "answer-overdue"}},
		{"one thing is told by itself", "2026-11-16T12:00", heard + offer("a"), []string{"answer-overdue"}},
		{"somebody has found it to be wrong", "2026-11-18T12:00", heard + said + offer("a") + offer("b"), []string{"client-silent"}},
		{
			"they have said so in the page", "2026-11-18T12:00",
			heard + said + "via = \"AAECAwQFBgcICQoLDA0ODw 2026-11-17\"\n" + offer("a") + offer("b"),
			[]string{"answer-overdue", "answer-overdue"},
		},
		{"they have been heard", "2026-11-18T12:00", heard + later + offer("a") + offer("b"), []string{"answer-overdue", "answer-overdue"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := rules(find(t, head+tt.file, la(t, tt.now), nil)); !slices.Equal(got, tt.want) {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

// While a message waits, or something of theirs is overdue, is no time to ask how it is going.
func TestNoPulseInTenseTimes(t *testing.T) {
	file := commitment(asks, promises, delivers)
	message := "\n[[message]]\nreceived = 2026-11-19\nby = \"maria\"\nabout = \"It leaks\"\nacknowledged = 2026-11-19\n"
	for name, tt := range map[string]struct {
		file string
		want bool
	}{
		"calm": {commitment(asks, promises), true}, "a message waits": {commitment(asks, promises) + message, false},
		"their answer is overdue": {file, false},
	} {
		found := only(find(t, head+tt.file, la(t, "2026-11-20T12:00"), nil), "pulse-missing")
		if (len(found) > 0) != tt.want {
			t.Errorf("%s: %v", name, found)
		}
	}
}

// One message is told of once: as one that chases, where it does.
func TestAChaserIsToldOnce(t *testing.T) {
	message := func(on, about string) string {
		return "\n[[message]]\nreceived = " + on + "\nby = \"maria\"\nabout = \"" + about + "\"\n"
	}
	file := message("2026-11-17T10:00:00", "The poster?") + message("2026-11-18T10:00:00", "The poster, any news?")
	got := rules(find(t, strings.Replace(head, "[promises]", "[promises]\nreply_within = \"1 hour\"", 1)+file, la(t, "2026-11-20T12:00"), nil))
	slices.Sort(got)
	if want := []string{"chased-twice", "reply-overdue"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}
