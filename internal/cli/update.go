package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"portalgen/internal/edit"
	"portalgen/internal/ui"
)

func (a *app) update() *cobra.Command {
	c := group(&cobra.Command{
		Use:   "update",
		Short: "Bring a table of a client's file up to date: answered, acknowledged, agreed, …",
		Long: `Set keys of one table of a client's file: the answer to a question, the day on which
something was agreed or confirmed, a score, a line in the log of a risk. Only the values
that are set change; the change is shown before it is written. What is done about a
commitment is a move: see portalgen move.`,
	})
	for _, kind := range edit.Updates() {
		c.AddCommand(a.updateKind(kind))
	}
	c.AddCommand(a.updateObservation())
	c.Args = func(_ *cobra.Command, args []string) error {
		if len(args) > 0 {
			all := append(kindWords(edit.Updates()), observation)
			return wrongUse{fmt.Errorf("there is no %q to update; what can be updated is: %s", args[0], join(all))}
		}
		return nil
	}
	return c
}

// kindWords returns the names of kinds of tables in commands.
func kindWords(kinds []string) []string {
	all := make([]string, len(kinds))
	for i, kind := range kinds {
		all[i] = kindWord(kind)
	}
	return all
}

// kindWord returns the name of a kind of table in commands.
func kindWord(kind string) string {
	if kind == "people.*" {
		return "person"
	}
	return strings.ReplaceAll(kind[strings.LastIndex(kind, ".")+1:], "_", "-")
}

func (a *app) updateKind(kind string) *cobra.Command {
	var opt editOptions
	item, which := " ITEM", "ITEM is an id, a part of one id or text, or the place in the file, from 1. "
	if edit.Single(kind) {
		item, which = "", ""
	}
	c := &cobra.Command{
		Use:   kindWord(kind) + " CLIENT" + item + " [KEY…]",
		Short: ui.UpdateSummary(kind),
		Long: ui.UpdateSummary(kind) + `.

` + which + `At a terminal, you are asked for each KEY; where
none is named and no flag is given, for what settles it. A KEY of a day on which something
happened is today where nobody is asked. A flag with an empty value takes its line out.`,
		Args: usage(cobra.ArbitraryArgs),
	}
	keyFlags(c.Flags(), kind, edit.UpdateKeys(kind))
	opt.flags(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return a.runUpdate(a.term.Asker(c.InOrStdin()), kind, args, opt, c.Flags())
	}
	return c
}

func (a *app) runUpdate(asker *ui.Asker, kind string, args []string, opt editOptions, flags *pflag.FlagSet) error {
	e, err := a.openForEdit()
	if err != nil {
		return a.showProblems(err)
	}
	defer e.Close()
	if args, err = e.item(kind, args, asker); errors.Is(err, ui.ErrCancelled) {
		a.term.NothingWritten()
		return nil
	} else if err != nil {
		return a.showProblems(err)
	}
	f, err := e.file(args[0])
	if err != nil {
		return a.showProblems(err)
	}
	fm, err := f.Update(kind, args[1], args[2:]...)
	if err != nil {
		return wrongUse{err}
	}
	return a.runForm(e, fm, args[0], kind, asker, opt, flags)
}

// item returns args with a client and a table of the given kind. It asks for the missing ones.
func (e *editing) item(kind string, args []string, asker *ui.Asker) ([]string, error) {
	args, err := e.withClient(args, asker)
	if err == nil && edit.Single(kind) {
		return slices.Insert(args, 1, ""), nil
	}
	if err != nil || len(args) > 1 {
		return args, err
	}
	f, err := e.file(args[0])
	if err != nil {
		return nil, err
	}
	ids := f.Items(kind)
	if asker == nil || len(ids) == 0 {
		_, err := f.Update(kind, "")
		return nil, wrongUse{err}
	}
	which := ui.Question{Text: ui.WhichItem, Choices: asChoices(ids), Default: onlyChoice(ids), Need: true}
	err = asker.Ask(which, func(answer string) error {
		_, err := f.Update(kind, answer)
		args = append(args[:1], answer)
		return err
	})
	return args, err
}
