package check

import (
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
	"portalgen/internal/rule"
)

// Ways returns the commands that settle a problem of the table at a place, the most likely first, each as the
// arguments of portalgen; none if only a text can be changed. kind is a rule, or the kind of a today.Item.
func Ways(kind string, c *client.Client, at diag.Pos) [][]string {
	if table := tablesToAdd[kind]; table != "" {
		return [][]string{{"add", table, c.ID}}
	}
	switch ref := tableAt(c, at); ref.Kind {
	case "":
		return nil
	case "commitment":
		return waysOf(kind, c, ref)
	default:
		var ways [][]string
		for _, keys := range keysToUpdate[ref.Kind+" "+kind] {
			way := []string{"update", ref.Kind, c.ID}
			if ref.ID != "" {
				way = append(way, ref.ID)
			}
			ways = append(ways, append(way, keys...))
		}
		return ways
	}
}

// tablesToAdd are, by kind, the tables to add for a problem of the client as a whole.
var tablesToAdd = map[string]string{
	rule.CheckInOverdue: "check-in", "check-in": "check-in", "silent": "check-in", rule.ClientSilent: "check-in",
	rule.StatusStale: "status", rule.StatusGreenerThanFacts: "status", rule.NewRiskNotTold: "status", "update": "status",
	rule.PulseMissing: "pulse", rule.PulseStale: "pulse", rule.Jargon: "term",
}

var (
	acknowledged = [][]string{{"acknowledged"}, {"resolved"}}
	agreed       = [][]string{{"agreed"}, {"declined"}}
	answered     = [][]string{{"answer"}}
	confirmed    = [][]string{{"confirmed"}}
	assumed      = [][]string{{"confirmed", "confirmed-by"}, {"wrong"}}
)

// keysToUpdate are the keys to set in an existing table, by the kind of the table and of the problem.
var keysToUpdate = map[string][][]string{
	"question answer": answered, "question " + rule.QuestionOverdue: answered,
	"message message": acknowledged, "message " + rule.ReplyOverdue: acknowledged, "message " + rule.ChasedTwice: acknowledged,
	"message resolve": {{"resolved"}},
	"change change":   agreed, "change " + rule.ChangeOverdue: agreed,
	"check-in confirm_check_in": confirmed, "check-in " + rule.SummaryUnconfirmed: confirmed, "check-in " + rule.DayOff: {{"next-check-in"}},
	"term confirm_term":             confirmed,
	"assumption confirm_assumption": assumed, "assumption " + rule.AssumptionUnconfirmed: assumed,
	"pulse rate": {{"theirs"}}, "pulse " + rule.PulseGapUnanswered: {{"gap-action"}},
	"risk " + rule.RiskReviewOverdue: {{"note", "likelihood", "impact", "review"}, {"outcome"}},
	"risk " + rule.RiskWithoutOwner:  {{"owner"}}, "risk " + rule.RiskWithoutMitigation: {{"mitigation"}},
	"goal " + rule.GoalUnmeasured:                {{"measure", "now"}},
	"promises " + rule.ReplyLatestTooSoon:        {{"reply-latest"}},
	"status " + rule.DayOff:                      {{"next-update"}},
	"status " + rule.DelayWithoutAcknowledgement: {{"acknowledges", "means-for-you", "doing", "next-update"}},
}

// movesToMake are, by kind, the moves that settle a problem of a conversation, the most likely first. Moves
// that are not legal now are not offered.
var movesToMake = map[string][]loop.Did{
	"deliver": {loop.Deliver, loop.Renegotiate, loop.Progress}, rule.PromiseOverdue: {loop.Deliver, loop.Renegotiate},
	rule.InterimOverdue: {loop.Deliver, loop.Renegotiate}, rule.ReworkWithoutDate: {loop.Renegotiate, loop.Deliver},
	"promise": {loop.Promise, loop.Counter, loop.Decline, loop.CommitToCommit}, "agree": {loop.Agree, loop.Counter, loop.Decline},
	"decide": {loop.Agree, loop.Decline, loop.Counter}, "decide_terms": {loop.Agree, loop.Decline, loop.Counter},
	"accept": {loop.AcceptWork, loop.Reject}, rule.AcceptOverdue: {loop.AcceptWork, loop.Reject, loop.Close},
	"answer": {loop.Answer}, "help": {loop.Answer}, rule.AnswerOverdue: {loop.Answer, loop.Agree, loop.Promise, loop.Counter, loop.CommitToCommit},
	"confirm": {loop.Confirm, loop.Correct}, rule.SummaryUnconfirmed: {loop.Confirm, loop.Correct},
	rule.PromiseOtherDate: {loop.Confirm, loop.Summarize}, rule.NotReconfirmedBeforeDue: {loop.Progress, loop.Renegotiate},
	"terms":          {loop.Counter, loop.Renegotiate, loop.Request},
	rule.TermsPassed: {loop.Counter, loop.Renegotiate, loop.Request}, rule.DueBeforeNeed: {loop.Renegotiate}, rule.Capacity: {loop.Renegotiate},
	rule.InterimAfterWhole: {loop.Renegotiate}, rule.DayOff: {loop.Renegotiate, loop.Counter},
	rule.RequestWithoutDate: {loop.Promise, loop.Counter, loop.Request}, rule.ChasedTwice: {loop.Promise, loop.Counter, loop.CommitToCommit},
}

