package e2e_test

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/reply"
	"portalgen/internal/site"
)

// enter opens Home with the passphrase, to be kept for some days; 0 is for this visit.
func enter(t *testing.T, h *hive, tab *browsertest.Tab, days int) {
	t.Helper()
	e2e.Visit(t, tab, h.home(t), e2e.Locked)
	e2e.Enter(t, tab, h.passphrase, days)
	e2e.Await(t, tab, e2e.Home)
}

// ready waits until the forms of the page that is open are as they were left.
func ready(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	e2e.Until(t, tab, `(document.querySelector('`+message+` [data-stands]')?.textContent ?? '') !== ''`)
}

// What is chosen in the page stands there as the sentence that will be recorded, goes to the inbox
// sealed, and is read by the provider alone. The page says that it was sent, and later once that it
// was taken in.
func TestAnAnswerGoesToTheInbox(t *testing.T) {
	t.Parallel()
	h := publish(t, true)
	tab := e2e.On(t, browsertest.Open(t), e2e.FridayEvening)
	enter(t, h, tab, 7)
	choose(t, tab, wax, map[string]string{"choice": "yes_due", "word": "Zqgladly <b> & more"})
	const sentence = "Zqwax by post: Zqpatricia agreed to 11 December"
	if stands := e2e.Text(t, tab, wax+" [data-stands]"); stands != "This will stand here: "+sentence {
		t.Errorf("before it is sent it says %q", stands)
	}
	apart := fmt.Sprintf(`document.querySelectorAll(%q).length`, wax+" [data-stands] bdi")
	if n := browsertest.Eval[int](t, tab, apart); n != 1 {
		t.Error("what it is about is not kept in its own direction")
	}
	press(t, tab, wax, "Send", "Sent 20 November 2026 at ")
	const words = wax + " [data-status] blockquote"
	if said := e2e.Text(t, tab, words); said != "Zqgladly <b> & more" {
		t.Errorf("below what became of it stands %q", said)
	}
	if at := browsertest.Eval[string](t, tab, `document.activeElement.getAttribute('role')`); at != "status" {
		t.Errorf("the focus is at %q", at)
	}
	came := h.in.came()
	if len(came) != 1 {
		t.Fatalf("%d replies came", len(came))
	}
	by, r := h.opened(t, came[0])
	if by.Person != "zqpat" || r.By != "" || r.Kind != "decide_due" || r.Choice != "yes_due" || r.Seen.String() != "2026-12-11" ||
		len(r.Version) != 12 || len(r.Texts) != 1 || r.Text("word") != "Zqgladly <b> & more" || r.Sentence != sentence || r.Lang != "en" ||
		r.Portal != h.Folder(t, bees) || !strings.HasPrefix(r.Sent.UTC().String(), "2026-11-20 20:0") {
		t.Errorf("%s says %+v", by.Person, r)
	}
	wantNothingReadable(t, tab)

	e2e.Visit(t, tab, h.home(t), e2e.Home)
	saysAt(t, tab, wax, "Zqadalin has still to enter it")
	if said := e2e.Text(t, tab, words); said != "Zqgladly <b> & more" {
		t.Errorf("when it is opened again, the words are %q", said)
	}
	if said := e2e.Text(t, tab, "details:has("+wax+") > summary [data-sent]"); said != "Sent from this device" {
		t.Errorf("its card says %q", said)
	}

	file := site.ClientFile(bees)
	h.Write(t, file, strings.Replace(h.Read(t, file), `note = "Zqsnow" },`, fmt.Sprintf(`note = "Zqsnow" },
  { on = 2026-11-20, by = "zqpat", did = "agree", via = "%s 2026-11-21" },`, r.ID), 1))
	h.PublishInto(t, h.out)
	e2e.Visit(t, tab, h.home(t), e2e.Home)
	const list = "[data-sent-list]"
	saysAt(t, tab, list, sentence+" Taken in: 21 November 2026.")
	if again := browsertest.Eval[bool](t, tab, `document.querySelector('`+list+` blockquote') !== null`); again {
		t.Error("what was taken in, and stands on the pages, is quoted once more")
	}
	tab.Do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return err
	}))
	if shown := browsertest.Eval[bool](t, tab, fmt.Sprintf(`document.querySelector(%q).checkVisibility()`, list)); shown {
		t.Error("what was sent from this device is printed")
	}
	e2e.Until(t, tab, `(await navigator.locks.query().then(({ held, pending }) => held.length + pending.length)) === 0`)
	e2e.Visit(t, tab, h.home(t), e2e.Home)
	ready(t, tab)
	if told := browsertest.Eval[bool](t, tab, `!document.querySelector('`+list+`').hidden`); told {
		t.Error("it is told twice that a reply was taken in")
	}
}

