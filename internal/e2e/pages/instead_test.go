package pages

import (
	"strings"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

// A reader who came by a link is told for whom a thing waits once they say that they are somebody else, on Home and on the
// page where it is decided.
func TestWhoAnswersInsteadOfAnotherIsTold(t *testing.T) {
	t.Parallel()
	tab := openAnswers(t, browsertest.Open(t), func(w *e2e.World) {
		name := site.ClientFile(busy)
		w.Write(t, name, strings.Replace(w.Read(t, name), "[people]\n", "[people]\n"+busyColleague+"\n", 1))
	})
	const said = `(() => {
		const form = document.querySelector('[data-person=zqpat] [data-answer=decide_due]');
		const [who] = form.getElementsByTagName('select');
		const [name] = [...form.querySelectorAll('[name=called]')];
		const told = [];
		const say = (value, typed) => {
			who.value = value;
			who.dispatchEvent(new Event('change', { bubbles: true }));
			name.value = typed;
			who.dispatchEvent(new Event('input', { bubbles: true }));
			told.push([...form.querySelectorAll('p:not([hidden])')].some((p) => p.textContent.startsWith('This is for Zqpatricia to answer.')) ? 'told' : '');
		};
		say('', '');
		say('zqpat', '');
		say('zqsam', '');
		say('+', 'Zqpatricia Zqmoe');
		say('+', 'Zqolga');
		say('', '');
		return told.join();
	})()`
	// Until somebody is chosen the sentence has a place for the name; whose turn it is comes first in the list.
	const nobody = `(() => {
		const form = document.querySelector('[data-person=zqpat] [data-answer=decide_due]');
		form.querySelector('[value=yes_due]').click();
		return form.querySelector('[data-stands]').textContent + ', ' + form.getElementsByTagName('select')[0].options[1].value;
	})()`
	if got := browsertest.Eval[string](t, tab, nobody); got != "This will stand here: Zqwax by post: (your name) agreed to 11 December, zqpat" {
		t.Errorf("before a name is chosen it says %q", got)
	}
	const want = ",,told,,told,"
	if got := browsertest.Eval[string](t, tab, said); got != want {
		t.Errorf("on Home it says %q, want %q", got, want)
	}
	e2e.Run(t, tab, `document.querySelector('[data-person=zqpat]:has([data-answer=decide_due]) [data-way] a').click()`)
	e2e.Await(t, tab, e2e.Inner)
	e2e.Await(t, tab, "[data-person=zqpat] [data-answer=decide_due] select")
	if got := browsertest.Eval[string](t, tab, said); got != want {
		t.Errorf("on its page it says %q, want %q", got, want)
	}
}
