package cli

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/ui"
)

const acmeFile = `client = "Acme"
[people]
maria = { name = "Maria Ruiz", side = "client" }
theo = { name = "Theo Lund", side = "client" }
dev = { name = "Dev Patel", side = "provider" }
`

// A counter is a site with one client, and somebody at the terminal.
type counter struct {
	app         *app
	dir         string
	stderr, out bytes.Buffer
}

func standAt(t *testing.T, text string) *counter {
	t.Helper()
	d := &counter{dir: t.TempDir()}
	d.app = &app{term: ui.New(&d.out, &d.stderr, os.Getenv), dir: d.dir, now: "2026-11-20"}
	for name, text := range map[string]string{
		"data/provider.toml":     "name = \"North\"\ntimezone = \"Europe/London\"\n",
		"data/clients/acme.toml": text,
	} {
		path := filepath.Join(d.dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// answers is a person who types these lines, and then Ctrl-D.
func (d *counter) answers(lines ...string) *ui.Asker {
	return ui.NewAsker(strings.NewReader(strings.Join(append(lines, ""), "\n")), &d.stderr)
}

func (d *counter) add(asker *ui.Asker, kind string, flags ...string) error {
	c := d.app.addKind(kind)
	if err := c.ParseFlags(flags); err != nil {
		return err
	}
	return d.app.runAdd(asker, kind, []string{"acme"}, addOptions{editOptions: editOptions{yes: c.Flags().Changed("yes")}}, c.Flags())
}

// file returns what was added to the client's file.
func (d *counter) file(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(d.dir, "data/clients/acme.toml"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(string(text), acmeFile)
}

func (d *counter) heard(t *testing.T, all ...string) {
	t.Helper()
	for _, s := range all {
		if !strings.Contains(d.stderr.String(), s) {
			t.Errorf("%q was not printed:\n%s", s, d.stderr.String())
		}
	}
}

func TestAskedForACommitment(t *testing.T) {
	d := standAt(t, acmeFile)
	err := d.add(d.answers("", "Online booking", "marai", "theo", "soon", "+14", "", ""), "commitment")
	if err != nil {
		t.Fatal(err)
	}
	d.heard(t, "What is it, in a few words? ", "It cannot be left out.", "(maria, theo, dev)", `"marai" is nobody in [people]`,
		`Did you mean "maria"?`, `"soon" is not a date`, "Write it? (y, n) [y] ")
	if strings.Contains(d.stderr.String(), "Who does it?") {
		t.Error("asked for the only one of the other side")
	}
	want := "\n[[commitment]]\nid = \"online-booking\"\ntitle = \"Online booking\"\ncustomer = \"theo\"\nperformer = \"dev\"\n" +
		"moves = [\n  { on = 2026-11-20, by = \"theo\", did = \"request\", due = 2026-12-04 },\n]\n"
	if got := d.file(t); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestAskedAndNotWritten(t *testing.T) {
	for name, lines := range map[string][]string{
		"Ctrl-D at once": nil, "Ctrl-D between": {"Brass"}, "Ctrl-D at the end": {"Brass", "", ""}, "no": {"Brass", "", "", "maybe", "n"},
	} {
		t.Run(name, func(t *testing.T) {
			d := standAt(t, acmeFile)
			if err := d.add(d.answers(lines...), "decision"); err != nil {
				t.Fatal(err)
			}
			d.heard(t, "Nothing was written.")
			if got := d.file(t); got != "" {
				t.Errorf("written:\n%s", got)
			}
		})
	}
}

func TestNotAskedTwice(t *testing.T) {
	d := standAt(t, acmeFile)
	if err := d.add(d.answers("Maria", "", ""), "decision", "--text", "Brass", "--why", "Rust", "--yes"); err != nil {
		t.Fatal(err)
	}
	if got := d.file(t); !strings.Contains(got, "by = \"maria\"\ntext = \"Brass\"\nwhy = \"Rust\"\n") {
		t.Errorf("got\n%s", got)
	}
	if strings.Contains(d.stderr.String(), "Write it?") || strings.Contains(d.stderr.String(), "Why?") {
		t.Errorf("asked for what was given:\n%s", d.stderr.String())
	}
}

// editor makes the draft's lines those of a script in which $1 is the draft.
func editor(t *testing.T, script string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "my editor")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("VISUAL", "'"+path+"'")
}

// At the terminal a status note without a headline opens the editor, and again
// where something is wrong with it.
func TestWrittenInAnEditor(t *testing.T) {
	d := standAt(t, acmeFile)
	editor(t, `sed -i 's/"pink"/"red"/; s/^rag = "green"/rag = "pink"/; s/^headline = ""/headline = "Late"/' "$1"`)
	if err := d.add(d.answers("", ""), "status"); err != nil {
		t.Fatal(err)
	}
	d.heard(t, `"rag" cannot be "pink"`, ui.EditAgain, ui.WriteIt)
	if got := d.file(t); got != "\n[[status]]\non = 2026-11-20\nrag = \"red\"\nheadline = \"Late\"\n" {
		t.Errorf("got\n%s", got)
	}
}

func TestADraftIsOfferedAgain(t *testing.T) {
	d := standAt(t, acmeFile)
	editor(t, `sed -i 's/^headline = ""/headline = "Mine"/' "$1"`)
	if err := d.add(d.answers("n"), "status"); err != nil {
		t.Fatal(err)
	}
	d.heard(t, "Nothing was written.", "Your text is kept in .portalgen/drafts/acme-status.toml")
	editor(t, `sed -i 's/Mine/Still mine/' "$1"`)
	if err := d.add(d.answers("y", "y"), "status"); err != nil {
		t.Fatal(err)
	}
	d.heard(t, ui.GoOnWith)
	if got := d.file(t); !strings.Contains(got, `headline = "Still mine"`) {
		t.Errorf("got\n%s", got)
	}
}

// A draft that is not wanted is kept beside the new one.
func TestADraftIsNeverLost(t *testing.T) {
	d := standAt(t, acmeFile)
	editor(t, `sed -i 's/^headline = ""/headline = "Mine"/' "$1"`)
	for _, lines := range [][]string{{"n"}, {"n", "n"}} {
		if err := d.add(d.answers(lines...), "status"); err != nil {
			t.Fatal(err)
		}
	}
	before, err := os.ReadFile(filepath.Join(d.dir, ".portalgen/drafts/acme-status-before.toml"))
	if err != nil || !strings.Contains(string(before), "Mine") {
		t.Errorf("got %q, %v", before, err)
	}
}

func (d *counter) move(asker *ui.Asker, args []string, flags ...string) error {
	c := d.app.move()
	if err := c.ParseFlags(flags); err != nil {
		return err
	}
	return d.app.runMove(asker, args, moveOptions{editOptions: editOptions{yes: !c.Flags().Changed("yes")}}, c.Flags())
}

const signCommitment = `
[[commitment]]
id = "sign"
title = "The sign"
customer = "maria"
performer = "dev"
moves = [
  { on = 2026-11-02, by = "maria", did = "request", due = 2026-12-04 },
  { on = 2026-11-03, by = "dev", did = "promise" },
]

[[commitment]]
id = "door"
title = "The door"
customer = "maria"
performer = "dev"
moves = [
  { on = 2026-11-02, by = "maria", did = "request", due = 2026-12-04 },
  { on = 2026-11-03, by = "dev", did = "decline", note = "No" },
]
`

// Whatever a move lacks is asked for: whose, which, what, and why where that is owed.
func TestAskedForAMove(t *testing.T) {
	d := standAt(t, acmeFile+signCommitment)
	if err := d.move(d.answers("acne", "acme", "sing", "", "promise", "renegotiate", "", "+21", "", "The key is late"), nil); err != nil {
		t.Fatal(err)
	}
	d.heard(t, ui.WhichClient+" (acme) [acme] ", `did you mean "acme"?`, ui.WhichCommitment+" (sign) [sign] ", `did you mean "sign"?`,
		ui.WhichMove+" (withdraw, renegotiate,", `"promise" cannot be done now`, "Who asked for a new date or a new condition? (dev, maria, theo) [dev] ", "It cannot be left out.")
	if got := d.file(t); !strings.Contains(got, "  { on = 2026-11-20, by = \"dev\", did = \"renegotiate\", due = 2026-12-11, note = \"The key is late\" },\n]\n\n[[commitment]]\nid = \"door\"") {
		t.Errorf("got\n%s", got)
	}
}

// A move that is nothing but words is asked for them, and can be written without.
func TestAskedForTheWordsOfAMove(t *testing.T) {
	for words, want := range map[string]string{"Half is done": ", note = \"Half is done\" },\n", "": " },\n"} {
		d := standAt(t, acmeFile+signCommitment)
		if err := d.move(d.answers("", words, ""), []string{"acme", "sign", "progress"}); err != nil {
			t.Fatal(err)
		}
		d.heard(t, "How far is it?")
		if got := d.file(t); !strings.Contains(got, "by = \"dev\", did = \"progress\""+want) {
			t.Errorf("%q: got\n%s", words, got)
		}
	}
}

// What the client's side alone can have done is written only where somebody says who it was.
func TestNobodySpeaksForTheClient(t *testing.T) {
	delivered := strings.Replace(signCommitment, "did = \"promise\" },\n", "did = \"promise\" },\n  { on = 2026-11-04, by = \"dev\", did = \"deliver\" },\n", 1)
	d := standAt(t, acmeFile+delivered)
	var wrong wrongUse
	for name, asker := range map[string]*ui.Asker{"nobody there": nil, "with --yes": d.answers("", "", "")} {
		if err := d.move(asker, []string{"acme", "sign", "accept"}); !errors.As(err, &wrong) || !strings.Contains(err.Error(), "--by ") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if err := d.move(d.answers("", "n"), []string{"acme", "sign", "accept"}, "--yes=false"); err != nil {
		t.Fatal(err)
	}
	d.heard(t, "Who accepted it? (maria, theo) [maria] ", "This says that Maria Ruiz said it. Write it? (y, n) [y] ", "Nothing was written.")
	if got := d.file(t); got != delivered {
		t.Errorf("written:\n%s", got)
	}
	if err := d.move(nil, []string{"acme", "sign", "accept"}, "--by", "theo"); err != nil || !strings.Contains(d.file(t), "by = \"theo\", did = \"accept\"") {
		t.Errorf("got %v\n%s", err, d.file(t))
	}
}

// A client is called by a part of its id or name, the same by every command that takes one.
func TestAClientByAPart(t *testing.T) {
	d := standAt(t, strings.Replace(acmeFile, `"Acme"`, `"The Abara family"`, 1)+signCommitment)
	if err := os.WriteFile(filepath.Join(d.dir, "data/clients/bolt.toml"), []byte("client = \"Bolt\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"acme", "ac", "abara", "THE AB"} {
		d.out.Reset()
		if err := d.move(nil, []string{word, "sign", "progress"}, "--by", "dev"); err != nil || !strings.Contains(d.file(t), "progress") {
			t.Errorf("move %s: %v", word, err)
		}
		if err := d.app.runToday(t.Context(), todayOptions{clients: []string{word}}); err != nil {
			t.Errorf("today --client %s: %v", word, err)
		}
		if err := d.app.runAccessList([]string{word}, false); err == nil || !strings.Contains(err.Error(), "there is no master key") {
			t.Errorf("access list %s: %v, not the want of a key", word, err)
		}
	}
	var wrong wrongUse
	list := "\n  acme              The Abara family\n  bolt              Bolt"
	for word, want := range map[string]string{"b": "may be any of these; say more of it:" + list, "zed": "no such client. There are:" + list} {
		for name, run := range map[string]func() error{
			"move":   func() error { return d.move(nil, []string{word, "sign", "progress"}, "--by", "dev") },
			"build":  func() error { return d.app.runBuild(t.Context(), buildOptions{out: "public", clients: []string{word}}) },
			"access": func() error { return d.app.runRemove(word, "maria") },
			"share":  func() error { return d.app.runShare(word, nil, shareOptions{}) },
		} {
			if err := run(); !errors.As(err, &wrong) || !strings.Contains(err.Error(), want) {
				t.Errorf("%s %s: got %v", name, word, err)
			}
		}
	}
}

// Nobody is asked for a client where one is named, nor for a name of a new one.
func TestAskedWhoseItIs(t *testing.T) {
	d := standAt(t, acmeFile)
	if err := d.app.runAdd(d.answers("", "Brass", "", "", ""), "decision", nil, addOptions{}, d.app.addKind("decision").Flags()); err != nil {
		t.Fatal(err)
	}
	d.heard(t, ui.WhichClient)
	if got := d.file(t); !strings.Contains(got, `text = "Brass"`) {
		t.Errorf("got\n%s", got)
	}
	if err := d.app.runNewClient(d.answers("", "Zinc", "Ana Ruiz", "y"), nil, newOptions{}); err != nil {
		t.Fatal(err)
	}
	d.heard(t, ui.NewClientName)
	d.heard(t, ui.NewClientPerson)
	if text, err := os.ReadFile(filepath.Join(d.dir, "data/clients/zinc.toml")); err != nil || !strings.Contains(string(text), `ana = { name = "Ana Ruiz"`) {
		t.Errorf("%v, got\n%s", err, text)
	}
	for name, run := range map[string]func(*ui.Asker) error{
		"add": func(a *ui.Asker) error {
			return d.app.runAdd(a, "decision", nil, addOptions{}, d.app.addKind("decision").Flags())
		},
		"move": func(a *ui.Asker) error { return d.move(a, nil) },
		"new":  func(a *ui.Asker) error { return d.app.runNewClient(a, nil, newOptions{}) },
	} {
		var wrong wrongUse
		if err := run(nil); !errors.As(err, &wrong) {
			t.Errorf("%s, with nobody to ask: %v", name, err)
		}
		if err := run(d.answers()); err != nil {
			t.Errorf("%s, with Ctrl-D: %v", name, err)
		}
	}
}