// What was sent is not counted as the reader's turn, in the heading and in the bar of every page, and its card stands
// last. It is counted again once something else is asked in its place.
func TestWhatWasSentIsNotCounted(t *testing.T) {
	t.Parallel()
	const (
		counts = `[...document.querySelectorAll('[data-turn-count]')].map((n) => n.textContent + (n.hidden ? ' hidden' : '')).join()`
		title  = `[...document.querySelectorAll('[data-turns-of]')].map((n) => n.textContent).join()`
		cards  = `[...document.querySelectorAll('[data-turn] form')].map((form) => form.dataset.answer).join()`
	)
	for name, titles := range map[string][2]string{
		"a person": {"For you, Zqpatricia: 3", "For you, Zqpatricia: 2"},
		"a link":   {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := publish(t, true)
			tab := e2e.On(t, browsertest.Open(t), e2e.FridayEvening)
			if titles[0] != "" {
				enter(t, h, tab, 7)
			} else {
				e2e.Visit(t, tab, h.home(t)+h.link, e2e.Home)
			}
			want := func(at, wantCounts, wantTitle, wantCards string) {
				t.Helper()
				e2e.Until(t, tab, counts+` === "`+wantCounts+`"`)
				if got := browsertest.Eval[string](t, tab, title); got != wantTitle {
					t.Errorf("%s the heading is %q", at, got)
				}
				if got := browsertest.Eval[string](t, tab, cards); wantCards != "" && got != wantCards {
					t.Errorf("%s the cards are %s", at, got)
				}
			}
			want("before", "3,3", titles[0], "decide_due,accept,answer")
			fields := map[string]string{"choice": "yes_due"}
			if titles[0] == "" {
				fields["who"] = "zqpat"
			}
			choose(t, tab, wax, fields)
			press(t, tab, wax, "Send", "Sent 20 November 2026 at ")
			want("once it is sent,", "2,2", titles[1], "")
			e2e.Run(t, tab, `document.querySelector('#nav a[href]:not([aria-current])').click()`)
			e2e.Await(t, tab, e2e.Inner)
			want("on another page", "2", "", "")
			e2e.Visit(t, tab, h.home(t), e2e.Home)
			want("when it is opened again,", "2,2", titles[1], "accept,answer,decide_due")
			saysAt(t, tab, wax, "Zqadalin has still to enter it")

			file := site.ClientFile(bees)
			h.Write(t, file, strings.Replace(h.Read(t, file), `due = 2026-12-11, note = "Zqsnow"`, `due = 2026-12-14, note = "Zqsnow"`, 1))
			h.PublishInto(t, h.out)
			e2e.Visit(t, tab, h.home(t), e2e.Home)
			want("when another date is asked,", "3,3", titles[0], "decide_due,accept,answer")
			saysAt(t, tab, wax, "Zqadalin has still to enter it")
			if shown := browsertest.Eval[bool](t, tab, fmt.Sprintf(`document.querySelector(%q).checkVisibility()`, wax+" [data-fields]")); !shown {
				t.Error("what is asked now cannot be answered")
			}
		})
	}
}

