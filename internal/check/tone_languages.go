package check

import (
	"regexp"
	"strings"
)

// How a phrase affects its reader, in every language.
const (
	asksPatience = "asks for patience"
	takesIt      = "takes patience for granted"
	takesYes     = "takes understanding for granted"
	lectures     = "lectures"
	reproaches   = "reproaches"
	blames       = "blames"
	washes       = "washes its hands"
	hushes       = "hushes"
	corrects     = "corrects"
	scolds       = "scolds"
	belittles    = "belittles"
	shrugs       = "shrugs"
	apologises   = "apologises for nothing in particular"
)

// What to write instead.
const (
	onceMore = "say it once more, as if for the first time"
	neutral  = "say what is missing, from whom, and by when it is needed"
	costs    = "say what you see that it costs them, and what you do"
	needed   = "say what is needed now, and by when"
	happened = "say what happened, without whose it was"
	nextStep = "say what happens next, and on which day"
	waiting  = "say that you see what the waiting costs them"
	theFact  = "say the fact itself, and what it means for them"
	meant    = "say how you meant it, and ask how they read it"
	whoCan   = "say what you can do, or who can"
	thing    = "say what you can do, however small, and by when"
	leaveOut = "leave the word out; what is plain needs no saying so"
	nameIt   = "name what it costs them"
)

// Each phrase must be wrong in almost any sentence, as in English.
func german() []phrase {
	return []phrase{
		{[]string{"geduld"}, phrasePattern(`(?:bitte|wir bitten|bitten wir)(?: Sie)?(?: noch)? um (?:etwas |ein wenig |noch etwas |Ihre )?Geduld|haben Sie (?:bitte )?(?:noch )?(?:etwas |ein wenig )?Geduld|gedulden Sie sich|bitte gedulden`), asksPatience, nextStep},
		{[]string{"verständnis"}, phrasePattern(`(?:wir bitten|bitten wir|bitte)(?: Sie)?(?: dafür| hierfür| hierbei)? um (?:Ihr )?Verständnis|haben Sie (?:bitte )?(?:dafür )?Verständnis`), "asks for understanding", costs},
		{[]string{"geduld"}, phrasePattern(`(?:danke|vielen Dank|wir danken(?: Ihnen)?|besten Dank|herzlichen Dank) für (?:Ihre|die) Geduld`), takesIt, waiting},
		{[]string{"verständnis"}, phrasePattern(`(?:danke|vielen Dank|wir danken(?: Ihnen)?|besten Dank|herzlichen Dank) für (?:Ihr|das) Verständnis`), takesYes, costs},
		{[]string{"verstehen", "begreifen", "einsehen", "klar sein"}, phrasePattern(`Sie (?:müssen|sollten|müssten)(?: doch| schon| bitte| auch)* (?:verstehen|begreifen|einsehen)|(?:sollte|müsste|dürfte) Ihnen (?:doch |eigentlich )?klar sein`), lectures, theFact},
		{[]string{"bereits", "schon", "mehrfach"}, phrasePattern(`wie (?:wir |ich )?(?:Ihnen )?(?:bereits|schon|schon einmal|mehrfach|bereits mehrfach|schon mehrfach) (?:gesagt|erwähnt|erklärt|mitgeteilt|geschrieben|besprochen|angekündigt|dargelegt|betont|erläutert)`), reproaches, onceMore},
		{[]string{"gewarnt", "gesagt"}, phrasePattern(`(?:wir haben|ich habe|haben wir|habe ich|hatten wir|hatte ich|wir hatten|ich hatte) (?:Sie|Ihnen|es Ihnen|Ihnen das)(?: ja| doch| bereits| schon| mehrfach| oft genug)+ (?:gewarnt|gesagt|geschrieben)|(?:haben|hatten) wir Sie gewarnt|wir (?:haben|hatten) Sie gewarnt`), reproaches, needed},
		{[]string{"versäumt", "vergessen", "unterlassen", "nicht", "nie"}, phrasePattern(`Sie haben (?:es |uns |leider |wieder |schon wieder |offenbar )*(?:versäumt|vergessen|unterlassen)|Sie haben (?:uns |mir |es )*(?:immer noch|noch immer|nie|niemals|nicht einmal) (?:nicht )?(?:geantwortet|geschickt|gesagt|reagiert|geliefert|gemeldet)`), blames, neutral},
		{[]string{"schuld", "ihr fehler", "ihr versäumnis", "ihres fehlers", "ihrer verspätung", "ihre verspätung", "ihres versäumnisses", "ihren fehler"}, phrasePattern(`(?:ist|war|sind) (?:allein |ganz allein |doch )?(?:Ihre (?:eigene )?Schuld|Ihr (?:eigener )?Fehler|Ihr Versäumnis)|Sie sind selbst schuld|(?:wegen|aufgrund|infolge) Ihre[rs] (?:Fehlers|Verspätung|Versäumnisses|Verschuldens)|durch (?:Ihre Verspätung|Ihren Fehler|Ihr Versäumnis|Ihr Verschulden)`), blames, happened},
		{[]string{"schuld", "problem", "fehler", "aufgabe", "mit uns zu tun", "dafür können"}, phrasePattern(`(?:ist|war)(?: aber| doch)? nicht (?:unsere (?:Schuld|Aufgabe|Sache)|unser (?:Problem|Fehler))|nichts mit uns zu tun|dafür können wir nichts`), washes, whoCan},
		{[]string{"hätten sie"}, phrasePattern(`hätten Sie (?:uns |mir |das |es )*(?:nur |doch |bloß |gleich |früher |rechtzeitig )+(?:gesagt|geschickt|geantwortet|gelesen|zugehört|gefragt|gemeldet)`), blames, needed},
		{[]string{"beruhigen", "panik", "regen sie sich"}, phrasePattern(`beruhigen Sie sich|keine Panik|kein Grund zur (?:Panik|Aufregung)|regen Sie sich nicht auf`), hushes, costs},
		{[]string{"irren", "täuschen", "missverstanden", "falsch verstanden", "liegen falsch"}, phrasePattern(`Sie (?:irren|täuschen) sich|Sie haben (?:das |es |uns |mich |da etwas )?(?:falsch verstanden|missverstanden)|Sie liegen falsch`), corrects, meant},
		{[]string{"-ten mal", "hundertsten mal", "tausendsten mal", "zigsten mal"}, phrasePattern(`zum (?:x-ten|zigsten|hundertsten|tausendsten) Mal`), scolds, onceMore},
		{[]string{"wie jeder weiß", "menschenverstand", "weiß doch jed"}, phrasePattern(`wie jeder weiß|das weiß doch jede[rs]?|(?:sagt|ist) (?:einem )?(?:doch )?der gesunde Menschenverstand`), belittles, leaveOut},
		{[]string{"nichts"}, phrasePattern(`(?:daran |da |dagegen )können wir (?:leider )?(?:auch )?nichts (?:machen|tun|ändern)|wir können (?:daran |da |dagegen )(?:leider )?(?:auch )?nichts (?:machen|tun|ändern)`), shrugs, thing},
		{[]string{"unannehmlichkeiten"}, phrasePattern(`(?:etwaige|eventuelle|mögliche|entstandene|die entstandenen|die damit verbundenen|alle) Unannehmlichkeiten`), apologises, nameIt},
	}
}

