package check

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sameTopic reports whether the later text asks for an answer to the earlier one: they share a significant
// word, or the later one has none: “Any news?”. Words of title, which both are about, do not count.
func sameTopic(before, later, title string) bool {
	given := significantWords(title, nil)
	asked := significantWords(later, given)
	if len(asked) == 0 {
		return true
	}
	for _, a := range asked {
		if holdsWord(significantWords(before, given), a) {
			return true
		}
	}
	return false
}

// significantWords returns the words of text that tell its topic: long enough, not common, and not in
// without.
func significantWords(text string, without []string) []string {
	var all []string
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	}) {
		long := shortestWord
		if unicode.IsDigit(rune(word[0])) {
			long = shortestNumber
		}
		if utf8.RuneCountInString(word) >= long && !stopWords[word] && !holdsWord(without, word) {
			all = append(all, word)
		}
	}
	return all
}

// shortestWord is the least number of letters of a significant word, shortestNumber the least number of
// digits of a number.
const (
	shortestWord   = 4
	shortestNumber = 3
)

// holdsWord reports whether one of words is word, or one of the two begins with the other: poster, posters.
func holdsWord(words []string, word string) bool {
	for _, w := range words {
		if strings.HasPrefix(w, word) || strings.HasPrefix(word, w) {
			return true
		}
	}
	return false
}

// stopWords do not tell the topic of a message, in the languages of the interface: common words, and words
// used to ask for an answer.
var stopWords = wordSet(`
	about after again already also another answer anything back because been before both call come coming could
	date days dear does done else even ever from give going good hear heard hello here hope just kind know later
	least like look made mail make many message more morning most much must need needed news next only other over
	please questions reply said same send sent should since some something soon still such sure tell than thank
	thanks that their them then there these they thing think this those thoughts time today tomorrow until update
	urgent very wait waiting want week well were what when where whether which while will with word would write
	yesterday yesterdays your yours have having into afternoon email quick quickly question
	aber alle allem alles also auch bald beim bereits bitte brauche brauchen danke dann dass dazu denn dies diese
	diesem diesen dieser dieses doch dort eine einem einen einer eines etwas frage fragen ganz gerade gern gerne
	gestern gibt gleich guten haben hallo hatte heute hier ihnen ihre ihrem ihren ihrer immer jetzt kann kein keine
	kommt können könnte könnten machen mail mehr mein meine meiner meldung morgen nach nachricht neues nicht nichts
	noch nochmal oder ohne rückmeldung schon sehr sein seit sich sind soll sollen stand über unser unsere unserer
	viel vielen wann warten warum weil welche wenn werden wieder wird woche wollen worden wurde wurden würde zwei
	antwort bitten
	ainsi alors après attend attends aucune aujourd aussi autre avant avec avez avoir avons bien bonjour cela celle
	ceci ces cette chez comme comment dans demain demande depuis des donc elle elles encore entre êtes fait faire
	hier jour jours leur leurs mais même merci message nous nouvelle nouvelles pour pourquoi pouvez quand quel
	quelle quelles quels question réponse retour sans savoir semaine sera sont suis sujet sur tous tout toute toutes
	toujours très votre vous vraiment
	ahora algo alguna alguno antes aquí aunque bien buenas buenos cada como cómo contra cosa cuando cuándo cuál desde
	después días donde dónde ellos entre esta está están este esto estos gracias hace hacer hasta hola mañana más
	mensaje menos mismo mucho muchas muchos nada novedad novedades noticias nuestra nuestro nunca otra otro para
	pero poco podría podrían porque pregunta puede pueden pues quería quiero respuesta saber semana según será
	siempre sigo sobre solo también tarde tengo tiene tienen todavía toda todas todo todos usted ustedes vamos vez
	أخبار أرجو أريد إلى التي الذي الرد السؤال اليوم بعد تحديث تزال جديد جواب حتى رسالة رسالتي شكرا شكرًا صباح عندما
	على عليكم فضلكم قبل كان كانت كيف لدي لديكم لكن لماذا ماذا متى مرحبا مرحبًا هذا هذه هناك يزال يرجى يُرجى
`)
