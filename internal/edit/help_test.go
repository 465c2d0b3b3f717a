package edit_test

import (
	"strings"
	"testing"
	"time"

	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/edit"
)

// The moment of all edits here: the 20th, and already the 21st in Tokyo.
var now = time.Date(2026, 11, 20, 17, 12, 30, 0, time.UTC)

type clock time.Time

func (c clock) In(loc *time.Location) time.Time { return time.Time(c).In(loc) }

const head = `client = "Acme"
[people]
maria = { name = "Maria Ruiz", side = "client" }
theo  = { name = "Theo Lund", side = "client" }
dev   = { name = "Dev Patel", side = "provider" }
`

const booking = head + `
[[commitment]]
id        = "booking"
title     = "Online booking"
customer  = "maria"
performer = "dev"
moves = [
  { on = 2026-11-02, by = "maria", did = "request", due = 2026-11-18 },
  { on = 2026-11-03, by = "dev",   did = "promise" },
]

  [[commitment.deliverable]]
  title = "Prototype"
  due   = 2026-11-10

[[commitment]]
id = "photos"
title = "Photos of the rooms"
customer = "dev"
performer = "theo"
moves = [ { on = 2026-11-02, by = "dev", did = "request", due = 2026-12-16 } ]
`

func options() clientfile.Options {
	return clientfile.Options{Now: now, Provider: &client.Provider{Name: "North", Timezone: "Europe/London"}}
}

func open(t testing.TB, text string) *edit.File {
	t.Helper()
	f, err := edit.Open("acme", clientfile.Source{Name: "data/clients/acme.toml", Text: []byte(text)}, options(), clock(now), true)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// filled returns the change of a form that was set to key, value, key, value, …
func filled(t testing.TB, fm *edit.Form, set ...string) (*edit.Change, error) {
	t.Helper()
	for i := 0; i < len(set); i += 2 {
		if err := fm.Set(set[i], set[i+1]); err != nil {
			return nil, err
		}
	}
	if err := fm.Fill(false); err != nil {
		t.Fatal(err)
	}
	return fm.Change()
}

// lines returns what a change adds.
func lines(c *edit.Change) string {
	var b strings.Builder
	for line := range strings.Lines(c.Diff()) {
		if strings.HasPrefix(line, "+") && !strings.HasPrefix(line, "+++") {
			b.WriteString(line[1:])
		}
	}
	return b.String()
}

// asked fills a form as somebody who answers each question with the next of the answers, "" for
// Enter and "-" for none, and returns the questions: KEY for what can stay empty, KEY! for what
// cannot, with =DEFAULT.
func asked(t *testing.T, fm *edit.Form, answers ...string) string {
	t.Helper()
	if err := fm.Fill(true); err != nil {
		t.Fatal(err)
	}
	var asked []string
	for gap, ok := fm.Next(); ok && len(answers) > 0; gap, ok = fm.Next() {
		question, answer := gap.Key, answers[0]
		answers = answers[1:]
		if gap.Need {
			question += "!"
		}
		if gap.Default != "" {
			question += "=" + gap.Default
		}
		if answer == "" {
			answer = gap.Default
		}
		asked = append(asked, question)
		if answer == "" || answer == "-" {
			fm.Pass(gap.Key)
		} else if err := fm.Set(gap.Key, answer); err != nil {
			t.Fatal(err)
		}
	}
	return strings.Join(asked, " ")
}
