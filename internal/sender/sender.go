// Package sender finds the credential that a sealed reply was made with, and what such a reply is judged against.
//
// It is apart from takein, so that what judges a reply needs no site, and its tests are linked without Hugo.
package sender

import (
	"runtime"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"portalgen/internal/access"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/edit"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/portal"
	"portalgen/internal/reply"
	"portalgen/internal/seal"
	"portalgen/internal/takein"
)

// A Sender is one credential of a client's.
type Sender struct {
	access.Credential
	// Client is the client's id.
	Client string
	who    *access.Client
	// preview says that it is one of a preview.
	preview bool
}

// All returns the credentials of clients under keys, in their portals as they are called now, before
// any were given a name, and under former names. A client whose file or access file has an error is left
// out, and the problem returned.
func All(b *pipeline.Builder, ids []string, keys keyring.Keyring, former ...string) ([]Sender, diag.Problems) {
	var mu sync.Mutex
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	of := make([][]Sender, len(ids))
	_, preview := keys.(keyring.PreviewKeys)
	var problems diag.Problems
	for i, id := range ids {
		g.Go(func() error {
			c, who, ps := b.Who(id, keys)
			if ps.Err() != nil {
				mu.Lock()
				defer mu.Unlock()
				problems = append(problems, ps.Errors()...)
				return nil
			}
			for _, portal := range slices.Compact(append([]string{c.Portal, ""}, former...)) {
				for _, by := range who.Credentials(portal) {
					of[i] = append(of[i], Sender{by, id, who, preview})
				}
			}
			return nil
		})
	}
	_ = g.Wait() // none of them fails
	var all []Sender
	for _, senders := range of {
		all = append(all, senders...)
	}
	return all, problems.Sort()
}

// Open opens a sealed reply with the credential among senders that it was made with. The error is
// seal.ErrNoSlot where it was made with none of them.
func Open(sealed []byte, senders []Sender) (*Sender, *reply.Reply, error) {
	if err := seal.ValidateReply(sealed); err != nil {
		return nil, nil, err
	}
	for i := range senders {
		if o := &senders[i]; o.Keys.Made(sealed) {
			content, err := o.Keys.Open(sealed)
			if err != nil {
				return nil, nil, err
			}
			r, err := reply.Parse(content)
			return o, r, err
		}
	}
	return nil, nil, seal.ErrNoSlot
}

// Subject returns what a reply of a sender is judged against: the client's file as it is now.
func Subject(b *pipeline.Builder, by *Sender) (takein.Subject, error) {
	reader := b.Reader()
	src, ps := reader.Source(by.Client)
	if ps.Err() != nil {
		return takein.Subject{}, ps
	}
	open := func(src clientfile.Source) (*edit.File, error) {
		return edit.Open(by.Client, src, reader.Options(by.Client), reader.Clock(), reader.Timed())
	}
	f, err := open(src)
	if err != nil {
		return takein.Subject{}, err
	}
	now := reader.Clock().In(pipeline.Location(f.Client().Timezone))
	if !reader.Timed() {
		now = civil.On(civil.DateOf(now)).End(now.Location()).Add(-time.Second)
	}
	return takein.Subject{
		Source: src, Open: open, Now: now, Held: reader.Held(), Preview: by.preview,
		View: func(c *client.Client) (*portal.View, error) { return b.Shown(c, by.who) },
	}, nil
}
