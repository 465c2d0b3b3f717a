package access

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"portalgen/internal/diag"
	"portalgen/internal/seal"
)

func TestOpenWithAnotherKey(t *testing.T) {
	f, err := Parse(clientID, withMaria())
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Open(other)
	var wrong *WrongKeyError
	if !errors.As(err, &wrong) || wrong.File != "data/access/acme-dental.toml" || wrong.OrEdited {
		t.Errorf("got %v", err)
	}

	f, err = Parse(clientID, Default(master, clientID).text(master))
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Open(other)
	if !errors.As(err, &wrong) || !strings.Contains(err.Error(), "epoch or path_key was changed by hand") {
		t.Errorf("where nobody has access: %v", err)
	}
}

func TestDamagedFiles(t *testing.T) {
	c := opened(t, withMaria())
	if _, err := c.AddLink(Link{Kind: PortalLink, Created: today}); err != nil {
		t.Fatal(err)
	}
	good := string(c.text(master))
	id := c.people[0].ID.String()
	again := good[strings.Index(good, "[[person]]"):strings.Index(good, "[[link]]")]
	tests := []struct{ name, old, new, want string }{
		{"syntax", "version = 1", "version = = 1", "acme-dental.toml:3"},
		{"newer version", "version = 1", "version = 2", "version 2; this program knows version 1"},
		{"another client", `client = "acme-dental"`, `client = "acme"`, `of the client "acme"`},
		{"unknown key", "version = 1", "version = 1\nextra = 2", "unknown key extra"},
		{"wrong type", "version = 1", "version = 'x'", "version"},
		{"salt", `salt = "`, `salt = "AAAA`, "salt:"},
		{"epoch", `epoch = "`, `epoch = "*`, "epoch:"},
		{"path key cut off", `path_key = "`, `path_key = "AAAA`, "path_key:"},
		{"person without id", `person = "maria"`, `person = ""`, `person ""`},
		{"id of a person", id, "maria", "not the id of a credential"},
		{"another id", id, seal.NewID().String(), `person "maria": it was changed by hand`},
		{"entry twice", "[[link]]", again + "[[link]]", "twice"},
		{"kind of link", `kind = "portal"`, `kind = "site"`, `"site" is not a kind`},
		{"portal link with a page", `kind = "portal"`, "kind = \"portal\"\npage = \"x\"", "has no page"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := Parse(clientID, []byte(strings.Replace(good, tt.old, tt.new, 1)))
			if err == nil {
				_, err = f.Open(master)
			}
			var p diag.Problem
			if !errors.As(err, &p) || !strings.Contains(err.Error(), tt.want) || p.File != FileName(clientID) ||
				p.Hint == "" {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// Every field of an entry belongs to its secret, and salt and epoch to the path key. Who can
// write the file and has no key can end an access and change none.
func TestAnEditedFieldIsFound(t *testing.T) {
	t.Parallel()
	c := opened(t, withMaria())
	id := addLinkTo(t, c, Link{Kind: PageLink, Page: "abc", Created: today, Expires: today.AddDate(0, 0, 2), Note: "for Theo"})
	second := addLinkTo(t, c, Link{Kind: PortalLink, Created: today})
	good := string(c.text(master))
	link := fmt.Sprintf("entry of the link %q: it was changed by hand", id)
	const maria = `entry of the person "maria": it was changed by hand`
	personID := c.people[0].ID.String()
	const base64OfZeros = "AAAAAAAAAAAAAAAAAAAAAA=="
	line := func(key string) string {
		at := strings.Index(good, "\n"+key+" = ") + 1
		return good[at : at+strings.IndexByte(good[at:], '\n')]
	}
	for name, tt := range map[string]struct{ old, new, want string }{
		"person":           {`person = "maria"`, `person = "mary"`, `entry of the person "mary": it was changed by hand`},
		"id of a person":   {personID, seal.NewID().String(), maria},
		"created (person)": {"created = 2026-11-20", "created = 2026-11-19", maria},
		"page":             {`page = "abc"`, `page = "abd"`, link},
		"Home":             {"page = \"abc\"\n", "", link},
		"kind":             {"kind = \"page\"\npage = \"abc\"\n", "kind = \"portal\"\n", link},
		"later end":        {"expires = 2026-11-22", "expires = 2036-11-22", link},
		"no end":           {"expires = 2026-11-22T09:30:00Z\n", "", link},
		"note":             {`note = "for Theo"`, `note = "for Maria"`, link},
		"created (link)":   {"Z\ncreated = 2026-11-20", "Z\ncreated = 2026-11-21", link},
		"id of a link":     {id, seal.NewID().String(), "it was changed by hand"},
		"another's secret": {line("secret"), "secret = " + encode(c.links[1].secret.sealed), link},
		"an end added":     {second + "\"\nkind = \"portal\"", second + "\"\nkind = \"portal\"\nexpires = 2026-12-01T00:00:00Z", second},
		"salt":             {line("salt"), `salt = "` + base64OfZeros + `"`, "salt, epoch or path_key was changed by hand"},
		"epoch":            {line("epoch"), `epoch = "` + base64OfZeros + `"`, "salt, epoch or path_key was changed by hand"},
	} {
		changed := strings.Replace(good, tt.old, tt.new, 1)
		if changed == good {
			t.Errorf("%s: nothing is changed", name)
		}
		f, err := Parse(clientID, []byte(changed))
		if err == nil {
			_, err = f.Open(master)
		}
		var p diag.Problem
		if !errors.As(err, &p) || !strings.Contains(p.Message, tt.want) || p.File != FileName(clientID) ||
			p.Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
