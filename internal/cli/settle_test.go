package cli

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/check"
	"portalgen/internal/diag"
	"portalgen/internal/pipeline"
	"portalgen/internal/rule"
	"portalgen/internal/ui"
)

// unsettledFile holds one of each thing that today and check tell of and that a command settles.
const unsettledFile = `client = "Acme"
[people]
maria = { name = "Maria Ruiz", side = "client", email = "maria@acme.example" }
theo = { name = "Theo Lund", side = "client" }
dev = { name = "Dev Patel", side = "provider" }
[promises]
check_in = "weekly"
reply_within = "4 hours"
reply_latest = "2 hours"
[[goal]]
id = "calls"
title = "Fewer calls"
[[commitment]]
id = "late"
title = "A late thing"
customer = "maria"
performer = "dev"
goal = "calls"
needs = ["gone", "photos"]
moves = [
  { on = 2026-10-02, by = "maria", did = "request", due = 2026-11-18 },
  { on = 2026-10-03, by = "dev", did = "promise", due = 2026-11-19 },
]
  [[commitment.deliverable]]
  id = "draft"
  title = "A draft"
  due = 2026-11-24
  [[commitment.deliverable]]
  id = "after"
  title = "A thing after"
  due = 2026-12-24
[[commitment]]
id = "gone"
title = "A thing that was declined"
customer = "dev"
performer = "theo"
moves = [ { on = 2026-10-02, by = "dev", did = "request" }, { on = 2026-10-02, by = "theo", did = "decline", note = "No" } ]
[[commitment]]
id = "photos"
title = "Photos"
customer = "dev"
performer = "theo"
moves = [ { on = 2026-10-02, by = "dev", did = "request", due = 2026-11-16 }, { on = 2026-10-03, by = "theo", did = "promise" } ]
[[commitment]]
id = "asked"
title = "A thing asked for"
customer = "maria"
performer = "dev"
moves = [ { on = 2026-11-12, by = "maria", did = "request" }, { on = 2026-11-16, by = "maria", did = "request" } ]
[[commitment]]
id = "moved"
title = "A thing to move"
customer = "maria"
performer = "dev"
satisfied_when = ["It is there"]
moves = [
  { on = 2026-11-02, by = "maria", did = "request", due = 2026-12-01 },
  { on = 2026-11-03, by = "dev", did = "promise" },
  { on = 2026-11-04, by = "dev", did = "renegotiate", due = 2026-12-05, answer_by = 2026-11-10, note = "Ill" },
]
[[commitment]]
id = "ours"
title = "A thing they moved"
customer = "maria"
performer = "dev"
satisfied_when = ["It is there"]
moves = [
  { on = 2026-11-02, by = "maria", did = "request", due = 2026-12-01 },
  { on = 2026-11-03, by = "dev", did = "promise" },
  { on = 2026-11-04, by = "maria", did = "renegotiate", due = 2026-11-30, note = "The fair" },
]
[[commitment]]
id = "passed"
title = "Terms that have passed"
customer = "maria"
performer = "dev"
satisfied_when = ["It is there"]
moves = [ { on = 2026-11-02, by = "dev", did = "offer", due = 2026-11-17 } ]
[[commitment]]
id = "here"
title = "A thing delivered"
customer = "maria"
performer = "dev"
satisfied_when = ["It is there"]
moves = [
  { on = 2026-11-02, by = "maria", did = "request", due = 2026-11-12 },
  { on = 2026-11-03, by = "dev", did = "promise" },
  { on = 2026-11-11, by = "dev", did = "deliver", answer_by = 2026-11-13 },
]
[[commitment]]
id = "back"
title = "A thing sent back"
customer = "maria"
performer = "dev"
satisfied_when = ["It is there"]
moves = [
  { on = 2026-11-02, by = "maria", did = "request", due = 2026-11-12 },
  { on = 2026-11-03, by = "dev", did = "promise" },
  { on = 2026-11-11, by = "dev", did = "deliver" },
  { on = 2026-11-13, by = "maria", did = "reject", note = "Grey" },
]
[[commitment]]
id = "talk"
title = "A thing with questions"
customer = "maria"
performer = "dev"
satisfied_when = ["It is there"]
moves = [
  { on = 2026-11-02, by = "maria", did = "request", due = 2026-12-02 },
  { on = 2026-11-03, by = "dev", did = "promise" },
  { on = 2026-11-04, by = "dev", did = "summarize", note = "By 2 December" },
  { on = 2026-11-05, by = "maria", did = "ask-help", answer_by = 2026-11-10, note = "How?" },
  { on = 2026-11-06, by = "maria", did = "ask", answer_by = 2026-11-10, note = "Which?" },
]
[[risk]]
title = "It may rain"
likelihood = "likely"
impact = "major"
opened = 2026-10-02
review = 2026-11-10
[[status]]
on = 2026-10-10
rag = "amber"
headline = "Late"
why = "As I already said, it rained"
next_update = 2026-11-14
[[question]]
asked = 2026-11-02
by = "dev"
to = "maria"
text = "Which door?"
answer_by = 2026-11-10
[[question]]
asked = 2026-11-02
by = "maria"
to = "dev"
text = "Who's there?"
answer_by = 2026-11-10
[[message]]
received = 2026-11-17T09:00:00
by = "maria"
about = "Fog at the door"
[[message]]
received = 2026-11-18T09:00:00
by = "maria"
about = "The fog, once more"
[[message]]
received = 2026-11-17T09:00:00
by = "theo"
about = "The colour"
acknowledged = 2026-11-17T10:00:00
[[assumption]]
on = 2026-10-02
text = "The wall is dry"
[[change]]
on = 2026-11-02
by = "dev"
text = "Blue tiles"
[[change]]
on = 2026-11-02
by = "maria"
text = "Red tiles"
[[check_in]]
on = 2026-11-06
with = ["dev", "maria"]
recap = "All late"
next_check_in = 2026-11-28
[[pulse]]
asked = 2026-10-01
question = "How clear?"
ours = 5
theirs = 2
[[pulse]]
asked = 2026-11-10
question = "How fast?"
ours = 5
[[term]]
word = "it's done"
means = "Nobody has to come back"
`

