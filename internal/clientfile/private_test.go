package clientfile

import (
	"slices"
	"strings"
	"testing"

	"portalgen/internal/client"
	"portalgen/internal/rule"
)

// What is private has ids of its own, whichever stands first, and moves none of the others.
func TestIDsOfWhatIsPrivate(t *testing.T) {
	const head = "client = \"Acme\"\n[people]\nlena = { name = \"Lena\", side = \"client\" }\nkim = { name = \"Kim\", side = \"provider\" }\n" +
		"ghost = { name = \"Ghost\", side = \"provider\", private = true }\n"
	commitment := func(performer, more string, moves ...string) string {
		return "[[commitment]]\ntitle = \"x\"\ncustomer = \"lena\"\nperformer = \"" + performer + "\"\n" + more + "moves = [" + strings.Join(moves, ", ") + "]\n"
	}
	const (
		request = `{ on = 2026-10-02, by = "lena", did = "request", due = 2026-12-01 }`
		before  = `{ on = 2026-10-01, by = "lena", did = "request", due = 2026-12-01, private = true }`
		ghosts  = `{ on = 2026-10-01, by = "ghost", did = "offer", due = 2026-12-01 }`
	)
	commitments := func(c *client.Client) (ids []string) {
		for _, cm := range c.Commitments {
			ids = append(ids, cm.ID)
		}
		return ids
	}
	risks := func(c *client.Client) (ids []string) {
		for _, r := range c.Risks {
			ids = append(ids, r.ID)
		}
		return ids
	}
	for _, tt := range []struct {
		name, file string
		ids        func(*client.Client) []string
		want       []string
	}{
		{
			"private ones before, between and after", commitment("kim", "private = true\n", request) + commitment("kim", "", request) +
				commitment("kim", "private = true\n", request) + commitment("kim", "", request),
			commitments,
			[]string{"private-2026-10-02", "2026-10-02", "private-2026-10-02-2", "2026-10-02-2"},
		},
		{
			"a private person's", commitment("ghost", "", request) + commitment("kim", "", request),
			commitments,
			[]string{"private-2026-10-02", "2026-10-02"},
		},
		{"a private first move", commitment("kim", "", before, request), commitments, []string{"2026-10-02"}},
		{"a first move by a private person", commitment("kim", "", ghosts, request), commitments, []string{"2026-10-02"}},
		{"no public move", commitment("kim", "private = true\n") + commitment("kim", "", before), commitments, []string{"private-commitment-1", "commitment-1"}},
		{
			"a private entry", "[[risk]]\ntitle = \"x\"\nlog = [{ on = 2026-10-01, private = true }, { on = 2026-10-02 }]\n",
			risks,
			[]string{"2026-10-02"},
		},
		{
			"an id of a private one", "[[risk]]\ntitle = \"x\"\nid = \"2026-10-02-2\"\nprivate = true\n" +
				"[[risk]]\ntitle = \"x\"\nopened = 2026-10-02\n[[risk]]\ntitle = \"x\"\nopened = 2026-10-03\n",
			risks,
			[]string{"2026-10-02-2", "2026-10-02", "2026-10-03"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, ps := Client("acme", Source{"acme.toml", []byte(head + tt.file)}, Options{})
			if got := tt.ids(c); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q (%v)", got, tt.want, ps)
			}
		})
	}
}

// A private item that takes the id which a public one has by its date is refused: the
// public one must not be given another for it.
func TestAPrivateIDThatIsTaken(t *testing.T) {
	const file = "client = \"Acme\"\n[[decision]]\ntext = \"x\"\non = 2026-10-02\nprivate = true\nid = \"2026-10-01\"\n" +
		"[[decision]]\ntext = \"x\"\non = 2026-10-01\n"
	c := clientOf(t, file, Options{}, rule.DuplicateID)
	if got := c.Decisions[1].ID; got != "2026-10-01" {
		t.Errorf("the public one has the id %q", got)
	}
}

func TestAPrivateNoteOfTheSameDay(t *testing.T) {
	const note = "[[status]]\non = 2026-10-01\nrag = \"green\"\nheadline = \"x\"\n"
	c := clientOf(t, "client = \"Acme\"\n"+note+"private = true\n"+note, Options{})
	if c.Statuses[0].ID != "private-2026-10-01" || c.Statuses[1].ID != "2026-10-01" {
		t.Errorf("got %q and %q", c.Statuses[0].ID, c.Statuses[1].ID)
	}
	clientOf(t, "client = \"Acme\"\n"+note+note, Options{}, rule.DuplicateID)
	clientOf(t, "client = \"Acme\"\n"+note+"private = true\n"+note+"private = true\n", Options{}, rule.DuplicateID)
}

func TestPrivateOverTheProviders(t *testing.T) {
	three, five := client.Duration{N: 3, Unit: client.Hours}, client.Duration{N: 5, Unit: client.Hours}
	p := &client.Provider{
		People:   client.People{"nora": {ID: "nora", Name: "Nora", Side: "provider"}},
		Promises: client.Promises{ReplyWithin: three},
		Terms:    []client.Term{{Word: "Draft", Means: "All said"}},
	}
	c := clientOf(t, "client = \"Acme\"\n[promises]\nprivate = true\nreply_within = \"5 hours\"\n"+
		"[[term]]\nword = \"draft\"\nmeans = \"x\"\nprivate = true\n", Options{Provider: p})
	if c.Promises.ReplyWithin != five || c.PublicPromises == nil || c.PublicPromises.ReplyWithin != three {
		t.Errorf("promised: %+v, in public %+v", c.Promises, c.PublicPromises)
	}
	if len(c.Terms) != 2 || c.Terms[1].Private || c.Terms[1].Means != "All said" {
		t.Errorf("terms: %+v", c.Terms)
	}
	clientOf(t, "client = \"Acme\"\n[people]\nnora = { name = \"Nora\", side = \"provider\", private = true }\n", Options{Provider: p}, rule.BadValue)

	p.Promises = client.Promises{ReplyWithin: three, ReplyLatest: five}
	for own, want := range map[string]client.Duration{"": five, "[promises]\nreply_within = \"2 days\"\n": {}, "[promises]\ncheck_in = \"weekly\"\n": five} {
		if c = clientOf(t, "client = \"Acme\"\n"+own, Options{Provider: p}); c.Promises.ReplyLatest != want {
			t.Errorf("%q: at the latest within %s", own, c.Promises.ReplyLatest)
		}
	}
	p.Promises = client.Promises{Item: client.Item{Private: true}, ReplyWithin: three}
	c = clientOf(t, "client = \"Acme\"\n[promises]\nreply_latest = \"5 hours\"\n", Options{Provider: p})
	if got := c.PublicPromises; c.Promises.ReplyWithin != three || got == nil || !got.ReplyWithin.IsZero() || got.ReplyLatest != five {
		t.Errorf("promised: %+v, in public %+v", c.Promises, got)
	}
}
