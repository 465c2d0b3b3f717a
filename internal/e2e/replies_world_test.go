package e2e_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/gate"
	"portalgen/internal/inbox"
	"portalgen/internal/keyring"
	"portalgen/internal/reply"
	"portalgen/internal/sender"
	"portalgen/internal/site"
)

// bees is a client on whom a new date, a question and a delivery wait.
const bees = "zqbees"

const beesFile = `client = "Zqbees Company"
lead = "zqadalinde"
timezone = "Etc/UTC"

[people]
zqpat = { name = "Zqpatricia Zqmoe", side = "client" }
zqeli = { name = "Zqelias Zqroe", side = "client" }

[[commitment]]
id = "zqwax"
title = "Zqwax by post"
customer = "zqpat"
performer = "zqadalinde"
moves = [
  { on = 2026-11-02, by = "zqpat", did = "request", due = 2026-11-27 },
  { on = 2026-11-03, by = "zqadalinde", did = "promise" },
  { on = 2026-11-16, by = "zqadalinde", did = "renegotiate", due = 2026-12-11, note = "Zqsnow" },
]

[[commitment]]
id = "zqlabel"
title = "Zqlabel drawn"
customer = "zqpat"
performer = "zqadalinde"
moves = [
  { on = 2026-11-02, by = "zqpat", did = "request", due = 2026-11-27 },
  { on = 2026-11-03, by = "zqadalinde", did = "promise" },
  { on = 2026-11-18, by = "zqadalinde", did = "deliver" },
]

[[question]]
asked = 2026-11-16
by = "zqadalinde"
to = "zqpat"
text = "Which zqjar?"
`

// An inboxAt is an inbox, and what came to it.
type inboxAt struct {
	url string

	mu sync.Mutex
	// status, where it is not 0, is what the inbox answers instead of taking something; -1 ends
	// the connection.
	status int
	bodies [][]byte
}

// newInbox runs an inbox for a world, on an origin of its own.
func newInbox(t *testing.T, w *e2e.World) *inboxAt {
	t.Helper()
	folder, err := inbox.OpenFolder(t.TempDir())
	e2e.Check(t, err)
	t.Cleanup(func() { e2e.Check(t, folder.Close()) })
	in := &inboxAt{}
	real := &inbox.Server{Folder: folder, Tokens: inbox.TokensOf(w.Master.InboxTokens())}
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && !in.take(t, out, r) {
			return
		}
		real.ServeHTTP(out, r)
	}))
	t.Cleanup(server.Close)
	in.url = server.URL + "/inbox"
	return in
}

// take notes what comes, and reports whether the inbox is to take it.
func (in *inboxAt) take(t *testing.T, out http.ResponseWriter, r *http.Request) bool {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	in.mu.Lock()
	defer in.mu.Unlock()
	in.bodies = append(in.bodies, body)
	switch in.status {
	case 0:
		return true
	case -1:
		panic(http.ErrAbortHandler)
	}
	out.Header().Set("Access-Control-Allow-Origin", "*")
	out.WriteHeader(in.status)
	return false
}

func (in *inboxAt) answers(status int) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.status = status
}

// came returns all that came.
func (in *inboxAt) came() [][]byte {
	in.mu.Lock()
	defer in.mu.Unlock()
	return slices.Clone(in.bodies)
}

// A hive is the client's portal as it is published, and the ways into it.
type hive struct {
	*e2e.World
	in         *inboxAt // nil for none
	out, url   string
	passphrase string // of zqpat
	link       string // to the portal
	page       e2e.SharedPage
}

// publish publishes a site with the client, whose pages know of an inbox or of none, for a test that opens them
// in a browser.
func publish(t *testing.T, hasInbox bool) *hive {
	t.Helper()
	browsertest.Require(t)
	h := &hive{World: e2e.NewWorld(t), out: t.TempDir()}
	h.Write(t, site.ClientFile(bees), beesFile)
	headers := gate.Host{Prefix: "/"}
	if hasInbox {
		h.in = newInbox(t, h.World)
		headers.Inbox = h.in.url
		h.Write(t, site.ProviderFile, fmt.Sprintf("inbox = %q\n", h.in.url)+h.Read(t, site.ProviderFile))
	}
	h.passphrase = h.LetIn(t, bees, "zqpat")
	h.link = h.Link(t, bees)
	h.page = h.SharePage(t, bees, "commitment", "zqwax")
	h.PublishInto(t, h.out)
	h.url = e2e.HostWith(t, h.out, headers)
	return h
}

func (h *hive) home(t *testing.T) string { return h.url + "/" + h.Folder(t, bees) + "/" }

// opened opens a sealed reply as the provider's program does.
func (h *hive) opened(t *testing.T, sealed []byte) (*sender.Sender, *reply.Reply) {
	t.Helper()
	senders, ps := sender.All(h.Builder(t), []string{bees}, keyring.NewSiteKeys(h.Master, nil))
	e2e.Check(t, ps.Err())
	by, r, err := sender.Open(sealed, senders)
	e2e.Check(t, err)
	return by, r
}

// The forms of the pages.
const (
	wax     = `form[data-answer="decide_due"]`
	label   = `form[data-answer="accept"]`
	jar     = `form[data-answer="answer"]`
	message = `form[data-answer="message"]`
	assumed = `form[data-answer="confirm_assumption"]`
	wanted  = `form[data-answer="new"]`
	about   = `form[data-answer="commitment"]`
)

// choose opens the fold of a form, and chooses and types as a reader does: "choice" is the key of a
// choice, all others are fields by their names.
func choose(t *testing.T, tab *browsertest.Tab, form string, fields map[string]string) {
	t.Helper()
	e2e.Until(t, tab, fmt.Sprintf(`document.querySelector(%q) !== null`, form+" [data-stands]"))
	names := slices.Sorted(maps.Keys(fields)) // what is chosen comes before its date
	for _, name := range names {
		e2e.Run(t, tab, fmt.Sprintf(`
			const form = document.querySelector(%q), name = %q, value = %q;
			for (let fold = form.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
			const fields = [...form.querySelectorAll('[name="' + name + '"]')];
			const field = fields.find((f) => f.value === value && /radio|checkbox/.test(f.type)) ?? fields[0];
			if (/radio|checkbox/.test(field.type)) field.click();
			else { field.value = value; for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true })); }`,
			form, name, fields[name]))
	}
}

// press presses a button of a form as soon as it is there, and waits until it says what came of that.
func press(t *testing.T, tab *browsertest.Tab, form, button, says string) {
	t.Helper()
	e2e.Until(t, tab, fmt.Sprintf(`(() => {
		const found = [...document.querySelectorAll(%q)].find((b) => b.textContent.trim() === %q && b.checkVisibility());
		found?.click();
		return found;
	})()`, form+" button", button))
	saysAt(t, tab, form, says)
}

// saysAt waits until the status of a form holds a text.
func saysAt(t *testing.T, tab *browsertest.Tab, form, text string) {
	t.Helper()
	e2e.Until(t, tab, fmt.Sprintf(`document.querySelector(%q)?.querySelector('[role=status]')?.textContent.includes(%q) ?? false`, form, text))
}
