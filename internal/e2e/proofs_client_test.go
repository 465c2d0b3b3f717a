package e2e_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
)

// canaries draws words that stand nowhere else, and keeps them.
type canaries struct {
	random *rand.Rand
	all    []string
}

// scripts are the letters that words are drawn of; the first are those of ids.
var scripts = []string{"abcdefghijklmnoprstuvwz", "abcdeäöüßéñç", "абвгдежзиклмнопрст", "αβγδεζηθικλμνξοπρτυ", "ابتجحدرزسشعفقكلمنهو", "היאשלומכתבגדרקטע", "的一是不了人我在有他这中大来上"}

// word draws a word in any script, and id one that can be an id or a file's name.
func (c *canaries) word() string { return c.draw(scripts[c.random.IntN(len(scripts))]) }
func (c *canaries) id() string   { return c.draw(scripts[0]) }

func (c *canaries) draw(letters string) string {
	of := []rune(letters)
	var word []rune
	for range 10 + c.random.IntN(5) {
		word = append(word, of[c.random.IntN(len(of))])
	}
	c.all = append(c.all, string(word))
	return string(word)
}

// fullClient has every table and every key that a client's file may have. In it, § is a
// new word, $ a new one of plain letters, and @name an id, the same wherever it stands.
const fullClient = `
client = "§ §"
PORTAL
timezone = "ZONE"
language = "LANGUAGE"
lead = "@ours"
welcome = "§ *§* [§](https://$.example/$) <b>§</b>"
about = { business = "§ §", concerns = "§", style = "§", private = PRIVATE }
[people]
@one = { name = "§ §", side = "client", role = "§", email = "$@$.example", phone = "+1 555 018 2736" }
@two = { name = "§", called = "§ §", side = "client", role = "§", private = false }
@ours = { name = "§ §", side = "provider", role = "§" }
[promises]
reply_within = "7 hours"
reply_latest = "same business day"
urgent_within = "2 hours"
answer_within = "11 days"
accept_within = "13 days"
check_in = "weekly"
check_in_why = "§"
private = PRIVATE
[[goal]]
id = "@goal"
title = "§ §"
measure = "§"
target = "§"
now = "§"
measured = 2026-09-30
private = false
[[commitment]]
id = "@booking"
title = "§ **§**"
goal = "@goal"
customer = "@one"
performer = "@ours"
outcome = "§"
satisfied_when = ["§ §", "§"]
deliver_how = "§"
notify_how = "§"
better_way = "§"
needs = ["@photos"]
private = false
moves = [
  { on = 2026-10-01, by = "@one", did = "request", due = 2026-11-13, note = "§", private = false },
  { on = 2026-10-02, by = "@ours", did = "commit-to-commit", answer_by = 2026-10-07, note = "§" },
  { on = 2026-10-06, by = "@ours", did = "counter", due = 2026-11-27, satisfied_when = ["§", "§"], note = "§" },
  { on = 2026-10-08, by = "@one", did = "agree", note = "§", via = "qL2vYb0mTz6RrC1kXw8s01 2026-11-20", called = "§" },
  { on = 2026-10-09, by = "@ours", did = "summarize", note = "§ §" },
  { on = 2026-10-12, by = "@one", did = "confirm", note = "§" },
  { on = 2026-10-13, by = "@ours", did = "renegotiate", due = 2026-12-04, also = ["§"], with_interim = true, note = "§" },
  { on = 2026-10-14, by = "@one", did = "agree", note = "§" },
]
  [[commitment.deliverable]]
  id = "@interim"
  title = "§"
  due = 2026-10-23
  link = "https://$.example/$?$=$"
  file = "@annex.txt"
  private = false
  moves = [
    { on = 2026-10-22, by = "@ours", did = "deliver", note = "§" },
    { on = 2026-10-26, by = "@one", did = "reject", unmet = ["§"], note = "§" },
    { on = 2026-10-27, by = "@ours", did = "deliver", note = "§" },
    { on = 2026-10-28, by = "@one", did = "accept", thanks = "§", co_created = "§", met = ["§"], improve = ["§"], note = "§" },
  ]
[[commitment]]
id = "@photos"
title = "§"
customer = "@ours"
performer = "@two"
satisfied_when = ["§"]
reopens = "@before"
moves = [
  { on = 2026-11-02, by = "@ours", did = "request", due = 2026-12-11 },
  { on = 2026-11-03, by = "@two", did = "promise" },
]
[[commitment]]
id = "@before"
title = "§"
customer = "@ours"
performer = "@two"
moves = [
  { on = 2026-10-05, by = "@ours", did = "request" },
  { on = 2026-10-06, by = "@two", did = "decline", note = "§" },
]
[[commitment]]
id = "@hidden"
private = true
title = "§ §"
customer = "@one"
performer = "@ours"
moves = [ { on = 2026-11-16, by = "@one", did = "request", due = 2027-01-15, note = "§" } ]
[[risk]]
id = "@risk"
title = "§"
likelihood = "likely"
impact = "major"
owner = "@one"
raised_by = "@ours"
mitigation = "§"
affects = ["@booking"]
opened = 2026-10-05
review = 2026-11-24
private = false
log = [{ on = 2026-10-10, note = "§", likelihood = "unlikely", impact = "minor", private = false }]
[[risk]]
title = "§"
likelihood = "rare"
impact = "severe"
mitigation = "§"
opened = 2026-10-05
closed = 2026-10-20
outcome = "§"
[[status]]
id = "@note"
on = 2026-11-09
rag = "amber"
rag_because = "§"
headline = "§ §"
acknowledges = "§"
means_for_you = "§"
why = "§"
doing = "§"
prevents = "§"
need = ["§: §"]
body = "§\n\n- §\n\n> §"
next_update = 2026-11-23
private = false
[[question]]
via = "qL2vYb0mTz6RrC1kXw8s02 2026-11-20"
called = "§"
id = "@question"
asked = 2026-11-10
by = "@ours"
to = "@one"
text = "§"
commitment = "@booking"
answer_by = 2026-11-26
answered = 2026-11-12
answer = "§"
batch = "@batch"
private = false
[[message]]
via = "qL2vYb0mTz6RrC1kXw8s03 2026-11-20"
called = "§"
id = "@message"
received = 2026-11-16T09:12:00
by = "@two"
about = "§"
commitment = "@booking"
urgent = true
acknowledged = 2026-11-16T09:41:00
resolved = 2026-11-17T10:00:00
private = false
[[decision]]
id = "@decision"
on = 2026-10-23
by = "@one"
text = "§ §"
why = "§"
commitment = "@booking"
private = PRIVATE
[[assumption]]
via = "qL2vYb0mTz6RrC1kXw8s04 2026-11-20"
called = "§"
id = "@assumption"
on = 2026-10-07
text = "§"
commitment = "@booking"
confirmed = 2026-10-20
confirmed_by = "@one"
private = false
[[assumption]]
on = 2026-10-07
text = "§"
wrong = 2026-10-21
[[change]]
via = "qL2vYb0mTz6RrC1kXw8s05 2026-11-20"
called = "§"
id = "@change"
on = 2026-11-12
by = "@one"
text = "§"
effect = "§"
agreed = 2026-11-13
commitment = "@booking"
private = false
[[change]]
on = 2026-11-10
by = "@ours"
text = "§"
declined = 2026-11-11
[[check_in]]
via = "qL2vYb0mTz6RrC1kXw8s06 2026-11-20"
called = "§"
id = "@talk"
on = 2026-11-10
with = ["@one", "@ours"]
recap = "§ §"
confirmed = 2026-11-11
next_check_in = 2026-11-24T10:00:00
private = false
[[pulse]]
via = "qL2vYb0mTz6RrC1kXw8s07 2026-11-20"
called = "§"
id = "@pulse"
asked = 2026-10-09
question = "§"
ours = 5
theirs = 3
answered = 2026-10-14
gap_action = "§"
private = false
[[term]]
via = "qL2vYb0mTz6RrC1kXw8s08 2026-11-20"
called = "§"
word = "§"
means = "§ §"
picture = "@picture.png"
confirmed = 2026-10-09
private = false
[[file]]
id = "@contract"
on = 2026-10-15
title = "§"
link = "https://$.example/$"
note = "§"
private = false
[[file]]
on = 2026-10-16
title = "§"
file = "@annex.txt"
[review]
on = 2026-11-18
went_well = ["§"]
improve = ["§"]
client_says = "§"
provider_says = "§"
private = PRIVATE
`

