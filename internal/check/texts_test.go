package check_test

import (
	"strings"
	"testing"
)

func headline(s string) string {
	return "[[status]]\non = 2026-11-03\nrag = \"green\"\nheadline = \"" + s + "\"\n"
}

var wordCases = []ruleCase{
	{
		name: "a phrase that hushes", rule: "tone", now: "2026-11-04T12:00", broken: headline("Please be patient, it is coming"),
		place: "headline", message: "“Please be patient” asks for patience",
		mended: []string{headline("It comes on Friday")},
	},
	{
		name: "an abbreviation", rule: "jargon", now: "2026-11-04T12:00", broken: headline("The CMS is set up"),
		place: "headline", message: `"CMS" is an abbreviation that nothing explains`,
		mended: []string{
			headline("The CMS (what you write the pages in) is set up"), headline("What you write the pages in is set up"),
			headline("The CMS is set up") + "[[term]]\nword = \"CMS\"\nmeans = \"What you write the pages in\"\n",
			headline("The CMS is set up") + "[[message]]\nreceived = 2026-11-03T09:00:00\nby = \"maria\"\nabout = \"Our CMS\"\nacknowledged = 2026-11-03T09:10:00\n",
		},
	},
}

// A word is pointed at where it stands.
func TestWordsAreLocated(t *testing.T) {
	file := head + headline("Well") + "body = \"\"\"\nFirst line.\nAs we already said, the CMS waits.\n\"\"\"\n"
	want := map[string]int{"tone": 0, "jargon": 24}
	for _, p := range find(t, file, la(t, "2026-11-04T12:00"), nil) {
		line := strings.Split(file, "\n")[p.Line-1]
		if from, ok := want[p.Rule]; !ok || !strings.HasPrefix(line, "As we already said") || p.Column != from+1 {
			t.Errorf("%s blames %s: %q", p.Rule, p.Pos, line)
		}
		delete(want, p.Rule)
	}
	if len(want) > 0 {
		t.Errorf("silent: %v", want)
	}
}

// wordRules returns what tone and jargon say of a text.
func wordRules(t *testing.T, text string) []string {
	t.Helper()
	file := head + "\n[[status]]\non = 2026-11-03\nrag = \"green\"\nheadline = '''" + text + "'''\n"
	var all []string
	for _, p := range find(t, file, la(t, "2026-11-04T12:00"), nil) {
		if p.Rule == "tone" || p.Rule == "jargon" {
			all = append(all, p.Message)
		}
	}
	return all
}

