package cli

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"portalgen/internal/access"
	"portalgen/internal/build"
	"portalgen/internal/diag"
	"portalgen/internal/sample"
)

func (a *app) access() *cobra.Command {
	c := group(&cobra.Command{Use: "access", Short: "Say who can open a portal"})
	c.AddCommand(&cobra.Command{
		Use:   "add CLIENT PERSON",
		Short: "Give a person a passphrase for a client's portal",
		Long: `Give a person a passphrase for a client's portal. It is drawn at random and shown
once. What the portal needs to know of it is kept, sealed under the master key, in
data/access/CLIENT.toml, which belongs under version control.`,
		Args: usage(cobra.ExactArgs(2)),
		RunE: func(_ *cobra.Command, args []string) error { return a.runAccessAdd(args[0], args[1]) },
	})
	return c
}

func (a *app) runAccessAdd(id, person string) error {
	master, keyErr := access.LoadMaster(a.dir, filepath.Join(a.dir, defaultOut), os.Getenv)
	keys := build.NewMasterKeys(master, keyErr)
	s, b, err := a.open(build.Options{Keys: keys})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := b.Known([]string{id}); err != nil {
		return wrongUse{err}
	}
	c, text, ps := b.Read(id)
	if c == nil {
		a.term.Problems(ps)
		return errProblems
	}
	if sample.Is(id, text) {
		return wrongUse{fmt.Errorf("%s is a sample: its passphrases are public, and its file must be changed before it can be a client's", id)}
	}
	if _, ok := c.People[person]; !ok {
		return wrongUse{fmt.Errorf("%q is not among the people of %s: %s", person, id, strings.Join(slices.Sorted(maps.Keys(c.People)), ", "))}
	}
	if _, _, err := keys.For(s, id, text); err != nil {
		return err // nothing is to be kept under a key that a build would refuse
	}
	var passphrase string
	err = access.Update(a.dir, id, master, func(who *access.Client) error {
		passphrase, err = who.AddPerson(person, "", time.Now())
		return err
	})
	if err != nil {
		return diag.Of(err, access.FileName(id), "access")
	}
	a.term.Passphrase(c.Name, person, passphrase)
	return nil
}
