package cli

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"portalgen/internal/access"
	model "portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/edit"
	"portalgen/internal/grant"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/rule"
	"portalgen/internal/seal"
	"portalgen/internal/site"
	"portalgen/internal/ui"
)

func (a *app) access() *cobra.Command {
	c := group(&cobra.Command{Use: "access", Short: "Say who can open a portal"})
	c.AddCommand(
		a.accessGives("add", "Give a person a passphrase for a client's portal",
			`Give a person a passphrase for a client's portal. It is drawn at random, never chosen,
and shown once. What the portal needs to know of it is kept, sealed under the master key, in
data/access/CLIENT.toml, which belongs under version control.`, (*access.Client).AddPerson),
		a.accessGives("reissue", "Give a person another passphrase",
			`Give a person who has access another passphrase. The one before opens nothing of the
next build; everybody else's stays.`, (*access.Client).ReissuePerson),
		a.accessRemove(), a.accessRotate(), a.accessList(),
	)
	return c
}

// An accessEditor changes the access file of one client.
type accessEditor struct {
	*site.Site
	b      *pipeline.Builder
	master seal.Master
	id     string
	// people are the people of the client's file. If the file cannot be read, they are nil and
	// problems says why. Access can then still be removed.
	people   model.People
	name     string
	problems diag.Problems
	now      time.Time
}

// editAccess opens the site to change who has access to the portal of one client, which word names.
func (a *app) editAccess(word string) (*accessEditor, error) {
	k, err := a.openAccess()
	if err != nil {
		return nil, err
	}
	k.id = word
	if err := a.loadAccess(k); err != nil {
		return nil, errors.Join(err, k.Close())
	}
	return k, nil
}

// openAccess opens the site to change who has access to portals. The caller must set id.
func (a *app) openAccess() (*accessEditor, error) {
	master, keyErr := access.LoadMaster(a.dir, filepath.Join(a.dir, defaultOut), a.variable)
	s, b, err := a.open(pipeline.Options{Facts: true, Keys: keyring.NewSiteKeys(master, keyErr)})
	if err != nil {
		return nil, err
	}
	return &accessEditor{Site: s, b: b, master: master}, nil
}

