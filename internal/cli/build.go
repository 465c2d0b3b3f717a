package cli

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"portalgen/internal/access"
	"portalgen/internal/build"
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
samples' public key and need no other.`,
		Args: usage(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return a.runBuild(c.Context(), opt) },
	}
	c.Flags().StringVar(&opt.out, "out", defaultOut, "the folder to publish into, from the site's folder")
	c.Flags().StringArrayVar(&opt.clients, "client", nil, "build this client alone (may be given more than once)")
	c.Flags().BoolVar(&opt.watch, "watch", false, "build again whenever something changes")
	c.Flags().BoolVar(&opt.samples, "samples", false, "publish the program's own samples instead of the site's clients")
	c.Flags().DurationVar(&opt.poll, "poll", 0, "with --watch: look for changes this often, for file systems without events")
	return c
}

func (a *app) runBuild(ctx context.Context, opt buildOptions) error {
	out := opt.out
	if !filepath.IsAbs(out) {
		out = filepath.Join(a.dir, out)
	}
	keys := build.NewMasterKeys(access.LoadMaster(a.dir, out, os.Getenv))
	s, b, err := a.open(build.Options{Samples: opt.samples, Keys: keys})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := b.Known(opt.clients); err != nil {
		return wrongUse{err}
	}
	err = a.publish(ctx, b, out, opt.clients)
	if !opt.watch || ctx.Err() != nil {
		return err
	}
	return a.watchBuild(ctx, s, b, out, opt)
}

// publish builds the clients, or all of them where there are none.
func (a *app) publish(ctx context.Context, b *build.Builder, out string, clients []string) error {
	start := time.Now()
	n := len(clients)
	if n == 0 {
		all, err := b.Clients()
		if err != nil {
			return err
		}
		n = len(all)
	}
	step, done := a.term.Progress(n)
	result, ps := b.Build(ctx, out, clients, step)
	done()
	if len(ps) > 0 {
		a.term.Problems(ps)
	}
	if ps.Err() != nil {
		return errProblems
	}
	a.term.Built(out, n, result.Written, result.Unchanged, result.Removed, time.Since(start))
	return nil
}

func (a *app) watchBuild(ctx context.Context, s *site.Site, b *build.Builder, out string, opt buildOptions) error {
	batches, err := watch.Watch(ctx, s.Dir, site.Watched, watch.Options{Poll: opt.poll})
	if err != nil {
		return err
	}
	a.term.Note("Watching. Ctrl-C ends it.")
	for batch := range batches {
		change := build.Classify(batch.Paths)
		switch {
		case batch.All || change.All:
			if ps := b.Load(); len(ps) > 0 {
				a.term.Problems(ps)
				if ps.Err() != nil {
					continue
				}
			}
			_ = a.publish(ctx, b, out, opt.clients) // what is wrong has been told; the next change may mend it
		case !change.Empty():
			_ = a.publish(ctx, b, out, change.Clients) // as above
		}
	}
	return nil
}
