package takein

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
)

// An Owner is one credential of a client's.
type Owner struct {
	access.Credential
	// Client is the client's id.
	Client string
	who    *access.Client
	// preview says that it is one of a preview.
	preview bool
}

// Owners returns the credentials of clients under keys, in their portals as they are called now, before
// any were given a name, and under former names. A client whose file or access file has an error is left
// out, and the problem returned.
func Owners(b *pipeline.Builder, ids []string, keys keyring.Keyring, former ...string) ([]Owner, diag.Problems) {
	var mu sync.Mutex
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	of := make([][]Owner, len(ids))
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
					of[i] = append(of[i], Owner{by, id, who, preview})
				}
			}
			return nil
		})
	}
	_ = g.Wait() // none of them fails
	var all []Owner
	for _, owners := range of {
		all = append(all, owners...)
	}
	return all, problems.Sort()
}

// Open opens a sealed reply with the credential among owners that it was made with. The error is
// seal.ErrNoSlot where it was made with none of them.
func Open(sealed []byte, owners []Owner) (*Owner, *reply.Reply, error) {
	if err := seal.ValidateReply(sealed); err != nil {
		return nil, nil, err
	}
	for i := range owners {
		if o := &owners[i]; o.Keys.Made(sealed) {
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

// SubjectOf returns what a reply of o is judged against: the client's file as it is now.
func SubjectOf(b *pipeline.Builder, o *Owner) (Subject, error) {
	reader := b.Reader()
	src, ps := reader.Source(o.Client)
	if ps.Err() != nil {
		return Subject{}, ps
	}
	open := func(src clientfile.Source) (*edit.File, error) {
		return edit.Open(o.Client, src, reader.Options(o.Client), reader.Clock(), reader.Timed())
	}
	f, err := open(src)
	if err != nil {
		return Subject{}, err
	}
	now := reader.Clock().In(pipeline.Location(f.Client().Timezone))
	if !reader.Timed() {
		now = civil.On(civil.DateOf(now)).End(now.Location()).Add(-time.Second)
	}
	return Subject{
		Source: src, Open: open, Now: now, Held: reader.Held(), Preview: o.preview,
		View: func(c *client.Client) (*portal.View, error) { return b.Shown(c, o.who) },
	}, nil
}
