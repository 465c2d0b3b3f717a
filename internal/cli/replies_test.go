package cli

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"portalgen/internal/access"
	"portalgen/internal/disk"
	"portalgen/internal/inbox"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/seal"
	"portalgen/internal/sender"
	"portalgen/internal/site"
	"portalgen/internal/ui"
)

// sealedReply writes the text of a reply to a file, as the page of a person of a client makes it:
//
//	reply FILE SITE CLIENT PERSON NAME KEY=VALUE...
//
// NAME is that of which the mark of what waits is made, "" for none. A key that no reply has is
// that of a text; "portal" is the name of the portal. A file that ends in .bin has the sealed bytes.
func sealedReply(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 5 {
		ts.Fatalf("usage: reply FILE SITE CLIENT PERSON NAME KEY=VALUE...")
	}
	dir := ts.MkAbs(args[1])
	master, err := access.LoadMaster(dir, "", "")
	ts.Check(err)
	who, err := access.Load(dir, args[2], master)
	ts.Check(err)
	content := map[string]any{"id": "AAECAwQFBgcICQoLDA0ODw", "at": "2026-11-20T09:30:00Z", "sentence": "They said so."}
	texts, portal := map[string]string{}, ""
	for _, arg := range args[5:] {
		key, value, _ := strings.Cut(arg, "=")
		switch key {
		case "id", "at", "by", "kind", "seen", "choice", "date", "about", "sentence":
			content[key] = value
		case "portal":
			portal = value
		default:
			texts[key] = value
		}
	}
	if content["texts"] = texts; args[4] != "" {
		content["about"] = who.StableKey(args[4])
	}
	if kind, id, ok := strings.Cut(args[4], ":"); ok {
		content["about"] = who.PageToken(kind, id)
	}
	text, err := json.Marshal(content)
	ts.Check(err)
	for _, c := range who.Credentials(portal) {
		if c.Person == args[3] {
			sealed, err := c.Keys.Seal(text)
			ts.Check(err)
			name := ts.MkAbs(args[0])
			if strings.HasSuffix(name, "/inbox") {
				name = filepath.Join(name, inbox.NameOf(sealed))
			} else {
				sealed = []byte("Hello,\n\n" + seal.ReplyText(sealed) + "\nHanna\n")
			}
			ts.Check(os.MkdirAll(filepath.Dir(name), 0o700))
			ts.Check(os.WriteFile(name, sealed, 0o600))
			return
		}
	}
	ts.Fatalf("%s has no access", args[3])
}