func french() []phrase {
	return []phrase{
		{[]string{"patien"}, phrasePattern(`merci de (?:bien vouloir )?patienter|(?:nous vous prions|nous vous demandons|je vous prie) de (?:bien vouloir )?patienter|veuillez (?:bien vouloir )?patienter|soyez patients?|encore un peu de patience`), asksPatience, nextStep},
		{[]string{"patience"}, phrasePattern(`(?:merci|nous vous remercions|je vous remercie|en vous remerciant)(?: par avance| d'avance)? (?:de|pour) votre patience`), takesIt, waiting},
		{[]string{"compréhension"}, phrasePattern(`(?:merci|nous vous remercions|je vous remercie|en vous remerciant)(?: par avance| d'avance)? (?:de|pour) votre compréhension`), takesYes, costs},
		{[]string{"vous devez", "vous devriez", "compreniez"}, phrasePattern(`vous (?:devez|devriez) (?:bien )?(?:comprendre|admettre|réaliser)|il faut que vous compreniez`), lectures, theFact},
		{[]string{"comme", "déjà"}, phrasePattern(`comme (?:déjà|précédemment) (?:dit|écrit|indiqué|mentionné|expliqué|signalé)|comme (?:je|nous) (?:vous )?(?:l')?(?:ai|avons|avais|avions) déjà (?:dit|écrit|indiqué|mentionné|expliqué|signalé)|(?:je vous|nous vous) (?:l')?(?:ai|avons|avais|avions) (?:déjà|pourtant) (?:dit|écrit|prévenue?s?)`), reproaches, onceMore},
		{[]string{"prévenu", "averti"}, phrasePattern(`(?:nous vous (?:avions|avons)|je vous (?:avais|ai)) (?:bien |pourtant |déjà )?(?:prévenu|averti)e?s?`), reproaches, needed},
		{[]string{"vous avez", "vous n"}, phrasePattern(`vous avez (?:encore |malheureusement )?(?:oublié|omis|négligé|refusé) de|vous n'avez (?:jamais|même pas|toujours pas) (?:répondu|envoyé|dit|donné|demandé|fourni|daigné)`), blames, neutral},
		{[]string{"votre"}, phrasePattern(`(?:c'est|c'était) (?:de )?votre faute|par votre faute|à cause de (?:votre|vos) (?:retards?|erreurs?|oublis?|négligences?)|en raison de (?:votre|vos) (?:retards?|erreurs?|oublis?|négligences?)`), blames, happened},
		{[]string{"faute", "problème", "n'y sommes", "n’y sommes"}, phrasePattern(`(?:n'est|n'était) pas (?:de )?(?:notre|ma) faute|(?:n'est|n'était) pas (?:notre|mon) problème|nous n'y sommes pour rien`), washes, whoCan},
		{[]string{"aviez"}, phrasePattern(`si vous (?:nous |me )?(?:l')?aviez (?:seulement |simplement )?(?:répondu|envoyé|lu|écouté|prévenu|dit|demandé)e?s?`), blames, needed},
		{[]string{"calmez", "paniqu"}, phrasePattern(`calmez-vous|pas de panique|ne paniquez pas|inutile de (?:paniquer|vous énerver)`), hushes, costs},
		{[]string{"vous vous trompez", "vous avez tort", "vous avez mal"}, phrasePattern(`vous vous trompez|vous avez tort|vous avez mal (?:compris|lu)`), corrects, meant},
		{[]string{"fois"}, phrasePattern(`pour la (?:énième|nième|ixième|centième|millième) fois`), scolds, onceMore},
		{[]string{"sait", "bon sens"}, phrasePattern(`comme (?:chacun|tout le monde) (?:le )?sait|c'est (?:du|une question de) bon sens`), belittles, leaveOut},
		{[]string{"rien"}, phrasePattern(`(?:nous n'y pouvons|on n'y peut|je n'y peux) rien|nous ne pouvons rien y faire`), shrugs, thing},
		{[]string{"désagrément", "gêne"}, phrasePattern(`(?:éventuels?|tous les|tout|les) désagréments?(?: (?:occasionnés?|causés?|éventuels?))?|désagréments? (?:occasionnés?|causés?|éventuels?)|(?:la|toute) gêne (?:occasionnée|éventuelle|causée)`), apologises, nameIt},
	}
}