// A reader answers what is asked: with what is offered, else with something that will do.
type reader struct {
	asked bytes.Buffer
	rest  string
	typed int // how many keys
}

func (r *reader) Write(p []byte) (int, error) { return r.asked.Write(p) }

func (r *reader) Read(p []byte) (int, error) {
	if r.rest == "" {
		lines := strings.Split(strings.TrimRight(r.asked.String(), " \n"), "\n")
		r.rest = answerTo(lines[len(lines)-1]) + "\n"
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	r.typed += n
	return n, nil
}

func answerTo(question string) string {
	_, choices, some := strings.Cut(question, " (")
	switch {
	case strings.HasPrefix(question, "By when"), strings.Contains(question, "next one"), strings.Contains(question, "looked at again"),
		strings.Contains(question, "hear from you next"):
		return "+12"
	case strings.HasSuffix(question, "]"):
		return ""
	case strings.HasPrefix(question, "When"):
		return "today"
	case strings.HasPrefix(question, "And the very latest"):
		return "2 days"
	case strings.Contains(question, "1 to 5"):
		return "4"
	case strings.Contains(question, "it waits on"):
		return "photos"
	case some:
		return strings.FieldsFunc(choices, func(r rune) bool { return r == ',' || r == ')' })[0]
	}
	return "Said and done"
}

// lines returns what is told of a site, with its command.
func linesOf(t *testing.T, d *counter) map[string][][]string {
	t.Helper()
	s, b, err := d.app.open(pipeline.Options{})
	if err != nil {
		t.Fatal(err, d.stderr.String())
	}
	defer s.Close()
	list, ps := b.Today()
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	all := map[string][][]string{}
	for _, i := range list.Items {
		all["today: "+i.Kind+" "+i.What+" "+i.Due.String()] = i.Ways
	}
	found, err := b.Check()
	if err != nil {
		t.Fatal(err)
	}
	c, _, _ := b.Read("acme")
	for _, p := range found {
		ways := check.Ways(p.Rule, c, p.Pos)
		if told, err := splitCommand(p.Command); p.Rule == rule.Tone && err == nil && len(told) > 1 {
			ways = [][]string{told[1:]}
		}
		all["check: "+p.Rule+" "+p.Message] = ways
		if len(ways) > 0 && p.Command == "" || len(ways) == 0 && p.Command != "" {
			t.Errorf("%s: %q, and %v", p.Message, p.Command, ways)
		}
	}
	return all
}

// Every command that today and check print settles the line that it stands below, or leads to one
// that does; and each way has a key of its own.
func TestCommandsSettleTheirLines(t *testing.T) {
	all := linesOf(t, standAt(t, unsettledFile))
	if len(all) < 59 {
		t.Errorf("only %d lines are told", len(all))
	}
	byWay := map[string][]string{} // the lines that a way settles
	for line, ways := range all {
		if len(ways) == 0 && !strings.HasPrefix(line, "check: nobody-has-access") {
			t.Errorf("no command settles %s", line)
		}
		keys := map[rune]bool{}
		for _, way := range ways {
			c := ui.WayChoice(way)
			item := !strings.HasPrefix(line, "check: "+rule.Tone) // of a week
			if item && (c.Says == "" || keys[c.Key] || strings.ContainsRune("bnq\n", c.Key)) {
				t.Errorf("%q has no key of its own", way)
			}
			keys[c.Key] = true
			key := strings.Join(way, "\x00")
			byWay[key] = append(byWay[key], line)
		}
	}
	week, commands := 0, 0
	for key, lines := range byWay {
		t.Run(strings.ReplaceAll(key, "\x00", " "), func(t *testing.T) {
			way := strings.Split(key, "\x00")
			typed := settles(t, way, lines)
			week += len("k") + typed
			commands += len(diag.Command(way...)+"\n") + typed
		})
	}
	if week == 0 || 3*week > commands {
		t.Errorf("a week takes %d keys, the same by single commands %d", week, commands)
	}
}

// settles expects a way to make lines go, in a site of its own. Where it leaves one with another
// way, that is gone too. It returns how many keys answer what the first way asks.
func settles(t *testing.T, way, lines []string) (typed int) {
	t.Helper()
	d := standAt(t, unsettledFile)
	said := ""
	for range 3 {
		person := &reader{}
		w := &weekly{app: d.app, asker: ui.NewAsker(person, person)}
		if err := w.run(way); err != nil {
			t.Fatalf("%q: %v\n%s%s", way, err, person.asked.String(), d.stderr.String())
		}
		if typed == 0 {
			typed = person.typed
		}
		said += strings.Join(way, " ") + "\n" + person.asked.String()
		all := linesOf(t, d)
		lines = slices.DeleteFunc(lines, func(line string) bool {
			ways, there := all[line]
			// What is said of a promise, and a later answer, leave it to be done.
			return !there || way[0] == "move" && slices.Contains([]string{"progress", "commit-to-commit"}, way[3]) && !slices.Equal(ways[0], way)
		})
		if len(lines) == 0 {
			return typed
		}
		way = all[lines[0]][0]
	}
	t.Errorf("%q are still there after\n%s", lines, said)
	return typed
}
