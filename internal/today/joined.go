package today

import (
	"slices"
	"strings"

	"portalgen/internal/check"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
	"portalgen/internal/rule"
)

// latestQuestion returns the text of the latest question in a conversation, after a colon; "" if there is
// none.
func latestQuestion(moves []client.Move) string {
	for _, m := range slices.Backward(moves) {
		if loop.Did(m.Did) == loop.Ask {
			return strings.TrimSuffix(": "+diag.Excerpt(m.Note), ": ")
		}
	}
	return ""
}

// inChargeOf returns the person of the provider's side in a commitment, customer or performer. If the id is
// empty it takes the first commitment that has one.
func (p *collector) inChargeOf(commitment string) client.Person {
	for i := range p.Client.Commitments {
		cm := &p.Client.Commitments[i]
		if commitment == "" || cm.ID != commitment {
			continue
		}
		for _, id := range []string{cm.Customer, cm.Performer} {
			if who := p.Client.People[id]; who.Side == client.ProviderSide {
				return who
			}
		}
	}
	return client.Person{}
}

// joinedRules are the rules of ruleGroups whose findings are added to an item about the same commitment or
// message.
var joinedRules = map[string]bool{rule.ChasedTwice: true, rule.NotReconfirmedBeforeDue: true, rule.TermsPassed: true}

// joined adds a finding to the item about the same matter, so that nothing is listed twice. It reports
// whether there is such an item.
func (p *collector) joined(found check.Finding) bool {
	if !joinedRules[found.Rule] {
		return false
	}
	for n := range p.items {
		i := &p.items[n]
		isTurn := i.Kind == "deliver" || i.Kind == "promise" || found.Ref.Kind == "message"
		if found.Rule == rule.TermsPassed {
			isTurn = i.Group != Waiting && slices.Contains([]string{"promise", "agree", "decide", "terms"}, i.Kind)
		}
		if i.ref != found.Ref || !isTurn {
			continue
		}
		i.Do = found.Hint
		if found.Rule != rule.NotReconfirmedBeforeDue {
			i.Group = Now
		}
		if found.Rule == rule.ChasedTwice {
			i.Do = "they have asked twice; " + found.Hint
		} else if found.Short != "" {
			i.Do = found.Short + "; " + found.Hint
		}
		return true
	}
	return false
}

// setIn returns the place of the check-in that names the day of the next one; the zero Pos if next is zero.
func (p *collector) setIn(next civil.Moment) diag.Pos {
	for _, c := range slices.Backward(p.Client.CheckIns) {
		if !next.IsZero() && c.NextCheckIn == next {
			return c.Pos
		}
	}
	return diag.Pos{}
}

// promisedIn returns the place of the note that promises the next one for this day.
func (p *collector) promisedIn(next civil.Moment) diag.Pos {
	for _, n := range slices.Backward(p.Client.Statuses) {
		if n.NextUpdate == next {
			return n.Pos
		}
	}
	return diag.Pos{}
}