// A Spanish verb does not show whether it is about the reader, so “usted” must be part of the phrase if
// nothing else shows it.
func spanish() []phrase {
	return []phrase{
		{[]string{"pacien"}, phrasePattern(`(?:(?:le|les) )?(?:pedimos|rogamos|pido|ruego) (?:un poco de |su )?paciencia|tengan? (?:un poco de )?paciencia|sean? pacientes?`), asksPatience, nextStep},
		{[]string{"paciencia"}, phrasePattern(`(?:gracias por|(?:le |les )?agradecemos|(?:le |les )?agradezco) su paciencia`), takesIt, waiting},
		{[]string{"comprensión"}, phrasePattern(`(?:gracias por|(?:le |les )?agradecemos|(?:le |les )?agradezco) su comprensión`), takesYes, costs},
		{[]string{"usted"}, phrasePattern(`usted(?:es)? (?:deben?|deberían?|tienen? que) (?:comprender|entender|darse cuenta)`), lectures, theFact},
		{[]string{"como ya", "anteriormente"}, phrasePattern(`como ya (?:(?:le|les|se lo) )?(?:(?:he|hemos|había|habíamos) )?(?:dicho|dije|dijimos|mencionado|mencioné|mencionamos|explicado|expliqué|explicamos|indicado|indiqué|indicamos|comentado|comenté|comentamos)|como ya se (?:dijo|mencionó|explicó|indicó|comentó)|como (?:se )?(?:dijimos|mencionó|mencionamos|explicamos|indicó|indicamos) anteriormente`), reproaches, onceMore},
		{[]string{"advert", "ya se lo"}, phrasePattern(`(?:ya )?se lo (?:advertimos|advertí|habíamos advertido|había advertido|hemos advertido)|ya se lo (?:dijimos|dije|hemos dicho|habíamos dicho|he dicho|había dicho)`), reproaches, needed},
		{[]string{"usted"}, phrasePattern(`usted(?:es)? (?:se )?(?:olvidó|olvidaron|omitió|omitieron|descuidó|descuidaron)|usted(?:es)? (?:nunca|ni siquiera|aún no|todavía no) (?:nos |me )?(?:han? )?(?:respondió|respondieron|respondido|contestó|contestaron|contestado|envió|enviaron|enviado|avisó|avisaron|avisado|dijo|dijeron|dicho)`), blames, neutral},
		{[]string{"culpa"}, phrasePattern(`por su (?:propia )?culpa|(?:es|fue|era|ha sido) (?:culpa suya|su (?:propia )?culpa)`), blames, happened},
		{[]string{"culpa", "problema", "que ver"}, phrasePattern(`no (?:es|fue|ha sido) (?:(?:nuestra|mi) culpa|culpa (?:nuestra|mía)|(?:nuestro|mi) problema|problema (?:nuestro|mío)|asunto nuestro)|no tenemos nada que ver|no tiene nada que ver con nosotros`), washes, whoCan},
		{[]string{"usted"}, phrasePattern(`si usted(?:es)? (?:nos |me )?(?:lo )?hubieran? (?:avisado|dicho|enviado|respondido|contestado|leído|preguntado|escuchado)`), blames, needed},
		{[]string{"cálmense", "cálmese", "tranquilícese", "la calma", "pánico"}, phrasePattern(`cálmense|cálmese|tranquilícese|mantengan? la calma|que no cunda el pánico`), hushes, costs},
		{[]string{"usted"}, phrasePattern(`usted(?:es)? (?:se equivocan?|están? equivocad[oa]s?|lo (?:han? )?entend(?:ido|ió|ieron) mal)|se equivoca usted`), corrects, meant},
		{[]string{"vez"}, phrasePattern(`por enésima vez`), scolds, onceMore},
		{[]string{"sabe", "sentido común", "obvi"}, phrasePattern(`como (?:todo el mundo|cualquiera|todos) (?:lo )?saben?|es (?:de|cuestión de) sentido común|obviamente|es obvio que`), belittles, leaveOut},
		{[]string{"nada"}, phrasePattern(`no podemos hacer nada (?:más|al respecto)|nada podemos hacer|no hay nada que (?:podamos|se pueda) hacer`), shrugs, thing},
		{[]string{"molestia", "inconveniente"}, phrasePattern(`(?:las|cualquier|posibles) (?:molestias?|inconvenientes?) (?:ocasionad[oa]s?|causad[oa]s?|que (?:esto |ello )?(?:pueda|puedan|haya|hayan))|(?:disculpen?|sentimos|lamentamos)(?: por)? (?:las molestias|los inconvenientes|cualquier (?:molestia|inconveniente))`), apologises, nameIt},
	}
}

