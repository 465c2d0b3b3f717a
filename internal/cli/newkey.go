package cli

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"portalgen/internal/access"
	"portalgen/internal/clientfile"
	"portalgen/internal/keyring"
	"portalgen/internal/site"
	"portalgen/internal/ui"
)

// runNewKey makes a new master key to replace a lost one.
func (a *app) runNewKey(asker *ui.Asker, yes bool) error {
	if a.variable != "" {
		return wrongUse{errors.New(access.KeyVariable + " is set, and a new key cannot be put there from here: run " +
			"this again without the variable, and then set it to the new key wherever builds read it")}
	}
	s, err := site.Open(a.dir)
	if err != nil {
		return wrongUse{err}
	}
	defer s.Close()
	master, err := access.LoadMaster(a.dir, filepath.Join(a.dir, defaultOut), "")
	_, damaged := errors.AsType[*access.DamagedKeyError](err)
	exposed := errors.Is(err, access.ErrInHistory)
	sealed, sealedErr := keyring.OwnSealed(s.Dir)
	switch {
	case sealedErr != nil:
		return sealedErr
	case err == nil && keyring.Opens(s.Dir, master):
		return wrongUse{errors.New("the master key is not lost: it opens what is in data/access; to change it, and " +
			"keep every address and passphrase, run `portalgen key rotate`")}
	case exposed && (len(sealed) == 0 || keyring.Opens(s.Dir, master)),
		err != nil && !exposed && !damaged && !errors.Is(err, access.ErrNoKey):
		return err
	case err == nil && len(sealed) == 0:
		return wrongUse{errors.New("there is a master key, and nothing is sealed under another one: use it as it is")}
	case !damaged && len(sealed) == 0:
		_, err := access.CreateMaster(s.Dir)
		if err == nil {
			a.term.NewKey("", s.BuiltBy(), nil)
		}
		return err
	}
	had, err := hadAccess(s, sealed)
	if err != nil {
		return err
	}
	if !yes {
		if err := a.agreedToNewKey(asker, len(sealed)); err != nil {
			return ignoreCancel(err)
		}
	}
	aside, err := access.ReplaceLostKey(s.Dir, sealed)
	if err != nil {
		return err
	}
	a.term.NewKey(aside, s.BuiltBy(), had)
	return nil
}

func (a *app) agreedToNewKey(asker *ui.Asker, portals int) error {
	if asker == nil {
		return wrongUse{errors.New("this ends every passphrase and link for good: say --yes if the key is lost")}
	}
	a.term.BeforeNewKey(portals)
	var stop error
	err := asker.Ask(ui.Question{Text: ui.AgreeToNewKey, Need: true}, func(answer string) error {
		if strings.Trim(answer, `"`) != "new key" {
			stop = ui.ErrCancelled
		}
		return nil
	})
	if err = cmp.Or(err, stop); err != nil {
		a.term.NothingWritten()
	}
	return err
}

// hadAccess returns who could open each portal, from the unsealed part of the access files.
func hadAccess(s *site.Site, ids []string) ([]ui.HadAccess, error) {
	var all []ui.HadAccess
	for _, id := range ids {
		had := ui.HadAccess{Client: id, HasFile: s.HasClient(id)}
		src, ps := clientfile.ReadFile(s.Root, access.FileName(id))
		if ps.Err() != nil {
			return nil, ps
		}
		if f, err := access.Parse(id, src.Text); err != nil {
			had.Wrong = fmt.Sprint(err)
		} else {
			had.People, had.Links = f.People(), f.Links()
		}
		all = append(all, had)
	}
	return all, nil
}
