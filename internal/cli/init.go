package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"portalgen/internal/access"
	"portalgen/internal/civil"
	"portalgen/internal/clientfile"
	"portalgen/internal/keyring"
	"portalgen/internal/sample"
	"portalgen/internal/site"
	"portalgen/internal/ui"
	"portalgen/internal/zone"
)

type initOptions struct {
	site.Start
	clearSamples, newKey, yes bool
}

func (a *app) initCommand() *cobra.Command {
	var opt initOptions
	c := &cobra.Command{
		Use:   "init [FOLDER]",
		Short: "Begin a site here: its files, and a master key",
		Long: `Begin a site in this folder, or in FOLDER. It may hold other things already: no file
that is there is changed. Makes a master key in .portalgen/key unless there is one.

At a terminal it asks who you are, and writes that to data/provider.toml; each question can be
left with Enter. Where the program's samples lie in the folder, as in a clone of its repository,
it offers to clear them.

With --new-key it makes another master key where the one before is lost: the access files of before are set
aside, everybody needs a new passphrase, and each portal has a new address.`,
		Args: usage(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				if c.Flags().Changed("site") {
					return wrongUse{errors.New("the folder is named twice: leave --site out")}
				}
				a.dir, a.term.Site = args[0], args[0]
			}
			asker := a.term.Asker(c.InOrStdin())
			if opt.newKey {
				return a.runNewKey(asker, opt.yes)
			}
			return a.runInit(asker, opt)
		},
	}
	f := c.Flags()
	for _, q := range opt.questions() {
		f.StringVar(q.value, q.flag, "", q.help)
	}
	f.BoolVar(&opt.Example, "example", false, "write the file of an example client too, which is never published")
	f.BoolVar(&opt.Netlify, "netlify", false,
		"write an inbox for clients' replies that Netlify runs, too; see docs/inbox.md")
	f.BoolVar(&opt.clearSamples, "clear-samples", false, "remove the program's samples that are unchanged")
	f.BoolVar(&opt.newKey, "new-key", false, "make another master key where the one before is lost")
	f.BoolVarP(&opt.yes, "yes", "y", false, "with --new-key: do not ask")
	return c
}

// A startQuestion is a question about the provider.
type startQuestion struct {
	value            *string
	flag, help, text string
}

func (o *initOptions) questions() []startQuestion {
	return []startQuestion{
		{&o.Name, "name", "your business, as clients call it", ui.StartName},
		{&o.Person, "your-name", "your own name", ui.StartPerson},
		{&o.Email, "email", "where clients write to", ui.StartEmail},
		{&o.Timezone, "timezone", `such as "Europe/Lisbon"; the machine's if nothing is said`, ui.StartTimezone},
		{&o.Accent, "color", `your colour, such as "#2f6f63"`, ui.StartColor},
	}
}

// given reports whether a flag answers any of the questions.
func (o *initOptions) given() bool {
	for _, q := range o.questions() {
		if *q.value != "" {
			return true
		}
	}
	return false
}

func (a *app) runInit(asker *ui.Asker, opt initOptions) error {
	opt.Today = civil.DateOf(time.Now())
	if clock, err := a.clock(); err != nil {
		return err
	} else if clock != nil {
		opt.Today = civil.DateOf(clock.In(time.UTC))
	}
	clear, err := a.askRemoveSamples(asker, opt.clearSamples)
	if err != nil {
		return ignoreCancel(err)
	}
	if err := a.askStart(asker, &opt, clear); err != nil {
		return ignoreCancel(err)
	}
	if err := a.clearSamples(clear); err != nil {
		return err
	}
	wrote, err := site.Init(a.dir, opt.Start)
	if err != nil {
		return err
	}
	s, err := site.Open(a.dir)
	if err != nil {
		return err
	}
	defer s.Close()
	begun := ui.Begun{Wrote: wrote, HasVariable: a.variable != "", Unnamed: s.Unnamed()}
	if begun.Clients, err = s.Clients(); err != nil {
		return err
	}
	begun.Samples = sample.Left(s.Root)
	if begun.MadeKey, err = a.firstKey(); err != nil {
		for _, name := range wrote {
			a.term.Say("wrote %s", name)
		}
		return err
	}
	a.term.Begun(begun)
	return nil
}

// firstKey makes the master key of a site that never had one.
func (a *app) firstKey() (made bool, err error) {
	if a.variable != "" {
		return false, nil
	}
	sealed, err := keyring.OwnSealed(a.dir)
	if err != nil {
		return false, err
	}
	_, err = access.LoadMaster(a.dir, "", "")
	switch {
	case !errors.Is(err, access.ErrNoKey):
		return false, nil // the command that needs the key reports its problem
	case len(sealed) > 0:
		return false, keyring.NoKey(a.dir)
	}
	_, err = access.CreateMaster(a.dir)
	return err == nil, err
}

// askRemoveSamples reports whether to remove the program's samples. It asks if said is false.
func (a *app) askRemoveSamples(asker *ui.Asker, said bool) (bool, error) {
	s, err := site.Open(a.dir)
	if err != nil {
		return false, nil // there is no site yet
	}
	defer s.Close()
	left := sample.Left(s.Root)
	if said || len(left) == 0 || asker == nil {
		return said, nil
	}
	return asker.Agree(ui.ClearSamples(left))
}

// clearSamples removes the unchanged samples if clear is true.
func (a *app) clearSamples(clear bool) error {
	if !clear {
		return nil
	}
	s, err := site.Open(a.dir)
	if err != nil {
		return nil // there is no site yet
	}
	defer s.Close()
	removed, err := sample.Clear(s.Root)
	a.term.Cleared(removed)
	return err
}

// askStart asks the person at the terminal who the provider is, if there is no provider's file yet,
// and checks the values of flags.
func (a *app) askStart(asker *ui.Asker, opt *initOptions, clear bool) error {
	if hasProvider(a.dir, clear) {
		if opt.given() {
			return wrongUse{errors.New(site.ProviderFile + " is there already: write it there")}
		}
		return nil
	}
	if err := opt.check(); err != nil {
		return wrongUse{err}
	}
	machine := zone.OfMachine()
	for _, q := range opt.questions() {
		if asker == nil || *q.value != "" {
			continue
		}
		question := ui.Question{Text: q.text}
		if q.value == &opt.Timezone {
			question.Default, question.Need = machine, true
		}
		err := asker.Ask(question, func(answer string) error {
			*q.value = answer
			err := opt.check()
			if err != nil {
				*q.value = ""
			}
			return err
		})
		if err != nil {
			a.term.NothingWritten()
			return err
		}
	}
	if opt.Timezone == "" {
		opt.Timezone = machine
	}
	return nil
}

// check returns the first problem of the provider's file that would be written, in the words of
// `check`.
func (o *initOptions) check() error {
	text, err := o.Provider()
	if err != nil {
		return err
	}
	_, ps := clientfile.Provider(clientfile.Source{Name: site.ProviderFile, Text: text})
	if ps.Err() == nil {
		return nil
	}
	p := ps.Errors()[0]
	return fmt.Errorf("%s: %s", p.Message, p.Hint)
}

// hasProvider reports whether a site has a provider's file that stays when the samples are removed.
func hasProvider(dir string, clear bool) bool {
	s, err := site.Open(dir)
	if err != nil {
		return false // site.Init makes the folder or returns its error
	}
	defer s.Close()
	_, err = s.Root.Lstat(site.ProviderFile)
	return err == nil && !(clear && sample.HasProvider(s.Root))
}
