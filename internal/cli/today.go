package cli

import (
	"context"
	"sync"

	"github.com/spf13/cobra"

	"portalgen/internal/pipeline"
	"portalgen/internal/today"
	"portalgen/internal/ui"
)

type todayOptions struct {
	clients []string
	person  string
	json    bool
}

func (a *app) today() *cobra.Command {
	var opt todayOptions
	c := &cobra.Command{
		Use:   "today",
		Short: "Say what to do now, what is due this week, and what waits on a client",
		Long: `Say, across all clients, what to do now, what is due in the week ahead and who owes
it, and what waits on the client.`,
		Args: usage(noArgs),
		RunE: func(c *cobra.Command, _ []string) error { return a.runToday(c.Context(), opt) },
	}
	c.Flags().StringSliceVar(&opt.clients, "client", nil, "only these clients (a part of an id or a name each)")
	c.Flags().StringVar(&opt.person, "person", "", "only what this person is to do: an id, or part of a name")
	c.Flags().BoolVar(&opt.json, "json", false, "print it as JSON")
	return c
}

func (a *app) runToday(ctx context.Context, opt todayOptions) error {
	boundMemory()
	s, b, err := a.prepare(pipeline.Options{Facts: true, Keys: a.keys(), Published: a.publicFolder()})
	if err != nil {
		return err
	}
	defer s.Close()
	b.Remember(true)
	if err := a.load(b); err != nil {
		return err
	}
	if opt.clients, err = allCalled(s, b, opt.clients); err != nil {
		return err
	}
	d, ps := b.Today()
	if len(opt.clients) > 0 {
		d = d.OfClients(opt.clients)
	}
	if opt.person != "" {
		d = d.OfPerson(opt.person)
	}
	if opt.json {
		if err := today.JSON(a.term.Data(), d); err != nil {
			return err
		}
	} else {
		var shown []ui.Portal
		var more int
		var meanwhile sync.WaitGroup
		meanwhile.Go(func() { shown, more = portals(b, d.Clients()) })
		a.term.Today(d, len(ps) == 0)
		meanwhile.Wait()
		a.term.PortalsAbout(shown, more)
		a.sayNext(b)
		a.sayReplies(ctx, b)
	}
	if len(ps) > 0 {
		a.term.Problems(ps)
		return errProblems
	}
	return nil
}
