package check

import (
	"cmp"
	"fmt"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
	"portalgen/internal/portal"
	"portalgen/internal/rule"
)

func summaryUnconfirmed(j *judge) {
	for _, t := range j.conversations() {
		if !t.Open() {
			continue
		}
		for _, s := range t.OpenSummaries {
			if by := cmp.Or(s.AnswerBy, s.On); j.passed(by) && !j.toldAsSilent(t.cm, s.By.Other()) {
				hint := j.hint(t.cm, s.By.Other(), "say whether that is right, and write it as confirm, or as correct",
					"ask for the yes, and write it as confirm, or as correct")
				j.report(t.summary(s), hint, "%s: %s has not confirmed what was summed up on %s", t.title(),
					j.whose(t.cm, s.By.Other()), s.On.Date)
			}
		}
	}
	if c := j.latestCheckIn(); c != nil && c.Recap != "" && c.Confirmed.IsZero() &&
		j.passed(c.On) && !j.allClosed() && j.owedInSilence == 0 {
		j.report(c.Pos, "ask whether this is what was said, and write the day of the yes as confirmed",
			"nobody has confirmed the recap of the check-in of %s", c.On.Date)
	}
}

// summary returns the place of a summary's move.
func (t conversation) summary(s loop.Summary) diag.Pos {
	for _, m := range slices.Backward(t.moves()) {
		if did := loop.Did(m.Did); m.On == s.On && m.Note == s.Note && (did == loop.Summarize || did == loop.Correct) {
			return m.Pos
		}
	}
	return t.pos()
}

// latestCheckIn returns the latest held check-in that the client can see, or nil.
func (j *judge) latestCheckIn() *client.CheckIn {
	var latest *client.CheckIn
	all := j.public.Source().CheckIns
	for i := range all {
		c := &all[i]
		if !c.On.Date.After(j.today) && (latest == nil || !c.On.Before(latest.On)) {
			latest = c
		}
	}
	return latest
}

func questionOverdue(j *judge) {
	for _, q := range j.c.Questions {
		told := j.owedInSilence > 0 && !j.isOurs(q.To)
		if by := j.answerBy(q.AnswerBy, q.Asked); j.c.Waits(q) && j.passed(by) && !told {
			hint := "get the answer and write it down, or ask again with a new date"
			if j.isOurs(q.To) {
				hint = "answer it, and write answered and answer"
			}
			j.report(q.Pos, hint, "%s was to answer by %s: %s", j.name(q.To), by.Date, diag.Excerpt(q.Text))
		}
	}
}

func changeOverdue(j *judge) {
	for _, x := range j.c.Changes {
		told := j.owedInSilence > 0 && !j.byClient(x.By)
		if by := j.answerBy(civil.Moment{}, x.On); j.view.Waits(x) && j.passed(by) && !told {
			hint := "get the answer, and write agreed or declined with the day"
			if j.byClient(x.By) {
				hint = "agree or decline, and write agreed or declined with the day"
			}
			j.report(x.Pos, hint, "the change proposed on %s was to be answered by %s: %s", x.On.Date, by.Date,
				diag.Excerpt(x.Text))
		}
	}
}

// answerBy returns by or, if it is zero, the date that answer_within gives for an answer to something said on
// since; zero if there is neither.
func (j *judge) answerBy(by, since civil.Moment) civil.Moment {
	if within := j.c.Promises.AnswerWithin; by.IsZero() && !within.IsZero() {
		return civil.On(since.AddDays(within.CalendarDays()))
	}
	return by
}

func replyOverdue(j *judge) {
	for _, r := range j.view.Replies.All {
		if r.Verdict == "overdue" && j.passed(r.Due) && !j.isChaser(r.Ref) {
			j.report(r.Pos, "say that it has come and when they hear more, and write acknowledged",
				"%s has had no word back, promised by %s: %s",
				r.By.Name, j.hour(r.Due), diag.Excerpt(r.About))
		}
	}
}

// isChaser reports whether chasedTwice reports a message.
func (j *judge) isChaser(ref client.Ref) bool {
	i := slices.IndexFunc(j.c.Messages, func(m client.Message) bool { return m.Ref() == ref })
	return i >= 0 && slices.ContainsFunc(j.c.Messages, func(before client.Message) bool {
		return j.byClient(before.By) && j.chases(&j.c.Messages[i], &before)
	})
}

// replyLatest skips promises that all come from provider.toml: ReplyPromises reports those.
func replyLatest(j *judge) {
	own, theirs := j.c.Promises, j.provider.Promises
	if own.ReplyWithin == theirs.ReplyWithin && own.ReplyLatest == theirs.ReplyLatest {
		return
	}
	if portal.LatestIsSooner(j.provider, own) {
		message, hint := replyLatestSays(own)
		j.report(own.Pos, hint, "%s", message)
	}
}

func replyLatestSays(p client.Promises) (message, hint string) {
	return fmt.Sprintf("reply_latest, %s, is never later than reply_within, %s", p.ReplyLatest, p.ReplyWithin),
		"make reply_latest the longer of the two, or leave one of them out"
}

// ReplyPromises reports a reply_latest in provider.toml that is never later than reply_within.
func ReplyPromises(p *client.Provider) diag.Problems {
	i := slices.IndexFunc(Rules, func(r Rule) bool { return r.Name == rule.ReplyLatestTooSoon })
	severity := SeverityOf(Rules[i], p.Check)
	if severity == diag.Off || !portal.LatestIsSooner(p, p.Promises) {
		return nil
	}
	message, hint := replyLatestSays(p.Promises)
	return diag.Problems{{
		Pos: p.Promises.Pos, Rule: rule.ReplyLatestTooSoon, Severity: severity, Message: message, Hint: hint,
	}}
}

