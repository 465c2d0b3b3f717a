// Package cli is the command line: one file for each command, flags in, exit code out. It contains
// no logic of its own.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"syscall"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"portalgen/internal/access"
	"portalgen/internal/diag"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/rule"
	"portalgen/internal/site"
	"portalgen/internal/ui"
)

// The exit codes.
const (
	exitFine     = 0
	exitProblems = 1
	exitWrongUse = 2
	// exitInterrupted is the code that shells give to a program that Ctrl-C ended.
	exitInterrupted = 130
)

// app is the state that all commands share.
type app struct {
	term *ui.Terminal
	dir  string
	now  string
	// variable is the value of PORTALGEN_KEY. It is removed from the environment first, so that no
	// program that a command starts inherits it.
	variable string
}

// errProblems says that the problems are already printed.
var errProblems = errors.New("problems in the site")

// wrongUse is an error in how the command line was used.
type wrongUse struct{ error }

// Main runs the command line and returns the exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if os.Getenv("GOGC") == "" {
		// A build makes much garbage and keeps little. Collecting it less often saves a tenth of
		// the time and needs some tens of megabytes.
		debug.SetGCPercent(400)
	}
	a := &app{term: ui.New(stdout, stderr, os.Getenv)}
	var err error
	if a.variable, err = access.TakeVariable(); err != nil {
		a.term.Problems(diag.Of(err, a.dir, rule.Failed))
		return exitProblems
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	a.term.Done = ctx.Done()
	root := a.root()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(a.term.Out)
	root.SetErr(a.term.Err)
	command, err := root.ExecuteContextC(ctx)
	var wrong wrongUse
	switch {
	case err == nil:
		return exitFine
	case ctx.Err() != nil:
		a.term.Note("Interrupted before it was done: run it again.")
		return exitInterrupted
	case errors.Is(err, errProblems):
		return exitProblems
	case errors.As(err, &wrong):
		a.term.WrongUse(command.CommandPath(), err)
		return exitWrongUse
	}
	a.term.Problems(diag.Of(err, a.dir, rule.Failed))
	return exitProblems
}

// boundMemory makes a command that goes through all clients collect garbage more often from so many
// bytes on. Otherwise the garbage would grow by a multiple of what it keeps for each client.
func boundMemory() {
	const bytes = 180 << 20
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(bytes)
	}
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "portalgen",
		Short: "One private page for each client that always says how things stand",
		Long: `portalgen renders one sealed, static portal for each client of a service business
from one TOML file, and rebuilds it when the file changes.

Exit codes: 0 fine, 1 problems in the site, 2 wrong use, 130 interrupted.`,
		SilenceErrors: true, SilenceUsage: true,
		Args:              noSuchCommand,
		RunE:              func(c *cobra.Command, _ []string) error { return c.Help() },
		PersistentPreRunE: a.requireSite,
	}
	root.PersistentFlags().StringVar(&a.dir, "site", ".", "the site's folder; without it the current "+
		"one, else the nearest above it that is a site")
	root.PersistentFlags().StringVar(&a.now, "now", "",
		"the moment of the build: a date such as 2026-12-04, which is noon of that day where each client is, "+
			"or a time as RFC 3339")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		// If a command is misspelt, its flags are unknown too; the command is the better message.
		if args := c.Flags().Args(); len(args) > 0 && c.HasSubCommands() {
			if wrong := c.ValidateArgs(args); wrong != nil {
				return wrong
			}
		}
		return wrongUse{err}
	})
	root.AddCommand(
		a.initCommand(), a.build(), a.serve(), a.check(), a.today(), a.explain(), a.access(), a.share(),
		a.verify(), a.key(), a.schema(), a.newCommand(), a.add(), a.move(), a.update(), a.week(), a.rename(),
		a.replies(), a.inbox(), a.version(), a.man(),
	)
	a.complete(root)
	return root
}

