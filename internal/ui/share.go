package ui

import (
	"strings"

	"portalgen/internal/civil"
	"portalgen/internal/diag"
)

// Shared shows a link and the message that goes with it.
func (t *Terminal) Shared(link, subject, text string) {
	t.Say("%s\n\nSubject: %s\n\n%s", link, diag.Printable(subject), text)
}

// SharedNext says what to do before a link works, and how to revoke it.
func (t *Terminal) SharedNext(clientID, id string, until civil.Date) {
	t.Note("The link works from the next build on: run `portalgen build`, publish, then send it.")
	if !until.IsZero() {
		t.Note("It ends with the first build after %s.", until)
	}
	t.Note("Revoke it with `portalgen share revoke %s %s`.", clientID, shortID(id))
}

// Drafted says where the message was written.
func (t *Terminal) Drafted(file string) { t.Say("The message is in %s.", diag.Printable(file)) }

// SharedBefore says that there already is a link to the same page, and how to use it.
func (t *Terminal) SharedBefore(id string, since civil.Date, note string) {
	if note != "" {
		note = " (" + diag.Printable(note) + ")"
	}
	t.Note("There is a link to this page already: %s, since %s%s. To send that one, run the same command with --again.",
		shortID(id), since, note)
}

// SharedFor is the heading of one of several messages.
func (t *Terminal) SharedFor(client string) { t.Say("\n%s", t.bold(diag.Printable(client))) }

// SharedAll says how many messages there are, and what to do before their links work.
func (t *Terminal) SharedAll(n int) {
	if n == 0 {
		t.Say("Each newest note has its link already. The message again: %s",
			t.here("portalgen share CLIENT status --again"))
		return
	}
	t.Note("%s. The links work from the next build on: run `portalgen build`, publish, then send them.",
		plural(n, "message", "messages"))
}

func (t *Terminal) Copied() { t.Note("The message is on the clipboard.") }

// NotCopied says why the message is not on the clipboard.
func (t *Terminal) NotCopied(err error) { t.Note("%s", err) }

// Revoked says that a link is revoked.
func (t *Terminal) Revoked(l AccessLink) {
	t.Say("The %s is revoked. It opens nothing from the next build on.", diag.Printable(l.Opens()))
	t.Note(buildNext + " Until then it still works, and whoever has a copy of the page keeps it.")
}

// A Difference is one file that is not published as a build would publish it now.
type Difference struct {
	What, Path, Client, Detail string
}

// Differences lists differences.
func (t *Terminal) Differences(all []Difference) {
	for _, d := range all {
		t.Say("%-8s %s%s%s", d.What, diag.Printable(d.Path), also(d.Client != "", d.Client),
			colon(diag.Printable(d.Detail)))
	}
}

// Exposed says what to do if a host serves files that it must not serve.
func (t *Terminal) Exposed() {
	t.Note(`
ALARM: the host serves your own files to anybody, in the clear.
  1. Take the site offline, or set the folder that is published to public, at the host.
  2. Run this again until it finds none, and delete the earlier deploys that the host keeps.
  3. Take for known what stood in these files. Where the key was among them,
     change it, give each person a new passphrase, and make new links:
     portalgen key rotate
     portalgen access reissue CLIENT PERSON
     portalgen share CLIENT`)
}

// Unguarded says what to do if a host does not send headers.
func (t *Terminal) Unguarded() {
	t.Note("\nHeaders protect the pages in a browser; the pages open without them too. docs/deploying.md has the lines " +
		"for your host; some, such as GitHub Pages, cannot send any.")
}

// Verified says how a published site differs from what a build would publish.
func (t *Terminal) Verified(where string, same int, all []Difference) {
	t.Differences(all)
	if len(all) == 0 && strings.HasPrefix(where, "http") {
		t.Say("%s has all that a build would publish now: %s the same. "+
			"What else may lie there cannot be seen from outside.",
			where, plural(same, "file", "files"))
		return
	}
	if len(all) == 0 {
		t.Say("%s is what a build would publish now: %s the same.", where, plural(same, "file", "files"))
		return
	}
	t.Note("%s is not what a build would publish now: %s the same, %s.", where, plural(same, "file", "files"),
		plural(len(all), "difference", "differences"))
}

func colon(s string) string {
	if s == "" {
		return ""
	}
	return ": " + s
}

// KeyChanged says that the master key has changed. host is the file by which a host builds the site, "" if
// none.
func (t *Terminal) KeyChanged(clients int, completed bool, host string) {
	if completed {
		t.Say("The change of the master key that was cut off is complete.")
	} else {
		t.Say("There is a new master key in .portalgen/key, and the access to %s is kept under it.",
			plural(clients, "portal", "portals"))
	}
	t.Note(`Every address, passphrase and link stays the same. What is left to do:
  - Keep a copy of .portalgen/key in a safe place.`)
	t.keyAtHost("  - ", host)
	t.Note(`  - Commit data/access, build with ` + "`portalgen build`" + `, and publish.
The old key is in .portalgen/key.old. Delete it once what is published was built with
the new one, and no branch or backup that you still want needs it.`)
}

// keyAtHost says that the host that builds by a file needs the new key, if there is such a file.
func (t *Terminal) keyAtHost(lead, file string) {
	if file != "" {
		t.Note("%sYour host builds too, by %s: set PORTALGEN_KEY to the new key in its settings, before you push.",
			lead, file)
	}
}
