package check

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// An abbreviation is two to six capital letters, with or without & between them, and perhaps an s. A word
// with digits, dots or slashes is a name, a size or an address.
const (
	fewestLetters = 2
	mostLetters   = 6
)

// notWords matches parts of a text that are not words.
var notWords = regexp.MustCompile("`[^`]*`" + `|\]\([^)]*\)|https?://\S+|\S+@\S+`)

// A token is a word of a text, with the text before and after it.
type token struct {
	word          string
	before, after string
}

// tokens splits text into words; a hyphen ends a word.
func tokens(text string) []token {
	text = notWords.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat(" ", len(s)) })
	inner := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("&._/@'’", r)
	}
	var all []token
	for i := 0; i < len(text); {
		from := strings.IndexFunc(text[i:], inner)
		if from < 0 {
			break
		}
		from += i
		to := len(text)
		if n := strings.IndexFunc(text[from:], func(r rune) bool { return !inner(r) }); n >= 0 {
			to = from + n
		}
		word := strings.TrimRight(text[from:to], "._/'’&")
		all = append(all, token{word, strings.TrimSpace(text[:from]), strings.TrimSpace(text[from+len(word):])})
		i = to
	}
	return all
}

// elided matches the short word that French joins to the next: l’API.
var elided = regexp.MustCompile(`^(?i:[cdjlmnst]|qu)['’]`)

// abbreviation returns the capital letters of a word, and whether it is an abbreviation.
func abbreviation(word string) (string, bool) {
	word = elided.ReplaceAllString(word, "")
	for _, end := range []string{"'s", "’s", "s"} {
		word = strings.TrimSuffix(word, end)
	}
	n := 0
	for _, r := range word {
		switch {
		case unicode.IsUpper(r):
			n++
		case r != '&':
			return "", false
		}
	}
	return word, n >= fewestLetters && n <= mostLetters
}

// hasCapitals reports whether text has two capital letters next to each other, or with only & between. Every
// abbreviation has.
func hasCapitals(text string) bool {
	run := 0
	for _, r := range text {
		switch {
		case unicode.IsUpper(r):
			run++
		case r != '&':
			run = 0
		}
		if run == fewestLetters {
			return true
		}
	}
	return false
}

// explained reports whether the text itself explains the abbreviation: CMS (content management system), or
// content management system (CMS).
func (t token) explained() bool {
	return strings.HasPrefix(t.after, "(") ||
		strings.HasSuffix(t.before, "(") && strings.HasPrefix(t.after, ")")
}

// shouted reports whether all[i] is one of three or more words in capitals in a row.
func shouted(all []token, i int) bool {
	capitals := func(i int) bool {
		if i < 0 || i >= len(all) {
			return false
		}
		word := all[i].word
		return len(word) > 1 && strings.ToUpper(word) == word && strings.ContainsFunc(word, unicode.IsUpper)
	}
	n := 1
	for k := i - 1; capitals(k); k-- {
		n++
	}
	for k := i + 1; capitals(k); k++ {
		n++
	}
	return n >= 3
}

func jargon(j *judge) {
	l := j.language()
	if l == nil {
		return
	}
	if !slices.ContainsFunc(j.texts.fromProvider(j), func(w placedText) bool { return hasCapitals(w.text) }) {
		return
	}
	known := map[string]bool{}
	learn := func(texts ...string) {
		for _, text := range texts {
			if !hasCapitals(text) {
				continue
			}
			for _, t := range tokens(text) {
				if a, ok := abbreviation(t.word); ok {
					known[a] = true
				}
			}
		}
	}
	learn(j.texts.fromClient(j)...)
	learn(j.provider.Name)
	learn(j.texts.titles()...)
	for _, name := range j.texts.names(j) {
		for _, t := range tokens(name) {
			known[strings.ToUpper(t.word)] = true // somebody may write it in capitals
		}
	}
	for _, t := range j.texts.c.Terms { // a private term explains nothing to the client
		learn(t.Word, t.Means)
	}
	for _, w := range j.texts.fromProvider(j) {
		if !hasCapitals(w.text) {
			continue
		}
		all := tokens(w.text)
		for i, t := range all {
			a, ok := abbreviation(t.word)
			if !ok || known[a] || l.common[a] || shouted(all, i) {
				continue
			}
			known[a] = true // report it once; an explanation counts for the whole file
			if !t.explained() {
				j.report(j.texts.locate(w.at, a), "write it out, or explain it once as a [[term]]",
					"%q is an abbreviation that nothing explains", a)
			}
		}
	}
}

