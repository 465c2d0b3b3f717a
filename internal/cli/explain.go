package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"portalgen/internal/explain"
)

func (a *app) explain() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [RULE]",
		Short: "Say what a rule means and what to do",
		Long: `Say what a rule means, why, and what to do: the name in brackets behind a problem.
Without a name, list all rules.`,
		Args: usage(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				for _, c := range explain.Chapters() {
					a.term.RuleList(c.Title, c.Rules)
				}
				return nil
			}
			rule, ok := explain.Find(args[0])
			if !ok {
				if near := explain.Near(args[0]); near != "" {
					return wrongUse{fmt.Errorf("there is no rule %q: did you mean %q?", args[0], near)}
				}
				return wrongUse{fmt.Errorf("there is no rule %q; `portalgen explain` lists all", args[0])}
			}
			a.term.Rule(rule, explain.Setting(rule))
			return nil
		},
	}
}