func TestToneSpeaks(t *testing.T) {
	for _, text := range []string{
		"please be patient", "Bear with us for a week", "Thank you for your patience!", "You should understand that this takes time",
		"You have to realise that it is hard", "As I already said, it is late", "as we told you", "As we stated earlier, no", "The work stopped when you failed to answer", "as we've mentioned before", "As already discussed, no",
		"As per my last email", "per our previous message", "We have already told you", "We did warn you", "I have already warned you", "You failed to send it",
		"You forgot to sign", "You never answered", "That was your own fault", "because of your delay", "Due to your mistake we wait",
		"It is not our problem", "It isn’t my fault", "This has nothing to do with us", "If you had only told us", "Calm down", "Please calm down", "no need to panic",
		"You are mistaken", "for the umpteenth time", "As everyone knows, it rains", "Obviously it rains", "Needless to say, it failed", "There is nothing we can do",
		"We are sorry for any inconvenience", "the inconvenience caused",
	} {
		if got := wordRules(t, text); len(got) != 1 {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestToneIsSilent(t *testing.T) {
	for _, text := range []string{
		"You asked for a rope; turning the till does the same", "We said 20 November and need until 4 December",
		"You said “please be patient” to your own customers, and they were", "If you have the texts, send them", "You told us on Monday that it is dry",
		"What you need to know", "The patient signs in at the desk", "Is it your turn? See below", "We forgot to ask you", "It was our fault",
		"Your mistake-proof list", "There is nothing to do for you this week", "The patients were told", "You should hear from us on Friday",
		"You have to sign here, by Friday", "It is mentioned above", "an obvious choice", "Nothing is waiting on you",
	} {
		if got := wordRules(t, text); len(got) > 0 {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestJargonSpeaks(t *testing.T) {
	for text, want := range map[string]string{
		"The API is slow": "API", "Our KPIs": "KPI", "CMS-based pages": "CMS", "The SLA’s limits": "SLA", "M&E begins": "M&E",
		"The API (again), an API": "", "The (API) of it": "", "The API CMS": "API CMS",
	} {
		var got []string
		for _, m := range wordRules(t, text) {
			got = append(got, strings.Split(m, `"`)[1])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestJargonIsSilent(t *testing.T) {
	for _, text := range []string{
		"A PDF of the VAT return, at 9 AM", "Do NOT press it", "PLEASE READ THIS NOW", "See A4, B12 and MP3", "https://API.example/CMS", "the file `API`",
		"[the page](https://x.example/API)", "Mail API@north.example", "Henry VIII", "Acme", "II", "The plan (B)", "I saw it",
		"www.API.example", "and/or CMS/API", "iPhone", "McDonald", "ÉÀ1", "500 EUR", "North Studio",
	} {
		if got := wordRules(t, text); len(got) > 0 {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// A word that the client cannot look up is not explained to them.
func TestAPrivateTermExplainsNothing(t *testing.T) {
	file := head + headline("The CMS is set up") + "[[term]]\nword = \"CMS\"\nmeans = \"What you write the pages in\"\nprivate = true\n"
	if ps := only(find(t, file, la(t, "2026-11-04T12:00"), nil), "jargon"); len(ps) != 1 {
		t.Error(ps)
	}
}

// in returns what tone and jargon say of a text to a client with a language.
func in(t *testing.T, language, text string) []string {
	t.Helper()
	file := strings.Replace(head, "timezone", "language = \""+language+"\"\ntimezone", 1) +
		"\n[[status]]\non = 2026-11-03\nrag = \"green\"\nheadline = '''" + text + "'''\n"
	var all []string
	for _, p := range find(t, file, la(t, "2026-11-04T12:00"), nil) {
		if p.Rule == "tone" || p.Rule == "jargon" {
			all = append(all, p.Message)
		}
	}
	return all
}

// The rules about words know the languages of the interface, and are silent in others.
func TestToneInEachLanguage(t *testing.T) {
	for language, texts := range map[string][]string{
		"de": {
			"Bitte haben Sie noch etwas Geduld", "Wir bitten Sie um Geduld", "Bitte gedulden Sie sich", "Wir bitten um Ihr Verständnis", "Vielen Dank für Ihre Geduld!",
			"Sie müssen verstehen, dass das dauert", "Das sollte Ihnen doch klar sein", "Wie bereits erwähnt, fehlt das Kapitel", "wie wir Ihnen schon mehrfach geschrieben haben",
			"Wir hatten Sie gewarnt", "Sie haben leider vergessen, es zu schicken", "Sie haben immer noch nicht geantwortet", "Das war Ihr Fehler", "Aufgrund Ihrer Verspätung warten wir",
			"Das ist nicht unser Problem", "Das hat nichts mit uns zu tun", "Hätten Sie uns nur rechtzeitig gefragt", "Beruhigen Sie sich", "Kein Grund zur Panik", "Sie irren sich",
			"Zum x-ten Mal", "Wie jeder weiß, regnet es", "Daran können wir leider nichts ändern", "Etwaige Unannehmlichkeiten bitten wir zu entschuldigen",
		},
		"fr": {
			"Merci de bien vouloir patienter", "Veuillez patienter", "Merci de votre compréhension", "Nous vous remercions pour votre patience", "Vous devez comprendre que c’est long",
			"Comme déjà dit, il manque un chapitre", "Comme nous vous l’avons déjà écrit", "Nous vous avions prévenus", "Vous avez oublié de signer", "Vous n’avez même pas répondu",
			"C’est de votre faute", "à cause de votre retard", "Ce n’est pas notre faute", "Nous n’y sommes pour rien", "Si vous nous aviez écoutés", "Calmez-vous", "Pas de panique",
			"Vous vous trompez", "Pour la énième fois", "Comme chacun sait, il pleut", "Nous n’y pouvons rien", "Avec nos excuses pour les éventuels désagréments", "la gêne occasionnée",
		},
		"es": {
			"Le pedimos un poco de paciencia", "Tenga paciencia", "Gracias por su comprensión", "Usted debe entender que tarda", "Como ya le dijimos, falta un capítulo", "Como ya hemos mencionado",
			"Se lo advertimos", "Ya se lo dijimos", "Usted olvidó firmar", "Ustedes nunca nos respondieron", "Fue culpa suya", "No es culpa nuestra", "No es nuestro problema",
			"Si usted nos hubiera avisado", "Cálmese", "Mantenga la calma", "Usted se equivoca", "Por enésima vez", "Como todo el mundo sabe, llueve", "Obviamente llueve", "No podemos hacer nada al respecto",
			"Disculpe las molestias", "las molestias ocasionadas",
		},
		"ar": {
			"نرجو التحلي بالصبر", "يُرجى الصبر", "شكرًا لكم على صبركم", "نشكركم على تفهّمكم", "عليكم أن تتفهموا الأمر", "كما سبق أن ذكرنا، الفصل ناقص", "كما قلنا لكم من قبل", "لقد حذّرناكم",
			"لقد نسيتم التوقيع", "بسبب تأخركم نحن ننتظر", "هذا خطؤكم", "هذه ليست مشكلتنا", "لا علاقة لنا بذلك", "لو أنكم أخبرتمونا", "لا داعي للذعر", "أنتم مخطئون", "للمرة الألف",
			"كما يعلم الجميع", "ما باليد حيلة", "نعتذر عن أي إزعاج",
		},
	} {
		for _, text := range texts {
			if got := in(t, language, text); len(got) != 1 {
				t.Errorf("%s: %q: %q", language, text, got)
			}
		}
	}
}

func TestToneIsSilentInEachLanguage(t *testing.T) {
	for language, texts := range map[string][]string{
		"de": {
			"Unser Ton war zu grob.", "Ken arbeitet alle 214 Anmerkungen ein, die Fehler zuerst.", "Was Sie dafür wissen müssen", "Haben Sie die Datei schon geschickt?", "Wir haben vergessen, Sie zu fragen",
			"Das war unser Fehler", "Die Patienten warten nicht", "Wenn Sie verstanden haben, worum es geht", "Sie haben nichts versäumt", "wie besprochen am Montag", "Ihr Verständnis der Norm hilft uns",
			"Wir können am Montag nichts liefern", "Zum wiederholten Mal haben wir Sie warten lassen", "Bitte schicken Sie „bitte haben Sie Geduld“ so an den Drucker", "Please be patient",
		},
		"fr": {
			"Ce que vous devez comprendre du bail tient en une page", "C’était notre faute", "Nous avons oublié de vous demander", "La patiente arrive lundi", "Avez-vous déjà envoyé le plan ?",
			"Si vous avez répondu, tant mieux", "comme convenu lundi", "Rien n’est à faire de votre côté", "Vous n’avez rien oublié", "Nous ne pouvons rien faire avant lundi", "Avec un peu de patience, la colle prend",
		},
		"es": {
			"El impresor debe entender el archivo", "Fue culpa nuestra", "Olvidamos preguntarle", "La paciente llega el lunes", "Si el proveedor hubiera avisado", "como acordamos el lunes",
			"Lo que usted debe entender del contrato cabe en una hoja", "No hay nada pendiente de usted", "El pedido no respondió a lo previsto", "No podemos hacer nada hasta el lunes",
		},
		"ar": {
			"كان هذا خطأنا", "نسينا أن نسألكم", "كما اتفقنا يوم الاثنين", "وصلتنا ملاحظاتكم كلها", "لا شيء بانتظاركم", "سنصلح الخطأ يوم الأحد", "نكون شاكرين لو أرسلتم الملف", "لا يمكننا فعل شيء قبل يوم الاثنين",
		},
		"ja": {"Please be patient, the API is slow", "Bitte haben Sie Geduld"},
	} {
		for _, text := range texts {
			if got := in(t, language, text); len(got) > 0 {
				t.Errorf("%s: %q: %q", language, text, got)
			}
		}
	}
}

func TestJargonInEachLanguage(t *testing.T) {
	for _, tt := range []struct{ language, text, want string }{
		{"de", "Die API ist langsam", "API"},
		{"de", "Bitte NICHT vor dem TÜV, der LKW der Muster KG kommt", ""},
		{"de", "Ein PDF in EUR", ""},
		{"fr", "L’API est lente", "API"},
		{"fr", "SNCF, TVA et RDV : NE PAS ouvrir", ""},
		{"es", "La API va lenta", "API"},
		{"es", "El IVA de la SL, ya SIEMPRE", ""},
		{"ar", "واجهة API بطيئة", "API"},
		{"ar", "ملف PDF", ""},
	} {
		got := strings.Join(in(t, tt.language, tt.text), " ")
		if (tt.want == "") != (got == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %q: %q", tt.language, tt.text, got)
		}
	}
}

// A name in capitals is no abbreviation: of somebody, of the client, or of what a thing
// is called.
func TestNamesAreNoJargon(t *testing.T) {
	about := func(what string) string { return headline("We read " + what + " tonight") }
	for _, file := range []string{
		strings.Replace(head, "Dev Patel", "Dev PATEL", 1) + about("PATEL"), head + about("RUIZ"), head + about("ACME"),
		head + strings.Replace(commitment(asks, promises), "The sign", "HOLMES against Baker", 1) + about("HOLMES"),
		head + strings.Replace(commitment(asks, promises), "The sign", "HOLMES against Baker", 1),
		head + commitment(asks, promises) + strings.Replace(interim("2026-11-18"), "A sketch", "KORVA draft", 1) + about("KORVA"),
		head + about("NATO"),
	} {
		if ps := only(find(t, file, la(t, "2026-11-04T12:00"), nil), "jargon"); len(ps) > 0 {
			t.Error(ps)
		}
	}
	if ps := only(find(t, head+about("HOLMES"), la(t, "2026-11-04T12:00"), nil), "jargon"); len(ps) != 1 {
		t.Error(ps)
	}
}
