package cli

import (
	"context"
	"time"

	"portalgen/internal/inbox"
	"portalgen/internal/pipeline"
)

// inboxPatience is how long a command that only counts replies waits for an inbox.
const inboxPatience = 2 * time.Second

// sayReplies prints how many replies wait to be taken in, from previews and from the inbox of
// data/provider.toml. It also says if that inbox does not answer.
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
	if ctx.Err() != nil { // nobody waits for the answer any more
		return
	}
	if waiting > 0 {
		a.term.RepliesWait(waiting)
	}
	if failed != nil {
		a.term.InboxUncounted(address, failed)
	}
}

// inPreviews returns the number of replies that were sent in previews.
func (a *app) inPreviews() int {
	folder, err := previewInbox(a.dir)
	if folder == nil || err != nil {
		return 0
	}
	defer folder.Close()
	names, _ := folder.Names() // the command replies reports why it cannot be read
	return len(names)
}
