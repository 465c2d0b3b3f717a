package clientfile_test

import (
	"strings"
	"testing"

	"portalgen/internal/clientfile"
)

const twoPeople = `client = "Acme"
[people]
ana = { name = "Ana", side = "client" }
sam = { name = "Sam", side = "provider" }
`

// table returns a commitment of Sam's to Ana with what is put among its lines.
func table(id, lines string, moves ...string) string {
	return "[[commitment]]\nid = \"" + id + "\"\ntitle = \"T\"\ncustomer = \"ana\"\nperformer = \"sam\"\n" + lines +
		"moves = [\n" + strings.Join(moves, ",\n") + "\n]\n"
}

const (
	request = `{ on = 2026-11-02, by = "ana", did = "request", due = 2026-11-20 }`
	promise = `{ on = 2026-11-03, by = "sam", did = "promise" }`
	deliver = `{ on = 2026-11-04, by = "sam", did = "deliver" }`
	accept  = `{ on = 2026-11-05, by = "ana", did = "accept" }`
	again   = `{ on = 2026-11-09, by = "ana", did = "request", due = 2026-11-30 }`
)

func TestReopens(t *testing.T) {
	t.Parallel()
	kept := table("light", "", request, promise, deliver, accept)
	for _, tt := range []struct{ name, file, want string }{
		{"kept", kept + table("light-2", "reopens = \"light\"\n", again), ""},
		{"nobody", kept + table("light-2", "reopens = \"lamp\"\n", again), `there is no commitment with the id "lamp"`},
		{"itself", kept + table("light-2", "reopens = \"light-2\"\n", again), `"light-2" cannot take itself up again`},
		{"open", table("light", "", request, promise) + table("light-2", "reopens = \"light\"\n", again), `"light" is not closed: it is promised`},
		{"before it was closed", kept + table("light-2", "reopens = \"light\"\n", request), `"light" was closed on 2026-11-05, after this one began, 2026-11-02`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, ps := clientfile.Client("acme", clientfile.Source{Name: "acme.toml", Text: []byte(twoPeople + tt.file)}, clientfile.Options{})
			if tt.want == "" && len(ps) > 0 || tt.want != "" && (len(ps) != 1 || ps[0].Message != tt.want) {
				t.Errorf("got %v, want %q", ps, tt.want)
			}
		})
	}
}

// A move on what is closed is refused with the way to take it up again.
func TestWhatIsClosedIsTakenUpAgain(t *testing.T) {
	t.Parallel()
	reject := `{ on = 2026-11-09, by = "ana", did = "reject", note = "It flickers." }`
	part := "[[commitment.deliverable]]\ntitle = \"D\"\ndue = 2026-11-10\nmoves = [\n" + strings.Join([]string{deliver, accept, reject}, ",\n") + "\n]\n"
	for file, want := range map[string]string{
		table("light", "", request, promise, deliver, accept, reject): "it is done and accepted; for a question about it: `portalgen add question acme --commitment light`; to take it up again, write a new [[commitment]] with reopens = \"light\": `portalgen add commitment acme --reopens light`",
		table("light", "", request, promise) + part:                   `it is done and accepted; to take it up again, write another [[commitment.deliverable]]`,
	} {
		_, ps := clientfile.Client("acme", clientfile.Source{Name: "acme.toml", Text: []byte(twoPeople + file)}, clientfile.Options{})
		if len(ps) != 1 || ps[0].Hint != want {
			t.Errorf("got %+v, want the hint %q", ps, want)
		}
	}
}

// Interim results move only where there are some that are to be delivered, and by a move of
// their commitment.
func TestWithInterim(t *testing.T) {
	t.Parallel()
	with := `{ on = 2026-11-06, by = "sam", did = "renegotiate", due = 2026-11-27, with_interim = true, note = "Ill." }`
	part := func(moves ...string) string {
		return "[[commitment.deliverable]]\ntitle = \"D\"\ndue = 2026-11-10\nmoves = [\n" + strings.Join(moves, ",\n") + "\n]\n"
	}
	whole := table("light", "", request, promise, with)
	none := "no interim result is still to be delivered that could move with it"
	for _, tt := range []struct{ name, file, want string }{
		{"to be delivered", whole + part(), ""},
		{"delivered that day", whole + part(`{ on = 2026-11-06, by = "sam", did = "deliver" }`), ""},
		{"sent back", whole + part(deliver, `{ on = 2026-11-05, by = "ana", did = "reject", note = "Dark." }`), ""},
		{"none", whole, none},
		{"delivered before", whole + part(deliver), none},
		{"delivered before, another not", whole + part(deliver) + strings.Replace(part(), "2026-11-10", "2026-11-11", 1), ""},
		{"of its own", table("light", "", request, promise) + part(with), "with_interim stands only on a renegotiate of a commitment, or a counter to one, with a due that is later than the agreed date"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, ps := clientfile.Client("acme", clientfile.Source{Name: "acme.toml", Text: []byte(twoPeople + tt.file)}, clientfile.Options{})
			if tt.want == "" && len(ps) > 0 || tt.want != "" && (len(ps) != 1 || ps[0].Message != tt.want) {
				t.Errorf("got %v, want %q", ps, tt.want)
			}
		})
	}
}
