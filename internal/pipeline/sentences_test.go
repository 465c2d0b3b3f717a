package pipeline_test

import (
	"strings"
	"testing"
	"time"

	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

// talkative is a client of whom there is something of each kind to tell.
const talkative = `client = "Marta & Tomé"
timezone = "America/New_York"
[people]
maria = { name = "Maria Ruiz", side = "client" }
dev = { name = "Dev Patel", side = "provider" }
[promises]
reply_within = "2 hours"
[about]
business = "A bakery"

[[commitment]]
id = "sign"
title = "The sign"
customer = "maria"
performer = "dev"
moves = [{ on = 2026-11-02, by = "dev", did = "offer", due = 2026-12-01 }]

[[commitment]]
id = "door"
title = "The door"
customer = "maria"
performer = "dev"
moves = [{ on = 2026-11-02, by = "maria", did = "request", due = 2026-11-24 }]

[[commitment]]
id = "step"
title = "The step"
customer = "maria"
performer = "dev"
moves = [
  { on = 2026-11-02, by = "maria", did = "request", due = 2026-12-18 },
  { on = 2026-11-03, by = "dev", did = "counter", due = 2026-12-18, satisfied_when = ["It is dry"] },
]

[[commitment]]
id = "roof"
title = "The roof"
customer = "maria"
performer = "dev"
satisfied_when = ["It is dry"]
moves = [
  { on = 2026-10-02, by = "maria", did = "request", due = 2026-11-27T08:40:00 },
  { on = 2026-10-03, by = "dev", did = "promise" },
  { on = 2026-10-04, by = "dev", did = "summarize", note = "All of it" },
  { on = 2026-11-17, by = "dev", did = "renegotiate", due = 2026-12-04T12:00:00, note = "Rain" },
]

[[commitment.deliverable]]
title = "A sketch"
due = 2026-10-20
link = "https://example.com/sketch"
moves = [
  { on = 2026-10-16, by = "dev", did = "deliver" },
  { on = 2026-10-17, by = "maria", did = "reject", note = "Too small" },
]

[[commitment]]
id = "wall"
title = "The wall"
customer = "maria"
performer = "dev"
moves = [
  { on = 2026-10-02, by = "maria", did = "request", due = 2026-12-27 },
  { on = 2026-10-03, by = "dev", did = "promise" },
  { on = 2026-10-04, by = "dev", did = "summarize", note = "Half of it" },
  { on = 2026-10-12, by = "maria", did = "withdraw" },
]

[[question]]
asked = 2026-11-03
by = "dev"
to = "maria"
text = "Which white?"
answer_by = 2026-11-09
commitment = "roof"
batch = "colours"

[[decision]]
on = 2026-11-04
by = "maria"
text = "No rain"

[[assumption]]
on = 2026-11-04
text = "The wall holds"
confirmed = 2026-11-05
confirmed_by = "maria"

[[assumption]]
on = 2026-11-04
text = "The sun shines"
wrong = 2026-11-06

[[status]]
on = 2026-11-01
rag = "green"
headline = "Well"
next_update = 2026-11-08

[[status]]
on = 2026-11-12
rag = "green"
headline = "Well again"
next_update = 2026-11-30

[[message]]
received = 2026-11-09T10:00:00
by = "maria"
about = "A word"
acknowledged = 2026-11-12T10:00:00

[[pulse]]
asked = 2026-11-04
question = "Clear?"
ours = 5
theirs = 3
answered = 2026-11-05
gap_action = "We asked"

[[risk]]
id = "ice"
title = "Ice"
owner = "dev"
raised_by = "dev"
mitigation = "Salt"
opened = 2026-11-03
closed = 2026-11-10

[[risk]]
id = "wind"
title = "Wind"
impact = "minor"
owner = "dev"
mitigation = "Ropes"
opened = 2026-11-03

[[term]]
word = "dry"
means = "No drop"

[[change]]
on = 2026-11-05
by = "maria"
text = "In grey"
declined = 2026-11-06
`

// Sentences are right with what they are filled with, in each language.
func TestSentences(t *testing.T) {
	t.Parallel()
	type page map[string][]string
	for language, want := range map[string]page{
		"en": {
			"":                {"Which white? A question: The roof · for Mariaby Mon 9 Nov", "1 Wind how likely is not judged yet, minor effect Ropes Looked after by: Dev Patel"},
			"promises-":       {"Offered Maria Ruiz Tue 1 Dec proposed", "Asked for 24 November"},
			"commitment-roof": {"Dev Patel, 17 November: Rain", "Which white? A questionby Mon 9 Nov", "27 November, 08:40 agreed by Dev on 3 October, stands until Maria answersagreed by Dev on 3 October 4 December, 12:00 proposed by Dev"},
			"commitment-step": {"Dev answered with other terms"},
			"files-":          {"A sketch Web page not handed over yet Open"},
			"risks-":          {"1 Wind how likely is not judged yet, minor effect Ropes Looked after byDev Patel", "Ice Salt Closed10 NovemberFirst seen 3 November · Dev Patel"},
			"understanding-":  {"Closed before it was confirmed · 12 October", "Turned out to be wrong · 6 November", "What our words mean dry No drop"},
			"working-": {
				"The one promised note did not come when promised.", "The one message so far was not seen in time.", "One message so far",
				"5, excellent 4 November · we said 5, you said 3, of 5 What we did about it: We asked", "How we see you", "03:00 to 11:00, time zone America/New_York",
			},
			"history-": {
				"You told us how it goes: Clear? · we said 5, you said 3, of 5 What we did about it: We asked", "Maria decided: No rain", "Maria confirmed: The wall holds",
				"Turned out to be wrong: The sun shines", "Dev saw a risk: Ice Salt", "Maria sent a message: A word", "Dev asked a question: Which white?",
				"Maria proposed a change: In grey",
			},
		},
		"de": {
			"":                {"Which white? Eine Frage: The roof · für Maria Ruizbis Mo., 9. Nov.", "dry: No drop Ein Begriff: Meinen wir dasselbe? Bestätigen"},
			"promises-":       {"Angeboten Maria Ruiz Di., 1. Dez. vorgeschlagen", "Gewünscht zum 24. November"},
			"commitment-roof": {"Dev Patel, 17. November: Rain", "Fertig ist es, wenn noch offen: It is dry"},
			"commitment-step": {"Dev Patel hat andere Bedingungen genannt"},
			"files-":          {"A sketch Webseite noch nicht übergeben Öffnen"},
			"risks-":          {"1 Wind wie wahrscheinlich, ist noch nicht eingeschätzt, kleine Folgen Ropes ZuständigDev Patel", "Ice Salt Geschlossen am10. November"},
			"understanding-":  {"Geschlossen, bevor es bestätigt war · 12. Oktober", "Hat sich als falsch erwiesen · 6. November", "Was unsere Wörter bedeuten dry No drop"},
			"working-": {
				"Der eine zugesagte Bericht kam nicht wie zugesagt.", "Die bisher einzige Nachricht haben wir nicht rechtzeitig gesehen.", "Bisher eine Nachricht",
				"5, ausgezeichnet 4. November · wir sagten 5, Sie sagten 3, von 5 Was wir daraufhin getan haben: We asked", "Wie wir Sie sehen", "03:00 bis 11:00 Uhr, Zeitzone America/New_York",
			},
			"history-": {
				"Sie haben gesagt, wie es läuft: Clear? · wir sagten 5, Sie sagten 3, von 5 Was wir daraufhin getan haben: We asked", "Maria Ruiz hat bestätigt: The wall holds",
				"Hat sich als falsch erwiesen: The sun shines", "Dev Patel hat ein Risiko bemerkt: Ice",
			},
		},
		"fr": {
			"":                {"Which white? Une question : The roof · pour Mariaau plus tard le lun. 9 nov.", "ven. 27 nov. à 8 h 40 proposé : le ven. 4 déc. à 12 h"},
			"promises-":       {"Proposé Maria Ruiz proposé : le mar. 1er déc.", "Demandé pour le 24 novembre"},
			"commitment-roof": {"Dev Patel, 17 novembre : Rain", "27 novembre à 8 h 40 convenue par Dev le 3 octobre, valable jusqu’à la réponse de Mariaconvenue par Dev le 3 octobre 4 décembre à 12 h proposée par Dev"},
			"commitment-step": {"Dev a répondu par d’autres conditions"},
			"files-":          {"A sketch Page web pas encore remis Ouvrir"},
			"risks-":          {"1 Wind probabilité pas encore évaluée, effet léger Ropes Suivi parDev Patel", "Ice Salt Clos le10 novembre"},
			"understanding-":  {"S’est révélé faux · 6 novembre", "Ce que nos mots veulent dire dry No drop"},
			"working-": {
				"Le seul point d’étape promis n’est pas venu comme promis.", "Le seul message jusqu’ici n’a pas été vu à temps.", "Un message jusqu’ici",
				"Comment nous vous voyons", "de 3 h à 11 h, fuseau horaire America/New_York",
			},
			"history-": {"notre note : 5, la vôtre : 3, sur 5 Ce que nous en avons fait : We asked", "Maria a confirmé : The wall holds", "Dev a signalé un risque : Ice"},
		},
		"es": {
			"":                {"Which white? Una pregunta: The roof · para Mariapara el lun 9 de nov"},
			"promises-":       {"Ofrecido Maria Ruiz propuesta: mar 1 de dic"},
			"commitment-roof": {"Dev Patel, 17 de noviembre: Rain"},
			"files-":          {"A sketch Página web aún no entregado Abrir"},
			"risks-":          {"1 Wind probabilidad aún sin valorar, efecto leve Ropes A cargo deDev Patel", "Ice Salt Cerrado el10 de noviembre"},
			"working-":        {"La única nota prometida no llegó como se prometió.", "El único mensaje hasta ahora no se vio a tiempo.", "zona horaria America/New_York"},
			"history-":        {"dijimos 5, usted dijo 3, de 5 Qué hicimos al respecto: We asked", "Maria confirmó: The wall holds"},
		},
		"ar": {
			"":                {"سؤال: The roof · لـMariaبحلول الاثنين 9 نوفمبر"},
			"promises-":       {"عُرِض Maria Ruiz مقترح: الثلاثاء 1 ديسمبر"},
			"commitment-roof": {"Dev Patel، 17 نوفمبر: Rain"},
			"files-":          {"A sketch صفحة ويب لم يُسلَّم بعد فتح"},
			"working-":        {"التقرير الوحيد الموعود به لم يأتِ كما وُعد به.", "الرسالة الوحيدة حتى الآن لم نطّلع عليها في الوقت.", "رسالة واحدة حتى الآن"},
			"history-":        {"قلنا 5، وقلتم 3، من 5 ما فعلناه حيال ذلك: We asked", "تأكيدٌ من Maria: The wall holds"},
		},
	} {
		file := strings.Replace(talkative, "timezone", "language = \""+language+"\"\ntimezone", 1)
		b := load(t, folder(t, map[string]string{site.ClientFile("a"): file}), pipeline.Options{
			Keys: keyring.PreviewKeys{Master: master}, Now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC),
		})
		pages, ps := b.Plain("a")
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		for name, sentences := range want {
			said := inWords(string(pages[name].Body))
			for _, s := range sentences {
				if !strings.Contains(said, s) {
					t.Errorf("%s, %q: it does not say %q: %s", language, name, s, said)
				}
			}
		}
	}
}

