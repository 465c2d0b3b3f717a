package portal

import (
	"strings"

	"portalgen/internal/civil"
)

// A Choice is one of the answers that the client can give to what waits on them.
type Choice struct {
	// Key names its words, choice_Key of i18n, filled with Due.
	Key string
	Due civil.Moment
	// Date says that a date goes with it. Word names what has to be said with it, word_Word of
	// i18n; "" where a word is welcome and not needed.
	Date bool
	Word string
}

// choices are the answers by the kind of what waits. What is not here is answered in words.
var choices = map[string][]Choice{
	"agree":            {{Key: "yes"}, {Key: "terms", Word: "terms"}},
	"agree_due":        {{Key: "yes_due"}, {Key: "date", Date: true}, {Key: "terms", Word: "terms"}},
	"promise":          {{Key: "promise", Date: true}, {Key: "terms", Word: "terms"}, {Key: "cannot", Word: "why"}},
	"decide_due":       {{Key: "yes_due"}, {Key: "date", Date: true}, {Key: "keep_due"}},
	"decide_new":       {{Key: "yes_due"}, {Key: "date", Date: true}, {Key: "no", Word: "why"}},
	"decide_terms":     {{Key: "yes_terms"}, {Key: "terms", Word: "terms"}, {Key: "keep_terms"}},
	"passed":           {{Key: "promise", Date: true}, {Key: "no", Word: "why"}},
	"accept":           {{Key: "accept"}, {Key: "back", Word: "missing"}},
	"deliver":          {{Key: "here", Word: "here"}, {Key: "later", Date: true}},
	"confirm":          {{Key: "said"}, {Key: "not_quite", Word: "say"}},
	"confirm_check_in": {{Key: "said"}, {Key: "not_quite", Word: "say"}},
	"confirm_term":     {{Key: "means"}, {Key: "means_else", Word: "mean"}},
	"change":           {{Key: "yes"}, {Key: "no", Word: "why"}},
	"rate":             {{Key: "rate_1"}, {Key: "rate_2"}, {Key: "rate_3"}, {Key: "rate_4"}, {Key: "rate_5"}},
}

// Choices returns the answers that the client can choose from; none where an answer is words
// alone. A date that has passed is not among them.
func (v *View) Choices(w Waiting) []Choice {
	kind := w.Kind
	switch dated := !w.Proposed.IsZero(); {
	case dated && v.Passed(w.Proposed):
		kind = "passed"
	case dated && kind == "decide" && v.Passed(w.Agreed):
		kind = "decide_new"
	case dated:
		kind += "_due"
	}
	var all []Choice
	for _, c := range choices[kind] {
		switch c.Key {
		case "yes_due":
			c.Due = w.Proposed
		case "keep_due":
			c.Due = w.Agreed
		}
		all = append(all, c)
	}
	return all
}

// Verb names what is to be done with it, do_Verb of i18n: decide, review, reply, confirm, rate or
// deliver.
func (w Waiting) Verb() string {
	kind, _, _ := strings.Cut(w.Kind, "_")
	switch kind {
	case "agree", "promise", "change":
		return "decide"
	case "accept":
		return "review"
	case "answer", "help", "message":
		return "reply"
	}
	return kind
}
