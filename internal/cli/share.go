package cli

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"portalgen/internal/access"
	"portalgen/internal/civil"
	model "portalgen/internal/client"
	"portalgen/internal/disk"
	"portalgen/internal/edit"
	"portalgen/internal/grant"
	"portalgen/internal/seal"
	"portalgen/internal/share"
	"portalgen/internal/site"
	"portalgen/internal/ui"
)

type shareOptions struct {
	expires, note string
	to, out       string
	portal, again bool
	due           bool
	html, eml     bool
	copy          bool
}

func (a *app) share() *cobra.Command {
	var opt shareOptions
	c := &cobra.Command{
		Use:   "share CLIENT [status [DATE] | commitment ID | PAGE] | --due",
		Short: "Make a link that opens one page, and the message to send with it",
		Long: `Make a link that opens one page and no other, and a short message to send in
place of a status e-mail, in the client's language. Without a page it is Home; "status"
is the latest note, "status 2026-11-20" that day's. A PAGE is a section, such as risks
or files, or a page of content by its name.

The link works from the next build on. Whoever has it can open the page, so send it as
you would send the page itself.

With --due each client gets a link to the newest note who has been sent none since, each
with a message of its own; with --eml or --html each is a file in the folder of --out.

A client whose id is "list" or "revoke" is named behind two hyphens: share -- list.`,
		Example: `  portalgen share acme-dental status
  portalgen share acme-dental status --eml --out note.eml
  portalgen share --due --eml --out .portalgen/drafts
  portalgen share acme-dental commitment launch --expires 14d
  portalgen share acme-dental --portal --note "Theo, while Maria is away"`,
		Args: usage(func(c *cobra.Command, args []string) error {
			if opt.due && len(args) > 0 {
				return errors.New("--due makes messages for all clients: name none")
			} else if opt.due {
				return nil
			}
			return cobra.RangeArgs(1, 3)(c, args)
		}),
		RunE: func(_ *cobra.Command, args []string) error {
			if opt.due {
				return a.runShareDue(opt)
			}
			return a.runShare(args[0], args[1:], opt)
		},
	}
	f := c.Flags()
	f.StringVar(&opt.expires, "expires", "", "the last day on which it works: a date such as 2026-12-04, or days "+
		"such as 14d")
	f.StringVar(&opt.note, "note", "", "for yourself: whom the link is for")
	f.BoolVar(&opt.portal, "portal", false, "a link that opens the whole portal, and stays open on the device")
	f.BoolVar(&opt.html, "html", false, "write the message as HTML, and nothing else")
	f.BoolVar(&opt.eml, "eml", false, "write the message as a draft for a mail program (.eml), and nothing else")
	f.StringVar(&opt.out, "out", "", "with --html or --eml: write it into this new file, not to the terminal")
	f.StringVar(&opt.to, "to", "", "the person it is for, by id; where the client has one person with an "+
		"e-mail, it is that one")
	f.BoolVar(&opt.again, "again", false, "use the link to the same page that is there already")
	f.BoolVar(&opt.due, "due", false, "for all clients whose newest note is newer than their last link")
	f.BoolVar(&opt.copy, "copy", false, "put the message on the clipboard too")
	c.AddCommand(a.shareList(), a.shareRevoke())
	return c
}

func (a *app) runShare(word string, asked []string, opt shareOptions) error {
	if opt.portal && len(asked) > 0 {
		return wrongUse{errors.New("a link with --portal opens the whole portal: name no page")}
	}
	if opt.html && opt.eml {
		return wrongUse{errors.New("the message is written as --html or as --eml: choose one")}
	}
	if err := a.checkDraft(opt); err != nil {
		return wrongUse{err}
	}
	k, err := a.editAccess(word)
	if err != nil {
		return err
	}
	defer k.Close()
	if err := a.needsClient(k); err != nil {
		return err
	}
	pages, ps := grant.PortalOf(k.b, k.id)
	if ps.Err() != nil {
		a.term.Problems(ps.Errors())
		return errProblems
	}
	g, err := requested(pages, asked, opt)
	if err != nil {
		return wrongUse{err}
	}
	first, firstUntil, isOut := pages.LiveLink(g.page)
	if opt.again {
		if !isOut {
			return wrongUse{errors.New("no link to this page is out yet: leave --again out, and one is made")}
		}
		g.link, g.until = first, firstUntil
	}
	err = k.give(g, func(m grant.Mail) (string, error) {
		return opt.out, a.showShared(pages.LinkAddress(g.link), m, opt)
	})
	if err != nil {
		return err
	}
	if isOut && !opt.again {
		a.term.SharedBefore(first.ID.String(), civil.DateOf(first.Created.In(pages.Now.Location())), first.Note)
	}
	a.term.SharedNext(k.id, g.link.ID.String(), g.until)
	return nil
}

