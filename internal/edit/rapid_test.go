package edit_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"portalgen/internal/civil"
	"portalgen/internal/clientfile"
	"portalgen/internal/edit"
	"portalgen/internal/loop"
)

// TestTwentyMoves appends moves that the loop allows, one after the other, to a
// commitment in one of several styles: each time the form takes it, and the file
// stays without a fault.
func TestTwentyMoves(t *testing.T) {
	const first = `on = 2026-10-01, by = "maria", did = "request", due = 2026-12-01 }`
	styles := []string{
		"moves = [\n  { " + first + ",\n]\n", "moves = [ { " + first + " ] # c\n", "moves = [\r\n\t{ " + first + " # c\r\n\t# d\r\n]",
		"[[commitment.moves]]\non = 2026-10-01\nby = \"maria\"\ndid = \"request\"\ndue = 2026-12-01\n",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := head + "[[commitment]]\nid = \"c\"\ntitle = \"C\"\ncustomer = \"maria\"\nperformer = \"dev\"\n" +
			rapid.SampledFrom(styles).Draw(t, "style")
		day := civil.Date{Year: 2026, Month: 10, Day: 1}
		for range 20 {
			day = day.AddDays(rapid.IntRange(0, 2).Draw(t, "days"))
			f := at(t, text, day)
			cm := &f.Client().Commitments[0]
			whole := f.Client().Replay(cm).Whole
			legal := whole.Legal()
			// A close must wait for a date that none of these has.
			legal = slices.DeleteFunc(legal, func(l loop.Legal) bool { return l.Did == loop.Close })
			if len(legal) == 0 {
				return
			}
			next := rapid.SampledFrom(legal).Draw(t, "move")
			fm, err := f.Move("c", "", string(next.Did))
			if err != nil {
				t.Fatal(err)
			}
			set := []string{"note", rapid.StringMatching(`[a-z"\\#\]\n ]{0,8}x`).Draw(t, "note"), "by", cm.Performer}
			if next.Side == loop.Customer {
				set[3] = cm.Customer
			}
			switch next.Did {
			case loop.CommitToCommit:
				set = append(set, "answer_by", day.AddDays(3).String())
			case loop.Request, loop.Counter, loop.Renegotiate:
				set = append(set, "due", day.AddDays(30).String())
			case loop.Promise:
				set = append(set, "due", day.AddDays(9).String())
			case loop.AcceptWork:
				set = append(set, "met", "All")
			}
			c, err := filledAt(fm, set)
			if err != nil {
				t.Fatalf("%s of the %s in %s: %v\n%s", next.Did, next.Side, whole.State, err, text)
			}
			text = string(c.New)
		}
	})
}

func at(t *rapid.T, text string, day civil.Date) *edit.File {
	opt := options()
	opt.Now = civil.Moment{Date: day, Clock: 12 * time.Hour, Timed: true}.In(time.UTC)
	f, err := edit.Open("acme", clientfile.Source{Name: "acme.toml", Text: []byte(text)}, opt, clock(opt.Now), false)
	if err != nil {
		t.Fatal(err)
	}
	if _, ps := clientfile.Client("acme", clientfile.Source{Name: "acme.toml", Text: []byte(text)}, opt); len(ps) > 0 {
		t.Fatal(ps)
	}
	return f
}

func filledAt(fm *edit.Form, set []string) (*edit.Change, error) {
	for i := 0; i < len(set); i += 2 {
		if err := fm.Set(set[i], set[i+1]); err != nil {
			return nil, err
		}
	}
	if err := fm.Fill(false); err != nil {
		return nil, err
	}
	return fm.Change()
}
