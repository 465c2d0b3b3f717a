package cli

import (
	"errors"
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
		"change":     {[]string{"Blue tiles", "maria", "USD 300", "sign"}, "on = 2026-11-20\nby = \"maria\"\ntext = \"Blue tiles\"\neffect = \"USD 300\"\ncommitment = \"sign\"\n"},
		"assumption": {[]string{"The wall is dry", ""}, "on = 2026-11-20\ntext = \"The wall is dry\"\n"},
		"goal":       {[]string{"More guests", "By the till", "40 a day"}, "title = \"More guests\"\nmeasure = \"By the till\"\ntarget = \"40 a day\"\n"},
		"term":       {[]string{"sign", "The board above the door"}, "word = \"sign\"\nmeans = \"The board above the door\"\n"},
		"file":       {[]string{"Pictures", "", "https://files.example/a"}, "on = 2026-11-20\ntitle = \"Pictures\"\nlink = \"https://files.example/a\"\n"},
	} {
		t.Run(kind, func(t *testing.T) {
			d := standAt(t, acmeFile+signCommitment)
			if err := d.add(d.answers(append(tt.answers, "y")...), kind); err != nil {
				t.Fatal(err)
			}
			if got := d.file(t); !strings.Contains(got, "[["+kind+"]]\n"+tt.want) {
				t.Errorf("got\n%s\n%s", got, d.stderr.String())
			}
		})
	}
}

// What add does not write it says how to write by hand; any other word gets what can be added.
func TestWhatAddDoesNotWrite(t *testing.T) {
	d := standAt(t, acmeFile)
	for word, want := range map[string]string{
		"deliverable": "write it by hand in data/clients/CLIENT.toml, with the keys that docs/format.md has for it:\n  [[commitment.deliverable]]\n  title = \"…\"\n  due = 2026-12-04",
		"review":      "\n  [review]\n  on = 2026-12-04",
		"thing":       `there is no "thing" to add; what can be added is: commitment, risk, status, question, message, decision, change, assumption, check-in,`,
	} {
		var wrong wrongUse
		if err := d.app.add().Args(nil, []string{word}); !errors.As(err, &wrong) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", word, err)
		}
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