// readerCalled returns the person of the client's side whom word names.
func readerCalled(pages *grant.Portal, word string) (model.Person, error) {
	theirs := maps.Clone(pages.Client.People)
	maps.DeleteFunc(theirs, func(_ string, p model.Person) bool { return p.Side != model.ClientSide })
	id, err := edit.FindPerson(word, theirs)
	if err != nil {
		return model.Person{}, fmt.Errorf("--to: %w", err)
	}
	return pages.Reader(id)
}

// requested returns the link for the arguments. It has one message, which has no name in its
// greeting if several people may read it.
func requested(pages *grant.Portal, asked []string, opt shareOptions) (*pageLink, error) {
	g := &pageLink{Portal: pages, readers: pages.Readers()}
	if opt.to != "" {
		to, err := readerCalled(pages, opt.to)
		if err != nil {
			return nil, err
		}
		if opt.eml && to.Email == "" {
			return nil, fmt.Errorf("%s has no e-mail: write email = \"…\" to them below [people] of %s",
				opt.to, site.ClientFile(pages.Client.ID))
		}
		g.readers = []model.Person{to}
	} else if len(g.readers) > 1 {
		g.readers = []model.Person{{}}
	}
	err := pages.RequireBaseURL()
	if err != nil {
		return nil, err
	}
	if !opt.portal {
		if g.page, err = pages.Page(asked); err != nil {
			return nil, err
		}
	}
	g.link = pages.LinkTo(g.page)
	return g, g.limit(opt)
}

// limit sets the note and the last day of a new link.
func (g *pageLink) limit(opt shareOptions) (err error) {
	g.link.Note = opt.note
	if opt.expires != "" {
		if g.until, g.link.Expires, err = g.Until(opt.expires); err != nil {
			return fmt.Errorf("--expires: %w", err)
		}
	}
	return nil
}

// showShared writes a message to a file, the terminal or the clipboard, as the options say.
func (a *app) showShared(link string, m grant.Mail, opt shareOptions) (err error) {
	text, screen := m.Text, a.term.Out
	switch {
	case opt.eml:
		eml, err := m.EML()
		if err != nil {
			return err
		}
		text = string(eml)
	case opt.html:
		text, screen = m.HTML, a.term.HTML()
	}
	switch {
	case opt.out != "":
		if err = disk.Write(opt.out, []byte(text), disk.Secret); err == nil {
			a.term.Drafted(opt.out)
		}
	case opt.eml, opt.html:
		_, err = io.WriteString(screen, text)
	default:
		a.term.Shared(link, m.Subject, text)
		text = m.Subject + "\n\n" + text
	}
	if err != nil || !opt.copy {
		return err
	}
	if err := share.Copy(text); err != nil {
		a.term.NotCopied(err)
	} else {
		a.term.Copied()
	}
	return nil
}