// wantNothingReadable fails the test where what the browser keeps has a word of the client's.
func wantNothingReadable(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	kept := browsertest.Eval[string](t, tab, `(async () => {
		const said = [location.href, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
		const db = await new Promise((done) => { indexedDB.open('portalgen').onsuccess = ({ target }) => done(target.result); });
		for (const name of db.objectStoreNames) {
			const all = await new Promise((done) => { db.transaction(name).objectStore(name).getAll().onsuccess = ({ target }) => done(target.result); });
			for (const record of all) for (const [key, value] of Object.entries(record)) {
				if (value instanceof CryptoKey && value.extractable) said.push('zqa key that can be read back');
				said.push(key, value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value) : String(value));
			}
		}
		db.close();
		return said.join('\n');
	})()`)
	if i := strings.Index(strings.ToLower(kept), "zq"); i >= 0 && !strings.Contains(kept, "written:") {
		t.Errorf("the browser keeps %q", kept)
	}
	for _, word := range []string{"zqw", "zqg", "zqp", "zqa key", "yes_due"} {
		if strings.Contains(strings.ToLower(kept), word) {
			t.Errorf("the browser keeps %q in the clear", word)
		}
	}
	if !strings.Contains(kept, "portalgen:written:") {
		t.Error("nothing is kept of what was sent")
	}
}

// Each way in which an inbox does not take a reply is told as what it is, and nothing is lost: what
// is sent again is the same, byte for byte, and so is what goes by mail.
func TestWhatIsNotTaken(t *testing.T) {
	t.Parallel()
	h := publish(t, true)
	tab := e2e.Prepared(t, browsertest.Open(t), noteMails+e2e.MovedClock(e2e.FridayEvening))
	enter(t, h, tab, 7)
	choose(t, tab, jar, map[string]string{"word": "Zqblue"})
	button := "Send"
	for _, refusal := range []struct {
		status int
		says   string
	}{
		{-1, "there is no connection"},
		{507, "the inbox is full"},
		{429, "too much to do"}, // no two that follow each other say the same, or one would not be waited for
		{400, "did not take it"},
		{503, "too much to do"},
		{401, "this page is too old"},
		{200, "did not take it"},
	} {
		h.in.answers(refusal.status)
		press(t, tab, jar, button, refusal.says)
		button = "Try again"
	}
	e2e.Visit(t, tab, h.home(t), e2e.Home)
	saysAt(t, tab, jar, "did not take it")
	press(t, tab, jar, "Send by mail", "Was it sent?")
	h.in.answers(0)
	came := h.in.came()
	for _, body := range came {
		if !bytes.Equal(body, came[0]) {
			t.Error("what was sent again is another reply")
		}
	}
	mail := begun(t, tab)
	found := reply.FindText(mail)
	if len(found) != 1 || !bytes.Equal(found[0].Sealed, came[0]) || !strings.Contains(mail, "Zqblue") {
		t.Errorf("the mail is %q", mail)
	}
	press(t, tab, jar, "Yes, it is sent", "Sent by you, 20 November 2026 at ")
	if _, r := h.opened(t, came[0]); r.Kind != "answer" || r.Choice != "" || r.Text("word") != "Zqblue" {
		t.Errorf("it says %+v", r)
	}
}

// noteMails has a page note the mails that it begins.
const noteMails = `
	globalThis.begun = [];
	const { click } = HTMLElement.prototype;
	HTMLAnchorElement.prototype.click = function () { this.href.startsWith('mailto:') ? begun.push(this.href) : click.call(this); };`

// begun returns the text of the latest mail that the page has begun.
func begun(t *testing.T, tab *browsertest.Tab) string {
	t.Helper()
	e2e.Until(t, tab, `globalThis.begun.length > 0`)
	link := browsertest.Eval[string](t, tab, `globalThis.begun.at(-1)`)
	if len(link) > 2000 {
		t.Errorf("a mail begins with %d bytes", len(link))
	}
	_, text, _ := strings.Cut(link, "&body=")
	text, err := url.PathUnescape(text)
	e2e.Check(t, err)
	return text
}

