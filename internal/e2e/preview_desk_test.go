package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

// showsTheDesk opens the desk by its link, and nothing of it without; it follows each change, keeps
// what was looked for and where the keyboard was, and leads to the portals.
func (p *preview) showsTheDesk(t *testing.T) {
	const row = `#clients .desk-row:not([hidden])`
	says := func(tab *browsertest.Tab, what string) {
		e2e.Until(t, tab, fmt.Sprintf(`document.body.textContent.includes(%q)`, what))
	}
	good := p.good(t, file)
	stranger := p.browser.Tab(t)
	e2e.Visit(t, stranger, p.address+"/", "#desk h1")
	says(stranger, "Open the first link")

	tab := p.browser.Tab(t)
	e2e.Visit(t, tab, p.address+p.server.Desk(), row)
	if at := browsertest.Eval[string](t, tab, `location.href`); at != p.address+"/" {
		t.Errorf("the address is still %s", at)
	}
	e2e.Until(t, tab, `document.querySelectorAll('`+row+`').length === `+browsertest.Eval[string](t, tab, `String(document.querySelectorAll('[data-group] [data-name]').length)`))
	name := browsertest.Eval[string](t, tab, `document.querySelector('[data-key="`+e2e.Harbour+`"]').textContent`)

	// Found by a part of the name, by keys alone.
	tab.Do(t, chromedp.Focus("#find"), chromedp.KeyEvent(strings.ToUpper(name[2:7])))
	e2e.Until(t, tab, `document.getElementById('found').textContent === '1 client'`)

	// What is looked for, and where the keyboard was, stays while a file changes.
	tab.Do(t, chromedp.KeyEvent(kb.Home))
	p.writeBeside(t, file, strings.Replace(good, headline, `headline = "Zqon the desk"`, 1))
	says(tab, "Zqon the desk")
	e2e.Until(t, tab, `document.activeElement.id === 'find' && document.querySelectorAll('`+row+`').length === 1`)

	// A private note is there at once, and a mistake is told.
	p.Write(t, site.PrivateFile(e2e.Harbour), "[[observation]]\non = 2026-11-02\ntext = \"Zqtired\"\nnext_step = \"Zqcall them\"\n")
	t.Cleanup(func() {
		e2e.Check(t, os.Remove(filepath.Join(p.Dir, filepath.FromSlash(site.PrivateFile(e2e.Harbour)))))
	})
	says(tab, "Zqcall them")
	p.writeBeside(t, file, strings.Replace(good, headline, `headline = `, 1))
	says(tab, "Its file has an error")
	e2e.Await(t, tab, "#problems")
	p.writeBeside(t, file, good)
	e2e.Gone(t, tab, "#problems")
	says(tab, "Zqheadline of today")

	// The client's name leads to the portal.
	tab.Do(t, chromedp.Focus(`[data-key="`+e2e.Harbour+`"]`), chromedp.KeyEvent(kb.Enter))
	e2e.Await(t, tab, e2e.Home)
	tab.WantNoProblems(t)
	if text := browsertest.Eval[string](t, stranger, `document.body.innerText`); strings.Contains(text, "Zq") || strings.Contains(text, name) {
		t.Errorf("without the secret the desk says %s", text)
	}
	stranger.WantNoProblems(t)
}
