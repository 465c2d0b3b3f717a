package portal_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/portal"
)

// head is the beginning of the files of these tests: two people on either side, and
// a zone in which the day ends at eight in the morning of the next, in UTC.
const head = `
client   = "Acme Dental"
timezone = "America/Los_Angeles"

[people]
maria = { name = "Maria Ruiz",  side = "client" }
theo  = { name = "Theo Lund",   side = "client" }
dev   = { name = "Dev Patel",   side = "provider", email = "dev@north.example" }
ines  = { name = "Ines Okafor", side = "provider" }

[promises]
answer_within = "3 days"
accept_within = "5 days"
`

func north() *client.Provider {
	return &client.Provider{
		Name: "North Studio", Timezone: "Europe/London",
		Contact: client.Contact{Email: "hello@north.example"},
	}
}

// read returns the client of a file, which must be in order.
func read(t testing.TB, text string) *client.Client {
	t.Helper()
	c, ps := clientfile.Client("acme", clientfile.Source{Name: "acme.toml", Text: []byte(text)},
		clientfile.Options{Provider: north()})
	if err := ps.Err(); err != nil {
		t.Fatalf("the test's own file: %v", err)
	}
	return c
}

// mark tells one name from another, as marks do.
func mark(name string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(name)))[:12] }

func options(now time.Time) portal.Options {
	return portal.Options{
		Provider: north(), Now: now, Base: "/P/",
		Path:      func(kind, id string) string { return kind + "-" + id },
		StableKey: mark,
	}
}

// noon is the middle of a day of the head's zone.
func noon(t interface {
	Helper()
	Fatal(...any)
}, day string,
) time.Time {
	t.Helper()
	d, err := civil.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	loc, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	return civil.Moment{Date: d, Clock: 12 * time.Hour, Timed: true}.In(loc)
}

// on returns the view of the head and what follows it, at noon of a day.
func on(t testing.TB, day, text string) *portal.View {
	t.Helper()
	v, err := portal.New(read(t, head+text), options(noon(t, day)))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func home(v *portal.View) *portal.Home { return v.Pages[0].Home }

func note(v *portal.View, id string) *portal.Status {
	for _, p := range v.Pages {
		if p.Status != nil && p.Status.ID == id {
			return p.Status
		}
	}
	return nil
}

// performedByDev returns a commitment of dev's to maria, promised for the 20th of November,
// with further moves.
func performedByDev(moves ...string) string { return promised("booking", "maria", "dev", moves...) }

// theirs returns a commitment of theo's to ines in the same way.
func theirs(moves ...string) string { return promised("photos", "ines", "theo", moves...) }

func promised(id, customer, performer string, moves ...string) string {
	begin := []string{
		`{ on = 2026-11-02, by = "` + customer + `", did = "request", due = 2026-11-20 }`,
		`{ on = 2026-11-03, by = "` + performer + `", did = "promise" }`,
	}
	return "\n[[commitment]]\nid = \"" + id + "\"\ntitle = \"The " + id + "\"\ncustomer = \"" + customer +
		"\"\nperformer = \"" + performer + "\"\nmoves = [\n  " + strings.Join(append(begin, moves...), ",\n  ") + ",\n]\n"
}

// interim returns a deliverable, to follow a commitment.
func interim(title, due string, moves ...string) string {
	return "\n[[commitment.deliverable]]\ntitle = \"" + title + "\"\ndue = " + due +
		"\nmoves = [" + strings.Join(moves, ", ") + "]\n"
}

func status(on, rag, more string) string {
	return "\n[[status]]\non = " + on + "\nrag = \"" + rag + "\"\nheadline = \"How it stands\"\n" + more + "\n"
}

// waitingLines returns each thing that waits as "kind: what, person, by date".
func waitingLines(all []portal.Waiting) []string {
	var lines []string
	for _, w := range all {
		line := w.Kind + ": " + w.What.Label()
		for _, part := range []string{w.Person.ID, w.By.String()} {
			if part != "" {
				line += ", " + part
			}
		}
		if w.Urgent {
			line += ", urgent"
		}
		lines = append(lines, line)
	}
	return lines
}

// asked returns a commitment that was only asked for, or offered, with more moves.
func asked(customer, performer string, moves ...string) string {
	return "\n[[commitment]]\nid = \"sign\"\ntitle = \"The sign\"\ncustomer = \"" + customer +
		"\"\nperformer = \"" + performer + "\"\nmoves = [" + strings.Join(moves, ", ") + "]\n"
}

const (
	mariaAsks = `{ on = 2026-11-17, by = "maria", did = "request", due = 2026-12-11 }`
	devAsks   = `{ on = 2026-11-17, by = "dev", did = "request", due = 2026-12-11 }`
)

// page returns the page of a kind; an empty one if there is none.
func page(v *portal.View, kind string) *portal.Page {
	for _, p := range v.Pages {
		if p.Kind == kind {
			return p
		}
	}
	return &portal.Page{}
}
