package e2e

import (
	"strings"
	"testing"

	"portalgen/internal/browsertest"
)

// leavesOthersAlone wants that an edit of one client does not build, or load, the
// page of another.
func (p *preview) leavesOthersAlone(t *testing.T) {
	good := p.good(t, file)
	tab, beside := p.tab(t, harbour), p.tab(t, other)
	const version = `document.body.dataset.version`
	before := browsertest.Eval[string](t, beside, version)
	run(t, beside, `document.body.dataset.same = ''`)
	mine := browsertest.Eval[string](t, tab, version)
	p.write(t, file, strings.Replace(good, headline, `headline = "Zqonly mine"`, 1))
	says(t, tab, "Zqonly mine")
	if now := browsertest.Eval[string](t, tab, version); now == mine {
		t.Errorf("the page that changed is still of version %s", now)
	}
	_, page := p.get(t, p.entry(t, other).Path, "")
	if !strings.Contains(page, `data-version="`+before+`"`) {
		t.Errorf("the other client is not of version %s any more", before)
	}
	await(t, beside, `body[data-same]`)
	p.write(t, file, good)
	says(t, tab, "Zqheadline of today")
}

func (p *preview) rebuildsAnInnerPage(t *testing.T) {
	good := p.good(t, file)
	tab := p.tab(t, harbour)
	run(t, tab, `[...document.querySelectorAll('#main a')].find((a) => a.textContent.includes('Zqbooking')).click()`)
	await(t, tab, inner)
	says(t, tab, "Zqoutcome without phoning")
	p.writeBeside(t, file, strings.Replace(good, "Zqoutcome without phoning", "Zqoutcome by phoning", 1))
	says(t, tab, "Zqoutcome by phoning")
	await(t, tab, inner)
	p.writeBeside(t, file, good)
	says(t, tab, "Zqoutcome without phoning")
}
