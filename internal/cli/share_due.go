package cli

import (
	"errors"
	"os"
	"path/filepath"

	"portalgen/internal/grant"
)

// runShareDue shares the newest note with each client who was sent no link since then.
func (a *app) runShareDue(opt shareOptions) error {
	if opt.portal || opt.again || opt.copy || opt.to != "" {
		return wrongUse{errors.New("--due makes a link to the newest note of each client: leave --portal, --again, " +
			"--copy and --to out")}
	}
	folder := opt.out
	if (opt.eml || opt.html) != (folder != "") {
		return wrongUse{errors.New("--due writes drafts into a folder: give --out DIR with --eml or --html")}
	}
	k, err := a.openAccess()
	if err != nil {
		return err
	}
	defer k.Close()
	due, err := a.newestNotes(k, (*grant.Portal).Due)
	if err != nil {
		return err
	}
	if folder != "" {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
	}
	draft := func(id string) shareOptions {
		one := opt
		if folder != "" {
			one.out = filepath.Join(folder, id+map[bool]string{true: ".eml", false: ".html"}[opt.eml])
		}
		return one
	}
	for _, g := range due { // check all before the first link is made
		if err := g.limit(opt); err != nil {
			return wrongUse{err}
		}
		for _, r := range g.readers {
			if err := a.checkDraft(draft(g.MailID(g.page, r))); err != nil {
				return wrongUse{err}
			}
		}
	}
	n := 0
	for _, g := range due {
		err := k.give(g, func(m grant.Mail) (string, error) {
			if n++; folder == "" {
				a.term.SharedFor(g.View.Client)
			}
			one := draft(m.ID)
			return one.out, a.showShared(g.LinkAddress(g.link), m, one)
		})
		if err != nil {
			return err
		}
	}
	a.term.SharedAll(n)
	return nil
}
