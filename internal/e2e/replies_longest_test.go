package e2e_test

import (
	"slices"
	"strings"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/inbox"
	"portalgen/internal/markdown"
	"portalgen/internal/reply"
	"portalgen/internal/seal"
	"portalgen/internal/sender"
	"portalgen/internal/takein"
)

// A reply of the greatest length comes whole from the fields of a page into the client's file, by the inbox and
// as text in a mail; one that is longer is refused before it is sent, and nothing of it is lost.
func TestTheLongestReply(t *testing.T) {
	t.Parallel()
	h := publish(t, true)
	tab := e2e.On(t, browsertest.Open(t), e2e.FridayEvening)
	enter(t, h, tab, 7)
	long := strings.TrimSpace(strings.Repeat("Zqé * <b> [one](two) `three` &amp; # four\n", 180))
	fields := map[string]string{"choice": "accept", "met": "1 " + long, "missing": "2 " + long, "thanks": "3 " + long, "together": "4 " + long, "improve": long}
	choose(t, tab, label, fields)
	e2e.Run(t, tab, `document.querySelector('`+label+`').requestSubmit()`)
	e2e.Until(t, tab, `document.querySelector('`+label+` [data-stands]').textContent.includes('too long')`)
	choose(t, tab, label, map[string]string{"improve": ""})
	press(t, tab, label, "Send", "Sent 20 November 2026 at ")
	if n := browsertest.Eval[int](t, tab, `document.querySelector('`+label+` [data-status] blockquote').textContent.length`); n > 2001 {
		t.Errorf("%d letters of it are shown and kept", n)
	}
	came := h.in.came()
	if len(came) != 1 || len(came[0]) != seal.MaxSealedReply {
		t.Fatalf("%d replies came, the first of %d bytes", len(came), len(slices.Concat(came...)))
	}
	found := reply.Find([]byte("Hello,\n\n> " + strings.ReplaceAll(seal.ReplyText(came[0]), "\n", "\n> ")))
	if len(found) != 1 || inbox.NameOf(found[0].Sealed) != inbox.NameOf(came[0]) {
		t.Fatal("it is not found in a mail")
	}
	by, r := h.opened(t, came[0])
	b := h.Builder(t)
	subject, err := sender.Subject(b, by)
	e2e.Check(t, err)
	judged, err := takein.Judge(subject, r, by.Credential, subject.Now)
	e2e.Check(t, err)
	if judged.Change == nil {
		t.Fatal(judged.Refused)
	}
	moves := judged.Change.Client.Commitments[1].Moves
	m := moves[len(moves)-1]
	for name, got := range map[string][]string{"met": m.Met, "missing": m.Unmet, "thanks": {m.Thanks}, "together": {m.CoCreated}} {
		if want := string(markdown.Plain(fields[name])); !slices.Equal(got, []string{want}) {
			t.Errorf("of %s %d bytes are in the file", name, len(strings.Join(got, "")))
		}
	}
}
