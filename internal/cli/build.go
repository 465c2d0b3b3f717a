package cli

import (
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"portalgen/internal/access"
	"portalgen/internal/diag"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/rule"
	"portalgen/internal/site"
	"portalgen/internal/watch"
)

// defaultOut is the default folder to publish into.
const defaultOut = "public"

type buildOptions struct {
	out     string
	clients []string
	watch   bool
	samples bool
	shard   string
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
as the folder of an earlier friendly name.

With --shard I/N it builds the clients whose turn it is when N machines take turns:
each machine builds another I from 1 to N, the same N on all. Put together what the
folder to publish and .portalgen/built hold on each, and let a build of all clients
follow: it builds nothing again, applies what concerns all clients, and removes what
is published no longer.`,
		Args: usage(noArgs),
		RunE: func(c *cobra.Command, _ []string) error { return a.runBuild(c.Context(), opt) },
	}
	c.Flags().StringVar(&opt.out, "out", defaultOut, "the folder to publish into, from the site's folder")
	c.Flags().StringArrayVar(&opt.clients, "client", nil, "build this client alone (may be given more than once)")
	c.Flags().StringVar(&opt.shard, "shard", "",
		"build the Ith part of all clients of N parts (I/N); a build of all follows")
	c.Flags().BoolVar(&opt.watch, "watch", false, "build again whenever something changes")
	c.Flags().BoolVar(&opt.samples, "samples", false, "publish the program's own samples instead of the site's clients")
	c.Flags().DurationVar(&opt.poll, "poll", 0, "with --watch: look for changes this often; without it, each "+
		"second where a file system is known to send no events, as on a network")
	return c
}

func (a *app) runBuild(ctx context.Context, opt buildOptions) error {
	boundMemory()
	out := opt.out
	if !filepath.IsAbs(out) {
		out = filepath.Join(a.dir, out)
	}
	part, err := opt.part()
	if err != nil {
		return err
	}
	keys := keyring.NewSiteKeys(access.LoadMaster(a.dir, out, a.variable))
	s, b, err := a.prepare(pipeline.Options{Samples: opt.samples, Keys: keys, Published: a.publicFolder()})
	if err != nil {
		return err
	}
	defer s.Close()
	if opt.clients, err = allCalled(s, b, opt.clients); err != nil {
		return err
	}
	if part.of > 0 {
		if opt.clients, err = a.clientsOf(part, b); err != nil {
			return err
		}
	}
	key := a.keyAhead(out)
	early := func(path string) {
		key.begin()
		b.Ahead(path)
	}
	var batches <-chan watch.Batch
	if opt.watch { // start before the first build, so that no edit during it is lost
		how := watch.Options{Poll: opt.poll, Early: early}
		if batches, err = watch.Watch(ctx, s.Dir, site.Watched, how); err != nil {
			return err
		}
	}
	a.term.Problems(keyring.Exposed(s))
	p := pipeline.NewPublisher(b, out, opt.clients)
	ps := a.publish(ctx, p, out, pipeline.Change{All: true}, nil)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case ps.Err() != nil:
		err = errProblems
	default:
		err = a.published(b, opt.clients)
	}
	if !opt.watch {
		a.sayReplies(ctx, b)
		if err == nil {
			a.sayNext(b) // the other clients may be out of date
		}
		return err
	}
	a.term.Note("Watching. Ctrl-C ends it.")
	go a.sayReplies(ctx, b) // no edit waits for the network
	return a.follow(ctx, batches, outputRetry, func(change pipeline.Change) (diag.Problems, error) {
		if err := s.InPlace(); err != nil {
			return nil, err
		}
		keys.Set(key.take()) // the key may have been changed or added meanwhile
		ps = a.publish(ctx, p, out, change, ps)
		return ps, nil
	})
}

// outputRetry is the time after which a failed write of the output is tried again.
const outputRetry = time.Second

// follow publishes each batch of changes until there are no more. If only the output folder had
// problems, such as another build that writes there or a full disk, it tries again without a new
// change. An error of publish ends it.
func (a *app) follow(
	ctx context.Context, batches <-chan watch.Batch, retry time.Duration,
	publish func(pipeline.Change) (diag.Problems, error),
) error {
	again := time.NewTimer(retry) // the first build may have failed
	for {
		var change pipeline.Change
		select {
		case batch, ok := <-batches:
			if !ok {
				return nil
			}
			change = pipeline.Classify(batch.Paths)
			if change.All = change.All || batch.All; change.Empty() {
				continue
			}
		case <-again.C:
		}
		if ctx.Err() != nil {
			continue
		}
		ps, err := publish(change)
		if err != nil {
			return err
		}
		if onlyOutput(ps) {
			again.Reset(retry)
		}
	}
}

// onlyOutput reports whether there are errors and all of them concern the output folder.
func onlyOutput(ps diag.Problems) bool {
	isOther := func(p diag.Problem) bool { return p.Rule != rule.Output }
	return ps.Err() != nil && !slices.ContainsFunc(ps.Errors(), isOther)
}

// publish publishes a change, prints the result or the problems, and returns the problems. It does
// not print them if they equal told, the last printed problems.
func (a *app) publish(
	ctx context.Context, p *pipeline.Publisher, out string, change pipeline.Change, told diag.Problems,
) diag.Problems {
	start := time.Now()
	done, ps := p.Publish(ctx, change, a.term.Progress)
	if ctx.Err() == nil && len(ps) > 0 && !reflect.DeepEqual(ps, told) {
		a.term.Problems(ps)
	}
	if done != nil {
		a.term.Built(out, done.Portals, done.Written, done.Unchanged, done.Removed, time.Since(start))
	}
	return ps
}

// published prints the addresses of the clients' portals; for nil those of all clients.
func (a *app) published(b *pipeline.Builder, ids []string) error {
	if ids == nil {
		var err error
		if ids, err = b.Clients(); err != nil {
			return err
		}
	}
	a.term.Portals(portals(b, ids))
	return nil
}
