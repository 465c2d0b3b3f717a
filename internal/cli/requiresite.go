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

// requireSite runs before each command. It fails if the command needs a site and there is none.
func (a *app) requireSite(c *cobra.Command, _ []string) error {
	if c.Flags().Changed("site") {
		a.term.Site = a.dir
	}
	if !c.HasParent() {
		return nil // portalgen without a command lists the commands
	}
	top := c
	for top.Parent().HasParent() {
		top = top.Parent()
	}
	if slices.Contains(anywhere, top.Name()) {
		return nil
	}
	if top.Name() == cobra.ShellCompRequestCmd || top.Name() == cobra.ShellCompNoDescRequestCmd {
		_ = a.findSite(c) // without a site there are no completions, and no message
		return nil
	}
	err := a.findSite(c)
	if samples := c.Flags().Lookup("samples"); err != nil && samples != nil && samples.Changed {
		return nil // the program's own samples need no site
	}
	return err
}

// findSite sets a.dir to the folder of the site: the folder of --site, else the current folder or
// the nearest site above it. If there is none, the error says how to begin one.
func (a *app) findSite(c *cobra.Command) error {
	if c.Flags().Changed("site") {
		if info, err := os.Stat(a.dir); err == nil && info.IsDir() && !site.IsSite(a.dir) {
			return wrongUse{fmt.Errorf("%s is no site: it has no %s. Begin one there with `portalgen init`",
				a.dir, site.ProviderFile)}
		}
		return nil // site.Open reports the problem of the folder
	}
	dir, err := site.Find(a.dir)
	switch {
	case errors.Is(err, site.ErrNoSite):
		return wrongUse{fmt.Errorf("this folder is no site, nor is one above it: there is no %s. Begin a site here "+
			"with `portalgen init`, or name yours with --site FOLDER", site.ProviderFile)}
	case err != nil:
		return wrongUse{err}
	case dir != a.dir:
		a.dir, a.term.Under = dir, dir
	}
	return nil
}
