package portal

import (
	"slices"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
)

// Replies are the promise to answer messages, and its record. Once all is over the promise is not shown, and
// unanswered messages are not late.
type Replies struct {
	Within, Latest, Urgent client.Duration
	// Answer is how soon either side answers a question or terms, Accept how soon the customer accepts or
	// rejects a delivery. Both are in calendar days.
	Answer, Accept client.Duration
	// All are the client's messages, newest first.
	All []Reply
	// Of counts the messages that are judged: acknowledged, or already late. Kept counts those that were
	// acknowledged in time. Both never become smaller as time passes.
	Kept, Of int
	// Open counts the messages that wait and are not late yet: each is added to Of from the moment it is
	// late.
	Open int
}

// A Reply is one message of the client's side, and how it was answered.
type Reply struct {
	ID     string
	About  Text
	By     Person
	Href   string
	Urgent bool
	Ref    client.Ref
	Pos    diag.Pos
	// Commitment is the id of the commitment that it is about; "" if none.
	Commitment string
	// Received, Acknowledged and Resolved are in the client's zone. To acknowledge is not to resolve.
	Received, Acknowledged, Resolved civil.Moment
	// Due is by when it was to be acknowledged, with its time, in the client's zone; zero without a promise.
	Due civil.Moment
	// Took is the working time until it was acknowledged; 0 if it is not, or if one of the dates has no time.
	Took time.Duration
	// ByHours says that it was acknowledged in time only because our working hours count, not the clock.
	ByHours bool
	// Verdict is kept, late (acknowledged too late), waiting, overdue (not acknowledged, and certainly too
	// late); "" without a promise.
	Verdict string
}

// weekOfWork is the number of working days in a promise of a week.
const weekOfWork = 5

func (v *View) replies() Replies {
	var r Replies
	if p := v.c.Promises; !v.ended() {
		r = Replies{
			Within: p.ReplyWithin, Latest: p.ReplyLatest, Urgent: p.UrgentWithin, Answer: p.AnswerWithin,
			Accept: p.AcceptWithin,
		}
	}
	for i := range v.c.Messages {
		m := &v.c.Messages[i]
		if v.people[m.By].Ours() {
			continue // the promise is about what the client sends
		}
		reply := v.reply(m)
		switch reply.Verdict {
		case "kept":
			r.Kept++
			r.Of++
		case "late", "overdue":
			r.Of++
		case "waiting":
			r.Open++
		}
		r.All = append(r.All, reply)
	}
	slices.Reverse(r.All)
	slices.SortStableFunc(r.All, func(a, b Reply) int { return compareMoments(b.Received, a.Received, false) })
	return r
}

// reply judges one message. Working hours are the provider's; the dates of the message are in the client's
// zone. If a date has no time, the message is late only if it is late for every possible time: it may have
// been received at the end of its day, and acknowledged at the beginning.
func (v *View) reply(m *client.Message) Reply {
	r := Reply{
		ID: m.ID, Ref: m.Ref(), About: Text(m.About), By: v.speaker(m.By, m.Sent), Href: v.commitmentHref(m.Commitment),
		Urgent: m.Urgent, Pos: m.Pos, Commitment: m.Commitment,
		Received: m.Received, Acknowledged: m.Answered(), Resolved: m.Resolved,
	}
	received, acknowledged := r.Received.End(v.zone), r.Acknowledged.In(v.zone)
	if r.Received.Timed && r.Acknowledged.Timed {
		r.Took = v.work.Between(received, acknowledged)
	}
	due, promised := v.replyDue(received, m.Urgent)
	if !promised || v.ended() && r.Acknowledged.IsZero() {
		return r
	}
	r.Due = civil.MomentOf(due.In(v.zone))
	switch {
	case !r.Acknowledged.IsZero() && acknowledged.After(due):
		r.Verdict = "late"
	case !r.Acknowledged.IsZero():
		r.Verdict, r.ByHours = "kept", acknowledged.After(v.byClock(received, m.Urgent))
	case v.Passed(r.Due):
		r.Verdict = "overdue"
	default:
		r.Verdict = "waiting"
	}
	return r
}

