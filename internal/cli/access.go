package cli

import (
	"cmp"
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
	s, b, err := a.open(build.Options{Keys: build.NewMasterKeys(master, keyErr)})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := b.Known([]string{id}); err != nil {
		return wrongUse{err}
	}
	c, text, ps := b.Read(id)
	if ps.Err() != nil {
		a.term.Problems(ps.Errors())
		return errProblems
	}
	if b.IsSample(id, text) {
		return wrongUse{fmt.Errorf("%s is a sample: its passphrases are public, and its file or provider.toml must be changed before it can be a client's", id)}
	}
	who, ok := c.People[person]
	if !ok {
		return wrongUse{fmt.Errorf("%q is not among the people of %s: %s", person, id, strings.Join(slices.Sorted(maps.Keys(c.People)), ", "))}
	}
	if err := b.HasKey(id, text); err != nil {
		return err // nothing is to be kept under a key that a build would refuse
	}
	now := time.Now()
	if clock, err := a.clock(); err != nil {
		return err
	} else if clock != nil {
		now = clock.In(time.Local)
	}
	var passphrase string
	err = access.Update(a.dir, id, master, func(file *access.Client) error {
		passphrase, err = file.AddPerson(person, "", now)
		return err
	})
	if err != nil {
		return diag.Of(err, access.FileName(id), "access-file")
	}
	a.term.Passphrase(c.Name, cmp.Or(who.Name, person), passphrase)
	return nil
}
