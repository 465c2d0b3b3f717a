package portal

import "portalgen/internal/loop"

// A Receipt says of a commitment that it was kept, and how.
type Receipt struct {
	Href string
	*Commitment
}

// receipt is nil where the commitment was not kept.
func (v *View) receipt(c *Commitment) *Receipt {
	if c.State != string(loop.Kept) {
		return nil
	}
	return &Receipt{v.href(KindReceipt, c.ID), c}
}
