package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"portalgen/internal/site"
)

// anywhere are the commands that need no site.
var anywhere = []string{"init", "version", "explain", "schema", "help", "completion", "man", "inbox"}

// requireSite fails, before a command runs that needs a site, where there is none.
func (a *app) requireSite(c *cobra.Command, _ []string) error {
	if c.Flags().Changed("site") {
		a.term.Site = a.dir
	}
	if !c.HasParent() {
		return nil // portalgen alone says what there is
	}
	top := c
	for top.Parent().HasParent() {
		top = top.Parent()
	}
	if slices.Contains(anywhere, top.Name()) {
		return nil
	}
	if top.Name() == cobra.ShellCompRequestCmd || top.Name() == cobra.ShellCompNoDescRequestCmd {
		_ = a.findSite(c) // without one there is nothing to offer, and nothing to say
		return nil
	}
	err := a.findSite(c)
	if samples := c.Flags().Lookup("samples"); err != nil && samples != nil && samples.Changed {
		return nil // the program's own samples need none
	}
	return err
}

// findSite makes a.dir the folder of the site: the one that --site names and no other, else the
// current folder or the nearest above. Where there is none, the error says how to begin one.
func (a *app) findSite(c *cobra.Command) error {
	if c.Flags().Changed("site") {
		if info, err := os.Stat(a.dir); err == nil && info.IsDir() && !site.IsSite(a.dir) {
			return wrongUse{fmt.Errorf("%s is no site: it has no %s. Begin one there with `portalgen init`",
				a.dir, site.ProviderFile)}
		}
		return nil // site.Open says what is wrong with the folder
	}
	dir, err := site.Find(a.dir)
	switch {
	case errors.Is(err, site.ErrNoSite):
		return wrongUse{fmt.Errorf("this folder is no site, nor is one above it: there is no %s. Begin a site here with "+
			"`portalgen init`, or name yours with --site FOLDER", site.ProviderFile)}
	case err != nil:
		return wrongUse{err}
	case dir != a.dir:
		a.dir, a.term.Under = dir, dir
	}
	return nil
}
