package clientfile

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
)

var update = flag.Bool("update", false, "write the golden files anew")

// testNow is still the 20th in London, and in Berlin too.
var testNow = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func testProvider() *client.Provider {
	return &client.Provider{
		Name: "North Studio", Timezone: "Europe/London",
		People: client.People{
			"nora": {ID: "nora", Name: "Nora Quist", Side: client.ProviderSide},
			"jon":  {ID: "jon", Name: "Jon Ask", Side: client.ProviderSide},
		},
		Terms: []client.Term{{Word: "go-live", Means: "Open"}, {Word: "sprint", Means: "Two weeks"}},
		Promises: client.Promises{
			ReplyWithin: client.Duration{N: 1, Unit: client.Days}, AnswerWithin: client.Duration{N: 3, Unit: client.Days},
			CheckIn: "weekly", CheckInWhy: "Most need a word every week",
		},
	}
}

func testOptions() Options {
	return Options{
		Provider: testProvider(), Now: testNow, Languages: []string{"en", "de"},
		FileExists: func(name string) error {
			switch name {
			case "there.pdf":
				return nil
			case "broken.png":
				return errors.New("it is not a file but a folder")
			}
			return fs.ErrNotExist
		},
	}
}

// readAny reads src as the kind of file that its name begins with.
func readAny(name string, src Source) diag.Problems {
	var ps diag.Problems
	switch {
	case strings.HasPrefix(name, "provider_"):
		_, ps = Provider(src)
	case strings.HasPrefix(name, "private_"):
		_, ps = Private(src)
	default:
		_, ps = Client("harbour", src, testOptions())
	}
	return ps
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal("no test files", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".toml")
		t.Run(name, func(t *testing.T) {
			src := Source{Name: name + ".toml", Text: readTest(t, file)}
			var got bytes.Buffer
			diag.Terminal(&got, readAny(name, src), nil)
			golden := strings.TrimSuffix(file, ".toml") + ".golden"
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(readTest(t, golden)), got.String()); diff != "" {
				t.Errorf("problems differ (-want +got):\n%s", diff)
			}
		})
	}
}

func readTest(t testing.TB, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestEveryRule holds the golden files, and the tests beside them, to all rules.
func TestEveryRule(t *testing.T) {
	elsewhere := "encoding line-ending outside-site too-large unreadable"
	files, _ := filepath.Glob("testdata/*.golden")
	var all strings.Builder
	for _, file := range files {
		all.Write(readTest(t, file))
	}
	for _, r := range Rules {
		rule := r.Name
		if !strings.Contains(all.String(), "["+rule+"]") && !strings.Contains(elsewhere, rule) {
			t.Errorf("no golden file shows %s", rule)
		}
	}
}

func TestComplete(t *testing.T) {
	src := Source{Name: "complete.toml", Text: readTest(t, "testdata/complete.toml")}
	c, ps := Client("harbour", src, testOptions())
	if err := ps.Err(); err != nil {
		t.Fatal(err)
	}
	day := func(s string) civil.Moment {
		d, err := civil.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return civil.On(d)
	}
	at := func(s string, clock time.Duration) civil.Moment {
		m := day(s)
		m.Clock, m.Timed = clock, true
		return m
	}
	checks := []struct {
		what      string
		got, want any
	}{
		{"id", c.ID, "harbour"},
		{"zone", c.Timezone, "Europe/Berlin"},
		{"about", [2]string{c.About.Business, c.About.Style}, [2]string{"A bakery", "Short"}},
		{"person's id", c.People["lena"].ID, "lena"},
		{"place of a person", c.People["lena"].Pos, diag.Pos{File: "complete.toml", Line: 13, Column: 1, Width: 4}},
		{"inherited person", c.People["nora"].Name, "Nora Quist"},
		{"own promise", c.Promises.ReplyWithin, client.Duration{N: 3, Unit: client.Hours}},
		{"inherited promise", c.Promises.AnswerWithin, client.Duration{N: 3, Unit: client.Days}},
		{"cadence", c.Promises.CheckIn, "monthly"},
		{"reason of another cadence", c.Promises.CheckInWhy, ""},
		{"goal without id", c.Goals[0].ID, "goal-1"},
		{"own id", c.Commitments[0].ID, "shop"},
		{"id of a private one", c.Commitments[1].ID, "private-2026-10-01"},
		{"id by first move", c.Commitments[2].ID, "2026-10-01"},
		{"private", c.Commitments[1].Private, true},
		{"place of a heading", c.Commitments[0].Pos, diag.Pos{File: "complete.toml", Line: 24, Column: 1, Width: 14}},
		{"place of an inline table", c.Commitments[0].Moves[1].Pos, diag.Pos{File: "complete.toml", Line: 31, Column: 3, Width: 1}},
		{"deliverable's id", c.Commitments[0].Deliverables[0].ID, "2026-11-01"},
		{"time with its zone", c.Messages[0].Received, at("2026-11-19", 30*time.Minute)},
		{"time without zone", c.Messages[0].Acknowledged, at("2026-11-19", 8*time.Hour)},
		{"zone of a move", c.Commitments[2].Moves[0].On, at("2026-10-01", 9*time.Hour)},
		{"message's id", c.Messages[0].ID, "2026-11-19"},
		{"text", c.Statuses[0].Body, "[people]\nAll is well."},
		{"own term first", c.Terms[0].Means, "Open to all"},
		{"inherited term", c.Terms[1].Word, "sprint"},
		{"terms", len(c.Terms), 2},
		{"review", c.Review.On, day("2026-11-01")},
	}
	for _, check := range checks {
		if diff := cmp.Diff(check.want, check.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", check.what, diff)
		}
	}
}

func TestProviderComplete(t *testing.T) {
	p, ps := Provider(Source{Name: "provider.toml", Text: readTest(t, "testdata/provider_complete.toml")})
	if err := ps.Err(); err != nil {
		t.Fatal(err)
	}
	want := map[string]client.Check{
		"tone":     {Pos: diag.Pos{File: "provider.toml", Line: 25, Column: 1, Width: 4}, Severity: diag.Off},
		"capacity": {Pos: diag.Pos{File: "provider.toml", Line: 26, Column: 1, Width: 8}, Severity: diag.Warning, Limits: map[string]int64{"moves": 5}},
	}
	if diff := cmp.Diff(want, p.Check); diff != "" {
		t.Errorf("check (-want +got):\n%s", diff)
	}
	if len(p.Closed) != 2 || p.Frozen.String() != "2026-11-20" || p.Contact.Email != "nora@north.example" {
		t.Errorf("got closed %v, frozen %s, contact %+v", p.Closed, p.Frozen, p.Contact)
	}
}
