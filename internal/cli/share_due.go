package cli

import (
	"errors"
	"os"
	"path/filepath"

	"portalgen/internal/access"
	"portalgen/internal/diag"
	"portalgen/internal/grant"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
)

// runShareDue shares the newest note with each client who has been sent no link since.
func (a *app) runShareDue(opt shareOptions) error {
	if opt.portal || opt.again || opt.copy || opt.to != "" {
		return wrongUse{errors.New("--due makes a link to the newest note of each client: leave --portal, --again, --copy and --to out")}
	}
	folder := opt.out
	if (opt.eml || opt.html) != (folder != "") {
		return wrongUse{errors.New("--due writes drafts into a folder: give --out DIR with --eml or --html")}
	}
	due, err := a.due()
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
	for _, c := range due { // before there is any link
		if err := a.canDraft(draft(c.id)); err != nil {
			return wrongUse{err}
		}
	}
	for _, c := range due {
		if folder == "" {
			a.term.SharedFor(c.name)
		}
		if err := a.runShare(c.id, []string{"status", c.note}, draft(c.id)); err != nil {
			return err
		}
	}
	a.term.SharedAll(len(due))
	return nil
}

// A dueClient is one whose note, by its id, is to be shared.
type dueClient struct{ id, name, note string }

// due returns the clients whose newest note is to be shared. Samples are nobody's clients.
func (a *app) due() ([]dueClient, error) {
	master, keyErr := access.LoadMaster(a.dir, filepath.Join(a.dir, defaultOut), a.variable)
	s, b, err := a.open(pipeline.Options{Keys: keyring.NewSiteKeys(master, keyErr)})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	ids, err := b.Clients()
	if err != nil {
		return nil, err
	}
	var due []dueClient
	var ps diag.Problems
	for _, id := range ids {
		if _, text, _ := b.Read(id); b.IsSample(id, text) {
			continue
		}
		pages, found := grant.PagesOf(b, id)
		if found.Err() != nil {
			ps = append(ps, found.Errors()...)
			continue
		}
		if err := pages.Addressed(); err != nil {
			return nil, wrongUse{err}
		}
		if p := pages.Due(); p != nil {
			due = append(due, dueClient{id, pages.View.Client, p.Status.ID})
		}
	}
	if len(ps) > 0 {
		a.term.Problems(ps)
		return nil, errProblems
	}
	return due, nil
}
