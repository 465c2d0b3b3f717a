package schema

import (
	"strings"
	"testing"
)

const wholeClient = `client = "Brindle Island Ferry"
portal = "brindle-ferry"
language = "en"
about = { business = "One boat" }

[people]
astrid = { name = "Astrid Holm", side = "client", email = "astrid@example.com" }
lucas = { name = "Lucas Baum", side = "provider" }

[promises]
reply_within = "4 hours"
check_in = "weekly"

[[goal]]
id = "boat"
title = "Nobody misses the last boat"

[[commitment]]
id = "boards"
title = "Boards"
customer = "astrid"
performer = "lucas"
satisfied_when = ["Read in the rain"]
moves = [
  { on = 2026-10-05, by = "astrid", did = "request", due = 2026-11-27T16:00:00Z },
]

[[commitment.deliverable]]
title = "Paper"
due = 2026-11-06
link = "https://example.com/paper"

[[risk]]
title = "Frost"
likelihood = "likely"
log = [ { on = 2026-11-14, impact = "minor" } ]

[[status]]
on = 2026-11-17
rag = "amber"
headline = "A week later"

[[message]]
received = 2026-11-18 09:12:00
by = "astrid"
about = "Fog"
urgent = true

[[pulse]]
asked = 2026-11-06
question = "How sure are you?"
ours = 4

[[file]]
on = 2026-10-28
title = "Proof"
file = "boards/proof.pdf"
`

const wholeProvider = `name = "Heron Works"
timezone = "Europe/Berlin"
base_url = "https://portal.example.com/"
working_hours = { days = ["mon", "tue"], from = "09:00", to = "17:30" }
closed = [2026-12-24]
frozen = 2026-11-20

[brand]
accent = "#1d5c73"
logo = "heron.svg"

[check]
promise-overdue = "error"
question-overdue = { severity = "warning", after_days = 1 }
`

const wholePrivate = `[fit]
why = "They say what is wrong."

[[observation]]
on = 2026-11-16
text = "She did not ask why."
upset = "unmet-expectation"
`

var wholes = map[string]string{"client": wholeClient, "provider": wholeProvider, "private": wholePrivate}

func TestWholeFilesAreFine(t *testing.T) {
	for name, text := range wholes {
		if ps := read(name, text); len(ps) > 0 {
			t.Errorf("%s: %v", name, ps)
		}
		doc, err := instance(text)
		if err != nil {
			t.Fatal(err)
		}
		for draft, s := range compiled(t, name) {
			if err := s.Validate(doc); err != nil {
				t.Errorf("%s in draft %s: %v", name, draft, err)
			}
		}
	}
}

