package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"portalgen/internal/civil"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/edit"
	"portalgen/internal/rule"
	"portalgen/internal/site"
	"portalgen/internal/ui"
)

// observation names the provider's own notes in data/private.
const observation = "observation"

func (a *app) updateObservation() *cobra.Command {
	var opt editOptions
	c := &cobra.Command{
		Use:   observation + " CLIENT ITEM done",
		Short: "Say that the next step of an observation is done",
		Long: `Say that the next step of one of your observations, in data/private, was done today.

ITEM is the day of the observation, a part of its text or its next step, or its place in
the file, from 1.`,
		Args: usage(func(c *cobra.Command, args []string) error {
			if len(args) == 3 && args[2] != "done" {
				return errors.New("all that is brought up to date of an observation is that it is done")
			}
			return cobra.RangeArgs(2, 3)(c, args)
		}),
		RunE: func(c *cobra.Command, args []string) error {
			return a.runObservation(a.term.Asker(c.InOrStdin()), args, opt)
		},
	}
	opt.flags(c)
	return c
}

func (a *app) runObservation(asker *ui.Asker, args []string, opt editOptions) error {
	e, err := a.openForEdit()
	if err != nil {
		return a.showProblems(err)
	}
	defer e.Close()
	if args, err = e.withClient(args, asker); err != nil {
		return err
	}
	name := site.PrivateFile(args[0])
	src, ps := clientfile.ReadFile(e.Root, name)
	if ps.Err() != nil {
		return a.showProblems(ps)
	}
	change, err := edit.SettleObservation(src, args[1], civil.DateOf(e.Options(args[0]).Now))
	var wrong diag.Problems
	switch {
	case errors.Is(err, edit.ErrNothing):
		a.term.NothingNew()
		return nil
	case errors.As(err, &wrong), errors.Is(err, edit.ErrWider), errors.Is(err, edit.ErrNoPlace):
		return a.showProblems(diag.Of(err, name, rule.Edit))
	case err != nil: // there is no such observation
		return wrongUse{err}
	}
	done, err := a.write(change, asker, ui.WriteIt, opt, func() error { return change.Write(e.Root) })
	if done {
		a.term.Wrote(change.Name)
	}
	return a.showProblems(err)
}
