package cli

import (
	"context"

	"github.com/spf13/cobra"

	"portalgen/internal/pipeline"
	"portalgen/internal/ui"
	"portalgen/internal/verify"
)

func (a *app) verify() *cobra.Command {
	var samples bool
	c := &cobra.Command{
		Use:   "verify URL|FOLDER",
		Short: "Compare a published site with what a build would publish now",
		Long: `Compare a published site, at its address or in a folder, with what a build of this
source under this key would publish now, file by file: what differs, what is missing
and, in a folder, what is there beyond it. Of an address the headers of one page, one
asset and one attached file are looked at too, and first of all it is asked for files that
no host may serve: data/provider.toml, your clients' files, notes and access,
.portalgen/key and .git/config.

A page says what was true on the day it was built, so compare with the day of that
build: portalgen verify https://portal.example.com --now 2026-12-04

Exit codes: 0 the same, 1 different, 2 wrong use.`,
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error { return a.runVerify(c.Context(), args[0], samples) },
	}
	c.Flags().BoolVar(&samples, "samples", false, "compare with the program's own samples instead of the "+
		"site's clients")
	return c
}

func (a *app) runVerify(ctx context.Context, where string, samples bool) error {
	at, err := verify.At(where)
	if err != nil {
		return wrongUse{err}
	}
	s, b, err := a.open(pipeline.Options{Samples: samples, Keys: a.keys()})
	if err != nil {
		return err
	}
	defer s.Close()
	done, ps := verify.Site(ctx, b, at)
	var all []ui.Difference
	exposed, unguarded := false, false
	for _, f := range done.Findings {
		all = append(all, ui.Difference{What: f.What, Path: f.Path, Client: f.Client, Detail: f.Detail})
		exposed = exposed || f.What == verify.Exposed
		unguarded = unguarded || f.What == verify.BadHeader
	}
	if ps.Err() != nil {
		a.term.Problems(ps.Errors())
		a.term.Differences(all)
	} else {
		a.term.Verified(where, done.Same, all)
	}
	if unguarded {
		a.term.Unguarded()
	}
	if exposed {
		a.term.Exposed()
	}
	if ps.Err() != nil || len(all) > 0 {
		return errProblems
	}
	return nil
}
