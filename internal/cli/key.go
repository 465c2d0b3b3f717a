package cli

import (
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"portalgen/internal/access"
	"portalgen/internal/keyring"
	"portalgen/internal/site"
)

func (a *app) key() *cobra.Command {
	c := group(&cobra.Command{Use: "key", Short: "Change the master key"})
	c.AddCommand(&cobra.Command{
		Use:   "rotate",
		Short: "Change the master key, and nobody's passphrase or link",
		Long: `Draw a new master key, and seal every access file anew under it. Addresses stay, and so
do passphrases and links. The old key is kept in .portalgen/key.old until you delete it.
Where this is cut off in the middle, the same command completes it.`,
		Args: usage(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error { return a.runKeyRotate() },
	})
	return c
}

func (a *app) runKeyRotate() error {
	if a.variable != "" {
		return wrongUse{errors.New(access.KeyVariable + " is set, and a new key cannot be put there from here: " +
			"have the key in .portalgen/key alone, run this again without the variable, and then set it to the " +
			"new key wherever builds read it")}
	}
	s, err := site.Open(a.dir)
	if err != nil {
		return wrongUse{err}
	}
	defer s.Close()
	master, keyErr := access.LoadMaster(a.dir, filepath.Join(a.dir, defaultOut), a.variable)
	var ids []string
	change := access.KeyChange{SiteDir: a.dir}
	if !errors.Is(keyErr, access.ErrChanging) {
		if errors.Is(keyErr, access.ErrNoKey) {
			return keyring.NoKey(a.dir)
		}
		if keyErr != nil && !errors.Is(keyErr, access.ErrInHistory) {
			return keyErr
		}
		change = access.KeyChange{SiteDir: s.Dir, Master: master, Clients: func() (_ []string, err error) {
			ids, err = keyring.SealedUnder(s, master)
			return ids, err
		}}
	}
	completed, err := change.Run()
	if errors.Is(err, access.ErrOldKey) {
		return wrongUse{err}
	} else if err != nil {
		return err
	}
	a.term.KeyChanged(len(ids), completed, s.BuiltBy())
	return nil
}