// A drawn client is a file with words of its own, and the files that it names.
type drawnClient struct {
	id, text string
	files    map[string]string
	// friendly is the name that its address shows; "" where it has none.
	friendly string
}

var (
	idMark   = regexp.MustCompile(`@[a-z]+`)
	wordMark = regexp.MustCompile(`[§$]`)
)

// drawClient fills fullClient in with words that are drawn.
func (c *canaries) drawClient() drawnClient {
	d := drawnClient{id: c.id(), files: map[string]string{}}
	pick := func(from ...string) string { return from[c.random.IntN(len(from))] }
	portal := ""
	if c.random.IntN(3) == 0 {
		before := len(c.all)
		d.friendly = c.id()
		c.all = c.all[:before] // it is meant to be seen
		portal = fmt.Sprintf("portal = %q", d.friendly)
	}
	text := strings.NewReplacer(
		"PORTAL", portal, "ZONE", pick("Antarctica/Troll", "Asia/Kathmandu", "America/St_Johns", "Europe/Lisbon"),
		"LANGUAGE", pick("en", "de", "es", "fr", "ar"),
	).Replace(fullClient)
	for strings.Contains(text, "PRIVATE") {
		text = strings.Replace(text, "PRIVATE", pick("true", "false"), 1)
	}
	ids := map[string]string{}
	text = idMark.ReplaceAllStringFunc(text, func(mark string) string {
		if ids[mark] == "" {
			ids[mark] = c.id()
		}
		return ids[mark]
	})
	d.text = wordMark.ReplaceAllStringFunc(text, func(mark string) string {
		if mark == "$" {
			return c.id()
		}
		return c.word()
	})
	d.files[ids["@picture"]+".png"] = "\x89PNG\r\n\x1a\n" + c.id()
	d.files[ids["@annex"]+".txt"] = c.word() + " " + c.word() + "\n"
	return d
}
