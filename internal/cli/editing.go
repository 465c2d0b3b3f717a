package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/edit"
	"portalgen/internal/pipeline"
	"portalgen/internal/rule"
	"portalgen/internal/site"
	"portalgen/internal/ui"
)

// editOptions are the options of all commands that change a client's file.
type editOptions struct {
	yes, dryRun bool
}

func (o *editOptions) flags(c *cobra.Command) {
	c.Flags().BoolVarP(&o.yes, "yes", "y", false, "write without asking")
	c.Flags().BoolVar(&o.dryRun, "dry-run", false, "show the change, and write nothing")
}

// An editing is an open site whose clients' files are to be changed.
type editing struct {
	*site.Site
	*pipeline.Reader
	ids  []string   // ids of the clients
	open *edit.File // the last file that was read; nil if none was
}

// openForEdit opens the site to change its clients' files.
func (a *app) openForEdit() (*editing, error) {
	clock, err := a.clock()
	if err != nil {
		return nil, err
	}
	s, err := site.Open(a.dir)
	if err != nil {
		return nil, wrongUse{err}
	}
	reader, ps := pipeline.NewReader(s, pipeline.Options{Now: clock})
	if ps.Err() != nil {
		return nil, errors.Join(ps.Errors(), s.Close())
	}
	ids, err := s.Clients()
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return &editing{Site: s, Reader: reader, ids: ids}, nil
}

// file returns the file of the client called id. It reads the file only once.
func (e *editing) file(id string) (*edit.File, error) {
	if e.open != nil && e.open.Client().ID == id {
		return e.open, nil
	}
	src, ps := e.Source(id)
	if ps.Err() != nil {
		return nil, ps
	}
	var err error
	e.open, err = edit.Open(id, src, e.Options(id), e.Clock(), e.Timed())
	return e.open, err
}

// withClient returns args with the client's id as the first. If there are no args, it asks for the
// client.
func (e *editing) withClient(args []string, asker *ui.Asker) ([]string, error) {
	if len(args) > 0 {
		id, err := clientCalled(e.Site, args[0], e.ids)
		return append([]string{id}, args[1:]...), err
	}
	switch {
	case asker == nil:
		return nil, wrongUse{errors.New("say which client")}
	case len(e.ids) == 0:
		return nil, wrongUse{errors.New("there is no client yet: begin one with `portalgen new client NAME`")}
	}
	which := ui.Question{Text: ui.WhichClient, Choices: asChoices(e.ids), Default: onlyChoice(e.ids), Need: true}
	err := asker.Ask(which, func(answer string) error {
		id, err := clientCalled(e.Site, answer, e.ids)
		args = []string{id}
		return err
	})
	return args, err
}

// asChoices returns words if they are few enough to show as choices, else nil.
func asChoices(words []string) []string {
	if len(words) > 12 {
		return nil
	}
	return words
}

// onlyChoice returns the only one of words; "" if there are several or none.
func onlyChoice(words []string) string {
	if len(words) == 1 {
		return words[0]
	}
	return ""
}

// clientCalled returns the id of the client that word names: an id, or else a part of exactly one
// id or of one client's name. Every command that takes a client uses it. The error lists the
// clients.
func clientCalled(s *site.Site, word string, ids []string) (string, error) {
	id, err := edit.FindClient(word, ids, func(id string) string {
		src, ps := clientfile.ReadFile(s.Root, site.ClientFile(id))
		if ps.Err() != nil {
			return ""
		}
		if c, _ := clientfile.Client(id, src, clientfile.Options{}); c != nil {
			return c.Name
		}
		return ""
	})
	if err != nil {
		return "", wrongUse{err}
	}
	return id, nil
}

// write shows a change, asks the question if somebody is at the terminal, and calls put to write
// it.
func (a *app) write(
	c *edit.Change, asker *ui.Asker, question string, opt editOptions, put func() error,
) (done bool, err error) {
	a.term.Diff(c.Diff())
	if len(c.Warnings) > 0 {
		a.term.Problems(c.Warnings)
	}
	if !opt.dryRun && !opt.yes && asker != nil {
		if yes, err := asker.Confirm(question); err != nil || !yes {
			a.term.NothingWritten()
			return false, ignoreCancel(err)
		}
	}
	if opt.dryRun {
		a.term.NothingWritten()
		return false, nil
	}
	if err := put(); err != nil {
		return false, diag.Of(err, c.Name, rule.Edit)
	}
	return true, nil
}

func ignoreCancel(err error) error {
	if errors.Is(err, ui.ErrCancelled) {
		return nil
	}
	return err
}

// showProblems shows the problems in err and returns errProblems. It returns any other error
// unchanged.
func (a *app) showProblems(err error) error {
	var ps diag.Problems
	if errors.As(err, &ps) {
		a.term.Problems(ps)
		return errProblems
	}
	return err
}

// fill asks the person at the terminal for the missing fields of a form. If nobody is there, it
// fails as wrong use and lists the missing flags. With yes it never assumes that a person of the
// client's side said something: a change that nobody confirms must name that person.
func fill(fm *edit.Form, kind string, asker *ui.Asker, yes bool) error {
	if err := fm.Fill(asker != nil); err != nil {
		return err
	}
	if asker == nil {
		return missingFlags(fm, kind)
	}
	for {
		gap, more := fm.Next()
		if !more {
			return fm.Fill(true)
		}
		if yes && fm.Theirs(gap.Key, gap.Default) != "" {
			return missingFlags(fm, kind)
		}
		text := ui.FieldQuestion(kind, gap.Key)
		if kind == "move" {
			text = ui.MoveQuestion(fm.Value("did"), gap.Key)
		}
		answered := false
		err := asker.Ask(ui.Question{
			Text: text, Choices: asChoices(gap.Choices), Default: gap.Default, Need: gap.Need,
		}, func(answer string) error {
			answered = true
			return fm.Set(gap.Key, answer)
		})
		if err != nil {
			return err
		}
		if !answered {
			fm.Pass(gap.Key)
		}
	}
}

func missingFlags(fm *edit.Form, kind string) error {
	keys := fm.Missing()
	if len(keys) == 0 {
		return nil
	}
	text := "missing:"
	for _, key := range keys {
		text += fmt.Sprintf("\n  %-16s  %s", flagName(key), ui.Field(kind, key))
		if choices := fm.Choices(key); len(choices) > 0 && len(choices) < 12 {
			text += fmt.Sprintf(" (%s)", join(choices))
		}
	}
	return wrongUse{errors.New(text)}
}
