package clientfile

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"portalgen/internal/client"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// inherit adds what the provider's file gives to all clients. The client's own words, promises, zone and
// language replace the provider's. An id must mean the same person in both files.
func (c *validator) inherit(root *tomltext.Node, p *client.Provider) {
	cl := c.c
	cl.Timezone = cmp.Or(cl.Timezone, p.Timezone, "UTC")
	cl.Language = cmp.Or(cl.Language, p.Language, "en")
	public := &client.Promises{}
	if !cl.Promises.Private {
		*public = cl.Promises
	}
	if !p.Promises.Private {
		inheritPromises(public, p.Promises)
	}
	if cl.Promises.Private || p.Promises.Private {
		cl.PublicPromises = public
	}
	inheritPromises(&cl.Promises, p.Promises)
	for _, t := range p.Terms {
		// A private word of the client's file does not replace the provider's public one.
		same := func(own client.Term) bool { return !own.Private && strings.EqualFold(own.Word, t.Word) }
		if !slices.ContainsFunc(cl.Terms, same) {
			t.Inherited = true
			cl.Terms = append(cl.Terms, t)
		}
	}
	if cl.People == nil {
		cl.People = client.People{}
	}
	for _, id := range slices.Sorted(maps.Keys(p.People)) {
		theirs := p.People[id]
		own, ok := cl.People[id]
		if !ok {
			theirs.Inherited = true
			cl.People[id] = theirs
			continue
		}
		n := root.Child("people").Child(id)
		if own.Private && !theirs.Private && n != nil {
			c.at(n, n.Key, rule.BadValue,
				fmt.Sprintf("%q is public in the provider's file, and private here", id), hintPrivatePerson)
		}
		theirs.Item, theirs.Order = own.Item, own.Order
		if own != theirs && n != nil && !n.Flawed {
			c.at(n, n.Key, rule.BadValue, fmt.Sprintf("%q is another person in the provider's file", id),
				hintSamePerson)
		}
	}
}

// inheritPromises fills the promises that own does not have. check_in_why is inherited only with check_in,
// and reply_latest only with reply_within: with another value they would be untrue.
func inheritPromises(own *client.Promises, from client.Promises) {
	if !own.ReplyWithin.IsZero() {
		from.ReplyLatest = client.Duration{}
	}
	for _, d := range []struct{ own, from *client.Duration }{
		{&own.ReplyWithin, &from.ReplyWithin},
		{&own.ReplyLatest, &from.ReplyLatest},
		{&own.UrgentWithin, &from.UrgentWithin},
		{&own.AnswerWithin, &from.AnswerWithin},
		{&own.AcceptWithin, &from.AcceptWithin},
	} {
		if d.own.IsZero() {
			*d.own = *d.from
		}
	}
	if own.CheckIn == "" {
		own.CheckIn = from.CheckIn
		own.CheckInWhy = cmp.Or(own.CheckInWhy, from.CheckInWhy)
	}
}
