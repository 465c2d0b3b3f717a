// Package pages tests what the pages of a portal do once they are open, and how they look:
// dates that stay true, answers, calendar files, attachments, the keyboard, small screens,
// and whatever a text can be.
package pages

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

// busy is a client on whom everything waits that can wait on a client.
const busy = "zqbusy"

const busyFile = `client = "Zqbusy Bees"
lead = "zqadalinde"
timezone = "Etc/UTC"

[people]
zqpat = { name = "Zqpatricia Zqmoe", side = "client" }

[promises]
reply_within = "2 hours"
urgent_within = "2 hours"

[[commitment]]
id = "agree"
title = "Zqhoney & more + 50% #1 – Привет 🎉"
customer = "zqpat"
performer = "zqadalinde"
moves = [{ on = 2026-11-02, by = "zqadalinde", did = "offer", due = 2026-12-04 }]

[[commitment]]
id = "promise"
title = "Zqlist of hives"
customer = "zqadalinde"
performer = "zqpat"
moves = [{ on = 2026-11-02, by = "zqadalinde", did = "request", due = 2026-12-05 }]

[[commitment]]
id = "decide"
title = "Zqwax by post"
customer = "zqpat"
performer = "zqadalinde"
moves = [
  { on = 2026-11-02, by = "zqpat", did = "request", due = 2026-11-27 },
  { on = 2026-11-03, by = "zqadalinde", did = "promise" },
  { on = 2026-11-16, by = "zqadalinde", did = "renegotiate", due = 2026-12-11, note = "Zqsnow" },
]

[[commitment]]
id = "accept"
title = "Zqlabel drawn"
customer = "zqpat"
performer = "zqadalinde"
moves = [
  { on = 2026-11-02, by = "zqpat", did = "request", due = 2026-11-27 },
  { on = 2026-11-03, by = "zqadalinde", did = "promise" },
  { on = 2026-11-18, by = "zqadalinde", did = "deliver" },
]

[[commitment]]
id = "deliver"
title = "Zqphotographs"
customer = "zqadalinde"
performer = "zqpat"
moves = [
  { on = 2026-11-02, by = "zqadalinde", did = "request", due = 2026-11-30 },
  { on = 2026-11-03, by = "zqpat", did = "promise" },
]

[[commitment]]
id = "confirm"
title = "Zqsite alive"
customer = "zqpat"
performer = "zqadalinde"
moves = [
  { on = 2026-11-02, by = "zqpat", did = "request", due = 2026-11-30 },
  { on = 2026-11-03, by = "zqadalinde", did = "promise" },
  { on = 2026-11-04, by = "zqadalinde", did = "summarize", note = "Zqsummed" },
  { on = 2026-11-05, by = "zqadalinde", did = "ask-help", note = "Zqhelpless" },
]

  [[commitment.deliverable]]
  title = "Zqdraft of it"
  due = 2026-11-20

[[question]]
asked = 2026-11-16
by = "zqadalinde"
to = "zqpat"
text = "Which *colour* of zqjar? It is a long question that goes on and on about jars, lids, and what stands on both of them"
answer_by = 2026-11-26

[[check_in]]
on = 2026-11-17
with = ["zqpat", "zqadalinde"]
recap = "Zqrecap of it"
next_check_in = 2026-11-24T10:00:00

[[term]]
word = "Zqswarm"
means = "Zqmany bees"

[[change]]
on = 2026-11-18
by = "zqadalinde"
text = "Zqlarger jars"

[[pulse]]
asked = 2026-11-18
question = "Zqhow goes it?"

[[message]]
received = 2026-11-20T09:00:00
by = "zqpat"
about = "Zqbees are out"
urgent = true
`

// newBusy publishes a site with the busy client, after some change to it, and returns
// the address of their portal.
func newBusy(t *testing.T, change func(w *e2e.World)) (address string) {
	t.Helper()
	w := e2e.NewWorld(t)
	w.Write(t, "data/clients/"+busy+".toml", busyFile)
	change(w)
	link := "/" + w.Folder(t, busy) + "/" + w.Link(t, busy)
	return e2e.Host(t, w.Publish(t)) + link
}

func asItIs(*e2e.World) {}

// A mail is what an answer begins with.
type mail struct{ to, subject, body string }

