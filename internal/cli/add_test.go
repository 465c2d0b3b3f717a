package cli

import (
	"strings"
	"testing"

	"portalgen/internal/ui"
)

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