func arabic() []phrase {
	return []phrase{
		{[]string{"صبر"}, arabicPattern(`(?:نرجو|نرجو منكم|يرجى|أرجو|أرجو منكم|الرجاء) (?:التحلي بالصبر|الصبر)|تحلوا بالصبر|اصبروا`), asksPatience, nextStep},
		{[]string{"تفهمكم", "تفهّمكم"}, arabicPattern(`(?:شكرا|شكرا لكم|نشكركم|نشكر لكم|مع الشكر) (?:على |ل)?تفهمكم|نقدر (?:لكم )?تفهمكم`), takesYes, costs},
		{[]string{"صبركم", "صدركم"}, arabicPattern(`(?:شكرا|شكرا لكم|نشكركم|نشكر لكم|مع الشكر) (?:على |ل)?(?:صبركم|سعة صدركم)|نقدر (?:لكم )?صبركم`), takesIt, waiting},
		{[]string{"أن تفهموا", "أن تتفهموا", "أن تتفهّموا", "أن تدركوا"}, arabicPattern(`(?:يجب|ينبغي|عليكم|يجب عليكم|ينبغي عليكم|ينبغي لكم) أن (?:تفهموا|تتفهموا|تدركوا)`), lectures, theFact},
		{[]string{"كما"}, arabicPattern(`كما (?:سبق أن|سبق وأن) (?:قلنا|ذكرنا|أوضحنا|أخبرناكم|شرحنا)|كما (?:قلنا|ذكرنا|أوضحنا|أخبرناكم) (?:لكم )?(?:سابقا|من قبل|آنفا|مرارا)`), reproaches, onceMore},
		{[]string{"حذرناكم", "حذّرناكم", "نبهناكم", "نبّهناكم"}, arabicPattern(`(?:لقد|قد|سبق أن|سبق وأن) (?:حذرناكم|نبهناكم)`), reproaches, needed},
		{[]string{"نسيتم", "أهملتم", "تردوا", "تجيبوا", "ترسلوا"}, arabicPattern(`(?:لقد|قد|أنتم|لكنكم) (?:نسيتم|أهملتم)|لم (?:تردوا|تجيبوا|ترسلوا)(?: \pL+)? (?:قط|أبدا|إطلاقا)`), blames, neutral},
		{[]string{"تأخركم", "تأخّركم", "خطئكم", "خطؤكم", "إهمالكم", "تقصيركم", "ذنبكم"}, arabicPattern(`(?:بسبب|نتيجة|جراء) (?:تأخركم|خطئكم|إهمالكم|تقصيركم)|(?:هذا|إنه|هو) (?:خطؤكم|ذنبكم)`), blames, happened},
		{[]string{"خطأنا", "ذنبنا", "مشكلتنا", "مسؤوليتنا", "علاقة لنا", "ذنب لنا"}, arabicPattern(`(?:ليس|ليس هذا|ليست|ليست هذه) (?:خطأنا|ذنبنا|مشكلتنا|مسؤوليتنا)|لا علاقة لنا (?:بذلك|بهذا|بالأمر)|لا ذنب لنا`), washes, whoCan},
		{[]string{"لو"}, arabicPattern(`لو (?:أنكم|كنتم قد) (?:أخبرتمونا|أرسلتم|أجبتم|رددتم|قرأتم|سألتم)`), blames, needed},
		{[]string{"اهدؤوا", "اهدأوا", "للذعر", "للهلع"}, arabicPattern(`اهدؤوا|اهدأوا|لا داعي (?:للذعر|للهلع)`), hushes, costs},
		{[]string{"مخطئون", "على خطأ", "الفهم", "خطأ"}, arabicPattern(`(?:أنتم|إنكم) (?:مخطئون|على خطأ)|أسأتم الفهم|فهمتم(?: \pL+)? خطأ`), corrects, meant},
		{[]string{"للمرة", "للمرّة"}, arabicPattern(`للمرة (?:الألف|المئة|المليون)`), scolds, onceMore},
		{[]string{"البديهي", "الجميع", "القول", "البيان"}, arabicPattern(`من البديهي|كما يعلم الجميع|كما هو معلوم للجميع|غني عن (?:القول|البيان)`), belittles, leaveOut},
		{[]string{"شيء", "حيلة"}, arabicPattern(`(?:لا يمكننا|ليس بوسعنا|ليس بإمكاننا) (?:فعل|عمل) (?:أي )?شيء (?:حيال|إزاء) (?:ذلك|هذا|الأمر)|ما باليد حيلة`), shrugs, thing},
		{[]string{"إزعاج", "ازعاج"}, arabicPattern(`(?:نعتذر|نأسف|نعتذر لكم|عذرا) عن (?:أي )?(?:إزعاج|ازعاج)|أي (?:إزعاج|ازعاج)`), apologises, nameIt},
	}
}

// letter matches an Arabic letter in a pattern, but not the letters of \pL.
var letter = regexp.MustCompile(`\p{Arabic}`)

// arabicPattern is phrasePattern for Arabic: vowel marks may follow each letter, and the word for “and” may
// be joined to the first.
func arabicPattern(words string) *regexp.Regexp {
	words = letter.ReplaceAllString(words, `$0\p{Mn}*`)
	words = strings.ReplaceAll(words, " ", `\s+`)
	return newPattern(`(?:^|[^\pL\pN])(?:و\p{Mn}*)?(` + words + `)(?:$|[^\pL\pN])`)
}
