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

// told returns the words of a page in one line.
func told(page []byte) string {
	words := regexp.MustCompile(`</?a\b[^>]*>`).ReplaceAllString(string(page), "") // a link is part of its sentence
	words = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(words, " ")
	return strings.Join(strings.Fields(html.UnescapeString(words)), " ")
}

// How deliveries, what waits and what was sent back are told, in each language: in one line where
// many promises stand, and in the sentence, the stages and the dates of the commitment's own page.
func TestHowWorkIsTold(t *testing.T) {
	t.Parallel()
	const file = `
[[commitment]]
id = "late"
title = "Zqlate"
customer = "maria"
performer = "dev"
moves = [
  { on = 2026-10-01, by = "maria", did = "request", due = 2026-11-02 },
  { on = 2026-10-02, by = "dev", did = "promise" },
  { on = 2026-11-18, by = "dev", did = "deliver" },
]

[[commitment]]
id = "back"
title = "Zqback"
customer = "maria"
performer = "dev"
moves = [
  { on = 2026-10-01, by = "maria", did = "request", due = 2026-11-27 },
  { on = 2026-10-02, by = "dev", did = "promise" },
  { on = 2026-11-05, by = "dev", did = "deliver" },
  { on = 2026-11-09, by = "maria", did = "reject", note = "Half of it" },
]

[[commitment]]
id = "papers"
title = "Zqpapers"
customer = "dev"
performer = "maria"
moves = [
  { on = 2026-09-20, by = "dev", did = "request", due = 2026-10-05 },
  { on = 2026-09-22, by = "maria", did = "promise" },
]

[[commitment]]
id = "waiting"
title = "Zqwaiting"
customer = "maria"
performer = "dev"
needs = ["papers"]
moves = [
  { on = 2026-09-20, by = "dev", did = "offer", due = 2026-10-15 },
  { on = 2026-09-22, by = "maria", did = "agree" },
]

[[commitment]]
id = "pictures"
title = "Zqpictures"
customer = "dev"
performer = "maria"
moves = [
  { on = 2026-09-20, by = "dev", did = "request", due = 2026-10-05 },
  { on = 2026-09-22, by = "maria", did = "promise" },
  { on = 2026-10-20, by = "maria", did = "deliver" },
  { on = 2026-10-21, by = "dev", did = "accept" },
]

[[commitment]]
id = "waited"
title = "Zqwaited"
customer = "maria"
performer = "dev"
needs = ["pictures"]
moves = [
  { on = 2026-09-20, by = "dev", did = "offer", due = 2026-12-05 },
  { on = 2026-09-22, by = "maria", did = "agree" },
]
`
	own := map[string]map[string][]string{
		"en": {
			"late":    {"It was delivered on 18 November, and", "2 November agreed by Dev on 2 October", "18 November Dev delivered, 16 days late"},
			"back":    {"It was sent back on 9 November. It is due on 27 November.", "Maria sent it back Client a Half of it"},
			"waiting": {"It waits for “Zqpapers” from Maria", "15 October agreed by Maria on 22 September"},
			"waited":  {"It is due on 5 December.", "“Zqpictures” came 15 days later than planned. Until 20 December we count this as in time; it changes no agreed date."},
		},
		"de": {
			"late":    {"Geliefert am 18. November", "18. November Dev Patel hat geliefert, 16 Tage zu spät"},
			"back":    {"Zurückgegeben am 9. November. Fällig am 27. November."},
			"waiting": {"Vorher kommt „Zqpapers“ von Maria"},
			"waited":  {"„Zqpictures“ kam 15 Tage später als geplant. Bis zum 20. Dezember zählt dies für uns als rechtzeitig"},
		},
		"fr": {
			"late":    {"Cela a été livré le 18 novembre", "2 novembre convenue par Dev le 2 octobre", "18 novembre Dev a livré, 16 jours de retard"},
			"back":    {"Cela a été renvoyé le 9 novembre. L’échéance est le 27 novembre."},
			"waiting": {"« Zqpapers » de Maria vient d’abord"},
			"waited":  {"« Zqpictures » est venu 15 jours plus tard que prévu. Jusqu’au 20 décembre, nous comptons ceci dans les temps"},
		},
		"es": {
			"late":    {"Se entregó el 18 de noviembre", "18 de noviembre Dev lo entregó, 16 días de retraso"},
			"back":    {"Se devolvió el 9 de noviembre. El plazo vence el 27 de noviembre."},
			"waiting": {"Espera «Zqpapers» de Maria"},
			"waited":  {"«Zqpictures» llegó 15 días más tarde de lo previsto. Hasta el 20 de diciembre lo contamos como a tiempo"},
		},
		"ar": {
			"late":    {"جرى التسليم في 18 نوفمبر", "متأخر 16 يومًا"},
			"back":    {"جرت الإعادة للتعديل في 9 نوفمبر"},
			"waiting": {"بانتظار «\u2068Zqpapers\u2069» من"},
			"waited":  {"اكتمل «\u2068Zqpictures\u2069» متأخرًا 15 يومًا عما كان مقررًا. نعدّ هذا في وقته حتى 20 ديسمبر"},
		},
	}
	for language, want := range map[string]map[string]string{
		"en": {
			"late": "Delivered 18 November, 16 days late; it was due 2 November", "back": "Sent back 9 November, being reworked",
			"waiting": "Thu 15 Oct (has passed) · waits for “Zqpapers” (",
			"waited":  "5 December",
		},
		"de": {
			"late": "Geliefert am 18. November, 16 Tage zu spät; fällig war es am 2. November", "back": "Zurückgegeben am 9. November, wird überarbeitet",
			"waiting": "wartet auf „Zqpapers“", "waited": "5. Dezember",
		},
		"fr": {
			"late": "Livré le 18 novembre, avec 16 jours de retard ; c’était attendu pour le 2 novembre", "back": "Renvoyé le 9 novembre, en cours de reprise",
			"waiting": "attend « Zqpapers »", "waited": "5 décembre",
		},
		"es": {
			"late": "Entregado el 18 de noviembre, con 16 días de retraso; estaba previsto para el 2 de noviembre", "back": "Devuelto el 9 de noviembre, en corrección",
			"waiting": "espera «Zqpapers»", "waited": "5 de diciembre",
		},
		"ar": {"late": "متأخرًا 16 يومًا", "back": "ويجري العمل عليه", "waiting": "ينتظر «\u2068Zqpapers\u2069»", "waited": "5 ديسمبر"},
	} {
		b := load(t, folder(t, map[string]string{site.ClientFile("a"): clientFile("Client a", `language = "`+language+`"`) + file}),
			pipeline.Options{Keys: keyring.PreviewKeys{Master: master}, Now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)})
		pages, ps := b.Plain("a")
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		for _, words := range want {
			for _, name := range []string{"promises-", "everything-"} {
				if said := told(pages[name].Body); !strings.Contains(said, words) {
					t.Errorf("%s, %q: it does not say %q: %s", language, name, words, said)
				}
			}
		}
		for id, sentences := range own[language] {
			for _, words := range sentences {
				if said := told(pages["commitment-"+id].Body); !strings.Contains(said, words) {
					t.Errorf("%s, %s: its page does not say %q: %s", language, id, words, said)
				}
			}
		}
	}
}
