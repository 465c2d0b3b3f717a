package client

// Hidden reports whether an item is for the provider alone: it is private itself, or one of people is private
// or unknown, so that it cannot be shown without them. people are ids; "" is ignored.
func (c *Client) Hidden(item Item, people ...string) bool {
	if item.Private {
		return true
	}
	for _, id := range people {
		if p, known := c.People[id]; id != "" && (!known || p.Private) {
			return true
		}
	}
	return false
}

// Hides reports whether a commitment is for the provider alone.
func (c *Client) Hides(cm *Commitment) bool { return c.Hidden(cm.Item, cm.Customer, cm.Performer) }