// hour writes a moment with its hour and minute, if it has them, and with its zone, if that is not the
// provider's.
func (j *judge) hour(m civil.Moment) string {
	switch there := j.now.Location(); {
	case !m.Timed:
		return m.Date.String()
	case there.String() != j.here.String():
		return m.Wall().Format("2006-01-02 15:04") + " (" + there.String() + ")"
	}
	return m.Wall().Format("2006-01-02 15:04")
}

func chasedTwice(j *judge) {
	for _, t := range j.conversations() {
		if t.State == loop.Asked && j.byClient(t.cm.Customer) {
			if at := t.askedAgain(); at >= 0 {
				j.reportOf(t.ref(), "", t.moves()[at].Pos, "answer today, if only by when they will know",
					"%s asked for %s again before there was an answer",
					j.whose(t.cm, loop.Customer), t.title())
			}
		}
	}
	for i := range j.c.Messages {
		m := &j.c.Messages[i]
		if !m.Acknowledged.IsZero() || !m.Resolved.IsZero() || !j.byClient(m.By) {
			continue
		}
		for k := range j.c.Messages {
			before := &j.c.Messages[k]
			if !j.byClient(before.By) || !j.chases(m, before) {
				continue
			}
			says := "%s wrote again before the last message had had a word back: %s"
			if word := cmp.Or(before.Acknowledged, before.Resolved); !word.IsZero() && !word.After(m.Received) {
				says = "%s wrote again: the last message had been seen, and not answered: %s"
			}
			j.reportOf(m.Ref(), "", m.Pos, "answer today, and write acknowledged or resolved", says, j.name(m.By),
				diag.Excerpt(m.About))
			break
		}
	}
}

// chases reports whether m asks again for an answer to before: it is about the same topic and the same
// commitment or, if one of them names no commitment, by the same person on a later day. An acknowledged
// message is not answered.
func (j *judge) chases(m, before *client.Message) bool {
	if !before.Received.Before(m.Received) || !before.Resolved.IsZero() && !before.Resolved.After(m.Received) {
		return false
	}
	same := m.Commitment != "" && m.Commitment == before.Commitment
	apart := m.Commitment != "" && before.Commitment != "" && !same
	if !same && (apart || m.By != before.By || !before.Received.Date.Before(m.Received.Date)) {
		return false
	}
	title := ""
	for _, cm := range j.c.Commitments {
		if same && cm.ID == m.Commitment {
			title = cm.Title
		}
	}
	return sameTopic(before.About, m.About, title)
}

// askedAgain returns the index of a request that was made before an earlier one was answered, or -1. A
// promised answer counts as an answer until its date.
func (t conversation) askedAgain() int {
	at, asked := -1, civil.Moment{}
	for i := range t.Steps {
		m := t.moves()[i]
		switch loop.Did(m.Did) {
		case loop.Request:
			dated := i > 0 && t.Steps[i-1].Proposed.Due.IsZero() && !m.Due.IsZero() // only adds the date
			if !asked.IsZero() && m.On.After(asked) && !dated {
				at = i
			}
			asked = cmp.Or(asked, m.On)
		case loop.CommitToCommit:
			at, asked = -1, m.AnswerBy
		case loop.Ask:
			if t.Steps[i].OpenQuestion != nil && t.Steps[i].OpenQuestion.By == loop.Performer {
				at, asked = -1, civil.Moment{}
			}
		}
	}
	return at
}

func checkInOverdue(j *judge) {
	c := j.public.Cadence
	promised := c.Active || !c.Next.IsZero() // with nothing open, only a date that was set counts
	if !promised || !c.Missed || !j.passed(c.Expected) {
		return
	}
	at := j.placeForMissing()
	if latest := j.latestCheckIn(); latest != nil {
		at = latest.Pos
	}
	j.report(at, "hold it and write a [[check_in]], or agree on a day as next_check_in"+j.orReview(),
		"a check-in was due on %s, and none was held", j.hour(c.Expected))
}

// orReview adds to a hint the other solution if all work is closed: the closing review.
func (j *judge) orReview() string {
	if j.allClosed() {
		return "; or, as nothing is open, end with a closing [review]"
	}
	return ""
}

// placeForMissing returns where to report something that is missing: at the first open commitment, else at
// the file.
func (j *judge) placeForMissing() diag.Pos {
	for _, t := range j.conversations() {
		if t.interim == nil && t.Open() && !t.private() {
			return t.cm.Pos
		}
	}
	return diag.Pos{File: j.texts.file}
}

func statusStale(j *judge) {
	c := j.public.Cadence
	hint := "write a [[status]], if only to say that nothing has changed" + j.orReview()
	days := j.limit("days")
	switch note := j.latestNote(); {
	case note == nil:
		if first := j.firstPromise(); j.public.Cadence.Active && j.daysPassed(first, days) {
			j.report(j.placeForMissing(), hint,
				"there is no status note yet, and the first promise was given on %s", first.Date)
		}
	case c.UpdateMissed && j.passed(c.NextUpdate):
		j.report(note.Pos, hint, "the update promised for %s has not come", j.hour(c.NextUpdate))
	case c.Active && c.NextUpdate.IsZero() && j.daysPassed(note.On, days):
		j.report(note.Pos, hint, "the latest status note is of %s, and names no day for the next", note.On.Date)
	}
}
