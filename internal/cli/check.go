package cli

import (
	"github.com/spf13/cobra"

	"portalgen/internal/diag"
	"portalgen/internal/pipeline"
)

type checkOptions struct {
	json, strict bool
	clients      []string
}

func (a *app) check() *cobra.Command {
	var opt checkOptions
	c := &cobra.Command{
		Use:   "check [CLIENT…]",
		Short: "Say what is wrong in the files, without building",
		Long: `Read every file and say what is wrong. Errors stop a build; warnings do not,
unless --strict makes errors of them here. With a CLIENT only what is wrong with that one is
told, and what all share.`,
		Args: usage(cobra.ArbitraryArgs),
		RunE: func(_ *cobra.Command, args []string) error {
			opt.clients = append(opt.clients, args...)
			return a.runCheck(opt)
		},
	}
	c.Flags().BoolVar(&opt.json, "json", false,
		"print an array of {file, line, column, rule, severity, message, hint, command}")
	c.Flags().BoolVar(&opt.strict, "strict", false, "count warnings as errors")
	c.Flags().StringArrayVar(&opt.clients, "client", nil, "the same as to name it (may be given more than once)")
	return c
}

func (a *app) runCheck(opt checkOptions) error {
	boundMemory()
	s, b, err := a.prepare(pipeline.Options{Facts: true, Keys: a.keys(), Published: a.publicFolder()})
	if err != nil {
		return err
	}
	defer s.Close()
	b.Remember(false)
	if opt.clients, err = allCalled(s, b, opt.clients); err != nil {
		return err
	}
	ps, err := b.Check(opt.clients...)
	if err != nil {
		return err
	}
	if opt.json {
		if err := diag.JSON(a.term.Data(), ps); err != nil {
			return err
		}
	} else {
		a.term.Checked(ps)
		a.sayNext(b)
	}
	if ps.Err() != nil || opt.strict && len(ps) > 0 {
		return errProblems
	}
	return nil
}
