package check

import (
	"regexp"
	"slices"
	"strings"
)

func newPattern(s string) *regexp.Regexp { return regexp.MustCompile(s) }

// A phrase is something better said otherwise.
type phrase struct {
	// needs are parts of words, one of which is in any text that the pattern matches:
	// most texts hold none, and looking for them is quick.
	needs   []string
	pattern *regexp.Regexp
	// does says what the phrase does to its reader, instead what to write.
	does, instead string
}

// said matches a phrase as words of their own, in any case, with any blanks.
func said(words string) *regexp.Regexp {
	words = strings.NewReplacer(" ", `\s+`, "'", `['’]`).Replace(words)
	return newPattern(`(?i)(?:^|[^\pL\pN])(` + words + `)(?:$|[^\pL\pN])`)
}

// phrases are those of English. Each must be wrong in almost any sentence: a rule
// that is often mistaken is soon switched off.
var phrases = []phrase{
	{[]string{"patien", "bear with"}, said(`please (?:be|remain) patient|be patient with us|we (?:ask|beg) for your patience|bear with us`), "asks for patience", "say what happens next, and on which day"},
	{[]string{"your patience"}, said(`thank you for your patience`), "takes patience for granted", "say that you see what the waiting costs them"},
	{[]string{"understand", "realis", "realiz", "appreciate"}, said(`you (?:should|must|need to|have to) (?:understand|realise|realize|appreciate)`), "lectures", "say the fact itself, and what it means for them"},
	{[]string{"said", "told", "mention", "explain", "stated", "wrote", "written", "discuss"}, said(`as (?:I|we)(?: have|'ve)? (?:already |previously |repeatedly |clearly )*(?:said|told you|mentioned|explained|stated|wrote|written|discussed)(?: before| already| earlier)?`), "reproaches", "say it once more, as if for the first time"},
	{[]string{"said", "mention", "explain", "stated", "discuss", "communicat"}, said(`as (?:already|previously|repeatedly) (?:said|mentioned|explained|stated|discussed|communicated)|as (?:mentioned|stated|explained) (?:before|earlier|already)`), "reproaches", "say it once more, as if for the first time"},
	{[]string{"per my", "per our"}, said(`(?:as )?per (?:my|our) (?:last|previous|earlier) (?:e-?mail|message|note)`), "reproaches", "say it once more, as if for the first time"},
	{[]string{"told", "warned", "reminded"}, said(`(?:I|we)(?: have|'ve)? (?:already |repeatedly )*(?:told|warned|reminded) you`), "reproaches", "say what is needed now, and by when"},
	{[]string{"failed", "neglected", "forgot", "omitted", "refused"}, said(`you (?:failed|neglected|forgot|omitted|refused) to`), "blames", "say what is missing, from whom, and by when it is needed"},
	{[]string{"never", "even"}, said(`you (?:still )?(?:never|didn't even|have not even|haven't even) (?:told|said|sent|answered|replied|gave|given|asked|bothered|responded|provided)`), "blames", "say what is missing, from whom, and by when it is needed"},
	{[]string{"your"}, said(`(?:is|was|are|were|entirely|solely|clearly) your (?:own )?(?:fault|mistake|doing|responsibility alone)|because of your (?:delay|mistake|failure|error)s?|due to your (?:delay|mistake|failure|error)s?`), "blames", "say what happened, without whose it was"},
	{[]string{"fault", "problem", "job", "responsib", "do with us"}, said(`(?:is|was)(?: not|n't) (?:our|my) (?:fault|problem|job|responsibility)|(?:nothing|not anything) to do with us`), "washes its hands", "say what you can do, or who can"},
	{[]string{"you had"}, said(`if you had (?:only |just )?(?:told|sent|answered|listened|read|given|asked|replied)`), "blames", "say what is needed now, and by when"},
	{[]string{"calm", "worry", "panic", "overreact"}, said(`calm down|don't (?:worry|panic)|no need to (?:worry|panic)|you are overreacting|you're overreacting`), "hushes", "say what you see that it costs them, and what you do"},
	{[]string{"wrong", "mistaken", "misunderstood", "misread"}, said(`you are (?:wrong|mistaken)|you're (?:wrong|mistaken)|you (?:misunderstood|misread)`), "corrects", "say how you meant it, and ask how they read it"},
	{[]string{" time"}, said(`for the (?:umpteenth|hundredth|third|fourth|fifth) time`), "scolds", "say it once more, as if for the first time"},
	{[]string{"obviously", "needless", "everyone knows", "anyone can see", "should be clear", "common sense"}, said(`(?:obviously|needless to say|everyone knows|anyone can see|it should be clear|it is common sense)`), "belittles", "leave the word out; what is plain needs no saying so"},
	{[]string{"nothing"}, said(`there is nothing (?:more )?(?:we|I) can do|nothing (?:we|I) can do about it`), "shrugs", "say what you can do, however small, and by when"},
	{[]string{"inconvenience"}, said(`(?:any|the) inconvenience (?:this may cause|caused|this may have caused|may cause)|sorry for any inconvenience`), "apologises for nothing in particular", "name what it costs them"},
}

func tone(j *judge) {
	if !j.english() {
		return
	}
	for _, w := range j.words.own(j) {
		lower := strings.ToLower(w.text)
		for _, p := range phrases {
			if !slices.ContainsFunc(p.needs, func(part string) bool { return strings.Contains(lower, part) }) {
				continue
			}
			if m := p.pattern.FindStringSubmatch(unquoted(w.text)); m != nil {
				j.say(j.words.locate(w.at, m[1]), p.instead, "“%s” %s", strings.Join(strings.Fields(m[1]), " "), p.does)
			}
		}
	}
}

// english reports whether the client is written to in English.
func (j *judge) english() bool {
	l := strings.ToLower(j.c.Language)
	return l == "" || l == "en" || strings.HasPrefix(l, "en-")
}
