package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/ui"
)

// What is asked for of the tables that are seldom added, and what is written.
func TestAddingSeldomTables(t *testing.T) {
	for kind, tt := range map[string]struct {
		answers []string
		want    string
	}{
		"change":                 {[]string{"Blue tiles", "maria", "USD 300", "sign"}, "[[change]]\non = 2026-11-20\nby = \"maria\"\ntext = \"Blue tiles\"\neffect = \"USD 300\"\ncommitment = \"sign\"\n"},
		"assumption":             {[]string{"The wall is dry", ""}, "[[assumption]]\non = 2026-11-20\ntext = \"The wall is dry\"\n"},
		"goal":                   {[]string{"More guests", "By the till", "40 a day"}, "[[goal]]\ntitle = \"More guests\"\nmeasure = \"By the till\"\ntarget = \"40 a day\"\n"},
		"term":                   {[]string{"sign", "The board above the door"}, "[[term]]\nword = \"sign\"\nmeans = \"The board above the door\"\n"},
		"commitment.deliverable": {[]string{"", "A sketch", "+14", "", ""}, "  [[commitment.deliverable]]\n  id = \"a-sketch\"\n  title = \"A sketch\"\n  due = 2026-12-04\n"},
		"people.*":               {[]string{"Zoë Brandt", "", "Owner", "", ""}, "zoe = { name = \"Zoë Brandt\", side = \"client\", role = \"Owner\" }\n"},
		"about":                  {[]string{"Bread", "", ""}, "[about]\nbusiness = \"Bread\"\n"},
		"promises":               {[]string{"4 hours", "weekly"}, "[promises]\nreply_within = \"4 hours\"\ncheck_in = \"weekly\"\n"},
		"review":                 {[]string{"On time", "", "", "Thank you"}, "[review]\non = 2026-11-20\nwent_well = [\"On time\"]\nprovider_says = \"Thank you\"\n"},
		"file":                   {[]string{"Pictures", "", "https://files.example/a"}, "[[file]]\non = 2026-11-20\ntitle = \"Pictures\"\nlink = \"https://files.example/a\"\n"},
	} {
		t.Run(kind, func(t *testing.T) {
			d := standAt(t, acmeFile+signCommitment)
			if err := d.add(d.answers(append(tt.answers, "y")...), kind); err != nil {
				t.Fatal(err)
			}
			if got := d.file(t); !strings.Contains(got, tt.want) {
				t.Errorf("got\n%s\n%s", got, d.stderr.String())
			}
		})
	}
}

// A word of the client's own comes before those of the provider's file.
func TestAddingATermBesideTheProviders(t *testing.T) {
	d := standAt(t, acmeFile)
	provider := "name = \"North\"\ntimezone = \"Europe/London\"\n[[term]]\nword = \"draft\"\nmeans = \"To be judged\"\n"
	if err := os.WriteFile(filepath.Join(d.dir, "data/provider.toml"), []byte(provider), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"sign", "board"} {
		if err := d.add(nil, "term", "--word", word, "--means", "Wood", "--yes"); err != nil {
			t.Fatal(err, d.stderr.String())
		}
	}
	if got := d.file(t); strings.Count(got, "[[term]]") != 2 {
		t.Errorf("got\n%s", got)
	}
}

// Of some tables there is one alone: a second one is refused, with what changes the first.
func TestAddingAgain(t *testing.T) {
	d := standAt(t, acmeFile+signCommitment+"[about]\nbusiness = \"Bread\" # and cake\n")
	if err := d.add(nil, "about", "--business", "Cake"); err == nil || !strings.Contains(err.Error(), "portalgen update about acme") {
		t.Errorf("got %v", err)
	}
	c := d.app.updateKind("about")
	if err := c.ParseFlags([]string{"--business", "Cake"}); err != nil {
		t.Fatal(err)
	}
	if err := d.app.runUpdate(nil, "about", []string{"acme"}, editOptions{yes: true}, c.Flags()); err != nil {
		t.Fatal(err, d.stderr.String())
	}
	if got := d.file(t); !strings.HasSuffix(got, "business = \"Cake\" # and cake\n") {
		t.Errorf("got\n%s", got)
	}
}

// Flags that a draft of an earlier time leaves out are told of before it is gone on with;
// a new draft has them.
func TestFlagsBesideADraft(t *testing.T) {
	d := standAt(t, acmeFile)
	editor(t, `sed -i 's/^headline = ""/headline = "Mine"/' "$1"`)
	if err := d.add(d.answers("n"), "status"); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(d.stderr.String(), "of an earlier time") {
		t.Errorf("it speaks of a draft that was not there:\n%s", d.stderr.String())
	}
	editor(t, `true`)
	const told = ".portalgen/drafts/acme-status.toml: a draft of an earlier time is there, which does not have what you say by --rag. A new one has."
	if err := d.add(d.answers("y", "n"), "status", "--rag", "red"); err != nil {
		t.Fatal(err)
	}
	d.heard(t, told, ui.GoOnWith)
	editor(t, `sed -i 's/^headline = ""/headline = "Anew"/' "$1"`)
	if err := d.add(d.answers("n", "y"), "status", "--rag", "red"); err != nil {
		t.Fatal(err)
	}
	if got := d.file(t); got != "\n[[status]]\non = 2026-11-20\nrag = \"red\"\nheadline = \"Anew\"\n" {
		t.Errorf("got\n%s", got)
	}
}
