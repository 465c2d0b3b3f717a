package cli

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"portalgen/internal/access"
	"portalgen/internal/inbox"
	"portalgen/internal/seal"
	"portalgen/internal/sender"
)

// BenchmarkReplies fetches 10,000 replies of one inbox, and finds and opens each with its credential among
// those of 1,000 clients, of three each.
func BenchmarkReplies(b *testing.B) {
	var senders []sender.Sender
	for i := range 3000 {
		keys := seal.NewLink().Root().ReplyKeys(fmt.Sprintf("portal-%d", i/3), seal.HolderPerson)
		senders = append(senders, sender.Sender{Client: fmt.Sprint(i / 3), Credential: access.Credential{Keys: keys}})
	}
	folder, err := inbox.OpenFolder(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer folder.Close()
	const n = 10_000
	for i := range n {
		sealed, err := senders[i*7919%len(senders)].Keys.Seal(messageOf(fmt.Sprintf("%022d", i), "Hello"))
		if err == nil {
			_, err = folder.Put(sealed)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	master := seal.NewMaster()
	server := httptest.NewServer(&inbox.Server{Folder: folder, Tokens: inbox.TokensOf(master.InboxTokens())})
	defer server.Close()
	c := &inbox.Client{Address: server.URL, Tokens: master.InboxTokens()}
	for b.Loop() {
		o := opening{site: func() []sender.Sender { return senders }}
		if err := c.Fetch(b.Context(), func(w inbox.Waiting) { o.take(arrived{Waiting: w}) }); err != nil {
			b.Fatal(err)
		}
		if len(o.opened) != n || len(o.closed) > 0 {
			b.Fatal(len(o.opened), len(o.closed))
		}
	}
}
