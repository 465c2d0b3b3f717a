package pages

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

// seen is what a reader sees of how it stands.
type seen struct {
	Colour  string   `json:"colour"`
	Words   string   `json:"words"`
	Reasons []string `json:"reasons"`
	Overdue []string `json:"overdue"`
}

func look(t *testing.T, tab *browsertest.Tab) seen {
	t.Helper()
	return browsertest.Eval[seen](t, tab, `(() => {
		const visible = (node) => node.getClientRects().length > 0;
		const texts = (selector) => [...document.querySelectorAll(selector)].filter(visible).map((n) => n.textContent.trim().replaceAll('\u00a0', ' '));
		return {
			colour: document.querySelector('[data-standing] [data-author]').dataset.colour,
			words: texts('[data-standing] > [data-author] [data-is]').join(),
			reasons: texts('[data-standing] li[data-from]'),
			overdue: [...document.querySelectorAll('[data-standing] [data-dated] .overdue')].map((n) => n.textContent.trim()),
		} })()`)
}

func TestClock(t *testing.T) {
	t.Parallel()
	browser := browsertest.Open(t)
	w := e2e.NewWorld(t)
	link := w.PortalLink(t, e2e.Harbour)
	alive := e2e.Host(t, w.Publish(t))

	t.Run("on the day", func(t *testing.T) {
		tab := e2e.On(t, browser, e2e.FridayEvening)
		e2e.Visit(t, tab, alive+link, e2e.Home)
		s := look(t, tab)
		if s.Colour != "green" || s.Words != "On track" || len(s.Reasons) > 0 || len(s.Overdue) > 0 {
			t.Errorf("on Friday a reader sees %+v", s)
		}
		if lead := e2e.Text(t, tab, "[data-standing] [data-dated]"); !strings.Contains(lead, "Fri 20 Nov") || !strings.Contains(lead, "(today)") {
			t.Errorf("the lead says %q", lead)
		}
	})
	t.Run("on Monday", func(t *testing.T) {
		tab := e2e.On(t, browser, e2e.MondayMorning)
		e2e.Visit(t, tab, alive+link, e2e.Home)
		s := look(t, tab)
		if s.Colour != "red" || s.Words != "Off track" {
			t.Errorf("on Monday a reader sees %+v", s)
		}
		if len(s.Reasons) != 2 || s.Reasons[0] != "“Zqbooking goes live” was due on 20 November." ||
			s.Reasons[1] != "Our answer about “Zqchange of colours” was due on 21 November." {
			t.Errorf("the reasons are %q", s.Reasons)
		}
		if len(s.Overdue) != 1 || s.Overdue[0] != "(was due 3 days ago)" {
			t.Errorf("overdue is %q", s.Overdue)
		}
		// What is not overdue is not called so.
		if n := browsertest.Eval[int](t, tab, `[...document.querySelectorAll('[data-due="2026-12-11"] .overdue')].length`); n != 0 {
			t.Error("a date that is ahead is called overdue")
		}
		// On another page too.
		e2e.Run(t, tab, `document.querySelector('[data-standing] [data-dated] a').click()`)
		e2e.Await(t, tab, e2e.Inner)
		if now := browsertest.Eval[string](t, tab, `document.querySelector('#portal main').innerText.replaceAll('\u00a0', ' ')`); !strings.Contains(now, "was due on 20 November (3 days ago), and we are late") {
			t.Errorf("the commitment's page says %q", now)
		}
	})
	// What was to come and has passed stands with what is late, and no longer with what comes.
	for moment, want := range map[string]int{e2e.FridayEvening: 0, e2e.MondayMorning: 1} {
		tab := e2e.On(t, browser, moment)
		e2e.Visit(t, tab, alive+link, e2e.Home)
		late := `[...document.querySelectorAll('[data-late] > li')].filter((n) => n.innerText.includes('Zqbooking goes live')).length`
		if n := browsertest.Eval[int](t, tab, late); n != want {
			t.Errorf("at %s it is %d times among what is late, want %d", moment, n, want)
		}
		if shows := browsertest.Eval[bool](t, tab, `document.querySelector('[data-late]').closest('section').checkVisibility()`); shows != (want > 0) {
			t.Errorf("at %s the list of what is late shows: %v", moment, shows)
		}
	}
	t.Run("when an update is missed", func(t *testing.T) {
		tab := e2e.On(t, browser, "2026-11-28T09:00:00Z")
		e2e.Visit(t, tab, alive+link, e2e.Home)
		shown := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('[data-standing] > :is(h1, p[data-after])')]
			.filter((n) => n.getClientRects().length > 0).map((n) => n.innerText)`)
		if len(shown) != 2 || shown[0] == "" || !strings.HasPrefix(shown[1], "We have owed you a note since") {
			t.Errorf("a missed update is told as %q", shown)
		}
	})
	t.Run("the client's day", func(t *testing.T) {
		// Ten in the evening of Friday in Honolulu is Saturday in Troll.
		tab := e2e.On(t, browser, "2026-11-21T08:00:00Z")
		tab.Do(t, zone("Pacific/Honolulu"))
		e2e.Visit(t, tab, alive+link, e2e.Home)
		if s := look(t, tab); s.Colour != "red" {
			t.Errorf("once the client's day is over a reader elsewhere sees %+v", s)
		}
	})
	t.Run("held", func(t *testing.T) {
		s, err := site.Open(w.Dir)
		e2e.Check(t, err)
		defer s.Close()
		b := pipeline.New(s, pipeline.Options{
			Now: e2e.Clock(t, e2e.Friday), HoldClock: true, Keys: keyring.NewSiteKeys(w.Master, nil),
		})
		e2e.Check(t, b.Load().Err())
		out := t.TempDir()
		_, ps := b.Build(t.Context(), out, nil, nil)
		e2e.Check(t, ps.Err())
		tab := e2e.On(t, browser, e2e.MondayMorning)
		e2e.Visit(t, tab, e2e.Host(t, out)+link, e2e.Home)
		if s := look(t, tab); s.Colour != "green" || len(s.Reasons) > 0 || len(s.Overdue) > 0 {
			t.Errorf("in a preview whose clock is held a reader sees %+v", s)
		}
		if foot := e2e.Text(t, tab, "footer"); !strings.HasSuffix(foot, "This is a preview: its clock stands still at 20 November 2026, 12:00.") {
			t.Errorf("the foot says %q", foot)
		}
	})
	t.Run("frozen", func(t *testing.T) {
		w.Write(t, site.ProviderFile, "frozen = "+e2e.Friday+"\n"+w.Read(t, site.ProviderFile))
		tab := e2e.On(t, browser, e2e.MondayMorning)
		e2e.Visit(t, tab, e2e.Host(t, w.Publish(t))+link, e2e.Home)
		if s := look(t, tab); s.Colour != "green" || len(s.Reasons) > 0 || len(s.Overdue) > 0 {
			t.Errorf("in a sample, whose clock stands still, a reader sees %+v", s)
		}
		if foot := e2e.Text(t, tab, "footer"); !strings.Contains(foot, "20 November") {
			t.Errorf("the foot says %q", foot)
		}
	})
}

// zone makes the browser stand in another time zone.
func zone(name string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: name})
		return err
	})
}
