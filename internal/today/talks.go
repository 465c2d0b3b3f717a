package today

import (
	"slices"
	"strings"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
)

// A talk is one conversation of a client's file, by which an item and a finding are
// seen to be about the same matter.
type talk struct {
	cm    *client.Commitment
	table diag.Pos // of the commitment, or of the interim result
	moves []client.Move
}

// talks returns the conversations by every place that belongs to them: their table and
// their moves.
func talks(c *client.Client) map[diag.Pos]talk {
	all := map[diag.Pos]talk{}
	add := func(t talk) {
		all[t.table] = t
		for _, m := range t.moves {
			all[m.Pos] = t
		}
	}
	for i := range c.Commitments {
		cm := &c.Commitments[i]
		add(talk{cm, cm.Pos, cm.Moves})
		for _, d := range cm.Deliverables {
			add(talk{cm, d.Pos, d.Moves})
		}
	}
	return all
}

// asked returns the words of the latest question; "" if it has none.
func (t talk) asked() string {
	for _, m := range slices.Backward(t.moves) {
		if m.Did == "ask" {
			return strings.TrimSuffix(": "+diag.Excerpt(m.Note), ": ")
		}
	}
	return ""
}

// inChargeOf returns who of the provider's side stands for a commitment; nobody for no
// id.
func (p *pile) inChargeOf(commitment string) client.Person {
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

// talkRules are those of ruleGroups that are about a conversation.
var talkRules = map[string]bool{"chased-twice": true, "not-reconfirmed-before-due": true}

// joined adds what a rule found to the item that is about the same matter, and reports
// whether there is one: nothing is told twice.
func (p *pile) joined(found diag.Problem) bool {
	if !talkRules[found.Rule] {
		return false
	}
	about, ok := p.talks[found.Pos]
	for n := range p.items {
		i := &p.items[n]
		same := i.Pos == found.Pos
		if ok {
			same = p.talks[i.Pos].table == about.table && (i.Kind == "deliver" || i.Kind == "promise")
		}
		if !same {
			continue
		}
		i.Do = found.Hint
		if found.Rule == "chased-twice" {
			i.Group, i.Do = Now, "they have asked twice; "+found.Hint
		} else if at := strings.LastIndex(found.Message, "nothing has been said of it since"); at >= 0 {
			i.Do = found.Message[at:] + "; " + found.Hint
		}
		return true
	}
	return false
}

// setIn returns the place of the check-in that names the day of the next one; none for
// no day.
func (p *pile) setIn(next civil.Moment) diag.Pos {
	for _, c := range slices.Backward(p.Client.CheckIns) {
		if !next.IsZero() && c.NextCheckIn == next {
			return c.Pos
		}
	}
	return diag.Pos{}
}

// promisedIn returns the place of the note that promises the next one for that day.
func (p *pile) promisedIn(next civil.Moment) diag.Pos {
	for _, n := range slices.Backward(p.Client.Statuses) {
		if n.NextUpdate == next {
			return n.Pos
		}
	}
	return diag.Pos{}
}
