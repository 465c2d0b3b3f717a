package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/edit"
	"portalgen/internal/loop"
	"portalgen/internal/rule"
	"portalgen/internal/site"
	"portalgen/internal/ui"
)

type moveOptions struct {
	editOptions
	deliverable string
}

func (a *app) move() *cobra.Command {
	var opt moveOptions
	specs := clientfile.Keys("commitment.moves")
	c := &cobra.Command{
		Use:   "move CLIENT COMMITMENT DID",
		Short: "Write down what somebody did about a commitment",
		Long: `Write one move of a commitment, or of one of its interim results. COMMITMENT is an id,
or a part of one id or title, of either; COMMITMENT/RESULT names both, and RESULT may be
its number from 1. CLIENT is an id, or a part of one id or name. DID is one of:

` + moves() + `
--on is today where nothing is said; a move of an earlier hour of a day is put before
those of later hours. --by is the customer or the performer of your side, where only your
side may make the move. What the client's side did is written only with --by, or once you
have said who it was. A move that is not allowed now is refused, with
those that are, and the file stays as it is. What is not given is asked for, where
there is a person at the terminal.`,
		Args: usage(cobra.MaximumNArgs(3)),
	}
	c.Flags().StringVar(&opt.deliverable, "deliverable", "",
		"an interim result of it: its id, a part of its title, or its number from 1")
	keyFlags(c.Flags(), "move", specs, "did")
	opt.flags(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return a.runMove(a.term.Asker(c.InOrStdin()), args, opt, c.Flags())
	}
	return c
}

// moves returns all moves, in lines of limited length.
func moves() string {
	var b strings.Builder
	line := ""
	for _, did := range loop.AllDids {
		if len(line)+len(did) > 76 {
			b.WriteString(line + "\n")
			line = ""
		}
		line += "  " + string(did)
	}
	return b.String() + line + "\n"
}

func (a *app) runMove(asker *ui.Asker, args []string, opt moveOptions, flags *pflag.FlagSet) error {
	e, err := a.openForEdit()
	if err != nil {
		return a.showProblems(err)
	}
	defer e.Close()
	if args, err = e.askMissingArgs(args, opt.deliverable, asker); errors.Is(err, ui.ErrCancelled) {
		a.term.NothingWritten()
		return nil
	} else if err != nil {
		return a.showProblems(err)
	}
	f, err := e.file(args[0])
	if err != nil {
		return a.showProblems(err)
	}
	fm, err := f.Move(args[1], opt.deliverable, args[2])
	if err != nil {
		return wrongUse{err}
	}
	return a.runForm(e, fm, args[0], "move", asker, opt.editOptions, flags)
}

// missingArg returns an error that says which of commitment and verb is missing in args, and which
// values are possible.
func missingArg(f *edit.File, args []string, part string) error {
	if ids := f.Open(); len(args) == 1 && len(ids) > 0 {
		return fmt.Errorf("say which commitment, and what was done about it; open are: %s", strings.Join(ids, ", "))
	} else if len(args) == 1 {
		return errors.New("say which commitment, and what was done about it; none is open")
	}
	legal, err := f.Legal(args[1], part)
	if err != nil {
		return err
	}
	return fmt.Errorf("say what was done about %q; what can be done now is: %s", args[1], strings.Join(legal, ", "))
}

// askMissingArgs asks for the client, commitment and verb that args lacks.
func (e *editing) askMissingArgs(args []string, part string, asker *ui.Asker) ([]string, error) {
	args, err := e.withClient(args, asker)
	if err != nil || len(args) == 3 {
		return args, err
	}
	f, err := e.file(args[0])
	if err != nil {
		return nil, err
	}
	if asker == nil {
		return nil, wrongUse{missingArg(f, args, part)}
	}
	if len(args) == 1 {
		ids := f.Open()
		which := ui.Question{
			Text: ui.WhichCommitment, Choices: asChoices(ids), Default: onlyChoice(ids), Need: true,
		}
		err := asker.Ask(which, func(answer string) error {
			_, err := f.Legal(answer, part)
			if err == nil {
				args = append(args, answer)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	legal, err := f.Legal(args[1], part)
	if err != nil {
		return nil, wrongUse{err}
	}
	err = asker.Ask(ui.Question{Text: ui.WhichMove, Choices: legal, Need: true}, func(answer string) error {
		if !slices.Contains(legal, answer) {
			return fmt.Errorf("%q cannot be done now", answer)
		}
		args = append(args, answer)
		return nil
	})
	return args, err
}

// runForm fills a form from flags and answers, and writes the resulting change to the file of the
// client called id.
func (a *app) runForm(
	e *editing, fm *edit.Form, id, kind string, asker *ui.Asker, opt editOptions, flags *pflag.FlagSet,
) error {
	if err := setFlags(fm, flags); err != nil {
		return err
	}
	if err := fill(fm, kind, asker, opt.yes); errors.Is(err, ui.ErrCancelled) {
		a.term.NothingWritten()
		return nil
	} else if err != nil {
		return err
	}
	change, err := fm.Change()
	switch {
	case errors.Is(err, edit.ErrNothing):
		a.term.NothingNew()
		return nil
	case errors.Is(err, edit.ErrNoWords):
		a.term.NothingWritten()
		return nil
	case err != nil:
		return a.showProblems(diag.Of(err, site.ClientFile(id), rule.Edit))
	}
	question := ui.WriteIt
	if name := fm.SaidBy(); name != "" && !flags.Changed("by") {
		question = ui.WriteItFor(name)
	}
	done, err := a.write(change, asker, question, opt, func() error { return change.Write(e.Root) })
	if done {
		a.term.Wrote(change.Name)
	}
	return a.showProblems(err)
}
