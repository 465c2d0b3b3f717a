package pages

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

// A promise that is late and one that waits for the client, whose chips have up to 24 letters.
const chipped = `
client   = "Zqchip"
timezone = "Europe/Dublin"
language = "LANGUAGE"

[people]
zqjon = { name = "JON", side = "client" }
zqsam = { name = "SAMS", side = "provider" }

[[commitment]]
title     = "Zqlate"
customer  = "zqjon"
performer = "zqsam"
moves = [
  { on = 2026-09-02, by = "zqsam", did = "offer", due = 2026-10-27 },
  { on = 2026-09-03, by = "zqjon", did = "agree" },
]

[[commitment]]
title     = "Zqyours"
customer  = "zqsam"
performer = "zqjon"
moves = [
  { on = 2026-09-02, by = "zqsam", did = "request", due = 2026-11-27 },
  { on = 2026-09-03, by = "zqjon", did = "promise" },
]
`

// A chip of up to 24 letters has one line from 768 pixels on.
func TestShortChipsDoNotBreak(t *testing.T) {
	t.Parallel()
	browser, w := browsertest.Open(t), e2e.NewWorld(t)
	for _, language := range []string{"de", "en"} {
		w.Write(t, site.ClientFile("zq"+language), strings.ReplaceAll(chipped, "LANGUAGE", language))
	}
	links := map[string]string{}
	for _, language := range []string{"de", "en"} {
		links[language] = w.PortalLink(t, "zq"+language)
	}
	root := e2e.Host(t, w.Publish(t))
	// shortChips are the number of lines and the words of each chip that is to have one line.
	const shortChips = `[...document.querySelectorAll("[data-timeline] li span")]
		.filter((n) => getComputedStyle(n).borderTopWidth !== "0px" && n.checkVisibility())
		.map((n) => [Math.round(n.clientHeight / parseFloat(getComputedStyle(n).lineHeight)), n.innerText.split("\n").at(-1)])
		.filter(([, said]) => said.length <= 24).map(([lines, said]) => lines + " " + said)`
	for language, link := range links {
		tab := e2e.On(t, browser, e2e.FridayEvening)
		e2e.Visit(t, tab, root+link, e2e.Home)
		for _, width := range []int64{768, 1024, 1440} {
			tab.Do(t, chromedp.EmulateViewport(width, 900))
			said := browsertest.Eval[[]string](t, tab, shortChips)
			if len(said) == 0 {
				t.Errorf("%s at %d: there is no short chip", language, width)
			}
			for _, chip := range said {
				if !strings.HasPrefix(chip, "1 ") {
					t.Errorf("%s at %d: a chip has lines: %q", language, width, chip)
				}
			}
		}
	}
}
