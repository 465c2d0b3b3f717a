package edit_test

import (
	"errors"
	"strings"
	"testing"

	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/edit"
)

func TestAnEditNeverMakesItWorse(t *testing.T) {
	broken := strings.Replace(booking, `client = "Acme"`, "client = \"Acme\"\nwelcom = \"x\"", 1) +
		"\n[[status]]\non = 2026-11-19\nrag = \"pink\"\nheadline = \"x\"\n[[status]]\non = 2026-11-19\nrag = \"red\"\nheadline = \"y\"\n"
	fm, err := open(t, broken).Add("risk")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = filled(t, fm, "title", "It rains"); err != nil {
		t.Errorf("a file with other errors: %v", err)
	}
	fm, err = open(t, broken).Add("risk")
	if err != nil {
		t.Fatal(err)
	}
	var ps diag.Problems
	if _, err = filled(t, fm, "title", "It rains", "opened", "+3"); !errors.As(err, &ps) || len(ps) != 1 {
		t.Errorf("one more error: %v", err)
	}
	if _, err := edit.Open("acme", clientfile.Source{Name: "a", Text: []byte("client =")}, options(), clock(now), true); !errors.As(err, &ps) {
		t.Errorf("not TOML: %v", err)
	}
}

// An id that is another item's date would move that one's address.
func TestAnEditNeverChangesAnother(t *testing.T) {
	fm, err := open(t, booking+"\n[[decision]]\non = 2026-11-19\ntext = \"x\"\n").Add("decision")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := filled(t, fm, "text", "y", "id", "2026-11-19"); !errors.Is(err, edit.ErrWider) {
		t.Errorf("got %v", err)
	}
}
