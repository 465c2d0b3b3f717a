package portal

import (
	"slices"
	"strings"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// A Choice is one of the answers that the client can give to something that waits for them.
type Choice struct {
	// Key names its text, the string choice_Key of i18n, filled with Due; a sealed reply has it too.
	Key string
	Due civil.Moment
	// Date says that a date is required, MayDate that one is optional. Word names the text that is required,
	// the string word_Word of i18n, which is only asked for with MaySay; "" if a text is optional.
	Date, MayDate bool
	Word          string
	MaySay        bool
	// Done says that the answers to the five questions of acceptance are part of it.
	Done bool
}

// The choices that several kinds have.
var (
	yesDue   = Choice{Key: "yes_due"}
	another  = Choice{Key: "date", Date: true}
	terms    = Choice{Key: "terms", MayDate: true, Word: "terms"} // the words and the date at once
	promise  = Choice{Key: "promise", Date: true}
	answerBy = Choice{Key: "answer_by", Date: true}
	no       = Choice{Key: "no", Word: "why"}
	notQuite = Choice{Key: "not_quite", Word: "say"}
	asWeSaid = []Choice{{Key: "said"}, notQuite, {Key: "not_said", Word: "why"}}
)

// choices are the answers by the kind of what waits. Any other kind is answered with a text.
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
		{Key: "here", Word: "here", MaySay: true},
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
	"change": {{Key: "yes"}, {Key: "terms", Word: "terms"}, no},
	"rate": {
		{Key: "rate_1"},
		{Key: "rate_2"},
		{Key: "rate_3"},
		{Key: "rate_4"},
		{Key: "rate_5"},
	},
}

// Choices returns the answers that the client can choose from; none if the answer is only a text. A date that
// has passed is not offered.
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

// ReplyKind names what is answered, as a sealed reply has it: the kind of what waits, with the kind of its
// choices.
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

// Shown returns the proposed date as the client sees it with what waits: the new date, else the date that was
// asked for; zero for none.
func (w Waiting) Shown() civil.Moment {
	if w.Proposed.IsZero() {
		return w.OnTable
	}
	return w.Proposed
}

// moreChoices are what the client can say about a commitment that does not wait for them, each with the moves
// that say it.
var moreChoices = []struct {
	Choice
	by []loop.Did
	// asked are the kinds that already have the same answer among their own choices.
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
	{Choice{Key: "deliver", Word: "here", MaySay: true}, []loop.Did{loop.Deliver}, []string{"deliver"}},
	{Choice{Key: "withdraw", Word: "why"}, []loop.Did{loop.Withdraw}, nil},
	{Choice{Key: "revoke", Word: "why"}, []loop.Did{loop.Revoke}, nil},
}

// Choices returns what the client can say about the commitment now, in addition to the answers to what waits
// for them; none once it is closed.
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

// Senders returns the client's people; a reader who uses a link chooses one of them as the sender.
func (v *View) Senders() []Person { return v.peopleOf(client.ClientSide) }

// An Inbox receives the sealed replies of readers.
type Inbox struct {
	// Address is where replies are sent, Token what must be sent with them.
	Address, Token string
}

// Verb names what to do, the string do_Verb of i18n: decide, review, reply, confirm, rate or deliver.
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
