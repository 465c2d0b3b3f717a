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
	"strings"

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

// A weekMail is the message to one client about the note of a day.
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
	var mails []weekMail
	for _, id := range ids {
		c, _, ps := b.Read(id)
		if ps.Err() != nil || slices.Contains(place.sent, id) || !hasNote(c, civil.DateOf(b.Now(pipeline.Location(c.Timezone)))) {
			continue
		}
		m, err := a.weekMail(c)
		var sample wrongUse
		switch {
		case errors.Is(err, grant.ErrNoBaseURL), errors.As(err, &sample):
			a.term.Note("%s: no message: %s", id, err)
		case err != nil:
			return err
		default:
			mails = append(mails, m)
		}
	}
	if err := a.runBuild(ctx, buildOptions{out: defaultOut}); err != nil {
		return err
	}
	if opt.sendWith != "" {
		return a.sendMails(ctx, asker, place, mails, opt.sendWith)
	}
	dir := opt.drafts
	if dir == "" {
		dir = filepath.Join(a.dir, filepath.FromSlash(draftsOfMails))
	}
	for _, m := range mails {
		file := filepath.Join(dir, m.id+".eml")
		err := cmp.Or(os.MkdirAll(dir, 0o700), disk.Write(file, m.eml, disk.Secret))
		if err != nil {
			return fmt.Errorf("the message to %s: %w", m.id, err)
		}
		a.term.Drafted(file, m.to, m.subject)
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

// weekMail composes the message to one client, with a link to Home: the one that is out, where
// it has no end, else a new one.
func (a *app) weekMail(c *model.Client) (m weekMail, err error) {
	k, err := a.editAccess(c.ID)
	if err != nil {
		return m, err
	}
	defer k.Close()
	pages, ps := grant.PagesOf(k.b, k.id)
	if ps.Err() != nil {
		return m, ps.Errors()
	}
	home, link, until, err := requestedLink(pages, nil, shareOptions{})
	if err != nil {
		return m, err
	}
	err = k.update(func(file *access.Client) error {
		for _, l := range file.Links() {
			if l.Kind == link.Kind && l.Page == link.Page && l.Expires.IsZero() {
				link = l
				return nil
			}
		}
		link, err = file.AddLink(link)
		return err
	})
	if err != nil {
		return m, err
	}
	text, err := share.Compose(pages.Message(home, link, until))
	if err != nil {
		return m, err
	}
	who, ps := grant.ListOf(k.b, k.id)
	if ps.Err() != nil {
		return m, ps.Errors()
	}
	name, from := pages.Contact()
	eml, err := text.EML(name, from, pages.Now)
	m = weekMail{id: c.ID, to: addresses(c, who.People), subject: text.Subject, eml: eml}
	if m.to == "" {
		a.term.Unaddressed(c.ID)
	} else {
		m.eml = append([]byte("To: "+m.to+"\r\n"), eml...)
	}
	return m, err
}

// addresses returns, as a mail has them, those of the client's people who have an email and a
// passphrase; where none has one, the first who has an email.
func addresses(c *model.Client, holders []grant.Holder) string {
	var theirs []model.Person
	for _, p := range c.People {
		if p.Side == model.ClientSide && p.Email != "" && !p.Private {
			theirs = append(theirs, p)
		}
	}
	slices.SortFunc(theirs, func(a, b model.Person) int { return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID)) })
	var all []string
	for _, p := range theirs {
		if slices.ContainsFunc(holders, func(h grant.Holder) bool { return h.ID == p.ID }) {
			all = append(all, (&mail.Address{Name: p.Name, Address: p.Email}).String())
		}
	}
	if len(all) == 0 && len(theirs) > 0 {
		all = append(all, (&mail.Address{Name: theirs[0].Name, Address: theirs[0].Email}).String())
	}
	return strings.Join(all, ", ")
}

// sendMails has a command send the messages that have an address, once somebody has said so. A
// message that was sent is never sent again, whatever becomes of the next.
func (a *app) sendMails(ctx context.Context, asker *ui.Asker, place *weekPlace, mails []weekMail, command string) error {
	mails = slices.DeleteFunc(mails, func(m weekMail) bool { return m.to == "" })
	for _, m := range mails {
		a.term.Drafted(m.id, m.to, m.subject)
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
