package cli

import (
	"github.com/spf13/cobra"

	"portalgen/internal/diag"
	"portalgen/internal/pipeline"
)

type checkOptions struct {
	json, strict bool
}

func (a *app) check() *cobra.Command {
	var opt checkOptions
	c := &cobra.Command{
		Use:   "check",
		Short: "Say what is wrong in the files, without building",
		Long: `Read every file and say what is wrong. Errors stop a build; warnings do not,
unless --strict makes errors of them here.`,
		Args: usage(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error { return a.runCheck(opt) },
	}
	c.Flags().BoolVar(&opt.json, "json", false, "print an array of {file, line, column, rule, severity, message, hint, command}")
	c.Flags().BoolVar(&opt.strict, "strict", false, "count warnings as errors")
	return c
}

func (a *app) runCheck(opt checkOptions) error {
	s, b, err := a.prepare(pipeline.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	ps, err := b.Check()
	if err != nil {
		return err
	}
	if opt.json {
		if err := diag.JSON(a.term.Data(), ps); err != nil {
			return err
		}
	} else {
		a.term.Problems(ps)
	}
	if ps.Err() != nil || opt.strict && len(ps) > 0 {
		return errProblems
	}
	return nil
}
