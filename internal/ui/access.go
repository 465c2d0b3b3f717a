package ui

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"portalgen/internal/diag"
)

// An Access lists who can open one client's portal.
type Access struct {
	Client string `json:"client"`
	Name   string `json:"name"`
	// Address is the address of the portal, or only its path if provider.toml has no base_url.
	Address string         `json:"address"`
	People  []AccessPerson `json:"people"`
	Links   []AccessLink   `json:"links"`
}

// An AccessPerson is a person with a passphrase.
type AccessPerson struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Since    string `json:"since"`
	Stranger bool   `json:"stranger"`
}

// An AccessLink is a link that was given out, without its secret.
type AccessLink struct {
	ID   string `json:"id"`
	Kind string `json:"kind"`
	// Page is the title of the page; "" for a link to the portal, and for a page that no longer exists.
	Page    string `json:"page"`
	Created string `json:"created"`
	// Expires is "" for a link without an end.
	Expires string `json:"expires"`
	Note    string `json:"note"`
	Live    bool   `json:"live"`
	// Unknown says that the client's pages are unknown at present.
	Unknown bool `json:"-"`
}

// shownIDLen is how many letters of a link's id are shown.
const shownIDLen = 8

// shortID returns the part of a link's id that is shown and typed.
func shortID(id string) string { return id[:min(len(id), shownIDLen)] }

// AccessLists shows who can open which portal.
func (t *Terminal) AccessLists(all []Access) {
	for i, a := range all {
		if i > 0 {
			t.Say("")
		}
		t.Say("%s (%s)", diag.Printable(a.Name), diag.Printable(a.Client))
		t.Say("  %s", a.Address)
		if len(a.People) == 0 {
			t.Say("  nobody has a passphrase")
		}
		w := tabwriter.NewWriter(t.Out, 0, 0, 2, ' ', 0)
		for _, p := range a.People {
			fmt.Fprintf(w, "  %s\t%s\tsince %s%s\n", diag.Printable(p.ID), diag.Printable(p.Name), p.Since,
				also(p.Stranger, "not among the people of the client any more"))
		}
		_ = w.Flush() // an error is ignored, as in Say
		t.links(a.Links)
	}
	if len(all) > 0 && pathOnly(all[0].Address) {
		t.Say("(%s)", setBaseURL)
	}
}

// LinkList shows the links that were given out.
func (t *Terminal) LinkList(links []AccessLink) {
	if len(links) == 0 {
		t.Say("  no link is out")
	}
	t.links(links)
}

// LinkLists shows the links of each client's portal, without the clients that have none.
func (t *Terminal) LinkLists(all []Access) {
	none := true
	for _, a := range all {
		if len(a.Links) == 0 {
			continue
		}
		none = false
		t.Say("%s (%s)", diag.Printable(a.Name), diag.Printable(a.Client))
		t.links(a.Links)
	}
	if none {
		t.LinkList(nil)
	}
}

func (t *Terminal) links(links []AccessLink) {
	w := tabwriter.NewWriter(t.Out, 0, 0, 2, ' ', 0)
	for _, l := range links {
		fmt.Fprintf(w, "  %s\t%s\tsince %s\t%s%s\n", shortID(l.ID), diag.Printable(l.Opens()), l.Created,
			l.ends(), also(l.Note != "", diag.Printable(l.Note)))
	}
	_ = w.Flush()
}

// Opens says what a link opens.
func (l AccessLink) Opens() string {
	switch {
	case l.Kind == "portal":
		return "link to the whole portal"
	case l.Unknown:
		return "link to a page; the client's file cannot be read now"
	case l.Page == "":
		return "link to a page that is gone"
	}
	return "link to “" + l.Page + "”"
}

func (l AccessLink) ends() string {
	switch {
	case l.Expires == "":
		return "no end"
	case l.Live:
		return "until " + l.Expires
	}
	return "ended " + l.Expires
}

func also(is bool, what string) string {
	if !is {
		return ""
	}
	return "  (" + what + ")"
}

// SameClient is the question before a portal moves from one client's id to another.
func SameClient(from, to string, strangers []string) string {
	return fmt.Sprintf("%s can open the portal of %s, and nobody among the people of %s is called so. "+
		"Is it the same client?",
		diag.Printable(strings.Join(strangers, ", ")), from, to)
}

// Renamed says that a client has a new id.
func (t *Terminal) Renamed(from, to string) {
	t.Say("%s is %s now, with the same address, passphrases and links.", from, to)
	t.Note("Commit both names, as `git add -A data` does. %s", buildNext)
}

// JSON writes v to Out.
func (t *Terminal) JSON(v any) error {
	enc := json.NewEncoder(t.Data())
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// buildNext ends each message about changed access.
const buildNext = "Build and publish for this to hold: `portalgen build`."

// Removed says that a person has no access any more, and which links they may still have.
func (t *Terminal) Removed(clientID, person string, links []AccessLink) {
	t.Say("%s has no access to the portal of %s any more.", diag.Printable(person), clientID)
	t.Note(buildNext + " Until then the old pages are there, and whoever has a copy of them keeps it.")
	if len(links) == 0 {
		return
	}
	t.Note("\nThese links work for whoever has them, and %s may:", diag.Printable(person))
	for _, l := range links {
		t.Note("  %s  %s, since %s%s", shortID(l.ID), diag.Printable(l.Opens()), l.Created,
			also(l.Note != "", diag.Printable(l.Note)))
	}
	t.Note("Take one away with `portalgen share revoke %s LINK`.", clientID)
}

// Rotated says that a client's keys have changed.
func (t *Terminal) Rotated(clientID string) {
	t.Say("The keys of %s are others from the next build on. Every passphrase and link still works.", clientID)
	t.Note(buildNext)
}