// checkDraft returns an error if the message could not be written into the requested file, or would
// be published with it. It is called before a link is made.
func (a *app) checkDraft(opt shareOptions) error {
	if opt.again && (opt.expires != "" || opt.note != "") {
		return errors.New("--again uses a link as it is: leave --expires and --note out")
	}
	if opt.out == "" {
		return nil
	}
	if !opt.html && !opt.eml {
		return errors.New("--out is for a message as --html or as --eml: add one of them")
	}
	if _, err := os.Lstat(opt.out); err == nil {
		return fmt.Errorf("%s is there already: choose another name, or remove it", opt.out)
	}
	folder, err := os.Stat(filepath.Dir(opt.out))
	if err != nil || !folder.IsDir() {
		return fmt.Errorf("there is no folder %s to write into", filepath.Dir(opt.out))
	}
	real, err := disk.RealPath(opt.out)
	if err != nil {
		return err
	}
	for _, published := range []string{defaultOut, "static", "content"} {
		dir, err := disk.RealPath(filepath.Join(a.dir, published))
		if err != nil {
			return err
		}
		if rel, err := filepath.Rel(dir, real); err == nil && filepath.IsLocal(rel) {
			return fmt.Errorf("what lies in %s is published, and the message holds a link: choose another folder",
				published)
		}
	}
	return nil
}

// orClient checks the arguments of a subcommand of share. If they are wrong and a client has the
// name of the subcommand, the error says how to share that client's pages.
func (a *app) orClient(check cobra.PositionalArgs) cobra.PositionalArgs {
	return usage(func(c *cobra.Command, args []string) error {
		wrong := check(c, args)
		if a.findSite(c) != nil {
			return wrong // the check's error is reported, not the site's
		}
		s, err := site.Open(a.dir)
		if err != nil {
			return wrong // the command itself reports an error of the site
		}
		defer s.Close()
		if !s.HasClient(c.Name()) {
			return wrong
		}
		if wrong == nil && len(args) == 0 {
			wrong = errors.New("say which client")
		}
		if wrong == nil {
			ids, err := s.Clients()
			if err == nil {
				_, err = clientCalled(s, args[0], ids)
			}
			if err == nil {
				return nil
			}
			wrong = fmt.Errorf("%q: there is no such client", args[0])
		}
		return fmt.Errorf("%w; to share a page of the client %[2]q, write: `portalgen share -- %[2]s`", wrong, c.Name())
	})
}

func (a *app) shareList() *cobra.Command {
	return &cobra.Command{
		Use:   "list [CLIENT]",
		Short: "Show the links that are out",
		Args:  a.orClient(cobra.MaximumNArgs(1)),
		RunE:  func(_ *cobra.Command, args []string) error { return a.runShareList(args) },
	}
}

func (a *app) runShareList(words []string) error {
	lists, err := a.accessLists(words)
	if err != nil {
		return err
	}
	if len(words) > 0 {
		a.term.LinkList(lists[0].Links)
		return nil
	}
	a.term.LinkLists(lists)
	return nil
}

func (a *app) shareRevoke() *cobra.Command {
	return &cobra.Command{
		Use:   "revoke CLIENT LINK",
		Short: "Take a link away",
		Long: `Take a link away, by its id or the beginning of it, as "share list" shows it. It opens
nothing from the next build on.`,
		Args: a.orClient(cobra.ExactArgs(2)),
		RunE: func(_ *cobra.Command, args []string) error { return a.runRevoke(args[0], args[1]) },
	}
}

func (a *app) runRevoke(word, link string) error {
	k, err := a.editAccess(word)
	if err != nil {
		return err
	}
	defer k.Close()
	all, ps := grant.ListOf(k.b, k.id)
	if ps.Err() != nil {
		return ps
	}
	var found []ui.AccessLink
	for _, l := range accessOf(all).Links {
		if len(link) >= 4 && strings.HasPrefix(l.ID, link) {
			found = append(found, l)
		}
	}
	if len(found) != 1 {
		return wrongUse{fmt.Errorf("%d links of %s begin with %q; `portalgen share list %[2]s` shows them, and at "+
			"least 4 letters are needed", len(found), k.id, link)}
	}
	credential, err := seal.ParseID(found[0].ID)
	if err != nil {
		return err
	}
	err = k.update(func(file *access.Client) error {
		if !file.RemoveLink(credential) {
			return errors.New("the link is gone already")
		}
		return nil
	})
	if err != nil {
		return err
	}
	a.term.Revoked(found[0])
	return nil
}
