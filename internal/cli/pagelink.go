package cli

import (
	"os"

	"portalgen/internal/access"
	"portalgen/internal/civil"
	model "portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/grant"
	"portalgen/internal/portal"
	"portalgen/internal/seal"
)

// A pageLink is a link to a page and the readers to whom it is sent.
type pageLink struct {
	*grant.Portal
	page *portal.Page // nil for the whole portal
	// link is new and still to be made if it has no ID. until is its last day.
	link    access.Link
	until   civil.Date
	readers []model.Person
}

// give makes the link of g if it is new, and calls write with each message. write returns the name
// of the file that it wrote, or "". If any message fails, give removes the files and does not keep
// the new link.
func (k *accessEditor) give(g *pageLink, write func(grant.Mail) (file string, err error)) error {
	k.id = g.Client.ID
	var files []string
	var failed error
	tell := func() error {
		mails, err := g.Mails(g.page, g.link, g.until, g.readers)
		for i := 0; i < len(mails) && err == nil; i++ {
			var file string
			if file, err = write(mails[i]); err == nil && file != "" {
				files = append(files, file)
			}
		}
		failed = err
		return err
	}
	var err error
	if g.link.ID != (seal.ID{}) {
		err = tell()
	} else {
		err = k.update(func(file *access.Client) (err error) {
			if g.link, err = file.AddLink(g.link); err != nil {
				return err
			}
			return tell()
		})
	}
	if err != nil {
		for _, file := range files {
			_ = os.Remove(file) // the first error says more
		}
	}
	if failed != nil {
		return failed // not an error of the access file
	}
	return err
}

// newestNotes returns a link to the newest note for each client that wanted accepts. It skips samples and
// examples.
func (a *app) newestNotes(k *accessEditor, wanted func(*grant.Portal) bool) ([]*pageLink, error) {
	ids, err := k.b.Clients()
	if err != nil {
		return nil, err
	}
	var all []*pageLink
	var ps diag.Problems
	for _, id := range ids {
		if c, text, _ := k.b.Read(id); c != nil && c.Example || k.b.IsSample(id, text) {
			continue
		}
		pages, found := grant.PortalOf(k.b, id)
		if found.Err() != nil {
			ps = append(ps, found.Errors()...)
			continue
		}
		newest := pages.Newest()
		if newest == nil || !wanted(pages) {
			continue
		}
		if err := pages.RequireBaseURL(); err != nil {
			return nil, wrongUse{err}
		}
		all = append(all, &pageLink{Portal: pages, page: newest, link: pages.LinkTo(newest), readers: pages.Readers()})
	}
	if len(ps) > 0 {
		a.term.Problems(ps)
		return nil, errProblems
	}
	return all, nil
}