// commonEnglish are abbreviations that readers of English, and of the other languages, know, and words that
// are written in capitals for emphasis.
const commonEnglish = `
	AM PM OK TV PC CD DVD PDF PIN ID FAQ CV CEO CFO COO MD HR PR IT VAT GST ATM GPS USB SMS MMS FM AC DC DIY LED LCD
	ETA ASAP FYI PS RSVP VIP NB TBC TBD TBA SOS QR CCTV ISBN IBAN DNA HIV MOT AGM MP BBC NHS NASA UN EU UK US USA UAE NY NYC LA DC HMRC DVLA IRS
	AI EV HQ MC DJ BBQ WC URL NDA Q&A B&B R&D T&C A&E
	UTC GMT BST CET CEST EST EDT CST CDT MST MDT PST PDT
	EUR USD GBP CHF SEK NOK DKK ISK CAD AUD NZD JPY CNY INR PLN CZK
	MON TUE WED THU FRI SAT SUN JAN FEB MAR APR JUN JUL AUG SEP OCT NOV DEC
	II III IV VI VII VIII IX XI XII XIII XIV XV XVI XX XXI XL XXL XS
	JPG JPEG PNG GIF SVG ZIP DOC XLS CSV KB MB GB TB KG KM CM MM ML MW KW
	LTD PLC LLC LLP INC AG SA BV NV AB AS GMBH PO RE NO TO VS
	BMW IBM DHL UPS IKEA GDPR
	NOT AND ALL ANY NEW NOW YES BUT FOR THE YOU WE OUR YOUR ONE TWO ONLY MUST NEVER ALWAYS BEFORE AFTER FIRST LAST BOTH
	THIS THAT THEN EVERY ONCE STOP DONE OPEN LIVE FREE HERE NEXT STILL VERY IF OR SO DO IS IN ON AT BY OF UP OUT OFF
	TODAY READ DRAFT FINAL URGENT WHO WHAT WHEN WHERE WHY HOW WAIT ASK CALL SEND SIGN KEEP TURN PRESS PLEASE WILL CAN
	HAVE HAS WAS WERE ARE BE DOES DID WITH FROM ONTO INTO OVER UNDER MORE LESS MOST SAME OTHER EACH THEIR YOURS MINE OURS
	BCC CC BIC SEPA ISO DIN HD SD UV SUV HGV GP MRI CT FBI CIA NATO UNESCO OECD FIFA UEFA WIFI SIM RSS HTML
	P&L ETC NON NIL END SET BACK MADE NONE WELL BEST DATE TEAM WORK PAID SOLD
`

// commonGerman, commonFrench and commonSpanish are the additional ones of those languages.
const commonGerman = `
	KG OHG EG EV EDV PLZ LKW PKW KFZ TÜV DSGVO AGB GEZ EC ICE DB ADAC ARD ZDF BRD DDR BGB HGB CDU CSU SPD FDP MEZ MESZ
	ÖPNV AOK WG TAN BLZ VHS NRW BW SUV UVP EZB MO DI MI DO FR SA SO EUGH BGH VG LG OLG DGB IHK HWK
	NICHT KEIN KEINE BITTE NUR UND ODER ALLE ALLES NEU SOFORT HEUTE IMMER NIE NIEMALS VOR NACH ERST JETZT MUSS WIRD DARF
	DER DIE DAS DEM DEN EIN EINE SIE WIR IHR IHRE SEHR MIT OHNE ABER HIER WICHTIG ACHTUNG FERTIG OFFEN JA NEIN ALS
`

const commonFrench = `
	SA SAS SARL SCI TVA HT TTC RIB CB SNCF TGV RATP PME UE ONU OTAN EDF RGPD RDV SVP PJ CDI CDD BTP BD PDG DRH CAF URSSAF
	SIRET SIREN TPE HLM SMIC RER OMS FMI BCE QI TNT
	NE PAS NON OUI TOUT TOUS TOUTE UNE LES DES AVANT APRÈS JAMAIS SEUL VITE MAIS POUR AVEC SANS EST SONT ICI PLUS DEUX
	NOUS VOUS TRÈS MERCI URGENT FINI
`

const commonSpanish = `
	SA SL SLU IVA NIF NIE DNI CIF ITV EEUU UE ONU OTAN PYME PYMES AVE DGT ADN FMI BCE OMS RRHH AEAT IRPF ONG VIP
	NO SÍ SI MUY YA NUNCA SIEMPRE TODO TODOS TODA LOS LAS UNA ANTES HOY PERO PARA CON SIN ESTE ESTA SOLO DOS MÁS
	USTED GRACIAS FAVOR LISTO
`

func wordSet(lists ...string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(strings.Join(lists, " ")) {
		set[w] = true
	}
	return set
}
