package check

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"portalgen/internal/client"
	"portalgen/internal/diag"
)

func newPattern(s string) *regexp.Regexp { return regexp.MustCompile(s) }

// A phrase is wording that should be replaced.
type phrase struct {
	// needs are parts of words in lower case: every text that the pattern matches has one of them. Most texts
	// have none, and searching for them is fast.
	needs   []string
	pattern *regexp.Regexp
	// does says how the phrase affects its reader, instead what to write.
	does, instead string
}

// phrasePattern matches words as whole words, in any case, with any blanks between.
func phrasePattern(words string) *regexp.Regexp {
	words = strings.NewReplacer(" ", `\s+`, "'", `['’]`).Replace(words)
	return newPattern(`(?i)(?:^|[^\pL\pN])(` + words + `)(?:$|[^\pL\pN])`)
}

// A language is what the rules about wording know of one language.
type language struct {
	phrases []phrase
	// turned matches what directly precedes a phrase and changes its meaning: a condition or a denial.
	// completed does the same for phrases that lecture: “what you need to understand the lease”.
	turned, completed *regexp.Regexp
	// common are abbreviations that readers of the language know, and words that are written in capitals for
	// emphasis.
	common map[string]bool
}

// languages are the languages of the interface. Each is made when it is first needed, since its patterns take
// time to compile.
var languages = map[string]func() *language{
	"en": sync.OnceValue(func() *language {
		return &language{
			english(), endsWith(`if|whether|unless|in case|you said|none of (?:this|that|it)|nothing(?: here)?|never|not|nor`),
			endsWith(`what|whatever|all|anything|everything|something|(?:words|terms|figures|things|parts?)(?: that)?`),
			wordSet(commonEnglish),
		}
	}),
	"de": sync.OnceValue(func() *language {
		return &language{
			german(), endsWith(`wenn|falls|ob|sofern|nie|niemals|nicht|kein|keine|weder|Sie sagten`), endsWith(`was|alles`),
			wordSet(commonEnglish, commonGerman),
		}
	}),
	"fr": sync.OnceValue(func() *language {
		return &language{
			french(), endsWith(`si|jamais|pas|ni|vous disiez`), endsWith(`ce que|tout ce que|que`),
			wordSet(commonEnglish, commonFrench),
		}
	}),
	"es": sync.OnceValue(func() *language {
		return &language{
			spanish(), endsWith(`si|nunca|jamás|no|ni`), endsWith(`lo que|que`), wordSet(commonEnglish, commonSpanish),
		}
	}),
	"ar": sync.OnceValue(func() *language {
		return &language{arabic(), endsWith(`إذا|إن|لو|لا|لم|لن|ليس`), endsWith(`ما|كل ما`), wordSet(commonEnglish)}
	}),
}

// endsWith matches a text that ends with one of words.
func endsWith(words string) *regexp.Regexp {
	return newPattern(`(?i)(?:^|[^\pL])(?:` + words + `)\s+$`)
}

// language returns what is known of the client's language; nil if that is nothing.
func (j *judge) language() *language {
	name, _, _ := strings.Cut(strings.ToLower(j.c.Language), "-")
	if name == "" {
		name = "en"
	}
	if made := languages[name]; made != nil {
		return made()
	}
	return nil
}