// A single mistake is refused by the reader and underlined by the editor.
func TestSingleMistakes(t *testing.T) {
	for _, tt := range []struct{ name, file, written, mistaken, rule string }{
		{"a key at the top", "client", `language =`, `langauge =`, "unknown-key"},
		{"a table", "client", `[[goal]]`, `[[gaol]]`, "unknown-key"},
		{"a key in upper case", "client", `rag =`, `RAG =`, "unknown-key"},
		{"a key of a move", "client", `due = 2026-11-27T16:00:00Z`, `deu = 2026-11-27`, "unknown-key"},
		{"a key of a person", "client", `email =`, `mail =`, "unknown-key"},
		{"a key of about", "client", `business =`, `busyness =`, "unknown-key"},
		{"a key of a deliverable", "client", `link =`, `url =`, "unknown-key"},
		{"a key of the provider", "provider", `closed =`, `close =`, "unknown-key"},
		{"a key of a note", "private", `text =`, `txet =`, "unknown-key"},

		{"a number for a text", "client", `client = "Brindle Island Ferry"`, `client = 4`, "wrong-type"},
		{"a list for a text", "client", `title = "Boards"`, `title = ["Boards"]`, "wrong-type"},
		{"a text for a list", "client", `satisfied_when = ["Read in the rain"]`, `satisfied_when = "Read in the rain"`, "wrong-type"},
		{"a list of numbers", "client", `["Read in the rain"]`, `[1, 2]`, "wrong-type"},
		{"a text for yes", "client", `urgent = true`, `urgent = "yes"`, "wrong-type"},
		{"a text for a number", "client", `ours = 4`, `ours = "4"`, "wrong-type"},
		{"a fraction", "client", `ours = 4`, `ours = 3.5`, "wrong-type"},
		{"a number for a date", "client", `due = 2026-11-06`, `due = 20261106`, "wrong-type"},
		{"a word for a date", "client", `due = 2026-11-06`, `due = "soon"`, "wrong-type"},
		{"an hour without its date", "client", `due = 2026-11-06`, `due = 16:00:00`, "wrong-type"},
		{"a number for about", "client", `about = { business = "One boat" }`, `about = 1`, "wrong-type"},
		{"a table for a list of tables", "client", `[[goal]]`, `[goal]`, "wrong-type"},
		{"a list for a table", "client", `[promises]`, `[[promises]]`, "wrong-type"},
		{"a number for a severity", "provider", `promise-overdue = "error"`, `promise-overdue = 1`, "wrong-type"},
		{"a text for a limit", "provider", `after_days = 1`, `after_days = "1"`, "wrong-type"},

		{"a side", "client", `side = "provider"`, `side = "ours"`, "bad-value"},
		{"a cadence", "client", `check_in = "weekly"`, `check_in = "often"`, "bad-value"},
		{"a likelihood", "client", `likelihood = "likely"`, `likelihood = "high"`, "bad-value"},
		{"an impact in the log", "client", `impact = "minor"`, `impact = "low"`, "bad-value"},
		{"a colour word", "client", `rag = "amber"`, `rag = "yellow"`, "bad-value"},
		{"a move", "client", `did = "request"`, `did = "requested"`, "illegal-move"},
		{"a duration", "client", `"4 hours"`, `"4h"`, "bad-value"},
		{"an id", "client", `id = "boat"`, `id = "The Boat"`, "bad-value"},
		{"a person's id", "client", `lucas = { name`, `Lucas = { name`, "bad-value"},
		{"a friendly path", "client", `"brindle-ferry"`, `"Brindle Ferry"`, "bad-value"},
		{"a path that is taken", "client", `"brindle-ferry"`, `"assets"`, "bad-value"},
		{"an e-mail address", "client", `"astrid@example.com"`, `"astrid at example.com"`, "bad-value"},
		{"a link without its beginning", "client", `"https://example.com/paper"`, `"example.com/paper"`, "bad-value"},
		{"a link of another kind", "client", `"https://example.com/paper"`, `"javascript:alert(1)"`, "bad-value"},
		{"a file of elsewhere", "client", `"boards/proof.pdf"`, `"/boards/proof.pdf"`, "bad-file"},
		{"a score", "client", `ours = 4`, `ours = 6`, "bad-value"},
		{"a score of nothing", "client", `ours = 4`, `ours = 0`, "bad-value"},
		{"a year", "client", `due = 2026-11-06`, `due = 0206-11-06`, "bad-date"},
		{"a colour", "provider", `"#1d5c73"`, `"teal"`, "bad-value"},
		{"a day of the week", "provider", `"tue"`, `"tuesday"`, "bad-value"},
		{"an hour", "provider", `"17:30"`, `"5pm"`, "bad-value"},
		{"a base", "provider", `"https://portal.example.com/"`, `"portal.example.com"`, "bad-value"},
		{"a severity", "provider", `promise-overdue = "error"`, `promise-overdue = "loud"`, "bad-value"},
		{"a severity in a table", "provider", `severity = "warning"`, `severity = "loud"`, "bad-value"},
		{"an upset", "private", `"unmet-expectation"`, `"annoyed"`, "bad-value"},

		{"no client", "client", `client = "Brindle Island Ferry"`, ``, "missing-field"},
		{"an empty client", "client", `client = "Brindle Island Ferry"`, `client = ""`, "missing-field"},
		{"no name of a person", "client", `name = "Lucas Baum", `, ``, "missing-field"},
		{"no customer", "client", `customer = "astrid"`, ``, "missing-field"},
		{"no date of a move", "client", `{ on = 2026-10-05, `, `{ `, "missing-field"},
		{"no move", "client", `  { on = 2026-10-05, by = "astrid", did = "request", due = 2026-11-27T16:00:00Z },`, ``, "missing-field"},
		{"no due of a deliverable", "client", `due = 2026-11-06`, ``, "missing-field"},
		{"no headline", "client", `headline = "A week later"`, ``, "missing-field"},
		{"nothing to open", "client", `file = "boards/proof.pdf"`, ``, "missing-field"},
		{"no zone", "provider", `timezone = "Europe/Berlin"`, ``, "missing-field"},
		{"no text of a note", "private", `text = "She did not ask why."`, ``, "missing-field"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if strings.Count(wholes[tt.file], tt.written) != 1 {
				t.Fatalf("the whole file does not have %s once", tt.written)
			}
			refused(t, tt.name, tt.file, strings.Replace(wholes[tt.file], tt.written, tt.mistaken, 1), tt.rule)
		})
	}
}
