package today

import (
	"fmt"
	"slices"
	"strings"

	"portalgen/internal/check"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/portal"
	"portalgen/internal/rule"
)

// A collector makes the items of one client.
type collector struct {
	*Subject
	view  *portal.View
	items []Item
}

func items(s *Subject) []Item {
	p := &collector{Subject: s, view: s.Findings.View}
	p.owed()
	p.turns()
	p.held()
	p.replies()
	p.cadence()
	p.dropped()
	p.silence()
	p.notes()
	return p.items
}

// add completes an item and appends it. An item of the provider's without a group gets one by its date.
func (p *collector) add(i Item) {
	i.Client, i.Name = p.Client.ID, p.Client.Name
	if i.Who == "" && i.Group != Waiting {
		i.Person, i.Who = p.lead()
	}
	i.Due, i.Since = p.onProviderClock(i.Due), p.onProviderClock(i.Since)
	if !i.Due.IsZero() {
		i.Late = max(0, p.today(i.Due).Sub(i.Due.Date))
		i.Passed = i.Late > 0 || i.Due.Timed && !i.Due.In(p.Findings.Here).After(p.Findings.Now)
	}
	if i.Group == "" {
		i.Group = p.when(i.Due)
	}
	if i.Ways == nil {
		i.Ways = check.Ways(i.Kind, p.Client, i.Pos)
	}
	p.items = append(p.items, i)
}

// lead returns the id and the name of the person who looks after the client. Both are "" if nobody is named;
// the id is "" if the name is not one of [people].
func (p *collector) lead() (id, name string) {
	who := p.view.Provider.Contact
	if who.Name == p.view.Provider.Name {
		return "", ""
	}
	return who.ID, who.Name
}

// onProviderClock converts m from the client's zone to the provider's. A whole day stays as it is.
func (p *collector) onProviderClock(m civil.Moment) civil.Moment {
	if !m.Timed {
		return m
	}
	return civil.MomentOf(m.In(p.Findings.Now.Location()).In(p.Findings.Here))
}

// today returns today's date for comparing with m: in the client's zone for a whole day, in the provider's
// for a date with a time.
func (p *collector) today(m civil.Moment) civil.Date {
	if m.Timed {
		return civil.DateOf(p.Findings.Now.In(p.Findings.Here))
	}
	return p.view.Today
}

// when returns Now for what is late or due today, else Week.
func (p *collector) when(due civil.Moment) Group {
	if !due.IsZero() && !due.Date.After(p.today(due)) {
		return Now
	}
	return Week
}

// ahead returns Later for a date after the coming week, else "", which add fills in.
func (p *collector) ahead(m civil.Moment) Group {
	if m.Date.After(p.view.Today.AddDays(days)) {
		return Later
	}
	return ""
}

// owed adds the dates that people of the provider's side gave.
func (p *collector) owed() {
	for _, o := range p.Findings.Owed {
		what := "deliver " + title(o.Title)
		if !o.SentBack.IsZero() {
			what += ", sent back on " + p.day(o.SentBack)
		}
		if o.Proposed {
			what += ", on the new date that nobody has agreed to yet"
		}
		p.add(Item{
			Group: p.ahead(o.Due), Kind: "deliver", Person: local(o.Person), Who: o.Name, What: what, Due: o.Due,
			Since: o.Since, Pos: o.Pos, ref: o.Ref,
		})
	}
}

// sentences say what to do, by the kind of a portal.Waiting: first for the provider's items, then for the
// client's. %s is what it is about.
var sentences = map[string][2]string{
	"promise":            {"answer the request for %s", "answer the request for %s"},
	"agree":              {"answer their terms for %s", "answer our terms for %s"},
	"decide":             {"decide on another date for %s", "decide on another date for %s"},
	"decide_terms":       {"decide on new terms for %s", "decide on new terms for %s"},
	"accept":             {"say whether %s is what was wanted", "say whether %s is what was wanted"},
	"deliver":            {"deliver %s", "deliver %s"},
	"answer":             {"answer: %s", "answer: %s"},
	"terms":              {"propose new terms for %s", ""},
	"confirm":            {"confirm what was summed up about %s", "confirm what was summed up about %s"},
	"confirm_check_in":   {"", "confirm the recap: %s"},
	"confirm_term":       {"", "confirm what a word means: %s"},
	"confirm_assumption": {"", "say whether it is so: %s"},
	"rate":               {"", "rate: %s"},
	"change":             {"decide on a change: %s", "decide on a change: %s"},
	"help":               {"help with %s", "help with %s"},
}

// titled are the kinds that are about something with a title.
const titled = " promise agree decide decide_terms accept deliver terms confirm help "

// turns adds what the pages call "your turn" and "our turn". Messages come from replies.
func (p *collector) turns() {
	home := p.view.Pages[0].Home
	for _, w := range home.Ours {
		if w.Kind != "message" {
			p.turn(w, 0, "")
		}
	}
	for _, w := range slices.Concat(home.Yours, home.Later) {
		if w.Later == "" || w.Stopped {
			p.turn(w, 1, Waiting)
		}
	}
}

func (p *collector) turn(w portal.Waiting, side int, group Group) {
	about := diag.Excerpt(w.What)
	if strings.Contains(titled, " "+w.Kind+" ") {
		about = title(about)
	}
	what := fmt.Sprintf(sentences[w.Kind][side], about)
	if _, moves, ok := p.Client.Conversation(w.Ref); ok && w.Kind == "answer" {
		what = "answer the question about " + title(about) + latestQuestion(moves)
	}
	if !w.Proposed.IsZero() {
		what += ": " + p.day(w.Proposed)
	}
	if w.Stopped {
		what += []string{" (once they have answered)", " (once we have answered)"}[side]
	}
	p.add(Item{
		Group: group, Kind: w.Kind, Person: w.Person.ID, Who: w.Person.Name, What: what,
		Due: w.By, Since: w.Since, Urgent: w.Urgent, Pos: w.Pos, ref: w.Ref,
	})
}

