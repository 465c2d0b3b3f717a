package e2e_test

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/cli"
	"portalgen/internal/e2e"
	"portalgen/internal/gate"
	"portalgen/internal/inbox"
	"portalgen/internal/site"
)

// ferry is a client on whom a new date, a delivery, four questions and an assumption wait.
const ferry = "ferry"

const ferryFile = `client = "Brindle Island Ferry"
timezone = "Europe/Oslo"
lead = "zqadalinde"

[people]
hanna = { name = "Hanna Berg", side = "client" }

[promises]
urgent_within = "1 hour"

[[commitment]]
id = "booking"
title = "Booking opens"
customer = "hanna"
performer = "zqadalinde"
moves = [
  { on = 2026-11-02, by = "hanna", did = "request", due = 2026-11-27 },
  { on = 2026-11-03, by = "zqadalinde", did = "promise" },
  { on = 2026-11-18, by = "zqadalinde", did = "renegotiate", due = 2026-12-04, note = "The harbour office is closed" },
]

[[commitment]]
id = "timetable"
title = "Timetable drawn"
customer = "hanna"
performer = "zqadalinde"
moves = [
  { on = 2026-11-02, by = "hanna", did = "request", due = 2026-11-27 },
  { on = 2026-11-03, by = "zqadalinde", did = "promise" },
  { on = 2026-11-18, by = "zqadalinde", did = "deliver", note = "On paper and as a file" },
]

[[question]]
asked = 2026-11-18
by = "zqadalinde"
to = "hanna"
text = "Which pier?"

[[question]]
asked = 2026-11-18
by = "zqadalinde"
to = "hanna"
text = "How many bicycles?"

[[question]]
asked = 2026-11-18
by = "zqadalinde"
to = "hanna"
text = "Are dogs taken?"

[[question]]
asked = 2026-11-18
by = "zqadalinde"
to = "hanna"
text = "Who rings the bell?"

[[assumption]]
on = 2026-11-18
text = "The boat takes cars"
`

// The moments of the round: a client answers on Friday in the provider's working hours, and it is taken
// in on Monday.
const (
	friday = "2026-11-20T12:00:00Z"
	monday = e2e.MondayMorning
)

const inboxFile = "../../docs/inbox.md"

// TestARoundAsTold goes once around as docs/inbox.md and docs/replies.md tell, with the inbox alone, behind
// Caddy, behind nginx, and at Netlify: a client answers all that can be answered, it is taken in, and the
// page says so.
func TestARoundAsTold(t *testing.T) {
	t.Parallel()
	browsertest.Require(t)
	for name, run := range map[string]func(t *testing.T, line string) (root string){
		"alone": func(t *testing.T, line string) string { return "http://" + runInbox(t, line) },
		"caddy": func(t *testing.T, line string) string {
			return e2e.RunServer(t, "caddy", e2e.Told(t, inboxFile, "caddy",
				"inbox.example.com {", "http://ADDRESS {", "127.0.0.1:8090", runInbox(t, line, "--behind-proxy")))
		},
		"nginx": func(t *testing.T, line string) string {
			return e2e.RunServer(t, "nginx", e2e.Told(t, inboxFile, "nginx",
				"ssl_certificate     /etc/ssl/inbox.pem;", "", "ssl_certificate_key /etc/ssl/inbox.key;", "",
				"listen 443 ssl", "listen ADDRESS", "127.0.0.1:8090", runInbox(t, line, "--behind-proxy")))
		},
		"netlify": runNetlify,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := e2e.NewWorld(t)
			address := run(t, inbox.TokensOf(w.Master.InboxTokens()).String()) + "/inbox"
			round(t, w, address)
			if name != "netlify" { // whose own edge counts
				wantLimited(t, w, address)
			}
		})
	}
}

// runInbox runs the program as an inbox until the test ends, and returns the address and port.
func runInbox(t *testing.T, line string, more ...string) string {
	address := e2e.FreeAddress(t)
	args := append([]string{"inbox", "--dir", t.TempDir(), "--listen", address, "--per-minute", "8"}, more...)
	e2e.Start(t, e2e.Child(t, t.TempDir(), []string{inbox.Line + "=" + line}, args...), "The inbox is at")
	return address
}

// runNetlify runs the function of `init --netlify` with Netlify's own program, which PORTALGEN_NETLIFY
// names the folder of.
func runNetlify(t *testing.T, line string) string {
	modules := filepath.Join(os.Getenv("PORTALGEN_NETLIFY"), "node_modules")
	cli := filepath.Join(modules, ".bin", "netlify")
	_, err := os.Stat(cli)
	e2e.Need(t, "Netlify's program in PORTALGEN_NETLIFY", err == nil)
	dir := t.TempDir()
	function, err := os.ReadFile("../site/starter/netlify/functions/inbox.mjs")
	e2e.Check(t, err)
	e2e.Check(t, os.MkdirAll(filepath.Join(dir, "netlify", "functions"), 0o700))
	e2e.Check(t, os.WriteFile(filepath.Join(dir, "netlify", "functions", "inbox.mjs"), function, 0o600))
	e2e.Check(t, os.Symlink(modules, filepath.Join(dir, "node_modules")))
	address := e2e.FreeAddress(t)
	c := exec.Command(cli, "functions:serve", "--offline", "--port", address[strings.LastIndex(address, ":")+1:])
	c.Dir, c.Env = dir, append(os.Environ(), inbox.Line+"="+line)
	e2e.Start(t, c, "server ready")
	return "http://" + address
}

