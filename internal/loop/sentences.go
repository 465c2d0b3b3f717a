package loop

// sentences describe each state in a sentence without a full stop.
var sentences = map[State]string{
	Start:      "nothing has been asked or offered yet",
	Asked:      "it is asked for, and has no answer yet",
	Offered:    "it is offered, and has no answer yet",
	Countered:  "other terms are proposed, and not agreed yet",
	Promised:   "it is promised",
	Resetting:  "another date or other terms are proposed, and not agreed yet",
	Delivered:  "it is delivered",
	Kept:       "it is done and accepted",
	Declined:   "it was declined",
	Withdrawn:  "it was withdrawn",
	Revoked:    "the promise was taken back",
	Unanswered: "it was delivered, and closed without an answer",
}

// Sentence describes the state in a sentence without a full stop, such as "it is promised".
func (s State) Sentence() string { return sentences[s] }
