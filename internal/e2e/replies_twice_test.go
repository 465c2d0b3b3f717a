package e2e_test

import (
	"fmt"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// Whoever presses Send twice, faster than the page can say that it is sending, has sent one reply.
func TestSendIsPressedTwice(t *testing.T) {
	t.Parallel()
	h := publish(t, true)
	tab := e2e.On(t, browsertest.Open(t), e2e.FridayEvening)
	enter(t, h, tab, 7)
	choose(t, tab, message, map[string]string{"word": "Zqtwice"})
	e2e.Run(t, tab, fmt.Sprintf(`
		const form = document.querySelector(%q);
		form.requestSubmit();
		form.requestSubmit();`, message))
	saysAt(t, tab, message, "Sent 20 November 2026 at ")
	e2e.Until(t, tab, `(await navigator.locks.query().then(({ held, pending }) => held.length + pending.length)) === 0`)
	if came := h.in.came(); len(came) != 1 {
		t.Errorf("%d replies came", len(came))
	}
}
