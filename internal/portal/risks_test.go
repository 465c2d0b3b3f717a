package portal_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"portalgen/internal/portal"
)

// Whatever risks there are, each with a place has one dot, inside the picture and
// inside the cell that it belongs to, and no two of them touch on the narrowest screen.
func TestDotsOfTheGrid(t *testing.T) {
	const width = 5 * 44
	likelihoods := []string{"rare", "unlikely", "possible", "likely", "almost-certain"}
	impacts := []string{"negligible", "minor", "moderate", "major", "severe"}
	rapid.Check(t, func(rt *rapid.T) {
		var file strings.Builder
		n := rapid.IntRange(1, 30).Draw(rt, "n")
		for range n {
			file.WriteString("\n[[risk]]\ntitle = \"It may rain\"\nopened = 2026-11-01\nlikelihood = \"" +
				rapid.SampledFrom(likelihoods).Draw(rt, "likelihood") + "\"\nimpact = \"" + rapid.SampledFrom(impacts).Draw(rt, "impact") + "\"\n" +
				"log = [{ on = 2026-11-02, note = \"So\", impact = \"" + rapid.SampledFrom(impacts).Draw(rt, "later") + "\" }]\n")
		}
		r := page(on(t, "2026-11-20", file.String()), portal.KindRisks).Risks
		if len(r.Grid.Dots) != n {
			rt.Fatalf("%d dots for %d risks", len(r.Grid.Dots), n)
		}
		for i, d := range r.Grid.Dots {
			x, y := float64(slices.Index(impacts, d.Risk.Impact)*20), float64((4-slices.Index(likelihoods, d.Risk.Likelihood))*20)
			half := float64(d.R) / width * 100
			if d.R < 1 || d.X-half < x || d.X+half > x+20 || d.Y-half < y || d.Y+half > y+20 {
				rt.Fatalf("%+v lies outside the cell at %v, %v", d, x, y)
			}
			for _, e := range r.Grid.Dots[:i] {
				if math.Hypot(d.X-e.X, d.Y-e.Y)*width/100 < float64(d.R+e.R) {
					rt.Fatalf("%+v and %+v touch", d, e)
				}
			}
			if slices.Contains(r.Grid.Was, d.GridPoint) {
				rt.Fatalf("a mark of an earlier place is under %+v", d)
			}
		}
	})
}

// The way of a risk is told in its log, and drawn from each place where it stood to the next.
func TestWayOfARisk(t *testing.T) {
	const risk = "\n[[risk]]\nid = \"rain\"\ntitle = \"It may rain\"\nopened = 2026-11-01\n"
	const rated = risk + "likelihood = \"possible\"\nimpact = \"major\"\n"
	for _, tt := range []struct{ name, file, steps, ways string }{
		{"never moved", rated, "", ""},
		{"a note alone", rated + `log = [{ on = 2026-11-02, note = "So" }]`, "so: >, >", ""},
		{"said again", rated + `log = [{ on = 2026-11-02, note = "So", likelihood = "possible" }]`, "so: >, >", ""},
		{"up", rated + `log = [{ on = 2026-11-02, note = "So", likelihood = "likely" }]`, "so: possible>likely, >", "70,50 70,30 true"},
		{
			"up, then less bad", rated + `log = [{ on = 2026-11-02, note = "So", likelihood = "likely" }, { on = 2026-11-03, note = "And", impact = "minor" }]`,
			"and: >, major>minor; so: possible>likely, >", "70,50 70,30 false; 70,30 30,30 true",
		},
		{
			"there and back", rated + `log = [{ on = 2026-11-02, note = "So", likelihood = "likely" }, { on = 2026-11-03, note = "And", likelihood = "possible" }]`,
			"and: likely>possible, >; so: possible>likely, >", "70,30 70,50 true",
		},
		{
			"rated later", risk + `log = [{ on = 2026-11-02, note = "So", likelihood = "likely", impact = "minor" }, { on = 2026-11-03, note = "And", impact = "major" }]`,
			"and: >, minor>major; so: >likely, >minor", "30,30 70,30 true",
		},
	} {
		r := page(on(t, "2026-11-20", tt.file), portal.KindRisks).Risks
		var steps, ways []string
		for _, e := range r.Open[0].Log {
			steps = append(steps, fmt.Sprintf("%s: %s>%s, %s>%s", strings.ToLower(string(e.Note)), e.Likelihood.From, e.Likelihood.To, e.Impact.From, e.Impact.To))
		}
		for _, w := range r.Grid.Ways {
			ways = append(ways, fmt.Sprintf("%v,%v %v,%v %v", w.From.X, w.From.Y, w.To.X, w.To.Y, w.Last))
		}
		if got := strings.Join(steps, "; "); got != tt.steps {
			t.Errorf("%s: the log says %s, want %s", tt.name, got, tt.steps)
		}
		if got := strings.Join(ways, "; "); got != tt.ways {
			t.Errorf("%s: drawn as %s, want %s", tt.name, got, tt.ways)
		}
	}
}

func TestRisksWithoutAPlace(t *testing.T) {
	r := page(on(t, "2026-11-20", "\n[[risk]]\ntitle = \"It may rain\"\nlikelihood = \"rare\"\nopened = 2026-11-01\n"), portal.KindRisks).Risks
	if r.Grid != nil || len(r.Open) != 1 {
		t.Errorf("got %+v", r)
	}
}

// A risk of which nobody says what is done about it says whom to ask: its owner, if they can be reached, else who looks
// after the client.
func TestWhomToAskAboutARisk(t *testing.T) {
	const risk = "\n[[risk]]\nid = \"rain\"\ntitle = \"It may rain\"\nopened = 2026-11-01\n"
	const devs = risk + "owner = \"dev\"\n"
	const contact = "North Studio"
	for _, tt := range []struct{ name, risk, ask string }{
		{"nobody's", risk, contact},
		{"of who can be reached", devs, "Dev Patel"},
		{"of who cannot", risk + "owner = \"ines\"\n", contact},
		{"of the client's", risk + "owner = \"maria\"\n", contact},
		{"something is done", devs + "mitigation = \"A tent\"\n", ""},
		{"the log says something", devs + "log = [{ on = 2026-11-02, note = \"A tent\" }]\n", ""},
		{"closed", devs + "closed = 2026-11-10\noutcome = \"Dry\"\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := page(on(t, "2026-11-20", performedByDev()+tt.risk), portal.KindRisks).Risks
			for _, risk := range slices.Concat(r.Open, r.Closed) {
				if risk.Ask.Name != tt.ask {
					t.Errorf("ask %q, want %q", risk.Ask.Name, tt.ask)
				}
			}
		})
	}
}
