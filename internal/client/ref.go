package client

// A Ref identifies one table of a client's file by its kind and its id: {"commitment", "site", ""}, or
// {"commitment", "site", "draft"} for an interim result.
type Ref struct {
	// Kind is the name of the table in the file.
	Kind string
	ID   string
	// Part is the id of an interim result of a commitment; "" for the table itself.
	Part string
}

func (c *Commitment) Ref() Ref { return Ref{Kind: "commitment", ID: c.ID} }

// PartRef returns the Ref of an interim result of the commitment.
func (c *Commitment) PartRef(d *Deliverable) Ref { return Ref{"commitment", c.ID, d.ID} }

func (m *Message) Ref() Ref { return Ref{Kind: "message", ID: m.ID} }

// Conversation returns the commitment that r names, and the moves of that commitment or of its interim
// result. ok is false if r names neither.
func (c *Client) Conversation(r Ref) (cm *Commitment, moves []Move, ok bool) {
	for i := range c.Commitments {
		cm := &c.Commitments[i]
		if r.Kind != "commitment" || cm.ID != r.ID {
			continue
		}
		if r.Part == "" {
			return cm, cm.Moves, true
		}
		for _, d := range cm.Deliverables {
			if d.ID == r.Part {
				return cm, d.Moves, true
			}
		}
	}
	return nil, nil, false
}
