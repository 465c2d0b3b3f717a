package cli

import (
	"context"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"portalgen/internal/access"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/site"
	"portalgen/internal/watch"
)

// defaultOut is the folder to publish into where none is named.
const defaultOut = "public"

type buildOptions struct {
	out     string
	clients []string
	watch   bool
	samples bool
	poll    time.Duration
}

func (a *app) build() *cobra.Command {
	var opt buildOptions
	c := &cobra.Command{
		Use:   "build",
		Short: "Publish all portals into a folder",
		Long: `Publish all portals into a folder, sealed under the master key, which is read
from .portalgen/key or from the environment variable PORTALGEN_KEY. Nothing is
published where any client's file has an error.

Clients that are the program's own samples, byte for byte, are sealed under the
samples' public key and need no other, as long as provider.toml is the samples' too.

A portal whose address has changed is removed from its old one by a build of all
clients. A build with --client leaves what it cannot know to be that client's, such
as the folder of an earlier friendly name.`,
		Args: usage(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return a.runBuild(c.Context(), opt) },
	}
	c.Flags().StringVar(&opt.out, "out", defaultOut, "the folder to publish into, from the site's folder")
	c.Flags().StringArrayVar(&opt.clients, "client", nil, "build this client alone (may be given more than once)")
	c.Flags().BoolVar(&opt.watch, "watch", false, "build again whenever something changes")
	c.Flags().BoolVar(&opt.samples, "samples", false, "publish the program's own samples instead of the site's clients")
	c.Flags().DurationVar(&opt.poll, "poll", 0, "with --watch: look for changes this often, for file systems "+
		"without events")
	return c
}

func (a *app) runBuild(ctx context.Context, opt buildOptions) error {
	out := opt.out
	if !filepath.IsAbs(out) {
		out = filepath.Join(a.dir, out)
	}
	keys := keyring.NewSiteKeys(access.LoadMaster(a.dir, out, a.variable))
	s, b, err := a.prepare(pipeline.Options{Samples: opt.samples, Keys: keys})
	if err != nil {
		return err
	}
	defer s.Close()
	if opt.clients, err = allCalled(s, b, opt.clients); err != nil {
		return err
	}
	var batches <-chan watch.Batch
	if opt.watch { // before the first build, so that no edit during it is lost
		if batches, err = watch.Watch(ctx, s.Dir, site.Watched, watch.Options{Poll: opt.poll}); err != nil {
			return err
		}
	}
	p := pipeline.NewPublisher(b, out, opt.clients)
	if err = a.publish(ctx, p, out, pipeline.Change{All: true}); err == nil {
		err = a.published(b, opt.clients)
	}
	if !opt.watch || ctx.Err() != nil {
		return err
	}
	a.term.Note("Watching. Ctrl-C ends it.")
	for batch := range batches {
		change := pipeline.Classify(batch.Paths)
		change.All = change.All || batch.All
		if !change.Empty() {
			_ = a.publish(ctx, p, out, change) // the problems were printed; the next change may correct them
		}
	}
	return nil
}

// publish publishes a change and prints the result or the problems.
func (a *app) publish(ctx context.Context, p *pipeline.Publisher, out string, change pipeline.Change) error {
	start := time.Now()
	done, ps := p.Publish(ctx, change, a.term.Progress)
	if len(ps) > 0 {
		a.term.Problems(ps)
	}
	if ps.Err() != nil {
		return errProblems
	}
	if done != nil {
		a.term.Built(out, done.Portals, done.Written, done.Unchanged, done.Removed, time.Since(start))
	}
	return nil
}

// published says where the portals of clients are published, of all where none is named.
func (a *app) published(b *pipeline.Builder, ids []string) error {
	if len(ids) == 0 {
		var err error
		if ids, err = b.Clients(); err != nil {
			return err
		}
	}
	a.term.Portals(portals(b, ids))
	return nil
}
