package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"portalgen/internal/civil"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/edit"
	"portalgen/internal/pipeline"
	"portalgen/internal/site"
	"portalgen/internal/ui"
)

// editOptions are what all commands take that change a client's file.
type editOptions struct {
	yes, dryRun bool
}

func (o *editOptions) flags(c *cobra.Command) {
	c.Flags().BoolVarP(&o.yes, "yes", "y", false, "write without asking")
	c.Flags().BoolVar(&o.dryRun, "dry-run", false, "show the change, and write nothing")
}

// An editing is a site whose files are changed, and how they are read.
type editing struct {
	*site.Site
	clock pipeline.Clock
	timed bool
	read  clientfile.Options // without those that differ by client
}

// edits opens the site for changing its clients' files.
func (a *app) edits() (*editing, error) {
	s, err := site.Open(a.dir)
	if err != nil {
		return nil, wrongUse{err}
	}
	e := &editing{Site: s}
	if err := a.ready(e); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return e, nil
}

func (a *app) ready(e *editing) error {
	src, ps := clientfile.ReadFile(e.Root, site.ProviderFile)
	if ps.Err() == nil {
		e.read.Provider, ps = clientfile.Provider(src)
	}
	if ps.Err() != nil {
		return ps.Errors()
	}
	clock, err := a.clock()
	if err != nil {
		return err
	}
	_, err = civil.ParseDate(a.now)
	e.timed = err != nil
	if frozen := e.read.Provider.Frozen; clock == nil && !frozen.IsZero() {
		e.timed = false
		if clock, err = pipeline.ParseClock(frozen.Date.String()); err != nil {
			return err
		}
	}
	if clock == nil {
		clock = wallClock{}
	}
	zone, err := time.LoadLocation(e.read.Provider.Timezone)
	if err != nil {
		return err
	}
	e.clock, e.read.Now = clock, clock.In(zone)
	theme, err := e.Theme()
	e.read.Languages = site.Languages(theme)
	return err
}

type wallClock struct{}

func (wallClock) In(loc *time.Location) time.Time { return time.Now().In(loc) }

// options are how the file of a client is read.
func (e *editing) options(id string) clientfile.Options {
	opt := e.read
	opt.FileExists = func(name string) error {
		if err := clientfile.Resolve(nil, name); err != nil {
			return err
		}
		folder, err := e.Root.OpenRoot(site.ClientsDir + "/" + id)
		if err != nil {
			return fmt.Errorf("there is no folder %s/%s: %w", site.ClientsDir, id, fs.ErrNotExist)
		}
		defer folder.Close()
		return clientfile.Resolve(folder, name)
	}
	return opt
}

// file reads the file of a client.
func (e *editing) file(id string) (*edit.File, error) {
	ids, err := e.Clients()
	if err != nil {
		return nil, err
	}
	if err := e.known(id, ids); err != nil {
		return nil, wrongUse{err}
	}
	src, ps := clientfile.ReadFile(e.Root, site.ClientFile(id))
	if ps.Err() != nil {
		return nil, ps
	}
	return edit.Open(id, src, e.options(id), e.clock, e.timed)
}

// withClient asks for the client where args do not begin with one.
func (e *editing) withClient(args []string, asker *ui.Asker) ([]string, error) {
	if len(args) > 0 {
		return args, nil
	}
	ids, err := e.Clients()
	switch {
	case err != nil:
		return nil, err
	case asker == nil:
		return nil, wrongUse{errors.New("say which client")}
	case len(ids) == 0:
		return nil, wrongUse{errors.New("there is no client yet: begin one with `portalgen new client NAME`")}
	}
	err = asker.Ask(ui.Question{Text: ui.WhichClient, Choices: few(ids), Default: single(ids), Need: true}, func(answer string) error {
		if err := e.known(answer, ids); err != nil {
			return err
		}
		args = []string{answer}
		return nil
	})
	return args, err
}

// few returns words that are few enough to be read as choices, else none.
func few(words []string) []string {
	if len(words) > 12 {
		return nil
	}
	return words
}

// single returns the word that is the only choice; "" where there are more.
func single(words []string) string {
	if len(words) == 1 {
		return words[0]
	}
	return ""
}

// known returns an error where id is not among those of the clients.
func (e *editing) known(id string, ids []string) error {
	if slices.Contains(ids, id) {
		return nil
	}
	meant := ""
	if near := diag.Closest(id, ids); near != "" {
		meant = fmt.Sprintf("; did you mean %q?", near)
	}
	return fmt.Errorf("%q: there is no such client in %s%s", id, site.ClientsDir, meant)
}

// write shows a change, asks the person at the terminal if there is one, and has
// put write it.
func (a *app) write(c *edit.Change, asker *ui.Asker, opt editOptions, put func() error) (done bool, err error) {
	a.term.Diff(c.Diff())
	if len(c.Warnings) > 0 {
		a.term.Problems(c.Warnings)
	}
	if !opt.dryRun && !opt.yes && asker != nil {
		if yes, err := asker.Confirm(ui.WriteIt); err != nil || !yes {
			a.term.NothingWritten()
			return false, ignoreCancel(err)
		}
	}
	if opt.dryRun {
		a.term.NothingWritten()
		return false, nil
	}
	if err := put(); err != nil {
		return false, diag.Of(err, c.Name, "edit")
	}
	return true, nil
}

func ignoreCancel(err error) error {
	if errors.Is(err, ui.ErrCancelled) {
		return nil
	}
	return err
}

// showProblems shows the problems in err and returns errProblems; any other error it returns.
func (a *app) showProblems(err error) error {
	var ps diag.Problems
	if errors.As(err, &ps) {
		a.term.Problems(ps)
		return errProblems
	}
	return err
}

// fill asks the person at the terminal for what a form lacks. Where there is none,
// it fails as wrong use and names all of it by its flags.
func fill(fm *edit.Form, kind string, asker *ui.Asker) error {
	if err := fm.Fill(asker != nil); err != nil {
		return err
	}
	if asker == nil {
		return missing(fm, kind)
	}
	for {
		gap, more := fm.Next()
		if !more {
			return fm.Fill(true)
		}
		answered := false
		err := asker.Ask(ui.Question{
			Text: ui.FieldQuestion(kind, gap.Key), Choices: gap.Choices, Default: gap.Default, Need: gap.Need,
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

func missing(fm *edit.Form, kind string) error {
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