// round goes around once with the inbox at an address.
func round(t *testing.T, w *e2e.World, address string) {
	file, out := site.ClientFile(ferry), t.TempDir()
	w.Write(t, file, ferryFile)
	w.Write(t, site.ProviderFile, fmt.Sprintf("inbox = %q\n", address)+w.Read(t, site.ProviderFile)+
		"[working_hours]\nfrom = \"09:00\"\nto = \"17:00\"\n")
	passphrase := w.LetIn(t, ferry, "hanna")
	program(t, w, "build", "--out", out, "--now", friday)
	home := e2e.HostWith(t, out, gate.Host{Prefix: "/", Inbox: address}) + "/" + w.Folder(t, ferry) + "/"

	browser := browsertest.Open(t)
	tab := e2e.On(t, browser, friday)
	e2e.Visit(t, tab, home, e2e.Locked)
	e2e.Enter(t, tab, passphrase, 7)
	e2e.Await(t, tab, e2e.Home)
	answers := []struct {
		form   string
		fields map[string]string
		wrote  string
	}{
		{wax, map[string]string{"choice": "yes_due"}, `{ on = 2026-11-20, by = "hanna", did = "agree", via = `},
		{jar + `[data-what*=pier]`, map[string]string{"word": "The *old* one"}, `answer = "The \\*old\\* one"`},
		{jar + `[data-what*=dogs]`, map[string]string{"word": "On a lead"}, `answer = "On a lead"`},
		{label, map[string]string{"choice": "accept", "thanks": "It is lovely"}, `did = "accept", thanks = "It is lovely", via = `},
		{assumed, map[string]string{"choice": "so"}, "confirmed = 2026-11-20\nconfirmed_by = \"hanna\"\nvia = "},
		{wanted, map[string]string{"outcome": "A sign at the pier", "date": "2026-12-18"}, `outcome = "A sign at the pier"`},
		{message, map[string]string{"word": "The phone is dead", "choice": "urgent"}, `about = "The phone is dead"`},
	}
	for _, a := range answers {
		choose(t, tab, a.form, a.fields)
		press(t, tab, a.form, "Send", "Sent 20 November 2026 at ")
	}

	said := program(t, w, "replies", "--yes", "--now", monday)
	text := w.Read(t, file)
	t.Log(said)
	for _, a := range answers {
		if !strings.Contains(text, a.wrote) {
			t.Errorf("%s is not in the file", a.wrote)
		}
	}
	if n := strings.Count(text, " 2026-11-23\""); n != len(answers) {
		t.Errorf("%d facts were written", n)
	}
	if again := program(t, w, "replies", "--yes", "--now", monday); !strings.Contains(again, "No reply waits") {
		t.Errorf("a second time it says %q", again)
	}

	program(t, w, "build", "--out", out, "--now", monday)
	tab = e2e.On(t, browser, monday)
	e2e.Visit(t, tab, home, e2e.Home)
	e2e.Until(t, tab, fmt.Sprintf(`[...document.querySelectorAll('#portal [role=status]')]
		.filter(({ textContent: said }) => said.includes('Taken in: 23 November 2026')).length === %d`, len(answers)))
	if left := browsertest.Eval[int](t, tab, fmt.Sprintf(`document.querySelectorAll(%q).length`, jar)); left != 2 {
		t.Errorf("%d questions wait", left)
	}
	// The hour ran on Friday, from when the message was written.
	e2e.Run(t, tab, `[...document.querySelectorAll('#portal nav a')].find(({ textContent }) => textContent.trim() === 'People').click()`)
	e2e.Await(t, tab, "[data-replies]")
	if record := e2e.Text(t, tab, "[data-replies]"); record != "The one message so far was not seen in time." {
		t.Errorf("the record of replies says %q", record)
	}
	const message = "section[aria-labelledby$=replies] .ruled li"
	if says := e2e.Text(t, tab, message); !strings.Contains(says, "20 November") || !strings.Contains(says, "14:00") {
		t.Errorf("of the message it says %q", says)
	}
}

// wantLimited wants an inbox to refuse more than so many replies, though each says that it comes from
// elsewhere.
func wantLimited(t *testing.T, w *e2e.World, address string) {
	t.Helper()
	for i := range 100 { // a minute may end meanwhile
		r, err := http.NewRequest(http.MethodPost, address, strings.NewReader("no reply"))
		e2e.Check(t, err)
		r.Header.Set("Authorization", "Bearer "+w.Master.InboxTokens().Post)
		r.Header.Set("X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i))
		answer, err := http.DefaultClient.Do(r)
		e2e.Check(t, err)
		e2e.Check(t, answer.Body.Close())
		if answer.StatusCode == http.StatusTooManyRequests {
			return
		}
	}
	t.Error("whoever says that they are somebody else is not counted")
}

// program runs a command of the program on a world, and returns what it says.
func program(t *testing.T, w *e2e.World, args ...string) string {
	t.Helper()
	var said strings.Builder
	if code := cli.Main(append(args, "--site", w.Dir), strings.NewReader(""), &said, &said); code != 0 {
		t.Fatalf("%v ends with %d:\n%s", args, code, said.String())
	}
	return said.String()
}
