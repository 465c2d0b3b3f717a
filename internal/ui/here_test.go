package ui

import (
	"bytes"
	"testing"

	"portalgen/internal/diag"
)

// Every command that is said names the site that was named, once.
func TestCommandsNameTheSite(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	term := New(&out, &out, func(string) string { return "" })
	term.Site = "my site"
	term.Say("Next:\n  portalgen serve    shows\nor `portalgen access add %s ana`.", "acme")
	term.Note("`portalgen --site x build`, for portalgen is here.")
	term.Problems(diag.Problems{{
		Pos: diag.Pos{File: "a.toml"}, Rule: "r", Message: "no `portalgen build` yet", Hint: "run `portalgen build`",
		Command: "portalgen check",
	}})
	want := "Next:\n  portalgen --site 'my site' serve    shows\nor `portalgen --site 'my site' access add acme ana`.\n" +
		"`portalgen --site x build`, for portalgen is here.\n" +
		"a.toml: error: no `portalgen --site 'my site' build` yet [r]\n" +
		"        run `portalgen --site 'my site' build`\n        portalgen --site 'my site' check\n"
	if got := out.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