// countForm matches cobra's message about too many or too few arguments.
var countForm = regexp.MustCompile(`^(accepts|requires) .*arg\(s\),.* \d+$`)

// usage turns the errors of an argument check into wrong use.
func usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		err := check(c, args)
		switch {
		case err == nil:
			return nil
		case countForm.MatchString(err.Error()):
			err = fmt.Errorf("it is used so: %s", strings.TrimSuffix(c.UseLine(), " [flags]"))
		}
		return wrongUse{err}
	}
}

// noArgs refuses any argument. If the command has the flag --client, the error mentions it.
func noArgs(c *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case c.Flags().Lookup("client") != nil:
		return fmt.Errorf("nothing stands behind `%s` but flags; a client is named with --client", c.CommandPath())
	}
	return fmt.Errorf("nothing stands behind `%s` but flags", c.CommandPath())
}

// group makes c a command that only has subcommands.
func group(c *cobra.Command) *cobra.Command {
	c.Args = noSuchCommand
	c.RunE = func(c *cobra.Command, _ []string) error {
		return wrongUse{errors.New("say which of these:" + listOf(c))}
	}
	return c
}

// noSuchCommand refuses any argument of a command that only has subcommands. The error suggests the
// similar name, or lists all.
func noSuchCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, sub := range c.Commands() {
		names = append(names, sub.Name())
	}
	if near := diag.Closest(args[0], names); near != "" {
		return wrongUse{fmt.Errorf("there is no command %q here. Did you mean `%s %s`?",
			args[0], c.CommandPath(), near)}
	}
	return wrongUse{fmt.Errorf("there is no command %q here. There are:%s", args[0], listOf(c))}
}

// listOf returns the subcommands of c, one per line. Below a group they have their arguments too.
func listOf(c *cobra.Command) string {
	var all strings.Builder
	w := tabwriter.NewWriter(&all, 0, 0, 2, ' ', 0)
	for _, sub := range c.Commands() {
		if !sub.IsAvailableCommand() {
			continue
		}
		typed := sub.CommandPath()
		if c.HasParent() {
			typed = strings.TrimSuffix(sub.UseLine(), " [flags]")
		}
		fmt.Fprintf(w, "\n  %s\t%s", typed, sub.Short)
	}
	_ = w.Flush() // a strings.Builder never fails
	return all.String()
}

// clock returns the clock of --now; nil without --now.
func (a *app) clock() (pipeline.Clock, error) {
	if a.now == "" {
		return nil, nil
	}
	c, err := pipeline.ParseClock(a.now)
	if err != nil {
		return nil, wrongUse{fmt.Errorf("--now: %w", err)}
	}
	return c, nil
}

// keys returns the keys of the site. An error of loading the key is returned only when a key is
// needed.
func (a *app) keys() *keyring.SiteKeys {
	return keyring.NewSiteKeys(access.LoadMaster(a.dir, filepath.Join(a.dir, defaultOut), a.variable))
}

// open opens the site and returns it with a builder that has loaded it.
func (a *app) open(opt pipeline.Options) (*site.Site, *pipeline.Builder, error) {
	s, b, err := a.prepare(opt)
	if err != nil {
		return nil, nil, err
	}
	if err := a.load(b); err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	return s, b, nil
}

// load loads what all portals share, and shows the problems of it.
func (a *app) load(b *pipeline.Builder) error {
	ps := b.Load()
	if len(ps) > 0 {
		a.term.Problems(ps)
	}
	if ps.Err() != nil {
		return errProblems
	}
	return nil
}

// prepare opens the site and returns it with a builder that has not loaded it yet.
func (a *app) prepare(opt pipeline.Options) (*site.Site, *pipeline.Builder, error) {
	var err error
	if opt.Now, err = a.clock(); err != nil {
		return nil, nil, err
	}
	s, err := site.Open(a.dir)
	if err != nil {
		return nil, nil, wrongUse{err}
	}
	return s, pipeline.New(s, opt), nil
}