// allCalled returns the ids of the clients that words name.
func allCalled(s *site.Site, b *pipeline.Builder, words []string) ([]string, error) {
	all, err := b.Clients()
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, word := range words {
		id, err := clientCalled(s, word, all)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func (a *app) loadAccess(k *accessEditor) error {
	ids, err := allCalled(k.Site, k.b, []string{k.id})
	if err != nil {
		return err
	}
	k.id = ids[0]
	c, text, ps := k.b.Read(k.id)
	k.problems = ps.Errors()
	if len(k.problems) == 0 {
		k.name, k.people = c.Name, c.People
	}
	if k.b.IsSample(k.id, text) {
		return wrongUse{fmt.Errorf("%s is a sample: its passphrases are public, and its file or provider.toml "+
			"must be changed before it can be a client's", k.id)}
	}
	if c != nil && c.Example {
		return wrongUse{fmt.Errorf("%s is an example, which is not published: begin a client with "+
			"`portalgen new client NAME`, or take `example = true` out of %s", k.id, site.ClientFile(k.id))}
	}
	if c != nil {
		if err := renamedByHand(k, c); err != nil {
			return err
		}
	}
	if _, err := k.b.Access(k.id, text); err != nil {
		return err // seal nothing under a key that a build would refuse
	}
	k.now = time.Now()
	clock, err := a.clock()
	if clock != nil {
		k.now = clock.In(time.Local)
	}
	return err
}

// renamedByHand returns an error for a client whose file was renamed by hand. Its access file still
// has the old name, so the client would get a new address.
func renamedByHand(k *accessEditor, c *model.Client) error {
	clients, err := k.b.Clients()
	if err != nil {
		return err
	}
	from := keyring.RenamedFrom(k.Site, clients, c)
	if from == "" {
		return nil
	}
	return wrongUse{fmt.Errorf("there is %s and no client of that id. Was %[2]s renamed to %[3]s? Then run "+
		"`%[4]s` first, which keeps address, passphrases and links. Where %[2]s has left, delete that file",
		access.FileName(from), from, k.id, diag.Command("rename", from, k.id))}
}

func (k *accessEditor) update(change func(*access.Client) error) error {
	if err := access.Update(k.Dir, k.id, k.master, change); err != nil {
		return diag.Of(err, access.FileName(k.id), rule.AccessFile)
	}
	return nil
}

// needsClient returns an error if the client's own file cannot be read.
func (a *app) needsClient(k *accessEditor) error {
	if k.people != nil {
		return nil
	}
	a.term.Problems(k.problems)
	return errProblems
}

type giveFunc func(c *access.Client, person, passphrase string, today time.Time) (string, error)

func (a *app) accessGives(name, short, long string, give giveFunc) *cobra.Command {
	var words int
	c := &cobra.Command{
		Use: name + " CLIENT PERSON", Short: short, Long: long,
		Args: usage(cobra.ExactArgs(2)),
		RunE: func(_ *cobra.Command, args []string) error { return a.runGive(args[0], args[1], words, give) },
	}
	c.Flags().IntVar(&words, "words", seal.LeastWords,
		fmt.Sprintf("how many words are drawn, %d to %d", seal.LeastWords, seal.MostWords))
	return c
}

func (a *app) runGive(word, person string, words int, give giveFunc) error {
	passphrase, err := seal.NewPassphrase(words)
	if err != nil {
		return wrongUse{fmt.Errorf("--words: %w", err)}
	}
	k, err := a.editAccess(word)
	if err != nil {
		return err
	}
	defer k.Close()
	if err := a.needsClient(k); err != nil {
		return err
	}
	person, err = edit.FindPerson(person, k.people)
	if err != nil {
		return wrongUse{fmt.Errorf("%w Someone new is a line below [people] in %s", err, site.ClientFile(k.id))}
	}
	address, ps := grant.AddressOf(k.b, k.id)
	if ps.Err() != nil {
		return ps
	}
	err = k.update(func(file *access.Client) error {
		_, err := give(file, person, passphrase, k.now)
		return err
	})
	if err != nil {
		return err
	}
	a.term.Passphrase(k.name, cmp.Or(k.people[person].Name, person), passphrase, address)
	return nil
}

func (a *app) accessRemove() *cobra.Command {
	return &cobra.Command{
		Use:   "remove CLIENT PERSON",
		Short: "Take a person's access to a portal away",
		Long: `Take a person's access to a portal away. The keys of every page are others from the
next build on; everybody else's passphrase stays. What was published before stays
readable to whoever has a copy of it and the passphrase, and so do links that are out:
those that still work are named.`,
		Args: usage(cobra.ExactArgs(2)),
		RunE: func(_ *cobra.Command, args []string) error { return a.runRemove(args[0], args[1]) },
	}
}

func (a *app) runRemove(word, person string) error {
	k, err := a.editAccess(word)
	if err != nil {
		return err
	}
	defer k.Close()
	all, ps := grant.ListOf(k.b, k.id)
	if ps.Err() != nil {
		return ps
	}
	if person, err = k.holder(person, all.People); err != nil {
		return err
	}
	if err := k.update(func(file *access.Client) error { return file.RemovePerson(person) }); err != nil {
		return err
	}
	live := slices.DeleteFunc(accessOf(all).Links, func(l ui.AccessLink) bool { return !l.Live })
	a.term.Removed(k.id, person, live)
	return nil
}

// holder returns the id of the person with access whom word names. If no name is similar, it
// returns word.
func (k *accessEditor) holder(word string, all []grant.Holder) (string, error) {
	holders := model.People{}
	for _, h := range all {
		p := k.people[h.ID]
		p.Name = cmp.Or(p.Name, h.ID)
		holders[h.ID] = p
	}
	id, err := edit.FindPerson(word, holders)
	if err == nil {
		return id, nil
	}
	if near := diag.Closest(word, slices.Sorted(maps.Keys(holders))); near != "" {
		return "", wrongUse{fmt.Errorf("%q has no access to the portal of %s. Did you mean %q?", word, k.id, near)}
	}
	return word, nil
}

func (a *app) accessRotate() *cobra.Command {
	return &cobra.Command{
		Use:   "rotate CLIENT",
		Short: "Change all keys of a portal, and nobody's passphrase",
		Args:  usage(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			k, err := a.editAccess(args[0])
			if err != nil {
				return err
			}
			defer k.Close()
			if err := k.update(func(file *access.Client) error { file.Rotate(); return nil }); err != nil {
				return err
			}
			a.term.Rotated(k.id)
			return nil
		},
	}
}

func (a *app) accessList() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "list [CLIENT]",
		Short: "Show who can open which portal, and which links are out",
		Args:  usage(cobra.MaximumNArgs(1)),
		RunE:  func(_ *cobra.Command, args []string) error { return a.runAccessList(args, asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

func (a *app) runAccessList(words []string, asJSON bool) error {
	all, err := a.accessLists(words)
	switch {
	case err != nil:
		return err
	case asJSON:
		return a.term.JSON(all)
	}
	a.term.AccessLists(all)
	return nil
}

// accessLists returns who can open the portals of the clients that words name, or of all clients if
// there are no words. It shows the warnings.
func (a *app) accessLists(words []string) ([]ui.Access, error) {
	s, b, err := a.open(pipeline.Options{Facts: true, Keys: a.keys()})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	ids, err := allCalled(s, b, words)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		if ids, err = b.Clients(); err != nil {
			return nil, err
		}
	}
	all := []ui.Access{}
	var warnings diag.Problems
	for _, id := range ids {
		one, ps := grant.ListOf(b, id)
		if ps.Err() != nil {
			return nil, ps
		}
		all, warnings = append(all, accessOf(one)), append(warnings, ps...)
	}
	if len(warnings) > 0 {
		a.term.Problems(warnings)
	}
	return all, nil
}

// accessOf returns a list in the form for the terminal.
func accessOf(a grant.List) ui.Access {
	out := ui.Access{
		Client: a.ID, Name: a.Name, Address: a.Address, People: []ui.AccessPerson{}, Links: []ui.AccessLink{},
	}
	for _, p := range a.People {
		out.People = append(out.People, ui.AccessPerson{
			ID: p.ID, Name: p.Name, Since: p.Since.Format(time.DateOnly), Stranger: p.Stranger,
		})
	}
	for _, l := range a.Links {
		link := ui.AccessLink{
			ID: l.ID.String(), Kind: l.Kind, Page: l.Title, Created: l.Created.Format(time.DateOnly),
			Note: l.Note, Live: l.Live, Unknown: l.Unknown,
		}
		if !l.Expires.IsZero() {
			link.Expires = a.LastDay(l.Expires)
		}
		out.Links = append(out.Links, link)
	}
	return out
}
