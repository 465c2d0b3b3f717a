package clientfile

import (
	"fmt"
	"reflect"
	"slices"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// notBefore lists, for each date key, the keys of the same table whose dates it cannot be before.
var notBefore = []struct{ later, earlier string }{
	{"acknowledged", "received"},
	{"resolved", "received"},
	{"answered", "asked"},
	{"answer_by", "asked"},
	{"answer_by", "on"},
	{"closed", "opened"},
	{"review", "opened"},
	{"confirmed", "on"},
	{"wrong", "on"},
	{"agreed", "on"},
	{"declined", "on"},
	{"next_update", "on"},
	{"next_check_in", "on"},
	{"done", "on"},
}

// factKeys are the keys whose dates tell what has already happened.
var factKeys = []string{
	"on", "asked", "answered", "received", "acknowledged", "resolved", "confirmed",
	"closed", "opened", "measured", "agreed", "declined", "wrong", "done",
}

// dates checks the dates of one table: facts must not be in the future, and dates must be in the order of
// notBefore.
func (c *validator) dates(n *tomltext.Node, rv reflect.Value, s *tableSpec) {
	for _, key := range n.Names {
		f := s.fields[key]
		if f == nil || f.typ != momentType {
			continue
		}
		m := rv.FieldByIndex(f.index).Interface().(civil.Moment)
		if m.IsZero() {
			continue
		}
		if !c.today.IsZero() && m.Date.After(c.today) && slices.Contains(factKeys, key) {
			c.value(n.Child(key), rule.FutureDate,
				fmt.Sprintf("%s, %s, has not come yet: today is %s", key, m, c.today), hintFuture)
		}
		for _, pair := range notBefore {
			if pair.later != key {
				continue
			}
			if earlier := momentIn(rv, pair.earlier); !earlier.IsZero() && m.Before(earlier) {
				c.value(n.Child(key), rule.DateOrder,
					fmt.Sprintf("%s, %s, is before %s, %s", key, m, pair.earlier, earlier), hintOrder)
			}
		}
	}
}

// oneAnswer reports a change that is both agreed and declined.
func (c *validator) oneAnswer(root *tomltext.Node) {
	for i, x := range c.c.Changes {
		if n := root.Child("change").Item(i); n != nil && !x.Agreed.IsZero() && !x.Declined.IsZero() {
			c.value(n.Child("declined"), rule.DateOrder,
				fmt.Sprintf("declined, %s, stands beside agreed, %s: a change is one or the other",
					x.Declined, x.Agreed),
				hintOneAnswer)
		}
	}
}

// rising checks that the lists of a table that must be in the order of their dates are so.
func (c *validator) rising(n *tomltext.Node, rv reflect.Value, k kind) {
	switch k.path {
	case "commitment", "commitment.deliverable":
		c.ascending(n.Child("moves"), rv.FieldByName("Moves"), civil.Moment{}, "the move above it")
	case "risk":
		c.ascending(n.Child("log"), rv.FieldByName("Log"), momentIn(rv, "opened"), "what comes before it")
	}
}

// ascending checks that a list of tables is in the order of their dates, with none before from.
func (c *validator) ascending(n *tomltext.Node, list reflect.Value, from civil.Moment, before string) {
	latest := from
	for i := range list.Len() {
		on := momentIn(list.Index(i), "on")
		if on.IsZero() {
			continue
		}
		if on.Before(latest) {
			c.value(n.Item(i).Field("on"), rule.DateOrder,
				fmt.Sprintf("%s is earlier than %s, %s", on, before, latest), hintAscending)
			continue
		}
		latest = on
	}
}

// momentIn returns the date of key in the table rv, zero if it has none.
func momentIn(rv reflect.Value, key string) civil.Moment {
	f := specOf(rv.Type()).fields[key]
	if f == nil || f.typ != momentType {
		return civil.Moment{}
	}
	return rv.FieldByIndex(f.index).Interface().(civil.Moment)
}

// latestToday returns today's date in the client's or the provider's zone, whichever is later; zero if any
// date is allowed.
func (c *validator) latestToday() civil.Date {
	if c.opt.Now.IsZero() {
		return civil.Date{}
	}
	today := civil.DateOf(c.opt.Now.In(c.zone))
	if c.opt.Provider == nil {
		return today
	}
	loc, err := loadZone(c.opt.Provider.Timezone)
	if err != nil {
		loc = time.UTC
	}
	if there := civil.DateOf(c.opt.Now.In(loc)); there.After(today) {
		return there
	}
	return today
}