// What was typed and not sent is there after the page was loaded again, and not after Lock.
func TestADraftStaysUntilLock(t *testing.T) {
	t.Parallel()
	h := publish(t, true)
	b := browsertest.Open(t)
	for _, days := range []int{0, 7} {
		tab := e2e.On(t, b, e2e.FridayEvening)
		enter(t, h, tab, days)
		choose(t, tab, wax, map[string]string{"choice": "date", "date": "2026-12-09", "word": "Zqlater"})
		is := func(choice, date, word string) string {
			return fmt.Sprintf(`(() => { const form = document.querySelector('%s');
				return (form?.querySelector(':checked')?.value ?? '') === %q && form?.querySelector('[type=date]').value === %q
					&& form.querySelector('textarea').value === %q; })()`, wax, choice, date, word)
		}
		e2e.Until(t, tab, `await new Promise((done) => { indexedDB.open('portalgen').onsuccess = ({ target: { result: db } }) => {
			db.transaction('visits').objectStore('visits').getAllKeys().onsuccess = ({ target }) => {
				db.close(); done(target.result.some((key) => String(key).startsWith('portalgen:written:'))); }; }; })`)
		e2e.Visit(t, tab, h.home(t), e2e.Home)
		e2e.Until(t, tab, is("date", "2026-12-09", "Zqlater"))
		e2e.Run(t, tab, `document.querySelector('[data-lock]').click()`)
		e2e.Enter(t, tab, h.passphrase, days)
		e2e.Await(t, tab, e2e.Home)
		ready(t, tab)
		if gone := browsertest.Eval[bool](t, tab, is("", "", "")); !gone {
			t.Errorf("kept for %d days: after Lock a draft is there", days)
		}
		e2e.Run(t, tab, `document.querySelector('[data-lock]').click()`)
		e2e.Await(t, tab, e2e.Locked)
	}
}

// Whoever came by a link says who they are: one of the client's people, or another name. On a page
// that was opened by its own link, they are nobody that it knows.
func TestWhoCameByALink(t *testing.T) {
	t.Parallel()
	h := publish(t, true)
	b := browsertest.Open(t)
	for _, test := range []struct {
		link, form string
		fields     map[string]string
		by, holds  string
	}{
		{h.home(t) + h.link, jar, map[string]string{"who": "zqeli", "word": "Zqgreen"}, "zqeli", "portal"},
		{h.home(t) + h.link, message, map[string]string{"who": "+", "called": " Zqtheo ", "word": "Zqhelp", "choice": "urgent"}, "Zqtheo", "portal"},
		{h.url + h.page.Link, about, map[string]string{"called": "Zqana", "choice": "ask", "word": "Zqwhen?"}, "Zqana", "page"},
	} {
		tab := e2e.On(t, b, e2e.FridayEvening)
		e2e.Visit(t, tab, test.link, "#portal main")
		choose(t, tab, test.form, test.fields)
		before := len(h.in.came())
		press(t, tab, test.form, "Send", "Sent 20 November 2026 at ")
		by, r := h.opened(t, h.in.came()[before])
		if by.Link == nil || string(by.Link.Kind) != test.holds || r.By != test.by || r.Text("word") != test.fields["word"] ||
			r.Choice != test.fields["choice"] {
			t.Errorf("%s: %+v says %+v", test.form, by.Link, r)
		}
		e2e.Run(t, tab, `document.querySelector('[data-lock]').click()`)
		e2e.Await(t, tab, e2e.Locked)
	}
}

