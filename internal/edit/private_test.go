package edit_test

import "testing"

const privateBefore = booking + `
[[decision]]
on = 2026-11-20
text = "Ours alone"
private = true
[[status]]
on = 2026-11-20
rag = "red"
headline = "Ours alone"
private = true
[[commitment]]
title = "Signs"
customer = "maria"
performer = "dev"
moves = [ { on = 2026-11-02, by = "maria", did = "request", due = 2026-12-16, private = true } ]
`

// What is private has ids of its own: an edit moves none of them, and is not moved.
func TestAddingBesideWhatIsPrivate(t *testing.T) {
	add := func(kind string, set ...string) string {
		t.Helper()
		fm, err := open(t, privateBefore).Add(kind)
		if err != nil {
			t.Fatal(err)
		}
		c, err := filled(t, fm, set...)
		if err != nil {
			t.Fatal(err)
		}
		if kind == "status" {
			return c.Client.Statuses[1].ID
		}
		return c.Client.Decisions[1].ID
	}
	if got := add("decision", "text", "Blue"); got != "2026-11-20" {
		t.Errorf("the decision has the id %q", got)
	}
	if got := add("status", "rag", "green", "headline", "On the way"); got != "2026-11-20" {
		t.Errorf("the note has the id %q", got)
	}
	if got := add("status", "rag", "green", "headline", "On the way", "private", "true"); got != "2026-11-20-2" {
		t.Errorf("the private note has the id %q", got)
	}
}

// The first public move gives a commitment the id of its date.
func TestFirstPublicMove(t *testing.T) {
	f := open(t, privateBefore)
	if open := f.Open(); open[len(open)-1] != "commitment-3" {
		t.Fatalf("open: %q", open)
	}
	fm, err := f.Move("Signs", "", "promise")
	if err != nil {
		t.Fatal(err)
	}
	c, err := filled(t, fm)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Client.Commitments[2].ID; got != "2026-11-20" {
		t.Errorf("it has the id %q", got)
	}
}
