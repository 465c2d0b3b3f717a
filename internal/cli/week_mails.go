package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	model "portalgen/internal/client"
	"portalgen/internal/disk"
	"portalgen/internal/edit"
	"portalgen/internal/grant"
	"portalgen/internal/ui"
)

// draftsOfMails is the default folder for messages. It is not under version control.
const draftsOfMails = edit.DraftsDir

// sendWeek makes the messages for clients who were sent no link since their newest note, and for
// those whose earlier message was neither written nor sent. It builds once, and then writes or
// sends them.
func (a *app) sendWeek(ctx context.Context, asker *ui.Asker, place *weekPlace, opt weekOptions) error {
	words, err := splitCommand(opt.sendWith)
	if err != nil {
		return wrongUse{fmt.Errorf("--send-with: %w", err)}
	}
	dir := opt.drafts
	if dir == "" {
		dir = filepath.Join(a.dir, filepath.FromSlash(draftsOfMails))
	}
	if len(words) == 0 {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		if err := a.checkDraft(shareOptions{eml: true, out: filepath.Join(dir, place.day+".eml")}); err != nil {
			return wrongUse{err}
		}
	}
	mails, err := a.weekMails(place, dir, len(words) > 0)
	if errors.Is(err, grant.ErrNoBaseURL) {
		a.term.Note("No messages: %s", err)
	} else if err != nil {
		return err
	}
	if err := a.runBuild(ctx, buildOptions{out: defaultOut}); err != nil {
		return err
	}
	if len(words) > 0 {
		return a.sendMails(ctx, asker, place, mails, words)
	}
	for _, m := range mails {
		a.term.WeekMail(filepath.Join(dir, m.ID+".eml"), m.To, m.Subject)
	}
	if len(mails) > 0 {
		a.term.WeekMailsNext()
	}
	return nil
}

// weekMails makes the messages that are still to go. It writes them into dir, unless send is true.
func (a *app) weekMails(place *weekPlace, dir string, send bool) ([]grant.Mail, error) {
	k, err := a.openAccess()
	if err != nil {
		return nil, err
	}
	defer k.Close()
	all, err := a.newestNotes(k, func(p *grant.Portal) bool { return p.Due() || place.waits(p, send) })
	if err != nil {
		return nil, err
	}
	var mails []grant.Mail
	var unaddressed []string
	for _, g := range all {
		link, until, isOut := g.LiveLink(g.page)
		if isOut {
			g.link, g.until = link, until
		}
		var made []grant.Mail
		err := k.give(g, func(m grant.Mail) (file string, err error) {
			how := place.mails[m.ID]
			if isOut && (how == mailSent || how == mailDrafted && !send) {
				return "", nil
			}
			made = append(made, m)
			if err := place.keepMail(m.ID, mailMade); err != nil || send {
				return "", err
			}
			eml, err := m.EML()
			if err != nil {
				return "", err
			}
			file = filepath.Join(dir, m.ID+".eml")
			return file, disk.Write(file, eml, disk.Secret)
		})
		if err != nil {
			return nil, err
		}
		for _, m := range made {
			if m.To.Address == "" {
				unaddressed = append(unaddressed, g.Client.ID)
			}
			if !send {
				if err := place.keepMail(m.ID, mailDrafted); err != nil {
					return nil, err
				}
			}
		}
		mails = append(mails, made...)
	}
	if len(unaddressed) > 0 {
		a.term.Unaddressed(unaddressed)
	}
	return mails, nil
}

// waits reports whether a message about the newest note was made but not written or, if send is
// true, not sent.
func (p *weekPlace) waits(of *grant.Portal, send bool) bool {
	return slices.ContainsFunc(of.Readers(), func(r model.Person) bool {
		how := p.mails[of.MailID(of.Newest(), r)]
		return how == mailMade || how == mailDrafted && send
	})
}

// sendMails runs a command for each message with an address, after the person has agreed. A sent
// message is never sent again, even if the next one fails.
func (a *app) sendMails(
	ctx context.Context, asker *ui.Asker, place *weekPlace, mails []grant.Mail, command []string,
) error {
	mails = slices.DeleteFunc(mails, func(m grant.Mail) bool { return m.To.Address == "" })
	for _, m := range mails {
		a.term.WeekMail(m.ID, m.To, m.Subject)
	}
	if len(mails) == 0 {
		return nil
	}
	if yes, err := asker.Confirm(ui.SendThem); err != nil || !yes {
		a.term.NotSent()
		return ignoreCancel(err)
	}
	for _, m := range mails {
		eml, err := m.EML()
		if err != nil {
			return err
		}
		c := exec.CommandContext(ctx, command[0], command[1:]...)
		c.Stdin = bytes.NewReader(bytes.Replace(eml, []byte("X-Unsent: 1\r\n"), nil, 1))
		c.Stdout, c.Stderr = a.term.Out, a.term.Err
		if err := c.Run(); err != nil {
			a.term.NotSent()
			return fmt.Errorf("the message to %s was not sent: %s: %w", m.To.Address, command[0], err)
		}
		if err := place.keepMail(m.ID, mailSent); err != nil {
			return err
		}
	}
	a.term.Sent(len(mails))
	return nil
}
