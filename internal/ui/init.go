package ui

import (
	"fmt"
	"slices"
	"strings"

	"portalgen/internal/diag"
)

// The questions of init. All except the time zone can be answered with Enter: then an example is written, to
// change in the file.
const (
	StartName     = "What is your business called? (Enter for later)"
	StartPerson   = "Your own name? (Enter for later)"
	StartEmail    = "Where do clients write to? An e-mail address (Enter for later)"
	StartTimezone = "Your time zone?"
	StartColor    = "Your colour? Such as #2f6f63 (Enter for a green)"

	AgreeToNewKey = `Type "new key" to go on:`
)

// ClearSamples is the question before samples are removed.
func ClearSamples(ids []string) string {
	return "The program's samples are here (" + strings.Join(ids, ", ") + "). Clear them, to begin your own site?"
}

// Cleared says which samples were removed.
func (t *Terminal) Cleared(removed []string) {
	for _, name := range removed {
		t.Say("removed %s", name)
	}
	if len(removed) == 0 {
		t.Say("No sample is here.")
	}
}

// A Begun is what init did and found.
type Begun struct {
	Wrote                []string
	MadeKey, HasVariable bool
	// Unnamed says that the provider's name or address is still an example.
	Unnamed          bool
	Clients, Samples []string
}

// Begun says what init wrote, and what to do next.
func (t *Terminal) Begun(b Begun) {
	for _, name := range b.Wrote {
		t.Say("wrote %s", name)
	}
	if b.MadeKey {
		t.Say("wrote .portalgen/key")
		t.Note("\nThe master key is in .portalgen/key. Keep a copy of it in a safe place: without it\n" +
			"nobody's access can be changed, and nothing can be built again as it was.")
	}
	if b.HasVariable {
		t.Note("\nPORTALGEN_KEY is set: that is the master key, and none is made here.")
	}
	if len(b.Samples) > 0 {
		t.Note("\nThe program's samples are here; `portalgen init --clear-samples` clears them.")
	}
	begun := len(b.Wrote) > 0 || b.MadeKey
	first := len(b.Clients) == 0 || slices.Contains(b.Wrote, "data/clients/first-client.toml")
	switch {
	case !begun && !b.Unnamed && !first:
		t.Say("Nothing to do: everything is here.")
	case !begun:
		t.Say("No file is missing here.")
	}
	if b.Unnamed {
		t.Note("\nPut your name and e-mail address into data/provider.toml: the ones there are examples.")
	}
	if !begun && !first {
		return
	}
	t.Note("\nNext:")
	if first {
		t.Note("  portalgen new client NAME             begins a client's file")
	}
	t.Note("  portalgen serve                       shows the portals and every change\n" +
		"  portalgen access add CLIENT PERSON    gives a person a passphrase\n" +
		"  portalgen build                       publishes into public/")
}

// A HadAccess lists who could open a portal before the master key was lost.
type HadAccess struct {
	Client string
	// HasFile says that the client still has a file.
	HasFile bool
	People  []string
	// Links are the notes of the links that were given out, "" for a link without a note.
	Links []string
	// Wrong says why the access file cannot be read.
	Wrong string
}

// BeforeNewKey says what a new key makes invalid.
func (t *Terminal) BeforeNewKey(portals int) {
	t.Note(`A new master key opens nothing that the lost one sealed. In %s every passphrase and every
link ends for good, and each portal has a new address unless its file gives it a name with
portal = "…". Only do this if no copy of the key is left: on another machine, at your host, in
a backup.`, plural(portals, "portal", "portals"))
}

// NewKey says that there is a new master key, and who had access before. host is as in KeyChanged.
func (t *Terminal) NewKey(aside, host string, had []HadAccess) {
	t.Say("# There is a new master key in .portalgen/key. Keep a copy of it in a safe place.")
	t.keyAtHost("", host)
	if aside == "" {
		return
	}
	t.Say("# What was sealed under the one before is set aside in %s.", aside)
	t.Say("# These had access; each line gives it again, and shows a new passphrase:")
	for _, h := range had {
		switch {
		case h.Wrong != "":
			t.Say("# who had access to %s cannot be read: %s", diag.Printable(h.Client), diag.Printable(h.Wrong))
		case !h.HasFile:
			t.Say("# %s has no file any more", diag.Printable(h.Client))
		}
		for _, person := range h.People {
			if h.HasFile {
				t.Say("%s", diag.Command("access", "add", h.Client, person))
			}
		}
		if n := len(h.Links); n > 0 && h.HasFile {
			notes := slices.DeleteFunc(slices.Clone(h.Links), func(note string) bool { return note == "" })
			t.Say("# and %s to %s%s: `%s`", plural(n, "link", "links"), diag.Printable(h.Client),
				also(len(notes) > 0, diag.Printable(fmt.Sprint(strings.Join(notes, "; ")))), diag.Command("share", h.Client))
		}
	}
	t.Note("Then commit data/access, run `portalgen build`, publish, and send each client the new address.")
}
