package ui

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"

	"portalgen/internal/diag"
	"portalgen/internal/today"
)

// A Choice is a key that can be pressed, and its meaning.
type Choice struct {
	Key  rune
	Says string
}

// The keys with the same meaning at every step of a week. KeyEnter leaves things unchanged.
const (
	KeyEnter  = '\n'
	KeyBack   = 'b'
	KeyNote   = 's'
	KeyNext   = 'n'
	KeyFinish = 'q'
)

// WayChoice returns the key for a way to settle an item (check.Ways).
func WayChoice(way []string) Choice {
	// A table that occurs once has no ITEM.
	at := map[string]int{"add": 1, "move": 3, "update": min(4, len(way)-1)}[way[0]]
	return wayChoices[way[0]+" "+way[at]]
}

var wayChoices = map[string]Choice{
	"move deliver": {'d', "delivered"}, "move renegotiate": {'t', "another date"}, "move progress": {'p', "say how it stands"},
	"move promise": {'y', "promised"}, "move counter": {'o', "other terms"}, "move decline": {'x', "said no"},
	"move commit-to-commit": {'l', "will answer later"}, "move agree": {'y', "agreed"}, "move accept": {'y', "accepted"},
	"move reject": {'x', "not accepted"}, "move answer": {'a', "answered"}, "move confirm": {'y', "confirmed"},
	"move correct": {'c', "corrected"}, "move summarize": {'u', "sum it up"}, "move request": {'r', "ask anew"}, "move close": {'z', "closed without an answer"},

	"update answer": {'a', "answered"}, "update acknowledged": {'a', "acknowledged"}, "update resolved": {'r', "resolved"},
	"update agreed": {'y', "agreed"}, "update declined": {'x', "said no"}, "update confirmed": {'y', "confirmed"}, "update wrong": {'x', "was wrong"},
	"update theirs": {'v', "scored"}, "update gap-action": {'g', "what was done"}, "update note": {'l', "looked at again"},
	"update outcome": {'e', "it is over"}, "update owner": {'w', "who looks after it"}, "update mitigation": {'m', "what is done about it"},
	"update measure": {'v', "measured"}, "update next-update": {'d', "another day"}, "update next-check-in": {'d', "another day"},
	"update acknowledges": {'f', "add what is missing"}, "update satisfied-when": {'w', "how both will know"},
	"update needs": {'e', "what it needs"}, "update reply-latest": {'d', "another time"}, "update due": {'d', "another date"},
	"update done": {'d', "done"},

	"add check-in": {'c', "check-in"}, "add status": {KeyNote, "status note"}, "add pulse": {'p', "pulse"}, "add term": {'w', "explain it"},
}

// WeekClient shows everything to do for one client, as today shows it.
func (t *Terminal) WeekClient(list today.List, items []today.Item, n, of int) {
	if len(items) == 0 {
		return
	}
	t.Say("\n%s", t.bold(fmt.Sprintf("%s (%d of %d)", diag.Printable(items[0].Name), n, of)))
	for _, g := range today.Groups {
		title := groupTitles[g]
		for _, i := range items {
			if i.Group != g {
				continue
			}
			if title != "" {
				t.Say("  %s", title)
				title = ""
			}
			i.Ways = nil
			t.item(list.Today, i.Who, i)
		}
	}
}

func (t *Terminal) WeekItem(list today.List, i today.Item) {
	t.Say("")
	i.Ways = nil
	t.item(list.Today, i.Who, i)
}

// The texts of week.
const (
	WeekNote      = "status note"
	WeekHeadline  = "How does it stand, in one line? Enter opens your editor"
	WeekLeave     = "leave it"
	WeekNextOne   = "next client"
	WeekBack      = "back"
	WeekStop      = "stop here"
	SendThem      = "Their links work once public/ is published. Send them?"
	WeekNeedsTerm = "week asks at a terminal; `portalgen today` says what there is to do"
)

// NothingToDo says that there is nothing to do.
func (t *Terminal) NothingToDo() {
	t.Say("Nothing is late, nothing is due this week, and nothing waits on a client.")
}

// WeekStopped says how to continue.
func (t *Terminal) WeekStopped() { t.Note("`portalgen week` goes on here.") }

// WeekMail shows a message to send: its file or the message itself, its recipient and its subject.
func (t *Terminal) WeekMail(file string, to mail.Address, subject string) {
	whom := ""
	if to.Address != "" {
		whom = "  to " + to.String()
	}
	t.Say("%s%s: %s", file, diag.Printable(whom), diag.Printable(subject))
}

// WeekMailsNext says what to do before the links in drafted messages work.
func (t *Terminal) WeekMailsNext() {
	t.Note("The links work once public/ is published: publish it, then send the messages.")
}

// Unaddressed says for which clients' messages no address is known.
func (t *Terminal) Unaddressed(clients []string) {
	t.Note("No address is known for the messages of %s: who gets one has an email in [people], and a passphrase.",
		strings.Join(clients, ", "))
}

// NotSent says what happens to messages that were not sent.
func (t *Terminal) NotSent() {
	t.Note("What was not sent is kept: %s has it again.", t.here("portalgen week"))
}

func (t *Terminal) Sent(n int) { t.Say("%s sent.", plural(n, "message", "messages")) }

// Key asks for one of the keys of choices, without Enter. It fails with ErrCancelled if the input ends, and
// at Ctrl-C and Ctrl-D.
func (a *Asker) Key(choices []Choice) (rune, error) {
	var says []string
	for _, c := range choices {
		key := string(c.Key)
		if c.Key == KeyEnter {
			key = "Enter"
		}
		says = append(says, key+" "+c.Says)
	}
	fmt.Fprintf(a.out, "  %s ", strings.Join(says, " · "))
	for {
		key, err := a.key()
		if err != nil {
			fmt.Fprintln(a.out)
			return 0, err
		}
		if i := slices.IndexFunc(choices, func(c Choice) bool { return c.Key == key }); i >= 0 {
			fmt.Fprintf(a.out, "→ %s\n", choices[i].Says)
			return key, nil
		}
		fmt.Fprint(a.out, "\a") // not one of the keys
	}
}

// key reads one key. A terminal delivers it at once, without showing it.
func (a *Asker) key() (rune, error) {
	if a.raw != nil && a.in.Buffered() == 0 {
		restore, err := a.raw()
		if err != nil {
			return 0, err
		}
		defer restore()
	}
	key, _, err := a.in.ReadRune()
	switch {
	case err != nil || key == 3 || key == 4: // Ctrl-C, Ctrl-D
		return 0, ErrCancelled
	case key == '\r' || key == ' ':
		key = KeyEnter
	}
	return key, nil
}
