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

// inherit adds what the provider's file gives to all clients. The client's own
// words, promises, zone and language win. An id names the same person in
// both files.
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
		// An own word that is private hides the provider's from nobody.
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

// inheritPromises fills the promises that own lacks. The reason for a cadence
// goes with that cadence, and the latest reply with the usual one: another one's would be untrue.
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