// replyDue returns by when a message is to be acknowledged: the earlier one by reply_within and reply_latest,
// since both are promises. Urgent messages use urgent_within instead of reply_within. It is false if nothing
// was promised, or if nobody works.
func (v *View) replyDue(received time.Time, urgent bool) (due time.Time, promised bool) {
	for _, d := range v.promised(urgent) {
		if by, ok := v.workedOff(received, d); ok && (!promised || by.Before(due)) {
			due, promised = by, true
		}
	}
	return due, promised
}

// promised returns within what times a message is to be acknowledged; both may be zero.
func (v *View) promised(urgent bool) []client.Duration {
	p := v.c.Promises
	if urgent && !p.UrgentWithin.IsZero() {
		return []client.Duration{p.UrgentWithin, p.ReplyLatest}
	}
	return []client.Duration{p.ReplyWithin, p.ReplyLatest}
}

// byClock returns by when a reader who knows nothing of working hours expects what replyDue returns.
func (v *View) byClock(received time.Time, urgent bool) time.Time {
	var due time.Time
	for _, d := range v.promised(urgent) {
		var by time.Time
		switch days := civil.MomentOf(received).AddDays; d.Unit {
		case client.Minutes:
			by = received.Add(time.Duration(d.N) * time.Minute)
		case client.Hours:
			by = received.Add(time.Duration(d.N) * time.Hour)
		case client.Weeks:
			by = civil.On(days(7 * d.N)).End(v.zone)
		case client.Days, client.SameBusinessDay:
			by = civil.On(days(d.N)).End(v.zone)
		default:
			continue
		}
		if due.IsZero() || by.Before(due) {
			due = by
		}
	}
	return due
}

// LatestIsSooner reports whether reply_latest is never later than reply_within, at whatever time a message
// comes.
func LatestIsSooner(provider *client.Provider, p client.Promises) bool {
	if p.ReplyWithin.IsZero() || p.ReplyLatest.IsZero() {
		return false
	}
	_, from, to := worked(provider)
	// In a promise of days, the first day may be nearly over or just begun.
	within, _ := workingTime(p.ReplyWithin, to-from)
	least, more := workingTime(p.ReplyLatest, to-from)
	switch {
	case p.ReplyWithin == p.ReplyLatest:
		return false
	case more == 0 || p.ReplyWithin.Unit == client.Minutes || p.ReplyWithin.Unit == client.Hours:
		return least+more <= within
	}
	return least <= within
}

// workingTime returns the least working time that a promise lasts, and how much longer it may last; day is
// the working time of a day.
func workingTime(d client.Duration, day time.Duration) (least, more time.Duration) {
	switch d.Unit {
	case client.Minutes:
		return time.Duration(d.N) * time.Minute, 0
	case client.Hours:
		return time.Duration(d.N) * time.Hour, 0
	case client.Weeks:
		return time.Duration(weekOfWork*d.N) * day, day
	}
	return time.Duration(d.N) * day, day
}

// workedOff returns by when a promise of d, given at an instant, is to be kept. Hours and minutes are working
// time. Days end with the last of that many working days after the one that the instant belongs to, and a
// week is five of them. The same business day is the one that the instant belongs to.
func (v *View) workedOff(from time.Time, d client.Duration) (time.Time, bool) {
	switch d.Unit {
	case client.Minutes:
		return v.work.Add(from, time.Duration(d.N)*time.Minute)
	case client.Hours:
		return v.work.Add(from, time.Duration(d.N)*time.Hour)
	case client.Days:
		return v.work.EndOfDay(from, d.N)
	case client.Weeks:
		return v.work.EndOfDay(from, weekOfWork*d.N)
	case client.SameBusinessDay:
		return v.work.EndOfDay(from, 0)
	}
	return time.Time{}, false
}
