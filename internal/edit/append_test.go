package edit

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"portalgen/internal/civil"
	"portalgen/internal/clientfile"
	"portalgen/internal/tomltext"
)

var (
	day      = civil.On(civil.Date{Year: 2026, Month: 11, Day: 20})
	progress = []clientfile.Field{{Key: "on", Value: day}, {Key: "by", Value: "dev"}, {Key: "did", Value: "progress"}, {Key: "note", Value: "Half"}}
)

// added is what progress looks like in a file without a style of its own.
const added = `{ on = 2026-11-20, by = "dev", did = "progress", note = "Half" }`

func TestAppendMove(t *testing.T) {
	const head = "client = \"A\"\n[[commitment]]\ntitle = \"T\"\n"
	for _, tt := range []struct {
		name, before, want string
		deliverable        int
	}{
		{"trailing comma", "moves = [\n  { on = 1 },\n]\n", "moves = [\n  { on = 1 },\n  NEW,\n]\n", -1},
		{"no trailing comma", "moves = [\n  { on = 1 }\n]\n", "moves = [\n  { on = 1 },\n  NEW\n]\n", -1},
		{"a comment behind the last", "moves = [\n  { on = 1 }, # c\n]\n", "moves = [\n  { on = 1 }, # c\n  NEW,\n]\n", -1},
		{"the same without a comma", "moves = [\n  { on = 1 } # c,\n]\n", "moves = [\n  { on = 1 }, # c,\n  NEW\n]\n", -1},
		{"a comment before the bracket", "moves = [\n\t{ on = 1 },\n\t# c\n]\n", "moves = [\n\t{ on = 1 },\n\tNEW,\n\t# c\n]\n", -1},
		{"a bracket beside the last", "moves = [\n  { on = 1 } ]\n", "moves = [\n  { on = 1 },\n  NEW ]\n", -1},
		{"a comma on the next line", "moves = [\n  { on = 1 }\n  , # c\n]\n", "moves = [\n  { on = 1 }\n  , # c\n  NEW,\n]\n", -1},
		{"commas first", "moves = [\n    { on = 1 }\n  , { on = 2 } # c\n]\n", "moves = [\n    { on = 1 }\n  , { on = 2 }, NEW # c\n]\n", -1},
		{"one line", "moves = [ { on = 1 } ] # c\n", "moves = [ { on = 1 }, NEW ] # c\n", -1},
		{"one line with a comma", "moves = [{ on = 1 },]\n", "moves = [{ on = 1 }, NEW,]\n", -1},
		{"empty", "moves = []\n", "moves = [\n  NEW,\n]\n", -1},
		{"empty and indented", "  moves = [] # c", "  moves = [\n    NEW,\n  ] # c", -1},
		{"empty with a blank", "moves = [ ]\n", "moves = [ NEW ]\n", -1},
		{"empty with a comment", "moves = [ # c\n]\n", "moves = [ # c\n  NEW,\n]\n", -1},
		{"none", "title2 = \"]\" # c\n\n# n\n[[risk]]\n", "title2 = \"]\" # c\nmoves = [\n  NEW,\n]\n\n# n\n[[risk]]\n", -1},
		{"none and no line end", "x = '''\n[a] #'''", "x = '''\n[a] #'''\nmoves = [\n  NEW,\n]", -1},
		{"Windows", "moves = [\r\n  { on = 1 },\r\n]\r\n", "moves = [\r\n  { on = 1 },\r\n  NEW,\r\n]\r\n", -1},
		{"tables", "[[commitment.moves]]\non = 1\n# c\n\n[[risk]]\n", "[[commitment.moves]]\non = 1\n# c\n\n[[commitment.moves]]\non = 2026-11-20\nby = \"dev\"\ndid = \"progress\"\nnote = \"Half\"\n\n[[risk]]\n", -1},
		{"brackets in a text", "moves = [\n  { on = 1, note = '''\n ] # \" }''' }, # ]\n]\n", "moves = [\n  { on = 1, note = '''\n ] # \" }''' }, # ]\n  NEW,\n]\n", -1},
		{"a table over lines", "moves = [\n  {\n    on = 1, # c\n  },\n]\n", "moves = [\n  {\n    on = 1, # c\n  },\n  NEW,\n]\n", -1},
		{"deliverable", "moves = []\n\n  [[commitment.deliverable]]\n  title = \"D\" # c\n\n[[risk]]\n", "moves = []\n\n  [[commitment.deliverable]]\n  title = \"D\" # c\n  moves = [\n    NEW,\n  ]\n\n[[risk]]\n", 0},
		{"deliverable in a line", "deliverable = [{ title = \"D\" }]\n", "deliverable = [{ title = \"D\", moves = [ NEW ] }]\n", 0},
		{"deliverable in a line, and empty", "deliverable = [{ moves = [] }, {}]\n", "deliverable = [{ moves = [] }, { moves = [ NEW ] }]\n", 1},
		{"empty in a line", "deliverable = [{ moves = [] }]\n", "deliverable = [{ moves = [ NEW ] }]\n", 0},
		{
			"columns are not kept", "moves = [\n  {on = 2026-10-01,  by = \"maria\",  did = \"ask\"},\n]\n",
			"moves = [\n  {on = 2026-10-01,  by = \"maria\",  did = \"ask\"},\n  NEW,\n]\n", -1,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			head := head
			if strings.Contains(tt.before, "\r") {
				head = strings.ReplaceAll(head, "\n", "\r\n")
			}
			got, err := appendMove(clientfile.Source{Name: "a.toml", Text: []byte(head + tt.before)}, 0, tt.deliverable, progress)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(head+strings.ReplaceAll(tt.want, "NEW", added), string(got.Text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAppendTable(t *testing.T) {
	risk := []clientfile.Field{{Key: "title", Value: "R"}, {Key: "opened", Value: day}, {Key: "private", Value: true}}
	const plain = "[[risk]]\ntitle = \"R\"\nopened = 2026-11-20\nprivate = true"
	for _, tt := range []struct{ name, before, want string }{
		{"an empty file", "", plain + "\n"},
		{"only a comment", "# c\n", "# c\n\n" + plain + "\n"},
		{"after its kind", "[[risk]]\ntitle = \"Q\" # c\n\n# next\n[[status]]\n", "[[risk]]\ntitle = \"Q\" # c\n\n" + plain + "\n\n# next\n[[status]]\n"},
		{"comments below stay", "[[risk]]\ntitle = \"Q\"\n# owner = \"x\"\n\n[[status]]\n", "[[risk]]\ntitle = \"Q\"\n# owner = \"x\"\n\n" + plain + "\n\n[[status]]\n"},
		{"comments above the next go with it", "[[risk]]\ntitle = \"Q\"\n# next\n[[status]]\n", "[[risk]]\ntitle = \"Q\"\n\n" + plain + "\n\n# next\n[[status]]\n"},
		{"no line end", "[[risk]]\ntitle = \"Q\"", "[[risk]]\ntitle = \"Q\"\n\n" + plain},
		{"after its sub-tables", "[[risk]]\ntitle = \"Q\"\n[[risk.log]]\non = 1\n[[goal]]\n", "[[risk]]\ntitle = \"Q\"\n[[risk.log]]\non = 1\n\n" + plain + "\n\n[[goal]]\n"},
		{"in the format's order", "client = \"A\"\n\n[[commitment]]\nx = 1\n  [[commitment.deliverable]]\n  y = 1\n\n[[status]]\nz = 1\n", "client = \"A\"\n\n[[commitment]]\nx = 1\n  [[commitment.deliverable]]\n  y = 1\n\n" + plain + "\n\n[[status]]\nz = 1\n"},
		{"below the top", "client = \"A\" # c\n", "client = \"A\" # c\n\n" + plain + "\n"},
		{"Windows", "client = \"A\"\r\n", "client = \"A\"\r\n\r\n" + strings.ReplaceAll(plain, "\n", "\r\n") + "\r\n"},
		{"alignment is not kept", "[[risk]]\ntitle      = \"Q\"\nlikelihood = \"x\"\nlog = []\n", "[[risk]]\ntitle      = \"Q\"\nlikelihood = \"x\"\nlog = []\n\n" + plain + "\n"},
		{"alignment elsewhere is not kept", "[[goal]]\ntitle = \"Q\"\nid    = \"q\"\n", "[[goal]]\ntitle = \"Q\"\nid    = \"q\"\n\n" + plain + "\n"},
		{"indented", "\t[[ risk ]]\n\ttitle=\"Q\"\n", "\t[[ risk ]]\n\ttitle=\"Q\"\n\n\t[[ risk ]]\n\ttitle = \"R\"\n\topened = 2026-11-20\n\tprivate = true\n"},
		{"inline", "risk = [ { title = \"Q\" } ]\n", "risk = [ { title = \"Q\" }, { title = \"R\", opened = 2026-11-20, private = true } ]\n"},
		{"a byte-order mark", "\ufeff" + "client = \"A\"\n", "\ufeff" + "client = \"A\"\n\n" + plain + "\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := appendTable(clientfile.Source{Name: "a.toml", Text: []byte(tt.before)}, "risk", risk)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got.Text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestEditRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		edit       func(clientfile.Source) (clientfile.Source, error)
		noPlace    bool
	}{
		{"no such kind", "", func(s clientfile.Source) (clientfile.Source, error) { return appendTable(s, "risks", nil) }, false},
		{"a kind of which there is one", "", func(s clientfile.Source) (clientfile.Source, error) { return appendTable(s, "promises", nil) }, false},
		{"a text list", "risk = 1", func(s clientfile.Source) (clientfile.Source, error) { return appendTable(s, "risk", nil) }, true},
		{"one table", "[risk]", func(s clientfile.Source) (clientfile.Source, error) { return appendTable(s, "risk", nil) }, true},
		{"no such commitment", "", func(s clientfile.Source) (clientfile.Source, error) { return appendMove(s, 0, -1, nil) }, true},
		{"no such deliverable", "[[commitment]]", func(s clientfile.Source) (clientfile.Source, error) { return appendMove(s, 0, 0, nil) }, true},
		{"no list", "[[commitment]]\nmoves = 1", func(s clientfile.Source) (clientfile.Source, error) { return appendMove(s, 0, -1, nil) }, true},
		{"no table", "commitment = [1]", func(s clientfile.Source) (clientfile.Source, error) { return appendMove(s, 0, -1, nil) }, true},
		{"no date", "", func(s clientfile.Source) (clientfile.Source, error) {
			return appendTable(s, "risk", []clientfile.Field{{Key: "on", Value: civil.Moment{}}})
		}, false},
		{"no UTF-8", "", func(s clientfile.Source) (clientfile.Source, error) {
			return appendTable(s, "risk", []clientfile.Field{{Key: "on", Value: "\xff"}})
		}, false},
		{"no value", "", func(s clientfile.Source) (clientfile.Source, error) {
			return appendTable(s, "risk", []clientfile.Field{{Key: "on", Value: 1.5}})
		}, false},
	} {
		if got, err := tt.edit(clientfile.Source{Name: "a.toml", Text: []byte(tt.text)}); err == nil || errors.Is(err, ErrNoPlace) != tt.noPlace {
			t.Errorf("%s: %v, %q", tt.name, err, got.Text)
		}
	}
}

// TestWrittenTextsReadBack holds every text, in whatever form it is written, to be
// read as it was meant.
func TestWrittenTextsReadBack(t *testing.T) {
	texts := rapid.OneOf(rapid.String(), rapid.StringMatching(`["\\\n\t a\r\x01\x7fé]{0,12}`))
	rapid.Check(t, func(t *rapid.T) {
		text, list := texts.Draw(t, "text"), rapid.SliceOfN(texts, 1, 4).Draw(t, "list")
		move := []clientfile.Field{{Key: "did", Value: text}, {Key: "met", Value: list}}
		src, err := appendTable(clientfile.Source{Name: "a.toml", Text: nil}, "commitment", []clientfile.Field{{Key: "outcome", Value: text}, {Key: "satisfied_when", Value: list}, {Key: "moves", Value: [][]clientfile.Field{move}}})
		if err != nil {
			t.Fatal(err)
		}
		c, _ := clientfile.Client("a", src, clientfile.Options{})
		if c == nil {
			t.Fatalf("not TOML:\n%s", src.Text)
		}
		got := c.Commitments[0]
		if got.Outcome != text || got.Moves[0].Did != text || !slices.Equal(got.SatisfiedWhen, list) || !slices.Equal([]string(got.Moves[0].Met), list) {
			t.Fatalf("%q and %q became %q and %q:\n%s", text, list, got.Outcome, got.SatisfiedWhen, src.Text)
		}
	})
}

// opened returns the document of a file, whether or not it is one of a client's; an empty
// one where it is no TOML.
// opened reads a text as TOML, which is all that a place in it depends on.
func opened(src clientfile.Source) *document {
	text, _, ok := tomltext.Open(src.Name, src.Text)
	if !ok {
		return &document{nil, src}
	}
	doc, _ := tomltext.Parse(text, nil)
	return &document{doc, src}
}

func TestInsertMove(t *testing.T) {
	const head = "client = \"A\"\n[[commitment]]\ntitle = \"T\"\n"
	for _, tt := range []struct {
		name, before, want string
		at                 int
	}{
		{"on lines", "moves = [\n  { on = 1 }, # c\n  { on = 2 }\n]\n", "moves = [\n  { on = 1 }, # c\n  NEW,\n  { on = 2 }\n]\n", 1},
		{"with comments above", "moves = [\n  { on = 1 },\n  # a\n  # b\n  { on = 2 }\n]\n", "moves = [\n  { on = 1 },\n  NEW,\n  # a\n  # b\n  { on = 2 }\n]\n", 1},
		{"before the first", "moves = [\n  # a\n  { on = 1 },\n]\n", "moves = [\n  NEW,\n  # a\n  { on = 1 },\n]\n", 0},
		{"commas first", "moves = [\n    { on = 1 }\n  , { on = 2 }\n]\n", "moves = [\n    { on = 1 }\n  , NEW, { on = 2 }\n]\n", 1},
		{"one line", "moves = [{ on = 1 },{ on = 2 }]\n", "moves = [{ on = 1 },NEW, { on = 2 }]\n", 1},
		{"Windows", "moves = [\r\n  { on = 1 },\r\n  { on = 2 },\r\n]\r\n", "moves = [\r\n  { on = 1 },\r\n  NEW,\r\n  { on = 2 },\r\n]\r\n", 1},
		{"tables", "[[commitment.moves]]\non = 1\n\n# two\n[[commitment.moves]]\non = 2\n", "[[commitment.moves]]\non = 1\n\n[[commitment.moves]]\non = 2026-11-20\nby = \"dev\"\ndid = \"progress\"\nnote = \"Half\"\n\n# two\n[[commitment.moves]]\non = 2\n", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			head := head
			if strings.Contains(tt.before, "\r") {
				head = strings.ReplaceAll(head, "\n", "\r\n")
			}
			got, err := opened(clientfile.Source{Name: "a.toml", Text: []byte(head + tt.before)}).insertMove(0, -1, tt.at, progress)
			if err != nil {
				t.Fatal(err)
			}
			want := head + strings.ReplaceAll(tt.want, "NEW", added)
			if diff := cmp.Diff(want, string(got.Text)); diff != "" {
				t.Error(diff)
			}
		})
	}
	for name, before := range map[string]string{"no moves": "", "none there": "moves = []\n", "no list": "moves = 1\n"} {
		if _, err := opened(clientfile.Source{Name: "a.toml", Text: []byte(head + before)}).insertMove(0, -1, 0, progress); !errors.Is(err, ErrNoPlace) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func appendMove(src clientfile.Source, commitment, deliverable int, fields []clientfile.Field) (clientfile.Source, error) {
	return opened(src).appendMove(commitment, deliverable, fields)
}

func appendTable(src clientfile.Source, kind string, fields []clientfile.Field) (clientfile.Source, error) {
	return opened(src).appendKind(kind, fields)
}