// The five questions of acceptance, the six of something new, and a date that is only welcome.
func TestAllThatCanBeSaid(t *testing.T) {
	t.Parallel()
	h := publish(t, true)
	tab := e2e.On(t, browsertest.Open(t), e2e.FridayEvening)
	enter(t, h, tab, 7)
	for _, test := range []struct {
		form, sentence string
		fields         map[string]string
	}{
		{label, "Zqlabel drawn: Zqpatricia accepted it", map[string]string{
			"choice": "accept", "met": "Zqone", "missing": "Zqtwo", "thanks": "Zqthree", "together": "Zqfour", "improve": "Zqfive",
		}},
		{label, "Zqlabel drawn: Zqpatricia sent it back", map[string]string{"choice": "back", "word": "Zqsix"}},
		{label, "Zqlabel drawn: Zqpatricia sent it back, and asked for it by 1 December 2026", map[string]string{
			"choice": "back", "date": "2026-12-01", "word": "Zqsix",
		}},
		{wanted, "Zqpatricia asked for something new by 5 January 2027", map[string]string{
			"outcome": "Zqone", "date": "2027-01-05", "delivered": "Zqtwo", "told": "Zqthree", "between": "Zqfour", "wrong": "Zqfive",
		}},
		{message, "Zqpatricia sent a message", map[string]string{"word": "Zqhello"}},
	} {
		if browsertest.Eval[bool](t, tab, fmt.Sprintf(`document.querySelector(%q).querySelector('[data-status]') !== null`, test.form)) {
			e2e.Run(t, tab, fmt.Sprintf(`document.querySelector(%q).querySelector('[data-status] button').click()`, test.form))
			e2e.Until(t, tab, fmt.Sprintf(`document.querySelector(%q).querySelector('[data-status]') === null`, test.form))
		}
		choose(t, tab, test.form, test.fields)
		before := len(h.in.came())
		press(t, tab, test.form, "Send", test.sentence+" Sent ")
		_, r := h.opened(t, h.in.came()[before])
		for name, want := range test.fields {
			got := r.Text(name)
			if name == "choice" {
				got = r.Choice
			} else if name == "date" {
				got = r.Date.String()
			}
			if got != want {
				t.Errorf("%s: %s is %q, want %q", test.form, name, got, want)
			}
		}
		if r.Sentence != test.sentence {
			t.Errorf("%s: it says %q", test.form, r.Sentence)
		}
	}
}

// A form asks first for what it needs, and says of the rest that it is optional. Of what is missing it says so below
// the field, which has the focus, until it is there.
func TestWhatIsOptionalIsSaid(t *testing.T) {
	t.Parallel()
	h := publish(t, true)
	tab := e2e.On(t, browsertest.Open(t), e2e.FridayEvening)
	enter(t, h, tab, 7)
	for _, test := range []struct{ form, choice, asks string }{
		{label, "back", "What is missing? *; By when do you need it? (optional)"},
		{label, "accept", "A word to Zqadalin (optional)"},
		{wax, "yes_due", "A word to Zqadalin (optional)"},
		{wax, "date", "Which date? *; A word to Zqadalin (optional)"},
		{wax, "keep_due", "Why? *"},
		{jar, "", "Your reply to Zqadalin *"},
		{wanted, "", "What would you like to have? *; By when? (optional); How should it come to you? (optional); " +
			"How shall we tell you that it is there? (optional); What would you like to see on the way? (optional); " +
			"What could go wrong? (optional)"},
	} {
		fields := map[string]string{}
		if test.choice != "" {
			fields["choice"] = test.choice
		}
		choose(t, tab, test.form, fields)
		e2e.Run(t, tab, fmt.Sprintf(`for (let fold = document.querySelector(%q).closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true`, test.form))
		asks := browsertest.Eval[string](t, tab, fmt.Sprintf(`[...document.querySelectorAll(%q)].filter((p) => p.checkVisibility() && !p.closest('[data-done]'))
			.map((p) => p.querySelector('label').textContent + (p.querySelector('[required]') ? ' *' : '')).join('; ')`, test.form+" .field"))
		if asks != test.asks {
			t.Errorf("%s with %q asks %s", test.form, test.choice, asks)
		}
		if !strings.Contains(asks, "*") {
			continue
		}
		says := browsertest.Eval[string](t, tab, fmt.Sprintf(`(() => { const form = document.querySelector(%q); form.requestSubmit();
			const field = document.activeElement, { id, textContent } = form.querySelector('[aria-invalid] + .mistake') ?? {};
			const said = id === field.getAttribute('aria-describedby') && textContent;
			field.value = field.type === 'date' ? '2026-12-09' : 'Zqfilled'; field.dispatchEvent(new Event('input', { bubbles: true }));
			return said + ' ' + form.querySelectorAll('.mistake, [aria-invalid]').length; })()`, test.form))
		if says != "This is still missing. 0" {
			t.Errorf("%s with %q, sent empty and filled in, says %s", test.form, test.choice, says)
		}
	}
}

