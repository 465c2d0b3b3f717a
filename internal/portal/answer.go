package portal

import (
	"slices"
	"strings"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// A Choice is one of the answers that the client can give to what waits on them.
type Choice struct {
	// Key names its words, choice_Key of i18n, filled with Due; a sealed reply has it too.
	Key string
	Due civil.Moment
	// Date says that a date goes with it, MayDate that one is welcome. Word names what has to be
	// said with it, word_Word of i18n; "" where a word is welcome and not needed.
	Date, MayDate bool
	Word          string
	// Done says that the answers to the five questions of acceptance go with it.
	Done bool
}

// The choices that stand for more than one kind of what waits.
var (
	yesDue   = Choice{Key: "yes_due"}
	another  = Choice{Key: "date", Date: true}
	terms    = Choice{Key: "terms", Word: "terms"}
	promise  = Choice{Key: "promise", Date: true}
	answerBy = Choice{Key: "answer_by", Date: true}
	no       = Choice{Key: "no", Word: "why"}
	notQuite = Choice{Key: "not_quite", Word: "say"}
	asWeSaid = []Choice{{Key: "said"}, notQuite, {Key: "not_said", Word: "why"}}
)

// choices are the answers by the kind of what waits. What is not here is answered in words.
var choices = map[string][]Choice{
	"agree":        {{Key: "yes"}, terms, no, answerBy},
	"agree_due":    {yesDue, another, terms, no, answerBy},
	"promise":      {promise, terms, {Key: "cannot", Word: "why"}, answerBy},
	"decide_due":   {yesDue, another, {Key: "keep_due", Word: "why"}, answerBy},
	"decide_new":   {yesDue, another, no, answerBy},
	"decide_terms": {{Key: "yes_terms"}, terms, {Key: "keep_terms", Word: "why"}, answerBy},
	"passed":       {promise, no, answerBy},
	"accept": {
		{Key: "accept", Done: true},
		{Key: "back", MayDate: true, Word: "missing"},
	},
	"deliver": {
		{Key: "here", Word: "here"},
		{Key: "later", Date: true, Word: "why"},
	},
	"confirm":            asWeSaid,
	"confirm_check_in":   asWeSaid,
	"confirm_assumption": {{Key: "so"}, notQuite, {Key: "not_so"}},
	"confirm_term": {
		{Key: "means"},
		{Key: "means_else", Word: "mean"},
		{Key: "not_ours", Word: "why"},
	},
	"change": {{Key: "yes"}, terms, no},
	"rate": {
		{Key: "rate_1"},
		{Key: "rate_2"},
		{Key: "rate_3"},
		{Key: "rate_4"},
		{Key: "rate_5"},
	},
}

// Choices returns the answers that the client can choose from; none where an answer is words
// alone. A date that has passed is not among them.
func (v *View) Choices(w Waiting) []Choice {
	var all []Choice
	for _, c := range choices[v.ReplyKind(w)] {
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

// ReplyKind names what is answered as a sealed reply has it: the kind of what waits, and which of
// its choices there are.
func (v *View) ReplyKind(w Waiting) string {
	switch dated := !w.Proposed.IsZero(); {
	case dated && v.Passed(w.Proposed):
		return "passed"
	case dated && w.Kind == "decide" && v.Passed(w.Agreed):
		return "decide_new"
	case dated:
		return w.Kind + "_due"
	}
	return w.Kind
}

// Shown returns the date on the table as the client sees it with what waits: the proposed one, else
// the one that was asked for; zero for none.
func (w Waiting) Shown() civil.Moment {
	if w.Proposed.IsZero() {
		return w.OnTable
	}
	return w.Proposed
}

// moreChoices are what the client can say to a commitment that does not wait on them, each with
// the moves by which it can be made.
var moreChoices = []struct {
	Choice
	by []loop.Did
	// asked are the kinds of what waits on the client that have the same among their own choices.
	asked []string
}{
	{Choice{Key: "ask", Word: "ask"}, []loop.Did{loop.Ask}, nil},
	{
		Choice{Key: "new_date", Date: true, Word: "why"},
		[]loop.Did{loop.Renegotiate, loop.Counter},
		[]string{"agree", "promise", "decide", "decide_terms", "deliver"},
	},
	{Choice{Key: "progress", Word: "progress"}, []loop.Did{loop.Progress}, nil},
	{Choice{Key: "ask_help", Word: "help"}, []loop.Did{loop.AskHelp}, nil},
	{Choice{Key: "deliver", Word: "here"}, []loop.Did{loop.Deliver}, []string{"deliver"}},
	{Choice{Key: "withdraw", Word: "why"}, []loop.Did{loop.Withdraw}, nil},
	{Choice{Key: "revoke", Word: "why"}, []loop.Did{loop.Revoke}, nil},
}

// Choices returns what the client can say to the commitment now, beside the answers to what waits
// on them; none once it is closed.
func (c *Commitment) Choices() []Choice {
	if !c.open {
		return nil
	}
	side := loop.Customer
	if c.Customer.Ours() {
		side = loop.Performer
	}
	legal := c.conv.Legal()
	var all []Choice
	for _, more := range moreChoices {
		allowed := slices.ContainsFunc(more.by, func(d loop.Did) bool {
			return slices.Contains(legal, loop.Legal{Side: side, Did: d})
		})
		asked := slices.ContainsFunc(c.Yours, func(w Waiting) bool {
			return !w.part && slices.Contains(more.asked, w.Kind)
		})
		mine := more.Key != "progress" && more.Key != "ask_help" || side == loop.Performer
		if allowed && !asked && mine {
			all = append(all, more.Choice)
		}
	}
	return all
}

// Senders returns the client's people, among whom a reader who came by a link says who they are.
func (v *View) Senders() []Person { return v.peopleOf(client.ClientSide) }

// An Inbox takes the sealed replies of readers.
type Inbox struct {
	// Address is where they are sent, Token what has to go with them.
	Address, Token string
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
