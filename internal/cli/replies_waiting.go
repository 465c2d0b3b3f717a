package cli

import (
	"context"
	"time"

	"portalgen/internal/inbox"
	"portalgen/internal/pipeline"
)

// inboxPatience is how long a command that only counts waits for an inbox: it has something else to say.
const inboxPatience = 2 * time.Second

// sayReplies says how many replies are not taken in: those that were sent in a preview, and those that wait in
// the inbox of data/provider.toml. An inbox that does not answer is told as such.
func (a *app) sayReplies(ctx context.Context, b *pipeline.Builder) {
	waiting := a.inPreviews()
	address := ""
	if b.Loaded() {
		address = b.Provider().Inbox
	}
	var failed error
	if master, err := a.master(); address != "" && err == nil {
		patient, cancel := context.WithTimeout(ctx, inboxPatience)
		defer cancel()
		c := &inbox.Client{Address: address, Tokens: master.InboxTokens()}
		failed = c.Fetch(patient, func(inbox.Waiting) { waiting++ })
	}
	if ctx.Err() != nil { // nobody waits for it any more
		return
	}
	if waiting > 0 {
		a.term.RepliesWait(waiting)
	}
	if failed != nil {
		a.term.InboxUncounted(address, failed)
	}
}

// inPreviews counts what was sent in previews.
func (a *app) inPreviews() int {
	folder, err := previewInbox(a.dir)
	if folder == nil || err != nil {
		return 0
	}
	defer folder.Close()
	names, _ := folder.Names() // replies says why it cannot be read
	return len(names)
}
