package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"portalgen/internal/access"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/rule"
	"portalgen/internal/site"
	"portalgen/internal/ui"
)

func (a *app) rename() *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use:   "rename OLD NEW",
		Short: "Give a client another id, and keep address and access",
		Long: `Give a client another id: the name of its file, of its folder of files, of its private
notes and of its access file. The portal's address stays, and so does every passphrase and
link. It also sets right what was renamed by hand, and completes a rename that was cut off. Where
somebody who has access is not among the people of a file that was renamed by hand, it asks first
whether this is the same client.`,
		Args: usage(cobra.ExactArgs(2)),
		RunE: func(c *cobra.Command, args []string) error {
			return a.runRename(a.term.Asker(c.InOrStdin()), args[0], args[1], yes)
		},
	}
	c.Flags().BoolVarP(&yes, "yes", "y", false, "it is the same client: do not ask")
	return c
}

func (a *app) runRename(asker *ui.Asker, word, to string, yes bool) error {
	master, keyErr := access.LoadMaster(a.dir, filepath.Join(a.dir, defaultOut), a.variable)
	s, b, err := a.open(pipeline.Options{Facts: true, Keys: keyring.NewSiteKeys(master, keyErr)})
	if err != nil {
		return err
	}
	defer s.Close()
	from, file, err := renamed(s, b, word, to)
	if err != nil {
		return err
	}
	c, text, _ := b.Read(file)
	if b.IsSample(file, text) {
		return wrongUse{fmt.Errorf("%s is a sample, which has its name from the program", file)}
	}
	if _, err := b.Access(from, text); err != nil {
		return err
	}
	if err := s.CanRename(from, to); err != nil {
		return wrongUse{err}
	}
	if file == to && c != nil && !yes {
		if err := a.agreedToRename(asker, from, to, keyring.StrangersOf(s, from, c)); err != nil {
			return ignoreCancel(err)
		}
	}
	err = access.Rename(s.Dir, from, to, master, func() error { return s.RenameClient(from, to) })
	switch {
	case errors.Is(err, access.ErrTaken):
		return wrongUse{fmt.Errorf("%w; where nobody uses that one, delete the file and run this again", err)}
	case err != nil:
		return diag.Of(err, access.FileName(from), rule.AccessFile)
	}
	a.term.Renamed(from, to)
	return nil
}

// agreedToRename asks whether two ids are the same client. It asks only if there are strangers:
// people who could open the portal of from and are not people of to.
func (a *app) agreedToRename(asker *ui.Asker, from, to string, strangers []string) error {
	if len(strangers) == 0 {
		return nil
	}
	question := ui.SameClient(from, to, strangers)
	if asker == nil {
		return wrongUse{fmt.Errorf("%s Say --yes if so", question)}
	}
	yes, err := asker.Agree(question)
	if err == nil && !yes {
		err = ui.ErrCancelled
	}
	if err != nil {
		a.term.NothingWritten()
	}
	return err
}

// renamed returns the id of the client to rename, and the id under which its file exists: to, if
// the file was already renamed by hand.
func renamed(s *site.Site, b *pipeline.Builder, word, to string) (from, file string, err error) {
	// The reader of client files knows the rules for ids.
	least := clientfile.Source{Text: []byte(`client = "x"`)}
	if _, ps := clientfile.Client(to, least, clientfile.Options{}); ps.Err() != nil {
		p := ps.Errors()[0]
		return "", "", wrongUse{fmt.Errorf("%s: %s", p.Message, p.Hint)}
	}
	isThere := s.HasClient(to)
	if isThere && isLeftBehind(s, word, to) {
		return word, to, nil
	}
	ids, err := allCalled(s, b, []string{word})
	if err != nil {
		return "", "", err
	}
	if isThere {
		return "", "", wrongUse{fmt.Errorf("there is a client %s already; choose another name", to)}
	}
	return ids[0], ids[0], nil
}

// isLeftBehind reports whether something of a former client called from still exists, whose file now
// has the name now.
func isLeftBehind(s *site.Site, from, now string) bool {
	if from == "" || s.HasClient(from) {
		return false
	}
	left, _ := access.Sealed(s.Dir)
	_, noFolder := s.Root.Stat(site.ClientsDir + "/" + from)
	text, noAccess := s.Root.ReadFile(access.FileName(now))
	_, notOf := access.Parse(from, text)
	return slices.Contains(left, from) || noFolder == nil && noAccess != nil || notOf == nil
}
