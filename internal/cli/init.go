package cli

import (
	"errors"
	"time"

	"github.com/spf13/cobra"

	"portalgen/internal/access"
	"portalgen/internal/civil"
	"portalgen/internal/site"
)

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init",
		Short: "Begin a site here: its files, and a master key",
		Long: `Begin a site in the site's folder, which may hold other things already: no file
that is there is changed. Makes a master key in .portalgen/key unless there is one.`,
		Args: usage(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error { return a.runInit() },
	}
}

func (a *app) runInit() error {
	today := civil.DateOf(time.Now())
	if clock, err := a.clock(); err != nil {
		return err
	} else if clock != nil {
		today = civil.DateOf(clock.In(time.UTC))
	}
	wrote, err := site.Init(a.dir, today)
	if err != nil {
		return err
	}
	_, err = access.CreateMaster(a.dir)
	madeKey := err == nil
	if err != nil && !errors.Is(err, access.ErrKeyExists) {
		return err
	}
	a.term.Begun(wrote, madeKey, a.variable != "")
	return nil
}
