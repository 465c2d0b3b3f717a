package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"portalgen/internal/access"
	"portalgen/internal/civil"
	model "portalgen/internal/client"
	"portalgen/internal/disk"
	"portalgen/internal/edit"
	"portalgen/internal/grant"
	"portalgen/internal/pipeline"
	"portalgen/internal/share"
	"portalgen/internal/ui"
)

// draftsOfMails is the folder of messages where none is named: no version control takes it.
const draftsOfMails = edit.DraftsDir

// A weekMail is the message to one person of a client about the note of a day. id is made of the
// client's, the person's and the day.
type weekMail struct {
	id, to, subject string
	eml             []byte
}

// sendWeek builds, and writes or sends the messages of those clients who got a note today and
// none since.
func (a *app) sendWeek(ctx context.Context, b *pipeline.Builder, asker *ui.Asker, place *weekPlace, opt weekOptions) error {
	ids, err := b.Clients()
	if err != nil {
		return err
	}
	dir := opt.drafts
	if dir == "" {
		dir = filepath.Join(a.dir, filepath.FromSlash(draftsOfMails))
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if err := a.canDraft(shareOptions{eml: true, out: filepath.Join(dir, place.day+".eml")}); err != nil {
		return wrongUse{err}
	}
	var mails []weekMail
	for _, id := range ids {
		c, _, ps := b.Read(id)
		if ps.Err() != nil || !hasNote(c, civil.DateOf(b.Now(pipeline.Location(c.Timezone)))) {
			continue
		}
		of, err := a.weekMails(c, place.day)
		var sample wrongUse
		switch {
		case errors.Is(err, grant.ErrNoBaseURL), errors.As(err, &sample):
			a.term.Note("%s: no message: %s", id, err)
		case err != nil:
			return err
		default:
			mails = append(mails, of...)
		}
	}
	mails = slices.DeleteFunc(mails, func(m weekMail) bool { return slices.Contains(place.sent, m.id) })
	if err := a.runBuild(ctx, buildOptions{out: defaultOut}); err != nil {
		return err
	}
	if opt.sendWith != "" {
		return a.sendMails(ctx, asker, place, mails, opt.sendWith)
	}
	for _, m := range mails {
		file := filepath.Join(dir, m.id+".eml")
		if err := disk.Write(file, m.eml, disk.Secret); err != nil {
			return fmt.Errorf("the message to %s: %w", m.id, err)
		}
		a.term.WeekMail(file, m.to, m.subject)
		if err := place.keepSent(m.id); err != nil {
			return err
		}
	}
	return nil
}

// hasNote reports whether a client has a status note of a day, for their eyes.
func hasNote(c *model.Client, day civil.Date) bool {
	return slices.ContainsFunc(c.Statuses, func(s model.Status) bool { return s.On.Date == day && !s.Private })
}

// weekMails composes the messages to one client's people, with a link to Home: the one that is out,
// where it has no end, else a new one.
func (a *app) weekMails(c *model.Client, day string) ([]weekMail, error) {
	k, err := a.editAccess(c.ID)
	if err != nil {
		return nil, err
	}
	defer k.Close()
	pages, ps := grant.PagesOf(k.b, k.id)
	if ps.Err() != nil {
		return nil, ps.Errors()
	}
	home, link, until, err := requestedLink(pages, nil, shareOptions{})
	if err != nil {
		return nil, err
	}
	who, ps := grant.ListOf(k.b, k.id)
	if ps.Err() != nil {
		return nil, ps.Errors()
	}
	err = k.update(func(file *access.Client) error {
		for _, l := range file.Links() {
			if l.Kind == link.Kind && l.Page == link.Page && l.Expires.IsZero() && l.Note == "" {
				link = l
				return nil
			}
		}
		link, err = file.AddLink(link)
		return err
	})
	if err != nil {
		return nil, err
	}
	told := pages.Message(home, link, until)
	var mails []weekMail
	for _, p := range addressees(c, who.People) {
		told.Reader = p.Name
		message, err := share.Compose(told)
		if err != nil {
			return nil, err
		}
		to := mail.Address{Name: p.Name, Address: p.Email}
		m := weekMail{id: c.ID + "." + p.ID + "." + day, subject: message.Subject}
		if p.Email == "" {
			a.term.Unaddressed(c.ID)
		} else {
			m.to = to.String()
		}
		if m.eml, err = message.EML(pages.Contact(), to, pages.Now); err != nil {
			return nil, err
		}
		mails = append(mails, m)
	}
	return mails, nil
}

// addressees returns those of the client's people who have an email and a passphrase; where none
// has both, the first who has an email, and where nobody has one, nobody in particular.
func addressees(c *model.Client, holders []grant.Holder) []model.Person {
	theirs := []model.Person{}
	for id, p := range c.People {
		if p.ID = id; p.Side == model.ClientSide && p.Email != "" && !p.Private {
			theirs = append(theirs, p)
		}
	}
	slices.SortFunc(theirs, func(a, b model.Person) int { return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID)) })
	if len(theirs) == 0 {
		return []model.Person{{}}
	}
	holds := func(p model.Person) bool {
		return slices.ContainsFunc(holders, func(h grant.Holder) bool { return h.ID == p.ID })
	}
	if !slices.ContainsFunc(theirs, holds) {
		return theirs[:1]
	}
	return slices.DeleteFunc(theirs, func(p model.Person) bool { return !holds(p) })
}

// sendMails has a command send the messages that have an address, once somebody has said so. A
// message that was sent is never sent again, whatever becomes of the next.
func (a *app) sendMails(ctx context.Context, asker *ui.Asker, place *weekPlace, mails []weekMail, command string) error {
	mails = slices.DeleteFunc(mails, func(m weekMail) bool { return m.to == "" })
	for _, m := range mails {
		a.term.WeekMail(m.id, m.to, m.subject)
	}
	if len(mails) == 0 {
		return nil
	}
	if yes, err := asker.Confirm(ui.SendThem); err != nil || !yes {
		return ignoreCancel(err)
	}
	for _, m := range mails {
		c := exec.CommandContext(ctx, "sh", "-c", command)
		c.Stdin = bytes.NewReader(bytes.Replace(m.eml, []byte("X-Unsent: 1\r\n"), nil, 1))
		c.Stdout, c.Stderr = a.term.Out, a.term.Err
		if err := c.Run(); err != nil {
			return fmt.Errorf("the message to %s was not sent: %s: %w", m.id, command, err)
		}
		if err := place.keepSent(m.id); err != nil {
			return err
		}
	}
	a.term.Sent(len(mails))
	return nil
}