// mails opens Home and takes apart what the buttons of "your turn" start, strictly as
// RFC 6068 has it.
func mails(t *testing.T, tab *browsertest.Tab) []mail {
	t.Helper()
	var all []mail
	for _, href := range browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('.yours .todo-act a')].map((a) => a.getAttribute('href'))`) {
		rest, ok := strings.CutPrefix(href, "mailto:")
		to, query, both := strings.Cut(rest, "?")
		subject, body, fields := strings.Cut(strings.TrimPrefix(query, "subject="), "&body=")
		if !ok || !both || !fields || strings.ContainsAny(query, " \r\n+#\"<>") || strings.Count(query, "&") != 1 {
			t.Fatalf("an answer leads to %s", href)
		}
		m := mail{to: to}
		var err error
		m.subject, err = url.PathUnescape(subject)
		e2e.Check(t, err)
		m.body, err = url.PathUnescape(body)
		e2e.Check(t, err)
		all = append(all, m)
	}
	return all
}

func TestAnswersBeginAsMail(t *testing.T) {
	t.Parallel()
	tab := e2e.On(t, browsertest.Open(t), e2e.FridayEvening)
	e2e.Visit(t, tab, newBusy(t, asItIs), e2e.Home)
	found := mails(t, tab)
	const honey = "Zqhoney & more + 50% #1 – Привет 🎉"
	const question = "Which colour of zqjar? It is a long question that goes on and on about jars…"
	tests := []struct{ subject, what, choice string }{
		{"Agree or answer: " + honey, honey, "( ) I agree to 4 December.\n( ) I would like another date or other terms:"},
		{"Promise or answer: Zqlist of hives", "Zqlist of hives", "( ) I promise it for this date:\n( ) I would like other terms:\n( ) I cannot promise it, because:"},
		{"Decide on the new date: Zqwax by post", "Zqwax by post", "( ) I agree to the new date, 11 December.\n( ) I would like another date:\n( ) Please keep to the old date."},
		{"Accept or send back: Zqlabel drawn", "Zqlabel drawn", "( ) I accept it. What was good:\n( ) I send it back. What is missing:"},
		{"Deliver: Zqphotographs", "Zqphotographs", "( ) Here it is:\n( ) I need more time, until:"},
		{"Confirm what we said: Zqsummed", "Zqsummed", "( ) Yes, this is what we said.\n( ) Not quite. It should say:"},
		{"Help with: Zqhelpless", "Zqhelpless", "This is how I can help:"},
		{"Answer: " + question, question, "My answer:"},
		{"Confirm the check-in: Zqrecap of it", "Zqrecap of it", "( ) Yes, this is what we said.\n( ) Not quite. It should say:"},
		{"Confirm what this word means: Zqswarm", "Zqswarm", "( ) Yes, this is what we mean by it.\n( ) To me it means:"},
		{"Decide on the change: Zqlarger jars", "Zqlarger jars", "( ) I agree to the change.\n( ) I do not agree, because:"},
		{"Rate: Zqhow goes it?", "Zqhow goes it?", "From 1 (poor) to 5 (excellent), I give it:\n\nWhat would make it better:"},
	}
	if len(found) != len(tests) {
		t.Errorf("%d answers are begun, want %d", len(found), len(tests))
	}
	for _, test := range tests {
		i := slices.IndexFunc(found, func(m mail) bool { return m.subject == test.subject })
		if i < 0 {
			t.Errorf("no answer is begun with the subject %q", test.subject)
			continue
		}
		m := found[i]
		// Where the file names nobody, nobody signs.
		for _, name := range []string{"Zqpatricia Zqmoe", ""} {
			want := "Hello Zqadalin,\n\nthis is about “" + test.what + "”.\n\n" + test.choice + "\n\n" + name
			if m.body == strings.ReplaceAll(want, "\n", "\r\n") {
				test.what = "found"
			}
		}
		if m.to != "zqadalin@zqprovider.example" || test.what != "found" {
			t.Errorf("%s: the mail to %s begins with %q", test.subject, m.to, m.body)
		}
	}
}

// Without an address a call is begun, and without a number it says whom to tell.
func TestAnswersWithoutMail(t *testing.T) {
	t.Parallel()
	noMail := func(w *e2e.World) {
		text := strings.NewReplacer(`email = "ada@pine.example", `, "", `email = "zqadalin@zqprovider.example", `, "").Replace(w.Read(t, site.ProviderFile))
		w.Write(t, site.ProviderFile, text)
		file := site.ClientFile(busy)
		w.Write(t, file, strings.Replace(w.Read(t, file), "lead = \"zqadalinde\"\n", "", 1))
	}
	b := browsertest.Open(t)
	tab := e2e.On(t, b, e2e.FridayEvening)
	e2e.Visit(t, tab, newBusy(t, noMail), e2e.Home)
	calls := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('.yours .todo-act a')].map((a) => a.getAttribute('href') + ' ' + a.textContent)`)
	if len(calls) != 12 || !slices.Contains(calls, "tel:+4722000000 Call: Zqphotographs") {
		t.Errorf("the answers are %q", calls)
	}

	tab = e2e.On(t, b, e2e.FridayEvening)
	e2e.Visit(t, tab, newBusy(t, func(w *e2e.World) {
		noMail(w)
		w.Write(t, site.ProviderFile, strings.Replace(w.Read(t, site.ProviderFile), `, phone = "+47 22 00 00 00"`, "", 1))
	}), e2e.Home)
	said := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('.yours .todo-act')].map((p) => p.textContent.trim())`)
	if len(said) != 12 || said[0] != "Tell Ada Pine." {
		t.Errorf("the answers are %q", said)
	}
}

// Keyboard alone reaches all that can be used, in the order in which it stands, and
// what has the focus can be seen to have it.
func TestKeyboard(t *testing.T) {
	t.Parallel()
	tab := e2e.Prepared(t, browsertest.Open(t), watchFiles)
	t.Cleanup(func() { tab.WantNoProblems(t) })
	e2e.Visit(t, tab, newBusy(t, asItIs), e2e.Home)
	reducedMotion(t, tab)
	e2e.Run(t, tab, `document.querySelectorAll('details').forEach((d) => { d.open = true }); document.activeElement.blur();
		globalThis.usable = [...document.querySelectorAll('a[href], button, summary, [tabindex="0"]')].filter((n) => n.getClientRects().length > 0)`)
	n := browsertest.Eval[int](t, tab, `usable.length`)
	if n < 25 {
		t.Fatalf("only %d things can be used", n)
	}
	for i := range n {
		tab.Do(t, chromedp.KeyEvent(kb.Tab))
		got := browsertest.Eval[string](t, tab, `(() => {
			const at = document.activeElement, style = getComputedStyle(at);
			const seen = style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2;
			return usable.indexOf(at) + (seen ? '' : ' unseen') + ' ' + at.outerHTML.slice(0, 80) })()`)
		if at, _, _ := strings.Cut(got, " <"); at != strconv.Itoa(i) {
			t.Fatalf("the focus is on %s, want %d", got, i)
		}
	}
	e2e.Run(t, tab, `document.querySelector('.to-calendar').focus()`)
	tab.Do(t, chromedp.KeyEvent(kb.Enter))
	e2e.Until(t, tab, `made.length === 1`)
	e2e.Run(t, tab, `document.dispatchEvent(new Event('visibilitychange'))`)
	if kept := browsertest.Eval[bool](t, tab, `document.activeElement.matches('.to-calendar')`); !kept {
		t.Error("the focus is lost when the page is brought up to date")
	}
	e2e.Run(t, tab, `document.querySelector('[data-lock]').focus()`)
	tab.Do(t, chromedp.KeyEvent(kb.Enter))
	e2e.Await(t, tab, e2e.Locked)
	if at := browsertest.Eval[string](t, tab, `document.activeElement.id`); at != "passphrase" {
		t.Errorf("after Lock the focus is on %q", at)
	}
}

// reducedMotion wants that nothing moves for a reader who has asked for that.
func reducedMotion(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	tab.Do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}},
		})
		return err
	}))
	moving := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('*')].filter((n) => {
		const s = getComputedStyle(n);
		const takes = (list) => list.split(',').some((d) => parseFloat(d) > 0);
		return takes(s.transitionDuration) || takes(s.animationDuration) || s.scrollBehavior === 'smooth';
	}).map((n) => n.outerHTML.slice(0, 80))`)
	if len(moving) > 0 {
		t.Errorf("these move: %q", moving)
	}
}
