package clientfile

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

func clientOf(t *testing.T, s string, opt Options, rules ...string) *client.Client {
	t.Helper()
	c, ps := Client("acme", Source{"acme.toml", []byte(s)}, opt)
	checkRules(t, ps, rules...)
	return c
}

// TestToday holds a fact to the later of the two zones: at this moment it is the
// 20th in Los Angeles and the 21st in Tokyo.
func TestToday(t *testing.T) {
	const head = "client = \"Acme\"\ntimezone = \"America/Los_Angeles\"\n[[decision]]\ntext = \"x\"\non = "
	opt := Options{Now: time.Date(2026, 11, 20, 23, 30, 0, 0, time.UTC)}
	clientOf(t, head+"2026-11-20", opt)
	clientOf(t, head+"2026-11-21", opt, rule.FutureDate)
	opt.Provider = &client.Provider{Timezone: "Asia/Tokyo"}
	clientOf(t, head+"2026-11-21", opt)
	clientOf(t, head+"2026-11-22", opt, rule.FutureDate)
	opt.Now = time.Time{}
	clientOf(t, head+"2027-01-01", opt)
}

// TestZoneOfDateTimes converts a date-time that names its zone into the client's:
// its own, else the provider's, else UTC.
func TestZoneOfDateTimes(t *testing.T) {
	const decision = "[[decision]]\ntext = \"x\"\non = 2026-11-20T23:30:00Z"
	provider := &client.Provider{Timezone: "Asia/Tokyo"}
	for _, test := range []struct {
		name, head, want string
		provider         *client.Provider
	}{
		{"own", "timezone = \"America/Los_Angeles\"\n", "2026-11-20T15:30:00", provider},
		{"provider's", "", "2026-11-21T08:30:00", provider},
		{"none", "", "2026-11-20T23:30:00", nil},
	} {
		c := clientOf(t, "client = \"Acme\"\n"+test.head+decision, Options{Provider: test.provider})
		if got := c.Decisions[0].On.String(); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

func TestDefaults(t *testing.T) {
	c := clientOf(t, `client = "Acme"`, Options{})
	if c.Timezone != "UTC" || c.Language != "en" || c.People == nil {
		t.Errorf("got zone %q, language %q, people %v", c.Timezone, c.Language, c.People)
	}
	p := &client.Provider{Timezone: "Asia/Tokyo", Language: "de"}
	if c = clientOf(t, `client = "Acme"`, Options{Provider: p}); c.Timezone != "Asia/Tokyo" || c.Language != "de" {
		t.Errorf("got zone %q, language %q from the provider", c.Timezone, c.Language)
	}
}

// TestProviderIsNotChanged: many clients are read with one provider.
func TestProviderIsNotChanged(t *testing.T) {
	p := testProvider()
	clientOf(t, "client = \"Acme\"\n[people]\nlena = { name = \"Lena\", side = \"client\" }\n[[term]]\nword = \"x\"\nmeans = \"y\"\n", Options{Provider: p})
	if diff := cmp.Diff(testProvider(), p); diff != "" {
		t.Errorf("provider changed (-before +after):\n%s", diff)
	}
}

func TestSamePersonInBothFiles(t *testing.T) {
	p := &client.Provider{People: client.People{"nora": {ID: "nora", Name: "Nora", Side: "provider"}}}
	const same = "client = \"Acme\"\n[people]\nnora = { name = \"Nora\", side = \"provider\" }\n"
	clientOf(t, same, Options{Provider: p})
	c := clientOf(t, strings.Replace(same, `"Nora"`, `"Nora Quist"`, 1), Options{Provider: p}, rule.BadValue)
	if c.People["nora"].Name != "Nora Quist" {
		t.Errorf("got %+v", c.People["nora"])
	}
}

// TestIDsOfOneDay: an id that is written is never given to another item.
func TestIDsOfOneDay(t *testing.T) {
	const on = "[[decision]]\ntext = \"x\"\non = 2026-11-01\n"
	c := clientOf(t, "client = \"Acme\"\n"+on+on+on+on+"id = \"2026-11-01-2\"\n"+strings.Replace(on, "-01", "-02", 1), Options{})
	var got []string
	for _, d := range c.Decisions {
		got = append(got, d.ID)
	}
	want := []string{"2026-11-01", "2026-11-01-3", "2026-11-01-4", "2026-11-01-2", "2026-11-02"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
}

func TestTextsAndAbout(t *testing.T) {
	c := clientOf(t, `client = "Acme"
about = "A bakery"
people.a = { name = "A", side = "client" }
people.b = { name = "B", side = "provider" }
[[commitment]]
title = "x"
customer = "a"
performer = "b"
moves = [
  { on = 2026-10-01, by = "a", did = "request", due = 2026-11-01, met = "one", unmet = ["two", "three"] },
]
[[risk]]
title = "Rain"
log = [ { on = 2026-10-01 } ]
`, Options{})
	m := c.Commitments[0].Moves[0]
	if c.About.Business != "A bakery" || len(m.Met) != 1 || m.Met[0] != "one" || len(m.Unmet) != 2 {
		t.Errorf("got about %+v, met %q, unmet %q", c.About, m.Met, m.Unmet)
	}
	if c.Risks[0].ID != "2026-10-01" {
		t.Errorf("a risk that is not opened has the id %q", c.Risks[0].ID)
	}
}

func TestVerb(t *testing.T) {
	for word, want := range map[string]string{
		"promised": "promise", "delivered": "deliver", "Deliver": "deliver", "revoking": "revoke", "asked": "ask",
		"commit_to_commit": "commit-to-commit", "accepts": "accept", "dance": "", "": "", "agree": "",
	} {
		if got := verb(word); got != want {
			t.Errorf("verb(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestPortal(t *testing.T) {
	for path, good := range map[string]bool{
		"acme": true, "acme-2": true, strings.Repeat("a", 40): true,
		strings.Repeat("a", 41): false, "Acme": false, "a/b": false, "a_b": false, "assets": false, "index": false, "404": false, "index-2": true, "é": false,
	} {
		_, ps := Client("acme", Source{"x", []byte("client = \"Acme\"\nportal = \"" + path + "\"\n")}, Options{})
		if (len(ps) == 0) != good {
			t.Errorf("%q: %v", path, ps)
		}
	}
}

func TestBaseURL(t *testing.T) {
	for url, good := range map[string]bool{
		"https://portal.example": true, "https://portal.example/": true, "http://localhost:8080/a/b/": true,
		"https://portal.example/my-assets": true, "https://portal.example/a/assets": true, "https://portal.example/a..b": true,
		"https://portal.example/?x=1": false, "https://portal.example?": false, "https://portal.example/#top": false,
		"https://portal.example/#": false, "https://portal.example/a/../b": false, "https://portal.example/..": false,
		"https://portal.example/%2e%2e/b": false, "https://portal.example/./b": false,
		"https://portal.example/assets": false, "https://portal.example/assets/x": false,
		"portal.example": false, "ftp://portal.example": false,
	} {
		_, ps := Provider(Source{"x", []byte("name = \"North\"\ntimezone = \"UTC\"\nlanguage = \"en\"\nbase_url = \"" + url + "\"\n")})
		if (len(ps) == 0) != good || !good && (ps[0].Rule != rule.BadValue || ps[0].Hint == "") {
			t.Errorf("%q: %v", url, ps)
		}
	}
}

func TestLanguageWithAnUnderscore(t *testing.T) {
	for text, hint := range map[string]string{"pt_BR": "write pt-BR", "de_at": "write de-AT"} {
		for name, ps := range map[string]diag.Problems{
			"client":   second(Client("acme", Source{"x", []byte("client = \"Acme\"\nlanguage = \"" + text + "\"\n")}, Options{})),
			"provider": second(Provider(Source{"x", []byte("name = \"North\"\ntimezone = \"UTC\"\nlanguage = \"" + text + "\"\n")})),
		} {
			if len(ps) != 1 || ps[0].Rule != rule.BadValue || ps[0].Hint != hint {
				t.Errorf("%s of a %s: %+v", text, name, ps)
			}
		}
	}
}

func second[T any](_ T, ps diag.Problems) diag.Problems { return ps }
