package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/portal"
	"portalgen/internal/serve"
	"portalgen/internal/site"
	"portalgen/internal/watch"
)

type serveOptions struct {
	port    int
	clients []string
	poll    time.Duration
}

// maxPreviews is the number of portals that serve prints if no clients are named.
const maxPreviews = 10

func (a *app) serve() *cobra.Command {
	var opt serveOptions
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the portals on this machine, and every change at once",
		Long: `Show the portals on this machine. A page that is open shows every change of its
client's file at once, and a problem as an overlay. Nothing is published: the
preview has a key of its own, another in each run, and never reads the master key. So
the links are others in each run too. With --now the clock of the pages stands still at
that moment.`,
		Args: usage(noArgs),
		RunE: func(c *cobra.Command, _ []string) error { return a.runServe(c.Context(), opt) },
	}
	c.Flags().IntVar(&opt.port, "port", 1313, "the port to listen on; 0 takes any that is free")
	c.Flags().StringArrayVar(&opt.clients, "client", nil, "name this client's portal when starting (may be given "+
		"more than once)")
	c.Flags().DurationVar(&opt.poll, "poll", 0, "look for changes this often; without it, each second where "+
		"a file system is known to send no events, as on a network")
	return c
}

func (a *app) runServe(ctx context.Context, opt serveOptions) error {
	// The key is new in each run. So a later program at the same port cannot use what a browser has
	// stored from this run.
	keys := keyring.NewPreviewKeys()
	s, b, err := a.prepare(pipeline.Options{
		Keys: keys, Scripts: serve.Scripts, HoldClock: a.now != "",
		Inbox: portal.Inbox{Address: serve.Inbox, Token: keys.Master.InboxTokens().Post},
	})
	if err != nil {
		return err
	}
	defer s.Close()
	if opt.clients, err = allCalled(s, b, opt.clients); err != nil {
		return err
	}
	l, err := serve.Listen(opt.port)
	if err != nil {
		return wrongUse{fmt.Errorf("%w; choose another with --port", err)}
	}
	batches, err := watch.Watch(ctx, s.Dir, site.Watched, watch.Options{Poll: opt.poll})
	if err != nil {
		return err
	}
	p := newPreviews(a.term, serve.New(b), "http://"+l.Addr().String(), opt.clients)
	p.server.Inbox = &receiver{app: a, b: b, keys: keys}
	p.begin(b.Loaded())
	ctx, end := context.WithCancelCause(ctx)
	go func() { end(p.follow(batches, s.InPlace)) }()
	if err := p.server.Serve(ctx, l); err != nil || !errors.Is(context.Cause(ctx), site.ErrMoved) {
		return err
	}
	return site.ErrMoved
}
