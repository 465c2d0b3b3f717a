// Package pages tests what the pages of a portal do once they are open, and how they look:
// dates that stay true, answers, calendar files, attachments, the keyboard, small screens,
// and whatever a text can be.
package pages

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/reply"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// answers has a page note what its answers come to instead of leaving for the mail program, and
// gives an answer as a reader does: what is chosen, a date and words, each where there is one.
const answers = `
	globalThis.begun = []; globalThis.copied = []; globalThis.refused = false;
	const { click } = HTMLElement.prototype;
	HTMLAnchorElement.prototype.click = function () { this.href.startsWith('mailto:') ? begun.push(this.href) : click.call(this); };
	Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => {
		if (refused) throw new DOMException('zqno', 'NotAllowedError');
		copied.push(text);
	} } });
	globalThis.answerTo = (subject) => [...document.querySelectorAll('[data-turn] [data-answer]')].find((form) => form.dataset.subject === subject);
	const until = async (is) => { for (let i = 0; i < 2000 && !is(); i++) await new Promise((done) => { setTimeout(done, 5); }); };
	globalThis.give = async (form, button, choice, date = '', words = '') => {
		for (let fold = form.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
		[...form.querySelectorAll('[data-status] button')].at(-1)?.click(); // change it
		await until(() => !form.querySelector('[data-status]'));
		form.reset();
		const [who] = form.getElementsByTagName('select');
		who.value = 'zqpat';
		form.querySelectorAll('[type=radio]')[choice]?.click();
		const day = form.querySelector('[data-date]:not([hidden]) input');
		if (day) day.value = date;
		form.querySelector('textarea').value = words;
		begun.length = copied.length = 0;
		form.querySelector(button).click();
		const wanted = button === '[data-copy]' || !form.checkValidity() ? [] : begun;
		if (form.checkValidity()) await until(() => form.querySelector('[data-status]') && (wanted !== begun || begun.length > 0));
		return { mails: begun, copies: copied, said: form.querySelector('[role=status]')?.textContent ?? '' };
	};`

// Given is what came of an answer.
type given struct {
	Mails  []string `json:"mails"`
	Copies []string `json:"copies"`
	Said   string   `json:"said"`
}

const (
	sends  = "[type=submit]"
	copies = "[data-copy]"
)

// give gives the answer to what is named by a subject: the choice by its number, -1 for none.
func give(t *testing.T, tab *browsertest.Tab, subject, button string, choice int, date, words string) given {
	t.Helper()
	return browsertest.Eval[given](t, tab, fmt.Sprintf(`give(answerTo(%q), %q, %d, %q, %q)`, subject, button, choice, date, words))
}

// A mail is what an answer begins with.
type mail struct{ to, subject, body string }

// taken takes the one mail that an answer has begun apart, strictly as RFC 6068 has it.
func taken(t *testing.T, g given) mail {
	t.Helper()
	if len(g.Mails) != 1 || len(g.Mails[0]) > 2000 {
		t.Fatalf("the answer begins %q, and says %q", g.Mails, g.Said)
	}
	rest, ok := strings.CutPrefix(g.Mails[0], "mailto:")
	to, query, both := strings.Cut(rest, "?")
	subject, body, fields := strings.Cut(strings.TrimPrefix(query, "subject="), "&body=")
	if !ok || !both || !fields || strings.ContainsAny(query, " \r\n+#\"<>") || strings.Count(query, "&") != 1 {
		t.Fatalf("an answer leads to %s", g.Mails[0])
	}
	m := mail{to: to}
	var err error
	m.subject, err = url.PathUnescape(subject)
	e2e.Check(t, err)
	m.body, err = url.PathUnescape(body)
	e2e.Check(t, err)
	return m
}

// openAnswers opens Home of the busy client, whose answers are noted.
func openAnswers(t *testing.T, b *browsertest.Tab, change func(w *e2e.World)) *browsertest.Tab {
	t.Helper()
	tab := e2e.Prepared(t, b, answers+e2e.MovedClock(e2e.FridayEvening))
	t.Cleanup(func() { tab.WantNoProblems(t) })
	e2e.Visit(t, tab, newBusy(t, change), e2e.Home)
	e2e.Await(t, tab, "[data-asking] form") // by then all forms are ready
	return tab
}

