package portal_test

import (
	"slices"
	"strings"
	"testing"

	"portalgen/internal/portal"
)

// everyKind waits on both sides, with things of every kind; where the words end with a
// stroke they can be said otherwise.
func everyKind() string {
	return performedByDev(
		`{ on = 2026-11-04, by = "ines", did = "summarize", note = "So/" }`,
		`{ on = 2026-11-05, by = "dev", did = "summarize", note = "And so/" }`,
		`{ on = 2026-11-06, by = "dev", did = "ask-help", note = "Who/" }`,
		strings.Replace(newDate, `note = "`, `note = "Since/ `, 1)) +
		interim("A sketch", "2026-11-17", `{ on = 2026-11-16, by = "dev", did = "deliver", note = "Here/" }`) +
		theirs(`{ on = 2026-11-17, by = "ines", did = "ask", note = "Which/" }`) +
		asked("dev", "maria", devAsks) + `
[[question]]
id = "booking"
asked = 2026-11-17
by = "dev"
to = "theo"
text = "Which two/"

[[change]]
on = 2026-11-10
by = "dev"
text = "One more page/"

[[check_in]]
on = 2026-11-10
with = ["dev", "theo"]
recap = "Two weeks more/"

[[pulse]]
asked = 2026-11-12
question = "How is it/"

[[term]]
word = "go-live"
means = "Everyone can book/"

[[assumption]]
id = "wall"
on = 2026-11-12
text = "It is dry/"

[[message]]
received = 2026-11-19T09:12:00
by = "maria"
about = "The colour/"
`
}

func marks(v *portal.View) []string {
	var all []string
	for _, w := range slices.Concat(home(v).Yours, home(v).Ours) {
		all = append(all, w.Kind+" "+w.StableKey)
	}
	return all
}

// A thing that waits keeps its mark however it is worded and whatever waits beside it:
// a calendar takes the new file for a change of what it has.
func TestMarksOfWhatWaits(t *testing.T) {
	file := everyKind()
	was := marks(on(t, "2026-11-20", file))
	for _, kind := range []string{
		"agree", "answer", "accept", "change", "confirm", "confirm_assumption", "confirm_check_in", "confirm_term",
		"decide", "help", "message", "promise", "rate",
	} {
		found := slices.ContainsFunc(was, func(s string) bool { return strings.HasPrefix(s, kind+" ") })
		if kind == "agree" {
			found = marks(on(t, "2026-11-20", asked("maria", "dev", `{ on = 2026-11-17, by = "dev", did = "offer", due = 2026-12-11 }`)))[0] != ""
		}
		if !found {
			t.Errorf("nothing of the kind %s waits: %q", kind, was)
		}
	}
	once := slices.Compact(slices.Sorted(slices.Values(was)))
	if len(once) != len(was) || strings.Contains(strings.Join(was, "|")+"|", " |") {
		t.Errorf("two things have one mark, or one has none: %q", was)
	}
	for name, other := range map[string]string{
		"said otherwise":      strings.ReplaceAll(strings.ReplaceAll(file, "/", " in other words"), "title = \"", "title = \"Now "),
		"one more before it":  "\n[[question]]\nasked = 2026-11-02\nby = \"dev\"\nto = \"ines\"\ntext = \"Of us\"\nanswered = 2026-11-02\nanswer = \"Yes\"\n" + file,
		"the date is another": strings.ReplaceAll(file, "due = 2026-12-04", "due = 2026-12-05"),
		"moves after it":      strings.Replace(file, "note = \"Who/\" }", "note = \"Who/\" }, { on = 2026-11-07, by = \"dev\", did = \"progress\" }", 1),
	} {
		if now := marks(on(t, "2026-11-20", other)); !slices.Equal(now, was) {
			t.Errorf("%s: the marks are\n%q, and were\n%q", name, now, was)
		}
	}
	if again := marks(on(t, "2026-11-20", strings.Replace(file, `id = "booking"`, `id = "counter"`, 1))); slices.Equal(again, was) {
		t.Error("another question has the mark of the one before")
	}
}

// A check-in that is put off is the same one to a calendar; the one after it is not.
func TestMarkOfTheNextCheckIn(t *testing.T) {
	held := "\n[[check_in]]\non = 2026-11-10\nnext_check_in = 2026-11-24\n"
	mark := func(file string) string { return home(on(t, "2026-11-20", performedByDev()+file)).Next[1].Key }
	was := mark(held)
	if now := mark(strings.Replace(held, "11-24", "11-26", 1)); now != was || was == "" {
		t.Errorf("put off by two days it is %q, and was %q", now, was)
	}
	if then := mark(held + "\n[[check_in]]\non = 2026-11-19\nnext_check_in = 2026-11-26\n"); then == was {
		t.Errorf("the one after it is %q too", then)
	}
}
