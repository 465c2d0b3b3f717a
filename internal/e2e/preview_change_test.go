package e2e_test

import (
	"strings"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// leavesOthersAlone wants that an edit of one client does not build, or load, the
// page of another.
func (p *preview) leavesOthersAlone(t *testing.T) {
	good := p.good(t, file)
	tab, beside := p.tab(t, e2e.Harbour), p.tab(t, e2e.Other)
	const version = `document.body.dataset.version`
	before := browsertest.Eval[string](t, beside, version)
	e2e.Run(t, beside, `document.body.dataset.same = ''`)
	mine := browsertest.Eval[string](t, tab, version)
	p.Write(t, file, strings.Replace(good, headline, `headline = "Zqonly mine"`, 1))
	e2e.Says(t, tab, "Zqonly mine")
	if now := browsertest.Eval[string](t, tab, version); now == mine {
		t.Errorf("the page that changed is still of version %s", now)
	}
	_, page := p.get(t, p.entry(t, e2e.Other).Path, "")
	if !strings.Contains(page, `data-version="`+before+`"`) {
		t.Errorf("the other client is not of version %s any more", before)
	}
	e2e.Await(t, beside, `body[data-same]`)
	p.Write(t, file, good)
	e2e.Says(t, tab, "Zqheadline of today")
}

func (p *preview) rebuildsAnInnerPage(t *testing.T) {
	good := p.good(t, file)
	tab := p.tab(t, e2e.Harbour)
	e2e.Run(t, tab, `[...document.querySelectorAll('#main a')].find((a) => a.textContent.includes('Zqbooking')).click()`)
	e2e.Await(t, tab, e2e.Inner)
	e2e.Says(t, tab, "Zqoutcome without phoning")
	p.writeBeside(t, file, strings.Replace(good, "Zqoutcome without phoning", "Zqoutcome by phoning", 1))
	e2e.Says(t, tab, "Zqoutcome by phoning")
	e2e.Await(t, tab, e2e.Inner)
	p.writeBeside(t, file, good)
	e2e.Says(t, tab, "Zqoutcome without phoning")
}