// A review in the history says whose words are whose.
func TestAReviewSaysWhoseWords(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27", `{ on = 2026-11-11, by = "maria", did = "withdraw" },`)+
		"\n[review]\non = 2026-11-12\nprovider_says = \"Thank you\"\nclient_says = \"Good\"\n")
	for page, heads := range map[string]string{
		"history-": "We looked back together In the words of North Studio Thank you In the words of A Good",
		"working-": "In the words of A Good In the words of North Studio Thank you",
	} {
		wantWords(t, words, page, []string{heads}, nil)
	}
}

// Nothing is counted of one question alone that was sent as one of several, and nothing of what a stage asks.
func TestOneQuestionIsNotCounted(t *testing.T) {
	t.Parallel()
	question := func(text string) string {
		return "\n[[question]]\nasked = 2026-11-10\nby = \"dev\"\nto = \"maria\"\ntext = \"" + text + "\"\nbatch = \"colours\"\n"
	}
	papers := `[[commitment]]
id = "papers"
title = "Papers"
customer = "dev"
performer = "maria"
moves = [
  { on = 2026-11-02, by = "dev", did = "request", due = 2026-11-27 },
  { on = 2026-11-03, by = "maria", did = "promise" },
]
`
	words := textsOf(t, question("White?")+papers)
	wantWords(t, words, "understanding-", []string{"White?"}, []string{"of 1 answered", "sent together"})
	wantWords(t, words, "commitment-papers", []string{"Agree: what can be promised What can be promised"}, []string{"1 of 2"})
	words = textsOf(t, question("White?")+question("Grey?"))
	wantWords(t, words, "understanding-", []string{"0 of 2 answered sent together on 10 November"}, nil)
}