// held adds the provider's own promises that wait for something from the client.
func (p *collector) held() {
	for _, c := range p.view.WaitingForClient() {
		for _, w := range c.Waits {
			since := w.SinceOn(p.view.Today)
			what := fmt.Sprintf("%s waits for %s, since %s", title(diag.Excerpt(c.Title)),
				title(diag.Excerpt(w.Title)), p.day(since))
			if since != w.Due && !w.Due.IsZero() {
				what += ", by " + p.day(w.Due)
			}
			p.add(Item{
				Group: Waiting, Kind: "waits", Person: w.Person.ID, Who: w.Person.Name, Since: since,
				Pos: c.Pos(), What: what,
			})
		}
	}
}

// replies adds messages without an answer, and those that nobody has resolved.
func (p *collector) replies() {
	for _, r := range p.view.Replies.All {
		who := p.inChargeOf(r.Commitment)
		item := Item{Urgent: r.Urgent, Since: r.Received, Pos: r.Pos, ref: r.Ref, Person: who.ID, Who: who.Name}
		about := fmt.Sprintf("%s: %s", r.By.Short(), diag.Excerpt(r.About))
		switch {
		case r.Acknowledged.IsZero():
			item.Group, item.Kind, item.Due, item.What = Now, "message", r.Due, "reply to "+about
		case r.Resolved.IsZero():
			item.Kind, item.What = "resolve",
				fmt.Sprintf("resolve what came from %s (acknowledged %s)", about, p.day(r.Acknowledged))
			if r.Urgent {
				item.Group = Now
			}
		default:
			continue
		}
		p.add(item)
	}
}

// cadence adds the next check-in and the next update; missed ones come from dropped.
func (p *collector) cadence() {
	c := p.view.Cadence
	planned := c.Active || !c.Next.IsZero() // with nothing open, only a date that was set counts
	if planned && !c.Missed && !c.Expected.IsZero() && !c.Expected.Date.Before(p.view.Today) {
		p.add(Item{
			Group: p.ahead(c.Expected), Kind: "check-in", What: "hold the check-in",
			Due: c.Expected, Pos: p.setIn(c.Next),
		})
	}
	if !c.UpdateMissed && !c.NextUpdate.IsZero() && !c.NextUpdate.Date.Before(p.view.Today) {
		p.add(Item{
			Group: p.ahead(c.NextUpdate), Kind: "update", What: "write the update that was promised", Due: c.NextUpdate,
			Pos: p.promisedIn(c.NextUpdate),
		})
	}
}

// ruleGroups are the rules of check whose findings are items: those that none of the dates above covers.
var ruleGroups = map[string]Group{
	rule.CheckInOverdue: Now, rule.StatusStale: Now, rule.StatusGreenerThanFacts: Now, rule.ChasedTwice: Now,
	rule.PulseGapUnanswered: Now, rule.PulseMissing: Week, rule.PulseStale: Week, rule.AssumptionUnconfirmed: Week,
	rule.RiskReviewOverdue: Now, rule.NewRiskNotTold: Week, rule.NotReconfirmedBeforeDue: Week,
	rule.ReworkWithoutDate: Now, rule.TermsPassed: Now,
	rule.NeedClosed: Week, rule.DueBeforeNeed: Week, rule.InterimAfterWhole: Week, rule.DayOff: Week,
}

func (p *collector) dropped() {
	for _, found := range p.Findings.Found {
		group, ok := ruleGroups[found.Rule]
		if !ok || p.joined(found) {
			continue
		}
		who := client.Person{}
		if found.Ref.Kind == "commitment" {
			who = p.inChargeOf(found.Ref.ID)
		}
		p.add(Item{
			Group: group, Kind: found.Rule, Person: who.ID, Who: who.Name,
			What: strings.Join(strings.Fields(found.Message), " "), Do: found.Hint, Pos: found.Pos,
		})
	}
}

// notes adds the observations whose next step is not done.
func (p *collector) notes() {
	if p.Notes == nil {
		return
	}
	for i, o := range p.Notes.Observations {
		if o.NextStep != "" && o.Done.IsZero() {
			p.add(Item{
				Kind: "observation", What: diag.Excerpt(o.NextStep), Since: o.On, Pos: o.Pos, Private: true,
				Ways: [][]string{{"update", "observation", p.Client.ID, client.ObservationCalled(p.Notes.Observations, i), "done"}},
			})
		}
	}
}

func title(s string) string { return "“" + s + "”" }

// FormatDate writes a date as people say it on the day today: with its time if it has one, and with its year
// if that is not the current one.
func FormatDate(m civil.Moment, today civil.Date) string {
	layout := "2 January"
	if m.Year != today.Year {
		layout += " 2006"
	}
	if m.Timed {
		layout += ", 15:04"
	}
	return m.Wall().Format(layout)
}

// day writes a date of the client's file, on the provider's clock if it has a time.
func (p *collector) day(m civil.Moment) string { return FormatDate(p.onProviderClock(m), p.view.Today) }

// isCalled reports whether wanted is this id or a part of this name, in any case.
func isCalled(wanted, id, name string) bool {
	wanted = strings.ToLower(strings.TrimSpace(wanted))
	return wanted != "" && (strings.ToLower(local(id)) == wanted || name != "" &&
		strings.Contains(strings.ToLower(name), wanted))
}
