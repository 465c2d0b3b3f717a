package cli

import (
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"portalgen/internal/access"
	"portalgen/internal/inbox"
	"portalgen/internal/keyring"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

func (a *app) key() *cobra.Command {
	c := group(&cobra.Command{Use: "key", Short: "Change the master key"})
	c.AddCommand(&cobra.Command{
		Use:   "rotate",
		Short: "Change the master key, and nobody's passphrase or link",
		Long: `Draw a new master key, and seal every access file again under it. Addresses stay, and so
do passphrases and links. The old key is kept in .portalgen/key.old until you delete it.
Where this is cut off in the middle, the same command completes it.`,
		Args: usage(noArgs),
		RunE: func(*cobra.Command, []string) error { return a.runKeyRotate() },
	})
	c.AddCommand(&cobra.Command{
		Use:   "inbox",
		Short: "Print what an inbox is told of the master key: who may leave replies, and who may take them",
		Long: `Print the value of the variable ` + inbox.Line + ` for the machine on which your inbox runs.
It holds hashes: nobody can read a reply with it, nor leave or take one. It is another one after
portalgen key rotate.`,
		Args: usage(noArgs),
		RunE: func(*cobra.Command, []string) error { return a.runKeyInbox() },
	})
	return c
}

func (a *app) runKeyInbox() error {
	master, err := a.master()
	if err != nil {
		return err
	}
	a.term.Say("%s=%s", inbox.Line, inbox.TokensOf(master.InboxTokens()))
	return nil
}

// master returns the site's master key.
func (a *app) master() (seal.Master, error) {
	master, err := access.LoadMaster(a.dir, filepath.Join(a.dir, defaultOut), a.variable)
	switch {
	case errors.Is(err, access.ErrNoKey):
		return seal.Master{}, keyring.NoKey(a.dir)
	case err != nil:
		return seal.Master{}, err
	}
	return master, nil
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
