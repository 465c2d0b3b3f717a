package e2e

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
)

// Moments at which a reader opens the portal of Harbour. It is built on Friday, the day on which a
// booking is due. The note of the day before is green.
const (
	FridayEvening = "2026-11-20T20:00:00Z"
	MondayMorning = "2026-11-23T09:00:00Z"
)

const movedClock = `(() => {
	const Real = Date;
	const ahead = Real.parse(%q) - Real.now();
	globalThis.Date = class extends Real {
		constructor(...given) { if (given.length > 0) super(...given); else super(Real.now() + ahead); }
		static now() { return Real.now() + ahead; }
	};
})()`

// MovedClock returns a script that makes a browser's clock start at another moment, given in RFC
// 3339, and run on from there.
func MovedClock(moment string) string { return fmt.Sprintf(movedClock, moment) }

// On opens a tab whose clock starts at a moment. The test fails if a page that it visits reports a problem.
func On(t *testing.T, browser *browsertest.Tab, moment string) *browsertest.Tab {
	t.Helper()
	tab := Prepared(t, browser, MovedClock(moment))
	tab.Strict = true
	return tab
}

// Prepared opens a tab in which a script runs before the scripts of each page.
func Prepared(t *testing.T, browser *browsertest.Tab, script string) *browsertest.Tab {
	t.Helper()
	tab := browser.Tab(t)
	tab.Do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument,
			page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	}))
	return tab
}