// Each kind of what waits has its own answers, and each of them becomes a mail that says of what
// it is, what was chosen, and the date and the words that go with it.
func TestAnswersBeginAsMail(t *testing.T) {
	t.Parallel()
	tab := openAnswers(t, browsertest.Open(t), asItIs)
	const honey = "Zqhoney & more + 50% #1 – Привет 🎉"
	const question = "Which colour of zqjar? It is a long question that goes on…"
	const otherwise, answerBy = "Other terms|What would you like to be different?", "I will answer by a date that I give|date"
	said := []string{"Yes, this is what we said", "Not quite|What should it say?", "No, this is not what we said|Why?"}
	// Behind a choice stands what it asks for: a date, or the words that it cannot do without, or (may) can.
	tests := []struct {
		subject, what, signed string
		choices               []string
	}{
		{"Our offer: " + honey, honey, "Zqpatricia Zqmoe", []string{"Yes, 4 December", "Another date|date", otherwise, "No|Why?", answerBy}},
		{
			"A request to you: Zqlist of hives", "Zqlist of hives", "Zqpatricia Zqmoe",
			[]string{"Yes, for a date that I give|date", otherwise, "No, I cannot|Why?", answerBy},
		},
		{"A new date: Zqwax by post", "Zqwax by post", "Zqpatricia Zqmoe", []string{"Yes, 11 December", "Another date|date", "Keep 27 November|Why?", answerBy}},
		{
			"Is it as agreed? Zqlabel drawn", "Zqlabel drawn", "Zqpatricia Zqmoe",
			[]string{"It is as agreed: I accept it", "Something is missing: I send it back|What is missing?"},
		},
		{
			"Something from you: Zqphotographs", "Zqphotographs", "Zqpatricia Zqmoe",
			[]string{"It is done|(may) Anything we should know? A link, a reference (optional)", "I need more time|date and why"},
		},
		{"Is this what we said? Zqsummed", "Zqsummed", "Zqpatricia Zqmoe", said},
		{"We ask for your help: Zqhelpless", "Zqhelpless", "Zqpatricia Zqmoe", nil},
		{"A question: " + question, question, "Zqpatricia Zqmoe", nil},
		{"Is this what we said? Zqrecap of it", "Zqrecap of it", "Zqpatricia Zqmoe", said},
		{
			"A word: do we mean the same? Zqswarm", "Zqswarm", "Zqpatricia Zqmoe",
			[]string{"Yes, this is what we mean by it", "To me it means something else|What does it mean to you?", "No, we do not use this word|Why?"},
		},
		{"A change: Zqlarger jars", "Zqlarger jars", "Zqpatricia Zqmoe", []string{"Yes", otherwise, "No|Why?"}},
		{"How is it for you? Zqhow goes it?", "Zqhow goes it?", "Zqpatricia Zqmoe", []string{"1, poor", "2", "3", "4", "5, excellent"}},
	}
	if n := browsertest.Eval[int](t, tab, `document.querySelectorAll('[data-turn] [data-answer]').length`); n != len(tests) {
		t.Errorf("%d things can be answered, want %d", n, len(tests))
	}
	for _, test := range tests {
		if !browsertest.Eval[bool](t, tab, fmt.Sprintf(`answerTo(%q) !== undefined`, test.subject)) {
			t.Errorf("nothing can be answered under %q, but %q", test.subject,
				browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('[data-turn] [data-answer]')].map((form) => form.dataset.subject)`))
			continue
		}
		wantMail := func(g given, answer ...string) {
			t.Helper()
			m := taken(t, g)
			want := "Hello Zqadalin,\n\nthis is about “" + test.what + "”.\n\n" + strings.Join(answer, "\n\n") + "\n\n" + test.signed
			if m.to != "zqadalin@zqprovider.example" || m.subject != test.subject || readable(t, m.body, "\r\n") != want {
				t.Errorf("the mail to %s on %q is %q", m.to, m.subject, m.body)
			}
			if !strings.Contains(g.Said, "Your answer is in a mail to Zqadalin. Send it from there. Was it sent?") {
				t.Errorf("%s: it says %q", test.subject, g.Said)
			}
		}
		wantNone := func(why string, g given) {
			t.Helper()
			if len(g.Mails)+len(g.Copies) > 0 {
				t.Errorf("%s: %s, and there is %q", test.subject, why, g)
			}
		}
		const words = "Zqword & 50%\nand more"
		if len(test.choices) == 0 {
			wantNone("nothing is written", give(t, tab, test.subject, sends, -1, "", ""))
			wantMail(give(t, tab, test.subject, sends, -1, "", words), words)
			continue
		}
		wantNone("nothing is chosen", give(t, tab, test.subject, sends, -1, "", words))
		wantNone("nothing is chosen", give(t, tab, test.subject, copies, -1, "", words))
		for i, choice := range test.choices {
			label, asks, _ := strings.Cut(choice, "|")
			switch asks {
			case "":
				wantMail(give(t, tab, test.subject, sends, i, "", ""), label)
				wantMail(give(t, tab, test.subject, sends, i, "2026-12-08", words), label, words)
			case "date and why":
				wantNone("no reason is given", give(t, tab, test.subject, sends, i, "2026-12-08", ""))
				wantMail(give(t, tab, test.subject, sends, i, "2026-12-08", words), label+": 8 December 2026", words)
			case "date":
				wantNone("no date is given", give(t, tab, test.subject, sends, i, "", words))
				wantMail(give(t, tab, test.subject, sends, i, "2026-12-08", ""), label+": 8 December 2026")
				wantMail(give(t, tab, test.subject, sends, i, "2026-12-08", words), label+": 8 December 2026", words)
			default:
				asks, may := strings.CutPrefix(asks, "(may) ")
				if g := give(t, tab, test.subject, sends, i, "", ""); may {
					wantMail(g, label)
				} else {
					wantNone("nothing is written", g)
				}
				if now := browsertest.Eval[string](t, tab, fmt.Sprintf(`answerTo(%q).querySelector('[data-words] label').textContent`, test.subject)); now != asks {
					t.Errorf("%s: %s asks %q, want %q", test.subject, label, now, asks)
				}
				wantMail(give(t, tab, test.subject, sends, i, "", words), label, words)
			}
		}
		if n := browsertest.Eval[int](t, tab, fmt.Sprintf(`answerTo(%q).querySelectorAll('[type=radio]').length`, test.subject)); n != len(test.choices) {
			t.Errorf("%s: there are %d answers, want %d", test.subject, n, len(test.choices))
		}
	}
}

// readable returns what stands for people above the one sealed reply that a text must hold.
func readable(t *testing.T, text, lineEnd string) string {
	t.Helper()
	text = strings.ReplaceAll(text, lineEnd, "\n")
	above, block, _ := strings.Cut(text, "\n\nSealed for Zqadalin. Please leave these lines as they are:\n")
	if found := reply.FindText(block); len(found) != 1 || found[0].Cut || seal.ValidateReply(found[0].Sealed) != nil {
		t.Errorf("there is no sealed reply in %q", text)
	}
	return above
}

// What does not go into a mail is copied, and what cannot be copied stands there to be copied.
func TestAnswersAreCopied(t *testing.T) {
	t.Parallel()
	tab := openAnswers(t, browsertest.Open(t), asItIs)
	const subject = "A change: Zqlarger jars"
	text := func(words string) string {
		return "Hello Zqadalin,\n\nthis is about “Zqlarger jars”.\n\nNo\n\n" + words + "\n\nZqpatricia Zqmoe"
	}
	g := give(t, tab, subject, copies, 2, "", "Zqtoo large")
	if len(g.Mails) > 0 || len(g.Copies) != 1 || readable(t, g.Copies[0], "\n") != text("Zqtoo large") ||
		!strings.Contains(g.Said, "The text is copied. Send it to Zqadalin, at zqadalin@zqprovider.example. Was it sent?") {
		t.Errorf("of what is to be copied there comes %q", g)
	}
	long := strings.TrimSpace(strings.Repeat("Zqlong 🎉 ", 200))
	g = give(t, tab, subject, sends, 2, "", long)
	if m := taken(t, g); m.subject != subject || m.body != "" {
		t.Errorf("a long answer begins a mail on %q with %q", m.subject, m.body)
	}
	if len(g.Copies) != 1 || readable(t, g.Copies[0], "\n") != text(long) || !strings.Contains(g.Said, "That is too long to put into a mail from here. The text is copied") {
		t.Errorf("of a long answer there comes %q", g)
	}
	e2e.Run(t, tab, `refused = true`)
	g = give(t, tab, subject, copies, 2, "", "Zqtoo large")
	shown := browsertest.Eval[string](t, tab, fmt.Sprintf(`answerTo(%q).querySelector('[data-status] textarea').value`, subject))
	if len(g.Copies) > 0 || !strings.Contains(g.Said, "The browser did not let the text be copied.") || readable(t, shown, "\n") != text("Zqtoo large") {
		t.Errorf("where nothing may be copied there comes %q, and there stands %q", g, shown)
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
	calls := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('[data-turn] a[href^="tel:"]')].map((a) => a.getAttribute('href') + ' ' + a.textContent)`)
	if len(calls) != 12 || calls[0] != "tel:+4722000000 Call Ada Pine" {
		t.Errorf("the answers are %q", calls)
	}

	tab = e2e.On(t, b, e2e.FridayEvening)
	e2e.Visit(t, tab, newBusy(t, func(w *e2e.World) {
		noMail(w)
		w.Write(t, site.ProviderFile, strings.Replace(w.Read(t, site.ProviderFile), `, phone = "+47 22 00 00 00"`, "", 1))
	}), e2e.Home)
	said := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('[data-turn] summary + :is(form, p)')].map((p) => p.textContent.trim())`)
	if len(said) != 12 || said[0] != "Tell Ada Pine." {
		t.Errorf("the answers are %q", said)
	}
	if n := browsertest.Eval[int](t, tab, `document.querySelectorAll('[data-answer], [data-turn] a[href^="tel:"], #reach :is(a, button)').length`); n != 0 {
		t.Errorf("%d ways lead nowhere", n)
	}
}
