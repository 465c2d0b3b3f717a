package check

import (
	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

// afterDays is the limit of the rules about dates: how many days late something may be before it is reported.
const afterDays = "after_days"

func late(days int64) []diag.Limit {
	return []diag.Limit{{Name: afterDays, Value: days, Means: "how many days late it may be before it is said"}}
}

func limit(name string, value int64, means string) []diag.Limit {
	return []diag.Limit{{Name: name, Value: value, Means: means}}
}

// Rules are all rules, in the order in which they usually apply to a commitment.
var Rules = []Rule{
	{diag.Rule{
		Name: rule.RequestWithoutDate, Severity: diag.Warning,
		Says: "Something was asked for, and by when was not.",
		Why:  "A request without a date cannot be kept, only forgotten. What the other side hears is “whenever you like”.",
		Do:   "Ask by when it is needed, and write it as the request's `due`, or as a further `request` with a date.",
	}, requestWithoutDate},
	{diag.Rule{
		Name: rule.NoConditionsOfSatisfaction, Severity: diag.Warning,
		Says: "Something is promised, and nothing says how anyone will know that it is done.",
		Why:  "Both sides will see whether it was kept on the last day, each by their own picture of it.",
		Do:   "Agree on what must be true when it is done, and write it as `satisfied_when`.",
	}, noConditions},
	{diag.Rule{
		Name: rule.PromiseOtherDate, Severity: diag.Warning,
		Says: "It was promised for a later day than it was asked for, and the customer has not said that this will do.",
		Why:  "A later date is another offer. Written as a promise it looks settled, while the customer still counts on the first date.",
		Do:   "Where they agreed, write the date as a `counter` and their `agree` in place of the `promise`; or sum it up with `summarize` and get it confirmed.",
	}, promiseOtherDate},
	{diag.Rule{
		Name: rule.NeedClosed, Severity: diag.Warning,
		Says: "An open commitment names in `needs` one that was declined, withdrawn, taken back or closed without an answer.",
		Why:  "It waits for what will not come, and the page says so to whoever reads it.",
		Do:   "Ask for what is missing again, as a commitment of its own, and name that in `needs`; or take it out, where it is not needed any more.",
	}, needClosed},
	{diag.Rule{
		Name: rule.DueBeforeNeed, Severity: diag.Warning,
		Says: "A commitment is due before one that it needs. Of what is due the later of the agreed date and the one on the table counts; of what it needs, the date on the table.",
		Why:  "One of the two dates cannot be kept as it stands, and it is known today.",
		Do:   "`renegotiate` one of the two dates; or take out of `needs` what is not needed.",
	}, dueBeforeNeed},
	{diag.Rule{
		Name: rule.InterimAfterWhole, Severity: diag.Warning,
		Says: "An interim result is due after the whole that it is on the way to. Of the whole the later of the agreed date and the one on the table counts.",
		Why:  "An interim result that comes after the end shows nobody on the way how it goes.",
		Do:   "`renegotiate` one of the two dates, or correct the `due` of an interim result that has not begun.",
	}, interimAfterWhole},
	{diag.Rule{
		Name: rule.DayOff, Severity: diag.Warning,
		Says: "The next check-in, the next update, or a date that you owe or propose, is ahead and falls on a day of `closed`, or outside the days of `working_hours`: an hour on your own clock, a whole day as the client has it. A date that the client named is left out, and one of which you have said something since.",
		Why:  "On a day on which nobody is there, what was promised comes late or not at all.",
		Do:   "Set another day. Where the day is meant, say so in a note.",
	}, dayOff},
	{diag.Rule{
		Name: rule.SummaryUnconfirmed, Severity: diag.Warning,
		Says: "“This is what we said, right?” has had no answer: a summary among the moves, or the recap of the latest check-in.",
		Why:  "An agreement that only one side has in mind is found out at delivery.",
		Do:   "Ask for the yes, and write it: `confirm` or `correct` among the moves, `confirmed` with a check-in.",
		Limits: limit(afterDays, 3,
			"how many days after the summary, or late where it was to be answered by a date, before it is said"),
	}, summaryUnconfirmed},
	{diag.Rule{
		Name: rule.NotReconfirmedBeforeDue, Severity: diag.Warning,
		Says: "A promised date is near, and nothing has been said of the matter for days. A commitment and its interim results are one matter.",
		Why:  "A date that nobody mentions in its last week is one that somebody has forgotten, or fears to mention.",
		Do:   "Say how it stands and that the date holds, as `progress`; or `renegotiate` while there is time.",
		Limits: limit("days", 7,
			"how many days before the date this begins, and how long nothing was said"),
	}, notReconfirmed},
	{diag.Rule{
		Name: rule.AnswerOverdue, Severity: diag.Warning,
		Says: "Terms, a new date, a question among the moves, or a call for help, have waited past the date for an answer. While a question of the one who is to answer is open, their time stands still.",
		Why:  "Whoever waits for an answer can neither plan nor begin.",
		Do:   "Get the answer and write it down; or agree by when it comes, as `commit-to-commit`.", Limits: late(0),
	}, answerOverdue},
	{diag.Rule{
		Name: rule.PromiseOverdue, Severity: diag.Warning,
		Says: "A promised date has passed, on whichever side: nothing was delivered, and no later date that is still ahead is on the table. A promise that waits for something of the other side's, which it `needs`, is not late, nor is one that came in time and was sent back after its date.",
		Why:  "A date that passes in silence costs more trust than one that is moved in time.",
		Do:   "Deliver it, or `renegotiate` with a new date and the reason.", Limits: late(0),
	}, promiseOverdue},
	{diag.Rule{
		Name: rule.InterimOverdue, Severity: diag.Warning,
		Says: "The same, of an interim result. A later date of the whole that is on the table, and still ahead, counts for it too.",
		Why:  "Interim results are how the other side sees whether the whole will come. One that is missing is the first sign.",
		Do:   "Deliver it, or `renegotiate` its date with the reason.", Limits: late(0),
	}, interimOverdue},
	{diag.Rule{
		Name: rule.ReworkWithoutDate, Severity: diag.Warning,
		Says: "Something came in time, was sent back when its date was there or had passed, and no other date was proposed or agreed since.",
		Why:  "It is not late, but nobody knows by when it comes; and the page tells the client so.",
		Do:   "Say by when it comes, and why then: `renegotiate` with a `due`.",
	}, reworkWithoutDate},
	{diag.Rule{
		Name: rule.TermsPassed, Severity: diag.Warning,
		Says: "Terms wait for an answer, on whichever side, and the date in them has passed. Where an agreed date has passed with it, `promise-overdue` or `interim-overdue` tells of both.",
		Why:  "Nobody can say yes to a day that is gone.",
		Do:   "Propose terms with another date: your own again, or a `counter` to theirs.", Limits: late(0),
	}, termsPassed},
	{diag.Rule{
		Name: rule.AcceptOverdue, Severity: diag.Warning,
		Says: "Something was delivered, and the date for accepting it has passed. While a question of the customer's is open, it stands still.",
		Why:  "Until somebody says that it is what was wanted, it is not done.",
		Do:   "Ask whether it is what was wanted. After the date the performer may also `close` it, with a note.", Limits: late(0),
	}, acceptOverdue},
	{diag.Rule{
		Name: rule.QuestionOverdue, Severity: diag.Warning,
		Says: "A `[[question]]` has waited past its date.",
		Why:  "Work that goes on without the answer goes on by guessing.",
		Do:   "Get the answer and write `answered` and `answer`; or ask again, with a new `answer_by`. Where it no longer matters, that is the answer.", Limits: late(0),
	}, questionOverdue},
	{diag.Rule{
		Name: rule.ChangeOverdue, Severity: diag.Warning,
		Says: "A `[[change]]` was neither agreed nor declined within `answer_within`, on whichever side.",
		Why:  "Work that has changed without a yes is paid for by an argument.",
		Do:   "Get the answer, or give it, and write `agreed` or `declined` with the day.", Limits: late(0),
	}, changeOverdue},
	{diag.Rule{
		Name: rule.ReplyOverdue, Severity: diag.Warning,
		Says: "A client's message has had no word back within the reply promise, counted in your working hours.",
		Why:  "The reply promise is the first one that a client can check.",
		Do:   "Say that it has come and when they hear more, and write `acknowledged`. The matter need not be resolved for that.", Limits: late(0),
	}, replyOverdue},
	{diag.Rule{
		Name: rule.ReplyLatestTooSoon, Severity: diag.Warning,
		Says: "`reply_latest` is never later than `reply_within`: of a message that comes at any hour, the latest moment to say so would be before the usual one.",
		Why:  "Both are told to the client, and the earlier one counts. Two promises that do not fit together read as if nobody meant either.",
		Do:   "Make `reply_latest` the longer of the two, or leave one of them out.",
	}, replyLatest},
	{diag.Rule{
		Name: rule.ChasedTwice, Severity: diag.Warning,
		Says: "The client asked again before they had an answer: about the same matter of the same commitment or, where a message names none, on a later day. That a message was seen is not yet an answer to it. Two messages are about the same matter where they share a word, or where the second only asks for news.",
		Why:  "Who has to ask twice has begun to wonder. The third time they ask somebody else.",
		Do:   "Answer today, if only by when they will know, and write it down: `acknowledged` or `resolved` with a message, your move with a request.",
	}, chasedTwice},
	{diag.Rule{
		Name: rule.CheckInOverdue, Severity: diag.Warning,
		Says: "A check-in was due, by the date that was set or by the promise of `check_in`, and none was held.",
		Why:  "A rhythm that is missed once without a word is no rhythm.",
		Do:   "Hold it and write a `[[check_in]]`, or agree on a day and write it as the `next_check_in` of the last one. Where all work has closed, a closing `[review]` ends it.", Limits: late(0),
	}, checkInOverdue},
	{diag.Rule{
		Name: rule.StatusStale, Severity: diag.Warning,
		Says: "The update that the latest status note promised has not come; or, where none was promised, there has been no note for a long time while something is open.",
		Why:  "Silence is read as bad news. The page itself tells the client that no word has come.",
		Do:   "Write a `[[status]]`, if only to say that nothing has changed, with the day of the next one. Where all work has closed, a closing `[review]` ends it.",
		Limits: append(late(0), diag.Limit{
			Name: "days", Value: 21, Means: "how many days without a note are too many, where no next one was promised",
		}),
	}, statusStale},
	{diag.Rule{
		Name: rule.StatusGreenerThanFacts, Severity: diag.Warning,
		Says: "The latest status note is greener than the facts.",
		Why:  "The page shows the facts' colour and says why, so the note beside it looks unaware or worse.",
		Do:   "Write a new note: with that colour, or with a `rag_because` that weighs what is known.",
	}, statusGreener},
	{diag.Rule{
		Name: rule.DelayWithoutAcknowledgement, Severity: diag.Warning,
		Says: "The latest note is amber or red and leaves out one of: that you see what it costs them (`acknowledges`), what it means for them (`means_for_you`), what you are doing (`doing`), a date ahead or when they hear next (`next_update`).",
		Why:  "A delay is forgiven when these four are told, and seldom when one is missing.",
		Do:   "Add to the note what is missing.",
	}, delayWithoutAcknowledgement},
	{diag.Rule{
		Name: rule.RiskWithoutOwner, Severity: diag.Warning,
		Says: "An open risk has no owner.",
		Why:  "What everybody watches nobody watches.",
		Do:   "Give it an `owner`, on either side.",
	}, riskWithoutOwner},
	{diag.Rule{
		Name: rule.RiskWithoutMitigation, Severity: diag.Warning,
		Says: "Nothing is done about an open risk whose impact is moderate or more.",
		Why:  "A grave risk without an answer only frightens the one who reads it.",
		Do:   "Write as `mitigation` what is done so that it does not happen, or does not hurt.",
	}, riskWithoutMitigation},
	{diag.Rule{
		Name: rule.RiskReviewOverdue, Severity: diag.Warning,
		Says: "An open risk was to be looked at again by a day that has passed.",
		Why:  "Risks age. What was unlikely in March may be certain in May.",
		Do:   "Look at it, write what you found in its `log`, and set the next `review`; or close it.", Limits: late(0),
	}, riskReviewOverdue},
	{diag.Rule{
		Name: rule.NewRiskNotTold, Severity: diag.Warning,
		Says: "A risk that you raised has been open for one round of check-ins, and neither a check-in nor a status note has come since.",
		Why:  "A risk on a page is not yet one that the client has heard of.",
		Do:   "Tell it at the next check-in or in the next note, and write that down.",
		Limits: limit("days", 7,
			"how long a round is where no `check_in` is promised"),
	}, newRiskNotTold},
	{diag.Rule{
		Name: rule.ClientSilent, Severity: diag.Warning,
		Says: "Nothing was heard of the client for a long time, and something of theirs is overdue. What they owe is then told here once, and not each by itself.",
		Why:  "Whoever is silent is busy, unsure or gone, and does not read one more reminder.",
		Do:   "Call them, and write down what was said.",
		Limits: limit("days", 14,
			"how many days without a word"),
	}, clientSilent},
	{diag.Rule{
		Name: rule.PulseMissing, Severity: diag.Warning,
		Says: "Work was promised a while ago, and nobody has yet asked the client how it is going between you.",
		Why:  "What a client does not like they tell everybody but you, unless they are asked.",
		Do:   "Ask one question, score it yourself first, and write it as a `[[pulse]]`.",
		Limits: limit("days", 14,
			"how many days after the first promise"),
	}, pulseMissing},
	{diag.Rule{
		Name: rule.PulseStale, Severity: diag.Warning,
		Says: "The last pulse was asked a long time ago, and something is still open.",
		Why:  "A good answer from spring says nothing about autumn.",
		Do:   "Ask again, best the same question, and write it as a `[[pulse]]`.",
		Limits: limit("days", 90,
			"how many days after the last one"),
	}, pulseStale},
	{diag.Rule{
		Name: rule.PulseGapUnanswered, Severity: diag.Warning,
		Says: "In the latest pulse the client's score is far below yours, and nothing says what was done about it.",
		Why:  "A gap that was seen and not answered is worse than one that nobody saw.",
		Do:   "Talk about it, change something, and write what as `gap_action`.",
		Limits: limit("points", 2,
			"how many points below"),
	}, pulseGapUnanswered},
	{diag.Rule{
		Name: rule.AssumptionUnconfirmed, Severity: diag.Warning,
		Says: "Something has been taken for true for a while, and nobody has confirmed it. What has closed is not looked at.",
		Why:  "An assumption is a risk that nobody has written down as one.",
		Do:   "Ask, and write `confirmed` or `wrong` with the day.",
		Limits: limit(afterDays, 14,
			"how many days after it was written down"),
	}, assumptionUnconfirmed},
	{diag.Rule{
		Name: rule.GoalUnmeasured, Severity: diag.Warning,
		Says: "A goal does not say how it is measured, or has not been measured for a long time. One that never was is left out while none of the commitments that serve it has been delivered.",
		Why:  "In the end the client will judge by it. Better to know before the end.",
		Do:   "Agree on a `measure`; measure, and write `now` with the day as `measured`.",
		Limits: limit("days", 90,
			"how many days after it was last measured, or after the first promise where it never was"),
	}, goalUnmeasured},
	{diag.Rule{
		Name: rule.Capacity, Severity: diag.Warning,
		Says: "One person of yours owes more in a week than a number, across all clients: commitments and interim results whose date falls between Monday and Sunday. What is overdue counts in the present week. A week with days of `closed` has room for fewer, in the same share.",
		Why:  "The promise that will be broken is the one given last.",
		Do:   "Renegotiate one of them now, or give it to somebody else.",
		Limits: limit("per_week", 5,
			"how many dates a week are not yet too many"),
	}, nil},
	{diag.Rule{
		Name: rule.Tone, Severity: diag.Warning,
		Says: "Words of yours blame, hush or lecture the client: “please be patient”, “you should understand”, “as I already said”. Looked at is what is open and the latest note, in English, German, French, Spanish and Arabic.",
		Why:  "Such words are written in a hurry and read for years.",
		Do:   "Say what happened and what you do. The hint says how, for each of them.",
	}, tone},
	{diag.Rule{
		Name: rule.Jargon, Severity: diag.Warning,
		Says: "Words of yours hold an abbreviation that nothing explains: no `[[term]]`, not the text beside it, nor a list of common ones; the client has not used it themselves; and it stands in no name and no title. Looked at are the languages of the rule `tone`.",
		Why:  "Who does not know a word on a page about their own money feels that they should.",
		Do:   "Write it out, or explain it once as a `[[term]]`.",
	}, jargon},
	{diag.Rule{
		Name: rule.SharedOrigin, Severity: diag.Warning,
		Says: "`base_url` has a path, or is a host name such as user.github.io or user.gitlab.io, at which all projects of one user stand; so other pages may have the same host name. `build` tells of it too.",
		Why:  "A browser keeps apart what belongs to two host names, not to two paths. A script of any other page of that host can open what a reader's browser remembers of a portal; at user.github.io each project is such a page.",
		Do:   "Give the portals a host name of their own, such as portal.example.com. Where nobody else can put a page there, turn the rule off.",
	}, nil},
}
