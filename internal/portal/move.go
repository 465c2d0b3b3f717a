package portal

import (
	"strings"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// A Move is one move as a sentence: the string move_Key of i18n, filled with Who, Due and AnswerBy.
type Move struct {
	On       civil.Moment
	By       Person
	Key      string
	Due      civil.Moment
	AnswerBy civil.Moment
	Note     Text
	// Conditions are new conditions of satisfaction given with the move.
	Conditions []Text
	// Also are conditions that it added to the existing ones.
	Also []Text
	// WithInterim says that interim results not yet delivered move with the date.
	WithInterim bool
	// Review is what the customer said on accepting; nil for any other move.
	Review *MoveReview
	// Side is the side of By, "client" or "provider".
	Side string
}

// A MoveReview is what a customer said on accepting.
type MoveReview struct {
	Met, Unmet, Improve []Text
	Thanks, CoCreated   Text
}

func (v *View) moves(all []client.Move, r client.Replayed) []Move {
	out := make([]Move, 0, len(all))
	for i, m := range all {
		if i >= len(r.Steps) {
			break // never in a file without errors
		}
		step := r.Steps[i]
		by := v.speaker(m.By, m.Sent)
		move := Move{
			On: m.On, By: by, Side: by.Side, Due: m.Due, AnswerBy: m.AnswerBy, Note: Text(m.Note),
			Conditions: texts(m.SatisfiedWhen), Also: texts(m.Also), WithInterim: m.WithInterim,
		}
		if did := loop.Did(m.Did); did == loop.Promise || did == loop.Agree {
			move.Due = step.Agreed.Due
		}
		move.Key = moveKey(m, r.Before(i), move.Due)
		if move.Key == "decline_date" {
			move.Due = r.Before(i).Agreed.Due
		}
		if loop.Did(m.Did) == loop.AcceptWork {
			move.Review = review(m)
		}
		out = append(out, move)
	}
	return out
}

// moveKey returns the name of the sentence: the verb, what it was about if one verb can do two things, and
// whether there is a date to show. A renegotiate for the agreed date asks for no new date, and to agree to
// terms with that date is to agree only to the terms. A date that is already proposed is not shown again.
func moveKey(m client.Move, before loop.Conversation, due civil.Moment) string {
	key := strings.ReplaceAll(m.Did, "-", "_")
	sameDate := before.State == loop.Resetting && before.NewDate().IsZero()
	switch did := loop.Did(m.Did); {
	case did == loop.Retract && before.State == loop.Delivered:
		key = "retract_delivery"
	case did == loop.Decline && sameDate:
		key = "decline_terms"
	case did == loop.Decline && before.State == loop.Resetting:
		key = "decline_date"
	case did == loop.Agree && sameDate:
		return "agree_terms"
	case did == loop.Renegotiate && due == before.Agreed.Due:
		return key
	case (did == loop.Counter || did == loop.Renegotiate) && due == before.Proposed.Due:
		return key
	case did == loop.CommitToCommit:
		return key
	}
	if !due.IsZero() {
		key += "_due"
	}
	return key
}

func review(m client.Move) *MoveReview {
	r := &MoveReview{texts(m.Met), texts(m.Unmet), texts(m.Improve), Text(m.Thanks), Text(m.CoCreated)}
	if len(r.Met)+len(r.Unmet)+len(r.Improve) == 0 && r.Thanks == "" && r.CoCreated == "" {
		return nil
	}
	return r
}
