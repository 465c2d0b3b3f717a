package pages

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

const busyColleague = `zqsam = { name = "Zqsamuel Zqray", side = "client" }`

// TestOwnTurnsAreCounted opens the portal as one of two people: their own turns are counted as
// theirs, the other's stand below, and each leads to where it is decided.
func TestOwnTurnsAreCounted(t *testing.T) {
	t.Parallel()
	w := e2e.NewWorld(t)
	w.Write(t, site.ClientFile(busy), strings.NewReplacer(
		"[people]\n", "[people]\n"+busyColleague+"\n", `to = "zqpat"`, `to = "zqsam"`).Replace(busyFile))
	passphrase := w.LetIn(t, busy, "zqsam")
	tab := e2e.On(t, browsertest.Open(t), e2e.FridayEvening)
	e2e.Visit(t, tab, e2e.Host(t, w.Publish(t, busy))+"/"+w.Folder(t, busy)+"/", e2e.Locked)
	e2e.Enter(t, tab, passphrase, 0)
	e2e.Await(t, tab, e2e.Home)

	const heads = `[...document.querySelectorAll('[data-turns] :is(h2, h3, .more:not(form .more) > summary)')].map((n) => n.textContent.trim())`
	if got, want := browsertest.Eval[[]string](t, tab, heads), []string{"Your turn 4", "For you, Zqsamuel: 4", "and one more", "Also waiting on Zqpatricia: 8"}; !slices.Equal(got, want) {
		t.Errorf("the headings are %q", got)
	}
	if counts := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('[data-turn-count]')].map((n) => n.textContent)`); !slices.Equal(counts, []string{"4", "4"}) {
		t.Errorf("the reader's turns are counted as %q", counts)
	}
	// What waits for a colleague says so before it is answered in their stead, and the reader's own says nothing.
	e2e.Until(t, tab, `document.querySelector('[data-person=zqpat] [data-stands]') !== null`)
	const stead = `[...document.querySelectorAll('[data-person=%s] form')].map((form) => form.innerText.match(/This is for [^.]*\./)?.[0] ?? '')`
	opened := `document.querySelectorAll('details').forEach((fold) => { fold.open = true; })`
	e2e.Run(t, tab, opened)
	for person, want := range map[string]string{"zqpat": "This is for Zqpatricia to answer.", "zqsam": ""} {
		got := browsertest.Eval[[]string](t, tab, fmt.Sprintf(stead, person))
		if len(got) == 0 || slices.ContainsFunc(got, func(said string) bool { return said != want }) {
			t.Errorf("what waits for %s says %q", person, got)
		}
	}
	e2e.Run(t, tab, `document.querySelector('[data-turn][data-person=zqsam] a').click()`)
	e2e.Await(t, tab, e2e.Inner)
	e2e.Until(t, tab, `document.querySelector('[data-person=zqsam][open] :target [data-answer]') !== null`)
}

// TestLongTodos puts before the client what is longer than a line: each stays the line that
// it is, cut where it must be, and leads to where all of it stands.
func TestLongTodos(t *testing.T) {
	t.Parallel()
	const recap = "- The hives stand by the *lower* gate, where the sun comes first.\n- Zqlids are mended until Friday.\n- Somebody brings the smoker, which has stood in the barn since spring.\n"
	browser := browsertest.Open(t)
	address := newBusy(t, func(w *e2e.World) {
		name := site.ClientFile(busy)
		w.Write(t, name, strings.NewReplacer(
			`"Zqrecap of it"`, "\"\"\"\n"+recap+"\"\"\"",
			`"Zqlarger jars"`, `"Zqlarger jars\n\nand zqsmaller lids"`,
			`"Zqbees are out"`, `"Zqbees are out\n\n> and about"`,
		).Replace(w.Read(t, name)))
	})
	const recapLine = "The hives stand by the lower gate, where the sun comes first. Zqlids are mended until Friday. Somebody brings the…"
	tab := e2e.On(t, browser, e2e.FridayEvening)
	e2e.Visit(t, tab, address, e2e.Home)

	lines := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('[data-turn] .todo-what, .owed:has(.tag) > a, `+next+` li p:first-child')].map((n) => n.textContent.replace(/\s+/g, ' ').trim())`)
	for _, want := range []string{
		recapLine, "Zqswarm: Zqmany bees", "Zqlarger jars and zqsmaller lids", "Zqhow goes it?", "Zqbees are out and about",
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("%q is not among %q", want, lines)
		}
	}
	if more := browsertest.Eval[int](t, tab, `document.querySelectorAll('[data-turn] summary :is(p, ul, li, blockquote)').length`); more > 0 {
		t.Errorf("%d blocks stand among what waits", more)
	}
	if n := browsertest.Eval[int](t, tab, `document.querySelectorAll('[data-turn]:not(:has([data-way] a))').length`); n > 0 {
		t.Errorf("%d of them lead nowhere", n)
	}
	if named := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('[data-to-calendar]')].map((b) => b.title)`); !slices.Contains(named, "Add to calendar: Is this what we said? "+recapLine) {
		t.Errorf("the calendar is offered %q", named)
	}
	for line, want := range map[string]string{
		recapLine: "Somebody brings the smoker, which has stood in the barn since spring.", "Zqswarm": "Zqmany bees",
		"Zqlarger": "and zqsmaller lids", "Zqhow": "Zqhow goes it?", "Zqbees": "and about",
	} {
		tab := e2e.On(t, browser, e2e.FridayEvening)
		e2e.Visit(t, tab, address, e2e.Home)
		e2e.Run(t, tab, `[...document.querySelectorAll('[data-turn], .owed, `+next+` li')].find((n) => n.textContent.replace(/\s+/g, ' ').includes('`+line+`')).querySelector('a').click()`)
		e2e.Await(t, tab, e2e.Inner)
		if said := e2e.Text(t, tab, "#portal main"); !strings.Contains(said, want) {
			t.Errorf("%s leads to what says %s", line, said)
		}
	}
}
