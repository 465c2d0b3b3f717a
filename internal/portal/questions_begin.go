package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// The questions of initiate and negotiate; stageQuestions says what each is about.

func outcomeAsked(_ *View, c *Commitment, q *StageQuestion) bool {
	q.answer(c.Outcome)
	q.answer(c.SatisfiedWhen...)
	return true
}

func dateAsked(_ *View, c *Commitment, q *StageQuestion) bool {
	q.date(c.leads())
	q.Answered = len(q.Dates) > 0
	return true
}

func deliverHow(_ *View, c *Commitment, q *StageQuestion) bool {
	q.answer(c.DeliverHow)
	return true
}

func notifyHow(_ *View, c *Commitment, q *StageQuestion) bool {
	q.answer(c.NotifyHow)
	return true
}

func interimOrReports(v *View, c *Commitment, q *StageQuestion) bool {
	q.interim(c)
	if v.Cadence.Every != "" {
		q.answer(v.Cadence.Why)
		if c.open {
			q.date(v.Cadence.Expected)
		}
		q.Answered = true
	}
	return true
}

func (q *StageQuestion) interim(c *Commitment) {
	for _, d := range c.Deliverables {
		q.answer(Text(d.Title))
		q.date(d.Due)
	}
}

// affecting returns the risks that touch c, closed ones too, the gravest first.
func (v *View) affecting(c *Commitment) []*client.Risk {
	var all []*client.Risk
	for i := range v.c.Risks {
		if r := &v.c.Risks[i]; slices.Contains(r.Affects, c.ID) {
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, func(a, b *client.Risk) int { return cmp.Compare(v.risk(b).Score, v.risk(a).Score) })
	return all
}

func risksNamed(v *View, c *Commitment, q *StageQuestion) bool {
	all := v.affecting(c)
	for _, r := range all[:min(len(all), most)] {
		q.answer(Text(r.Title))
		q.person(v.people[r.Owner])
	}
	return true
}

func committed(v *View, c *Commitment, q *StageQuestion) bool {
	if last := c.conv.LastMove; c.conv.State == loop.Declined && last.Side == loop.Performer {
		q.answer(Text(last.Note))
		return true
	}
	q.Answered = c.promised()
	if q.Answered {
		q.Facts = texts(c.conv.LastAgreed().SatisfiedWhen)
		q.date(c.Agreed)
	}
	for _, other := range v.commitments {
		if c.open && other != c && other.open && other.promised() && other.Performer.ID == c.Performer.ID {
			q.Links = append(q.Links, *other.Link())
		}
	}
	return true
}

func betterWay(_ *View, c *Commitment, q *StageQuestion) bool {
	q.answer(c.BetterWay)
	return q.Answered || !c.promised()
}

func interimPlanned(_ *View, c *Commitment, q *StageQuestion) bool {
	q.interim(c)
	return q.Answered || !c.promised()
}

func risksMitigated(v *View, c *Commitment, q *StageQuestion) bool {
	all := v.affecting(c)
	missing := false
	for _, r := range all {
		q.answer(Text(r.Mitigation))
		q.person(v.people[r.Owner])
		missing = missing || r.Mitigation == "" && r.Closed.IsZero()
	}
	q.Answered = !missing
	return len(all) > 0
}