// siteWithInbox makes a site with a client, acme, and an inbox.
func siteWithInbox(t *testing.T, dir, address string, master seal.Master) {
	t.Helper()
	for name, text := range map[string]string{
		site.ProviderFile: "name = \"Heron\"\ntimezone = \"UTC\"\ninbox = \"" + address + "\"\n" +
			"[people]\npriya = { name = \"Priya Nair\", side = \"provider\" }\n",
		site.ClientFile("acme"): "client = \"Acme\"\n[people]\nhanna = { name = \"Hanna Berg\", side = \"client\" }\n",
		access.KeyName:          master.Reveal() + "\n",
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// messageOf is the content of a reply of Hanna's that is a message.
func messageOf(id, word string) []byte {
	return []byte(`{"id":"` + id + `","at":"2026-11-20T09:30:00Z","by":"hanna","kind":"message","texts":{"word":"` + word + `"}}`)
}

// TestAFileIsReadWhole wants a file to be read to its end, or to be refused: never a part of it.
func TestAFileIsReadWhole(t *testing.T) {
	t.Parallel()
	const most = 2 << 20
	for n, want := range map[int]bool{0: true, most: true, most + 1: false, 2 * most: false} {
		data, err := readWhole(strings.NewReader(strings.Repeat("x", n)), "box", most)
		if (err == nil) != want || want && len(data) != n ||
			!want && !strings.Contains(err.Error(), "box is longer than 2 MiB") {
			t.Errorf("of %d bytes: %d, %v", n, len(data), err)
		}
	}
}

// TestWhatIsNotToBeWrittenCanBeDeleted answers no to the question whether a reply is to be written, and
// then to the one whether it is to be deleted no, and the next time yes.
func TestWhatIsNotToBeWrittenCanBeDeleted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	siteWithInbox(t, dir, "http://127.0.0.1:1/inbox", seal.NewMaster())
	folder, err := inbox.OpenFolder(filepath.Join(dir, filepath.FromSlash(site.InboxDir)))
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	keys := keyring.NewPreviewKeys()
	var said strings.Builder
	a := &app{term: ui.New(&said, &said, func(string) string { return "" }), dir: dir, now: "2026-11-20"}
	s, b, err := a.open(pipeline.Options{Keys: keys})
	if err != nil {
		t.Fatal(err, said.String())
	}
	defer s.Close()
	_, who, ps := b.Who("acme", keys)
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	sealed, err := who.Credentials("")[0].Keys.Seal(messageOf("AAAAAAAAAAAAAAAAAAAAAA", "Nonsense"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := folder.Put(sealed); err != nil {
		t.Fatal(err)
	}
	_, unlock, err := (&receiver{app: a, b: b, keys: keys}).open()
	if err != nil {
		t.Fatal(err)
	}
	if err := removeOldKeys(dir, folder); !errors.Is(err, disk.ErrBusy) || len(previewFiles(dir)) == 0 {
		t.Errorf("the key was removed while a reply was kept: %v", err)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		answers string
		left    int
	}{{"n\nn\n", 1}, {"n\ny\n", 0}} {
		asker := ui.NewAsker(strings.NewReader(tt.answers), &said)
		_ = a.takeReplies(t.Context(), strings.NewReader(""), asker, nil, repliesOptions{}) // there is no inbox at the address
		if left, err := folder.Names(); err != nil || len(left) != tt.left {
			t.Fatalf("after %q %d replies are left, %v; it was said:\n%s", tt.answers, len(left), err, said.String())
		}
	}
	if text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(site.ClientFile("acme")))); err != nil ||
		strings.Contains(string(text), "Nonsense") {
		t.Errorf("the file says\n%s\n%v", text, err)
	}
}

// TestOnlyWhatNothingOpensIsDropped wants --drop to delete what can never be opened alone, and --drop-all all
// that was not opened but for what may be of a client whose files could not be read.
func TestOnlyWhatNothingOpensIsDropped(t *testing.T) {
	t.Parallel()
	keys := seal.NewLink().Root().ReplyKeys("acme", seal.HolderLink)
	sealed := func(content string) []byte {
		b, err := keys.Seal([]byte(content))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	unknown, err := seal.NewLink().Root().ReplyKeys("acme", seal.HolderLink).Seal([]byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	changed, newer := sealed("{}"), sealed("{}")
	changed[len(changed)-1] ^= 1
	newer[0]++
	all := map[string][]byte{"unknown": unknown, "changed": changed, "newer": newer, "other words": sealed("{}"), "short": changed[:len(changed)-1]}
	for _, tt := range []struct {
		opt      repliesOptions
		allKnown bool
		want     []string
	}{
		{repliesOptions{}, true, nil},
		{repliesOptions{drop: true}, true, []string{"changed", "short"}},
		{repliesOptions{drop: true}, false, []string{"changed", "short"}},
		{repliesOptions{dropAll: true}, true, []string{"changed", "newer", "other words", "short", "unknown"}},
		{repliesOptions{dropAll: true}, false, []string{"changed", "newer", "other words", "short"}},
		{repliesOptions{dropAll: true, editOptions: editOptions{dryRun: true}}, true, nil},
	} {
		var said strings.Builder
		var deleted []string
		var came []arrived
		for name, b := range all {
			came = append(came, arrived{
				Waiting: inbox.Waiting{Name: name, Sealed: b},
				remove:  func() error { deleted = append(deleted, name); return nil },
			})
		}
		o := opening{site: func() []sender.Sender { return []sender.Sender{{Credential: access.Credential{Keys: keys}}} }}
		for _, one := range came {
			o.take(one)
		}
		if len(o.opened) > 0 {
			t.Fatal(o.opened)
		}
		run := &taking{app: &app{term: ui.New(&said, &said, func(string) string { return "" })}, opt: tt.opt}
		run.unopened(o.closed, tt.allKnown)
		if slices.Sort(deleted); !slices.Equal(deleted, tt.want) || run.left != len(all)-len(tt.want) {
			t.Errorf("%+v, all known %v: deleted %q, %d left, said:\n%s", tt.opt, tt.allKnown, deleted, run.left, said.String())
		}
		// How to delete it is said of what waits in an inbox alone: a mail is the provider's own.
		inInbox := said.String()
		said.Reset()
		for i := range o.closed {
			o.closed[i].remove = nil
		}
		run.unopened(o.closed, tt.allKnown)
		if mail := said.String(); strings.Contains(mail, "--drop") || mail == "" || tt.want == nil && !strings.Contains(inInbox, "--drop-all") {
			t.Errorf("%+v: of an inbox it says\n%s\nof a mail\n%s", tt.opt, inInbox, mail)
		}
	}
}

// TestRepliesOfAPreviewAndAnInbox sends a reply to the preview of a site, and another to an inbox
// of its own, and takes both in.
func TestRepliesOfAPreviewAndAnInbox(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	folder, err := inbox.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	master := seal.NewMaster()
	server := httptest.NewServer(&inbox.Server{Folder: folder, Tokens: inbox.TokensOf(master.InboxTokens())})
	defer server.Close()
	siteWithInbox(t, dir, server.URL, master)
	// The preview takes it, and says so.
	var said strings.Builder
	a := &app{term: ui.New(&said, &said, func(string) string { return "" }), dir: dir, now: "2026-11-20T12:00:00Z"}
	keys := keyring.NewPreviewKeys()
	s, b, err := a.open(pipeline.Options{Keys: keys})
	if err != nil {
		t.Fatal(err, said.String())
	}
	defer s.Close()
	link := keys.Master.PreviewLink("acme").Root()
	_, who, ps := b.Who("acme", keys)
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	sealed, err := link.ReplyKeys(who.Portal(""), seal.HolderLink).Seal(messageOf("AAAAAAAAAAAAAAAAAAAAAA", "In the preview"))
	if err != nil {
		t.Fatal(err)
	}
	q := httptest.NewRequest(http.MethodPost, "/_portalgen/inbox", strings.NewReader(string(sealed)))
	refused := httptest.NewRecorder()
	(&receiver{app: a, b: b, keys: keys}).ServeHTTP(refused, q)
	if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(site.InboxDir))); refused.Code != http.StatusUnauthorized || err == nil {
		t.Errorf("whoever has no token is answered %d, and the key of the preview is written: %v", refused.Code, err == nil)
	}
	q.Header.Set("Authorization", "Bearer "+keys.Master.InboxTokens().Post)
	answer := httptest.NewRecorder()
	(&receiver{app: a, b: b, keys: keys}).ServeHTTP(answer, q)
	if answer.Code != http.StatusCreated || !strings.Contains(said.String(), "Hanna Berg (acme)") {
		t.Fatalf("answered %d, and said %s", answer.Code, said.String())
	}

	// Another one comes to the inbox.
	err = access.Update(dir, "acme", master, func(c *access.Client) error {
		_, err := c.AddPerson("hanna", "", time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	person, err := access.Load(dir, "acme", master)
	if err != nil {
		t.Fatal(err)
	}
	if sealed, err = person.Credentials("")[0].Keys.Seal(messageOf("BBBBBBBBBBBBBBBBBBBBBA", "From the page")); err != nil {
		t.Fatal(err)
	}
	c := &inbox.Client{Address: server.URL, Tokens: master.InboxTokens()}
	if err := c.Post(t.Context(), sealed); err != nil {
		t.Fatal(err)
	}

	run := func(want string, args ...string) {
		t.Helper()
		said.Reset()
		args = append(args, "--site", dir, "--now", "2026-11-21T09:00:00Z")
		if code := Main(args, strings.NewReader(""), &said, &said); code != 0 || !strings.Contains(said.String(), want) {
			t.Errorf("%v: the code is %d, and not said is %q but\n%s", args, code, want, said.String())
		}
	}
	run("2 replies are not taken in: portalgen --site ", "today")
	run("2 replies are not taken in: portalgen --site ", "build")
	run("2 replies written", "replies", "--yes")
	text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(site.ClientFile("acme"))))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`about = "In the preview"`, `about = "From the page"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s is not in the file; it was said:\n%s", want, said.String())
		}
	}
	left := 0
	if err := c.Fetch(t.Context(), func(inbox.Waiting) { left++ }); err != nil || left != 0 {
		t.Errorf("%d are left in the inbox, %v", left, err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, filepath.FromSlash(site.InboxDir))); err != nil || len(left) != 1 || left[0].Name() != "lock" {
		t.Errorf("%v are left of the preview, %v", left, err)
	}

	// An inbox that cannot be asked spoils nothing, and is not taken for an empty one.
	server.Close()
	run(server.URL+" cannot be asked: dial tcp", "today")
	run("Whether replies wait there is not known.", "build")
}