// english are the phrases of English. Each must be wrong in almost any sentence: people turn off a rule that
// is often mistaken.
func english() []phrase {
	return []phrase{
		{[]string{"patien", "bear with"}, phrasePattern(`please (?:be|remain) patient|be patient with us|we (?:ask|beg) for your patience|bear with us`), asksPatience, nextStep},
		{[]string{"your patience"}, phrasePattern(`thank you for your patience`), takesIt, waiting},
		{[]string{"understand", "realis", "realiz", "appreciate"}, phrasePattern(`you (?:should|must|need to|have to) (?:understand|realise|realize|appreciate)`), lectures, theFact},
		{[]string{"said", "told", "mention", "explain", "stated", "wrote", "written", "discuss"}, phrasePattern(`as (?:I|we)(?: have|'ve)? (?:(?:already|previously|repeatedly|clearly) )+(?:said|told you|mentioned|explained|stated|wrote|written|discussed)|as (?:I|we)(?: have|'ve)? (?:said|told you|mentioned|explained|stated|wrote|written) (?:before|already|earlier|repeatedly|many times)|as (?:I|we) told you`), reproaches, onceMore},
		{[]string{"said", "mention", "explain", "stated", "discuss", "communicat"}, phrasePattern(`as (?:already|previously|repeatedly) (?:said|mentioned|explained|stated|discussed|communicated)|as (?:mentioned|stated|explained) (?:before|earlier|already)`), reproaches, onceMore},
		{[]string{"per my", "per our"}, phrasePattern(`(?:as )?per (?:my|our) (?:last|previous|earlier) (?:e-?mail|message|note)`), reproaches, onceMore},
		{[]string{"told", "warn", "reminded"}, phrasePattern(`(?:I|we)(?: have|'ve)? (?:(?:already|repeatedly) )+(?:told|warned|reminded) you|(?:I|we)(?: have|'ve)? warned you|(?:I|we) did warn you`), reproaches, needed},
		{[]string{"failed", "neglected", "forgot", "omitted", "refused"}, phrasePattern(`you (?:failed|neglected|forgot|omitted|refused) to`), blames, neutral},
		{[]string{"never", "even"}, phrasePattern(`you (?:still )?(?:never|didn't even|have not even|haven't even) (?:told|tell|said|say|sent|send|answered|answer|replied|reply|gave|given|asked|ask|bothered|bother|responded|respond|provided|provide)`), blames, neutral},
		{[]string{"your"}, phrasePattern(`(?:is|was|are|were|entirely|solely|clearly) your (?:own )?(?:fault|mistake|doing|responsibility alone)|because of your (?:delay|mistake|failure|error)s?|due to your (?:delay|mistake|failure|error)s?`), blames, happened},
		{[]string{"fault", "problem", "job", "responsib", "do with us"}, phrasePattern(`(?:is|was)(?: not|n't) (?:our|my) (?:fault|problem|job|responsibility)|(?:nothing|not anything) to do with us`), washes, whoCan},
		{[]string{"you had"}, phrasePattern(`if you had (?:only |just )?(?:told|sent|answered|listened|read|given|asked|replied)`), blames, needed},
		{[]string{"calm down", "panic", "overreact"}, phrasePattern(`(?:please|must|should|need to|have to) calm down|don't panic|no need to panic|(?:you are|you're) overreacting`), hushes, costs},
		{[]string{"calm down"}, newPattern(`(?i)(?:^|[.!?:;]\s+)(calm down)(?:$|[^\pL\pN])`), hushes, costs},
		{[]string{"wrong", "mistaken", "misunderstood", "misread"}, phrasePattern(`you are (?:wrong|mistaken)|you're (?:wrong|mistaken)|you (?:misunderstood|misread)`), corrects, meant},
		{[]string{"teenth time", "hundredth time"}, phrasePattern(`for the (?:umpteenth|hundredth) time`), scolds, onceMore},
		{[]string{"obviously", "needless", "everyone knows", "anyone can see", "common sense"}, phrasePattern(`(?:obviously|needless to say|as everyone knows|as anyone can see|(?:it is|it's|that is|that's) common sense)`), belittles, leaveOut},
		{[]string{"nothing"}, phrasePattern(`there is nothing (?:more )?(?:we|I) can do|nothing (?:we|I) can do about it`), shrugs, thing},
		{[]string{"inconvenience"}, phrasePattern(`(?:any|the) inconvenience (?:this may cause|caused|this may have caused|may cause)|sorry for any inconvenience`), apologises, nameIt},
	}
}

// find returns the first match in text where p, a phrase of l, keeps its meaning.
func (p phrase) find(text string, l *language) (string, bool) {
	for _, m := range p.pattern.FindAllStringSubmatchIndex(text, -1) {
		before := text[:m[2]]
		if l.turned.MatchString(before) || p.does == lectures && l.completed.MatchString(before) {
			continue
		}
		return text[m[2]:m[3]], true
	}
	return "", false
}

// wordCommand returns the command that changes a text; "" if no command can.
func wordCommand(c *client.Client, w placedText) string {
	ref := tableAt(c, w.at)
	if ref.Kind == "" || w.key == "" {
		return ""
	}
	kind, id := ref.Kind, ref.ID
	if ref.Part != "" {
		kind, id = "deliverable", id+"/"+ref.Part
	}
	return diag.Command("update", kind, c.ID, id, strings.ReplaceAll(w.key, "_", "-"))
}

func tone(j *judge) {
	l := j.language()
	if l == nil {
		return
	}
	for _, w := range j.texts.fromProvider(j) {
		lower := strings.ToLower(w.text)
		for _, p := range l.phrases {
			if !slices.ContainsFunc(p.needs, func(part string) bool { return strings.Contains(lower, part) }) {
				continue
			}
			if said, ok := p.find(unquoted(w.text), l); ok {
				j.report(j.texts.locate(w.at, said), p.instead, "“%s” %s", strings.Join(strings.Fields(said), " "), p.does)
				j.found[len(j.found)-1].Command = wordCommand(j.c, w)
			}
		}
	}
}
