package ui

import (
	"fmt"
	"strings"

	"portalgen/internal/civil"
	"portalgen/internal/diag"
)

// A Reply is what the terminal shows of a client's reply.
type Reply struct {
	Client, Who string
	// Said is true if nobody has checked who it was.
	Said bool
	On   civil.Moment
	// Sentence is the sentence that the page showed; Seen the proposed date as they saw it, "" if there was
	// none.
	Sentence, Seen string
	// Texts are the texts that they wrote.
	Texts  []string
	Doubts []string
	// Refused says why it cannot be written, Hint what to do.
	Refused, Hint string
}

// Reply shows a reply before its change.
func (t *Terminal) Reply(r Reply) {
	who := diag.Printable(r.Who)
	if r.Said {
		who += ", who says so and came by a link"
	}
	t.Say("\n%s, %s (%s)", t.bold(who), r.On, diag.Printable(r.Client))
	t.Say("  %s", diag.Printable(r.Sentence))
	if r.Seen != "" {
		t.Say("  On the table then: %s", diag.Printable(r.Seen))
	}
	for _, text := range r.Texts {
		for line := range strings.SplitSeq(text, "\n") {
			t.Say("  │ %s", diag.Printable(line))
		}
	}
	for _, doubt := range r.Doubts {
		t.Say("  %s %s", t.paint("1;33", "think about it:"), diag.Printable(doubt))
	}
	if r.Refused != "" {
		t.Say("  %s %s", t.paint("1;31", "not written:"), diag.Printable(r.Refused))
		if r.Hint != "" {
			t.Say("  %s", diag.Printable(r.Hint))
		}
	}
}

// The questions when replies are taken in.
const (
	WriteReply  = "Write it?"
	DeleteReply = "Delete this reply? It is lost then."
)

// ReplyTaken says that a reply is already in the file.
func (t *Terminal) ReplyTaken(who, client string) {
	t.Note("A reply of %s (%s) is in the file already.", diag.Printable(who), diag.Printable(client))
}

// ReplyCut says that a part of a reply is missing.
func (t *Terminal) ReplyCut(from string) {
	t.Note("%s: a reply in it is cut, or letters of it were changed on the way. Ask for it once more: the page has it "+
		"still.", diag.Printable(from))
}

// NoReplyIn says that the given text or file has no reply.
func (t *Terminal) NoReplyIn(from string) {
	t.Note("%s: there is no reply in it. A reply begins with a line [portalgen reply 1].", diag.Printable(from))
}

// RepliesUnopened says that some replies cannot be opened, and why.
func (t *Terminal) RepliesUnopened(n int, why string) {
	t.Note("%s: %s", plural(n, "reply", "replies"), diag.Printable(why))
}

// UnknownReply says why a reply cannot be opened with any known passphrase or link.
const UnknownReply = "made with a passphrase or link that is no longer known, in a portal that had another name then, " +
	"or for another site; ask whoever may have sent it. To open what was sent under an earlier name: " +
	"portalgen replies --portal NAME"

// BrokenReply says why a reply can never be opened.
const BrokenReply = "no reply, or changed on its way"

// NewerReply follows the error of a reply that another version of the program may read.
const NewerReply = ". A newer portalgen may read it"

// RepliesDropped says that replies were deleted that could not be opened.
func (t *Terminal) RepliesDropped(n int) {
	t.Note("%s deleted that could not be opened.", plural(n, "reply", "replies"))
}

// UnreadClients says why a reply cannot be opened while some clients' files cannot be read.
const UnreadClients = "not opened, and not deleted: it may be of a client whose files could not be read. " +
	"Fix those first"

// The ends of these messages for a reply in an inbox: how to delete it. A reply in a mail or a file has no
// other copy.
const (
	DropReply    = ". To delete it: portalgen replies --drop"
	DropAllReply = ". It is kept until you delete it: portalgen replies --drop-all"
)

// RepliesDone says how many replies were written and are left, and what to do next. unbuilt is false if all
// came from a preview, whose page shows them at once.
func (t *Terminal) RepliesDone(written, left int, unbuilt bool) {
	switch {
	case written == 0 && left == 0:
		t.Say("No reply waits.")
	case left > 0:
		t.Say("\n%s written; %d left.", plural(written, "reply", "replies"), left)
	default:
		t.Say("\n%s written.", plural(written, "reply", "replies"))
	}
	if unbuilt {
		t.Note("The page shows it from the next build on: %s", t.here("portalgen build"))
	}
}

// NobodyToAsk says why nothing was written.
func (t *Terminal) NobodyToAsk() {
	t.Note("There is nobody here who could be asked, so nothing was written; --yes writes all that need no thought.")
}

// RepliesWait says that replies are not taken in.
func (t *Terminal) RepliesWait(n int) {
	t.Note("%s not taken in: %s", plural(n, "reply is", "replies are"), t.here("portalgen replies"))
}

// ReplyCame says that somebody pressed Send in a preview.
func (t *Terminal) ReplyCame(who, client, sentence string) {
	t.Note("%s (%s): %s", diag.Printable(who), diag.Printable(client), diag.Printable(sentence))
	t.Note("To write it into the file: %s", t.here("portalgen replies"))
}

// InboxOpen says where an inbox listens.
func (t *Terminal) InboxOpen(address string) {
	t.Note("The inbox is at %s. Ctrl-C ends it.", address)
}

// InboxFailed says that an inbox does not answer.
func (t *Terminal) InboxFailed(address string, err error) {
	t.Note("%s cannot be asked: %s", diag.Printable(address), diag.Printable(fmt.Sprint(err)))
}

// InboxUncounted says that it is unknown what waits in an inbox.
func (t *Terminal) InboxUncounted(address string, err error) {
	t.InboxFailed(address, err)
	t.Note("Whether replies wait there is not known. To look again: %s", t.here("portalgen replies"))
}