// In a page that runs from right to left, what an answer is about and who gave it keep their own direction, and
// what was typed stands as it was typed: before it is sent, and once it was taken in. What a text has that turns
// what follows does not reach the words around it.
func TestDirectionsInAnArabicPage(t *testing.T) {
	t.Parallel()
	h := publish(t, true)
	file := site.ClientFile(bees)
	h.Write(t, file, strings.Replace(h.Read(t, file), "timezone =", "language = \"ar\"\ntimezone =", 1)+
		"\n[[assumption]]\non = 2026-11-18\ntext = \"Zqhive 12 is dry\"\n")
	h.PublishInto(t, h.out)
	b := browsertest.Open(t)
	tab := e2e.On(t, b, e2e.FridayEvening)
	enter(t, h, tab, 7)
	const typed = "Zqonly \u202e12 \u05d0\u05d1\u05d2\u2069 (Zqeast)"
	choose(t, tab, assumed, map[string]string{"choice": "not_so", "word": typed})
	const stands = assumed + " [data-stands]"
	if dir := browsertest.Eval[string](t, tab, fmt.Sprintf(`getComputedStyle(document.querySelector(%q)).direction`, stands)); dir != "rtl" {
		t.Fatalf("the page runs %s", dir)
	}
	if said := e2e.Text(t, tab, stands); !strings.Contains(said, "Zqhive 12 is dry") || !strings.Contains(said, "\u2068Zqpatricia\u2069") {
		t.Errorf("before it is sent it says %q", said)
	}
	wantLeftToRight(t, tab, stands, "Zqhive", "dry")
	wantLeftToRight(t, tab, stands, "Zqp", "cia")
	wantLeftToRight(t, tab, stands, "Zqpatricia", "Zqhive") // what is read later stands further left
	press(t, tab, assumed, "إرسال", "أُرسل: ")
	came := h.in.came()
	if len(came) != 1 {
		t.Fatalf("%d replies came", len(came))
	}
	if _, r := h.opened(t, came[0]); r.Lang != "ar" || r.Choice != "not_so" || r.Text("word") != typed || !strings.Contains(r.Sentence, "\u2068Zqpatricia\u2069") {
		t.Errorf("it says %+v", r)
	}

	said := program(t, h.World, "replies", "--yes", "--now", monday)
	text := h.Read(t, file)
	if !strings.Contains(text, "wrong = 2026-11-20\nvia = ") || !strings.Contains(text, `about = "Zqhive 12 is dry: `) {
		t.Fatalf("the file says\n%s\n%s", text, said)
	}
	h.PublishInto(t, h.out)
	tab = e2e.On(t, b, monday)
	e2e.Visit(t, tab, h.home(t), e2e.Home) // it is remembered
	e2e.Run(t, tab, `[...document.querySelectorAll('footer a')].find(({ textContent }) => textContent.trim() === 'السجل').click()`)
	e2e.Await(t, tab, "[data-kind] bdi")
	const entry = "[data-kind]:has(bdi) p"
	if entry := e2e.Text(t, tab, entry); !strings.Contains(entry, "\u2068Zqpatricia\u2069") || !strings.Contains(entry, typed) {
		t.Errorf("in the history it says %q", entry)
	}
	wantLeftToRight(t, tab, entry, "Zqp", "cia")
	wantLeftToRight(t, tab, entry, "Zqhive", "Zqpatricia")
}

// wantLeftToRight wants what is shown at a place to have one text to the left of another.
func wantLeftToRight(t *testing.T, tab *browsertest.Tab, selector, one, other string) {
	t.Helper()
	at := func(text string) float64 {
		return browsertest.Eval[float64](t, tab, fmt.Sprintf(`(() => {
			const texts = document.createTreeWalker(document.querySelector(%q), NodeFilter.SHOW_TEXT);
			for (let node; (node = texts.nextNode());) {
				const i = node.data.indexOf(%q);
				if (i < 0) continue;
				const range = document.createRange();
				range.setStart(node, i);
				range.setEnd(node, i + 1);
				return range.getBoundingClientRect().left;
			}
			return -1;
		})()`, selector, text))
	}
	if a, b := at(one), at(other); a < 0 || b < 0 || a >= b {
		t.Errorf("%s: %q stands at %v, and %q at %v", selector, one, a, other, b)
	}
}
