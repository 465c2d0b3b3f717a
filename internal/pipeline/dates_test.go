package pipeline_test

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

// overNewYear is a client whose dates lie on either side of a new year.
const overNewYear = `client = "Acme"
timezone = "Europe/Berlin"
[people]
maria = { name = "Maria Ruiz", side = "client" }
dev = { name = "Dev Patel", side = "provider" }

[[commitment]]
id = "sign"
title = "The sign"
customer = "maria"
performer = "dev"
satisfied_when = ["It hangs"]
moves = [
  { on = 2025-12-01, by = "maria", did = "request", due = 2026-01-15 },
  { on = 2025-12-02, by = "dev", did = "promise" },
  { on = 2025-12-03, by = "dev", did = "summarize", answer_by = 2025-12-05, note = "White" },
  { on = 2026-01-04, by = "maria", did = "confirm" },
  { on = 2026-01-05, by = "dev", did = "renegotiate", due = 2026-02-20, note = "Ill" },
  { on = 2026-01-06, by = "maria", did = "agree" },
]

[[commitment.deliverable]]
title = "A sketch"
due = 2025-12-20
link = "https://example.com/sketch"
moves = [
  { on = 2025-12-19, by = "dev", did = "deliver" },
  { on = 2026-01-02, by = "maria", did = "accept" },
]

[[commitment]]
id = "wall"
title = "The wall"
customer = "maria"
performer = "dev"
satisfied_when = ["It is dry"]
moves = [
  { on = 2025-10-01, by = "maria", did = "request", due = 2025-12-30 },
  { on = 2025-10-02, by = "dev", did = "promise" },
  { on = 2025-12-29, by = "dev", did = "renegotiate", due = 2026-02-01T10:00:00, note = "Rain" },
  { on = 2026-01-07, by = "maria", did = "agree" },
]

[[status]]
on = 2025-12-22
rag = "green"
headline = "It comes"
next_update = 2026-01-09

[[question]]
asked = 2025-12-22
by = "dev"
to = "maria"
text = "Which white?"
answered = 2026-01-03
answer = "Snow"

[[assumption]]
on = 2025-12-22
text = "The wall holds"
confirmed = 2026-01-08
confirmed_by = "maria"

[[risk]]
id = "rain"
title = "Rain"
impact = "minor"
owner = "dev"
opened = 2025-12-22
review = 2026-01-30

[[message]]
received = 2025-12-22T10:00:00
by = "maria"
about = "A word"
acknowledged = 2025-12-22T11:00:00
resolved = 2026-01-03
`

// Dates say their year where it is not that of the entry they stand in, and stand in a
// sentence as the language needs it.
func TestDatesInSentences(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 20, 12, 0, 0, 0, time.UTC)
	for language, want := range map[string][]string{
		"en": {
			"1 December 2025 MR Maria asked for it by 15 January 2026", "2 December 2025 DP Dev promised it for 15 January 2026", "5 January Dev proposed a new date, 20 February",
			"29 December 2025 Dev proposed a new date, 1 February 2026, 10:00", "15 January agreed by Dev on 2 December 2025 · Dev proposed another on 5 January (told 10 days before it was due) 20 February agreed by Maria on 6 January", "30 December 2025 agreed by Dev on 2 October 2025", "1 February, 10:00 agreed by Maria on 7 January",
			"Sun 1 Feb 2026, 10:00 (was 30 Dec 2025)", "Mon 22 Dec 2025", "Next noteFri 9 Jan 2026", "Note promised for 9 January 2026", "Answered on 3 January 2026",
			"Confirmed by Maria Ruiz on 4 January 2026", "Confirmed by Maria Ruiz on 8 January 2026",
			"Next reviewFri 30 Jan 2026", "seen at 11:00 · settled 3 January 2026",
		},
		"de": {
			"1. Dezember 2025 MR Maria Ruiz hat es zum 15. Januar 2026 angefragt", "29. Dezember 2025 Dev Patel hat einen neuen Termin vorgeschlagen, den 1. Februar 2026, 10:00 Uhr",
			"30. Dezember 2025 am 2. Oktober 2025 von Dev Patel vereinbart", "1. Februar, 10:00 Uhr am 7. Januar von Maria Ruiz vereinbart", "Maria Ruiz hat dem 20. Februar zugestimmt",
			"So., 1. Feb. 2026, 10:00 Uhr (vorher 30. Dez. 2025)", "Mo., 22. Dez. 2025", "Nächster BerichtFr., 9. Jan. 2026", "Beantwortet am 3. Januar 2026",
			"Bestätigt von Maria Ruiz am 4. Januar 2026", "Nächste PrüfungFr., 30. Jan. 2026",
		},
		"fr": {
			"1er décembre 2025 MR Maria l’a demandé pour le 15 janvier 2026", "dim. 1er févr. 2026 à 10 h (au lieu du 30 déc. 2025)", "Réponse donnée le 3 janvier 2026",
			"Confirmé par Maria Ruiz le 4 janvier 2026", "lun. 22 déc. 2025", "Prochain point d’étapeven. 9 janv. 2026",
		},
		"es": {
			"1 de diciembre de 2025 MR Maria lo pidió para el 15 de enero de 2026", "dom 1 de feb de 2026, 10:00 h (antes: 30 de dic de 2025)", "Respondida el 3 de enero de 2026",
			"Confirmado por Maria Ruiz el 4 de enero de 2026", "lun 22 de dic de 2025", "Próxima notavie 9 de ene de 2026",
		},
		"ar": {
			"1 ديسمبر 2025 MR طلبٌ من Maria، والموعد 15 يناير 2026", "الأحد 1 فبراير 2026، الساعة 10:00 (بدلًا من 30 ديسمبر 2025)", "أُجيب عنه في 3 يناير 2026",
			"مؤكَّد من Maria Ruiz في 4 يناير 2026", "22 ديسمبر 2025", "التقرير التاليالجمعة 9 يناير 2026",
		},
	} {
		file := strings.Replace(overNewYear, "timezone", "language = \""+language+"\"\ntimezone", 1)
		b := load(t, folder(t, map[string]string{site.ClientFile("acme"): file}), pipeline.Options{Now: now, Keys: keyring.PreviewKeys{Master: master}})
		plain, ps := b.Plain("acme")
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		var all strings.Builder
		for _, p := range plain {
			all.WriteString(inWords(string(p.Body)))
		}
		for _, w := range want {
			if !strings.Contains(all.String(), w) {
				t.Errorf("%s: nowhere stands %q", language, w)
			}
		}
		if t.Failed() && testing.Verbose() {
			t.Log(all.String())
		}
	}
}

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	blanks = regexp.MustCompile(`[\s\x{a0}]+`)
	marks  = strings.NewReplacer("\u2068", "", "\u2069", "")
)

// inWords returns what a page says, with one blank for any.
func inWords(page string) string {
	text := tags.ReplaceAllStringFunc(page, func(tag string) string {
		if strings.HasPrefix(tag, "<p") || strings.HasPrefix(tag, "</p") || strings.HasPrefix(tag, "<li") {
			return " "
		}
		return ""
	})
	return marks.Replace(blanks.ReplaceAllString(html.UnescapeString(text), " "))
}
