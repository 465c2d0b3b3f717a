// Package ui holds every text that the terminal shows, except problems, which diag shows. If nothing is wrong
// it prints little.
//
// It must not know how anything is done.
package ui

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"

	"portalgen/internal/diag"
)

// A Terminal is where a command writes: its result to Out, everything else to Err. Nothing written to either
// can control the terminal.
type Terminal struct {
	Out, Err io.Writer
	// out and err are the same without that protection: out for other screens, err for code that moves the
	// cursor itself.
	out, err io.Writer
	// color and outColor say whether Err and Out show colours.
	color, outColor bool
	person          bool
	// Done is closed when the program is about to end; questions are then cancelled.
	Done <-chan struct{}
	// Site is the folder given by --site, "" for none: commands in messages name it too.
	Site string
	// Under is the path from the user's folder to the site's; "" if names are shown unchanged.
	Under string
}

// New returns a Terminal. It uses colours on a terminal if NO_COLOR is not set.
func New(out, err io.Writer, getenv func(string) string) *Terminal {
	colors := getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
	return &Terminal{
		Out: &screen{w: out, as: asMark}, Err: &screen{w: err, as: asMark}, out: out, err: err, person: isTerminal(err),
		color: colors && isTerminal(err), outColor: colors && isTerminal(out),
	}
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Say writes one line to Out.
func (t *Terminal) Say(format string, args ...any) {
	fmt.Fprintln(t.Out, t.here(fmt.Sprintf(format, args...)))
}

// HTML returns a writer to Out for HTML, whose meaning stays the same.
func (t *Terminal) HTML() io.Writer { return &screen{w: t.out, as: asHTML} }

// Data returns a writer to Out for JSON, whose meaning stays the same.
func (t *Terminal) Data() io.Writer { return &screen{w: t.out, as: asJSON} }

// Note writes one line to Err.
func (t *Terminal) Note(format string, args ...any) {
	fmt.Fprintln(t.Err, t.here(fmt.Sprintf(format, args...)))
}

// here returns a text with --site added to its commands, if Site is set. A command stands at the beginning of
// a line, or after a backquote.
func (t *Terminal) here(text string) string {
	const name = "portalgen "
	if t.Site == "" || !strings.Contains(text, name) {
		return text
	}
	var b strings.Builder
	done := 0
	for {
		n := strings.Index(text[done:], name)
		if n < 0 {
			b.WriteString(text[done:])
			return b.String()
		}
		before, after := text[:done+n], text[done+n+len(name):]
		b.WriteString(text[done : done+n+len(name)])
		done += n + len(name)
		line := strings.TrimLeft(before[strings.LastIndexByte(before, '\n')+1:], " \t")
		if begins := line == "" || line[len(line)-1] == '`'; begins && after != "" && 'a' <= after[0] && after[0] <= 'z' {
			b.WriteString("--site " + diag.QuoteWord(t.Site) + " ")
		}
	}
}

// Problems writes ps to Err, and how many errors there are.
func (t *Terminal) Problems(ps diag.Problems) {
	t.problems(ps)
	if errs := len(ps.Errors()); errs > 1 {
		t.Note("\n%d errors", errs)
	}
}

func (t *Terminal) problems(ps diag.Problems) {
	var paint func(code, s string) string
	if t.color {
		paint = painted
	}
	ps = slices.Clone(ps)
	for i := range ps {
		p := &ps[i]
		p.File, p.Message, p.Hint, p.Command = t.Place(p.File), t.here(p.Message), t.here(p.Hint), t.here(p.Command)
	}
	var text bytes.Buffer
	diag.Terminal(&text, ps, paint)
	_, _ = t.Err.Write(text.Bytes()) // at once: there may be thousands
}

// Place returns the name of a file of the site as the user has to type it.
func (t *Terminal) Place(name string) string {
	if t.Under == "" || filepath.IsAbs(name) || strings.HasPrefix(name, "..") {
		return name
	}
	return path.Join(filepath.ToSlash(t.Under), name)
}

// WrongUse says that a command was used wrongly.
func (t *Terminal) WrongUse(command string, err error) {
	t.Note("%s\n\nSee: %s --help", err, command)
}

// Built says what a build did.
func (t *Terminal) Built(out string, clients, written, unchanged, removed int, took time.Duration) {
	parts := []string{fmt.Sprintf("%d written", written), fmt.Sprintf("%d unchanged", unchanged)}
	if removed > 0 {
		parts = append(parts, fmt.Sprintf("%d removed", removed))
	}
	t.Say("%s in %s: files %s (%s)", plural(clients, "portal", "portals"), out, strings.Join(parts, ", "), round(took))
}

// Rebuilt says that a change was built.
func (t *Terminal) Rebuilt(what []string, took time.Duration) {
	names := strings.Join(what, ", ")
	if len(what) == 0 {
		names = "all portals"
	} else if len(what) > 3 {
		names = fmt.Sprintf("%s and %d more", strings.Join(what[:3], ", "), len(what)-3)
	}
	t.Say("%s  %s (%s)", time.Now().Format(time.TimeOnly), names, round(took))
}

// ProblemsGone says that all problems are fixed.
func (t *Terminal) ProblemsGone() { t.Note("All problems are fixed.") }

// A Preview is what serve shows for one portal.
type Preview struct {
	ID, Client, Address, Link string
	// Passphrase opens a sample; "" for any other portal.
	Passphrase string
}

// NoClients says that a preview is empty, and how to fill it.
func (t *Terminal) NoClients() {
	t.Say("No clients yet: `portalgen new client NAME` begins one, and it shows here.")
}

// Desk says where the page of all clients is.
func (t *Terminal) Desk(link string) {
	t.Say("All clients at a glance, for you alone")
	t.Say("  desk        %s", link)
}

// Previewing says where the preview is, and that it is only for this machine.
func (t *Terminal) Previewing(root string) {
	t.Say("\nPreview at %s, on this machine alone: do not send its links. Ctrl-C ends it.", root)
}

// Previews shows where portals are, at most most of them.
func (t *Terminal) Previews(all []Preview, most int) {
	for _, p := range all[:min(most, len(all))] {
		t.Say("%s", diag.Printable(p.Client))
		t.Say("  address     %s", p.Address)
		t.Say("  open        %s", p.Link)
		if p.Passphrase != "" {
			t.Say("  passphrase  %s", p.Passphrase)
		}
	}
	if more := len(all) - most; more > 0 {
		t.Say("and %d more: name some with --client ID", more)
	}
}

// Passphrase shows a new passphrase of a person, once, and its address. Both names are as in files.
func (t *Terminal) Passphrase(client, person, passphrase, address string) {
	t.Say("%s", passphrase)
	t.Note("This is the passphrase of %s for the portal of %s. It is shown once and stored nowhere: "+
		"hand it over by another way than the address.",
		diag.Printable(person), diag.Printable(client))
	if pathOnly(address) {
		address += " (" + setBaseURL + ")"
	}
	t.Note("The address is %s", address)
	t.Note(buildNext)
}

// Progress returns a function that counts up to n in the terminal, once a second has passed. Without a person
// at the terminal it does nothing.
func (t *Terminal) Progress(n int) (step func(), done func()) {
	if !t.person || n < 2 {
		return func() {}, func() {}
	}
	return progress(t.err, n)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func round(d time.Duration) time.Duration {
	switch {
	case d > 10*time.Second:
		return d.Round(100 * time.Millisecond)
	case d > time.Second:
		return d.Round(10 * time.Millisecond)
	}
	return d.Round(time.Millisecond)
}