// waysOf returns the ways for a commitment or an interim result.
func waysOf(kind string, c *client.Client, ref client.Ref) [][]string {
	cm, _, _ := c.Conversation(ref)
	id, r := cm.ID, cm.Replay.Whole
	if ref.Part != "" {
		id += "/" + ref.Part
		for i, d := range cm.Deliverables {
			if d.ID == ref.Part {
				r = cm.Replay.Interims[i]
			}
		}
	}
	var ways [][]string
	move := func(id string, did loop.Did) { ways = append(ways, []string{"move", c.ID, id, string(did)}) }
	switch {
	case kind == rule.NoConditionsOfSatisfaction:
		return [][]string{{"update", "commitment", c.ID, id, "satisfied-when"}}
	case kind == rule.NeedClosed:
		return [][]string{{"update", "commitment", c.ID, id, "needs"}}
	case kind == rule.InterimAfterWhole && ref.Part != "" && !r.Begun:
		return [][]string{{"update", "deliverable", c.ID, id, "due"}}
	case kind == "waits": // by delivering what it needs
		for _, need := range cm.Needs {
			n, _, ok := c.Conversation(client.Ref{Kind: "commitment", ID: need})
			if ok && n.Replay.Whole.State == loop.Promised {
				move(need, loop.Deliver)
			}
		}
		return ways
	}
	for _, did := range movesToMake[kind] {
		for _, l := range r.Legal() {
			if l.Did == did && len(ways) < 4 {
				move(id, did)
				break
			}
		}
	}
	if kind == rule.PromiseOtherDate && len(ways) > 1 {
		ways = ways[:1]
	}
	return ways
}

// tableAt returns the table of a client's file at a place, or the conversation with a move there. Its kind is
// named as in commands; a table that occurs only once has no id.
func tableAt(c *client.Client, at diag.Pos) (found client.Ref) {
	is := func(kind, id string, item client.Item) {
		if item.Pos == at && !item.Inherited {
			found = client.Ref{Kind: kind, ID: id}
		}
	}
	in := func(ref client.Ref, pos diag.Pos, all []client.Move) {
		if pos == at {
			found = ref
		}
		for _, m := range all {
			if m.Pos == at {
				found = ref
			}
		}
	}
	for i := range c.Commitments {
		cm := &c.Commitments[i]
		in(cm.Ref(), cm.Pos, cm.Moves)
		for j := range cm.Deliverables {
			d := &cm.Deliverables[j]
			in(cm.PartRef(d), d.Pos, d.Moves)
		}
	}
	for _, x := range c.Questions {
		is("question", x.ID, x.Item)
	}
	for _, x := range c.Messages {
		is("message", x.ID, x.Item)
	}
	for _, x := range c.Changes {
		is("change", x.ID, x.Item)
	}
	for _, x := range c.CheckIns {
		is("check-in", x.ID, x.Item)
	}
	for _, x := range c.Terms {
		is("term", x.Word, x.Item)
	}
	for _, x := range c.Assumptions {
		is("assumption", x.ID, x.Item)
	}
	for _, x := range c.Pulses {
		is("pulse", x.ID, x.Item)
	}
	for _, x := range c.Risks {
		is("risk", x.ID, x.Item)
	}
	for _, x := range c.Goals {
		is("goal", x.ID, x.Item)
	}
	for _, x := range c.Statuses {
		is("status", x.ID, x.Item)
	}
	is("promises", "", c.Promises.Item)
	return found
}
