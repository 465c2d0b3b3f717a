package check_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/check"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/sample"
)

const head = `
client   = "Acme Dental"
timezone = "America/Los_Angeles"
[people]
maria = { name = "Maria Ruiz", side = "client" }
dev   = { name = "Dev Patel",  side = "provider" }
[promises]
answer_within = "3 days"
accept_within = "5 days"
`

func provider(set map[string]client.Check) *client.Provider {
	return &client.Provider{Name: "North Studio", Timezone: "Europe/London", Check: set}
}

// la returns an instant of the head's zone.
func la(t *testing.T, s string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	now, err := time.ParseInLocation("2006-01-02T15:04", s, loc)
	if err != nil {
		t.Fatal(err)
	}
	return now
}

func find(t *testing.T, file string, now time.Time, set map[string]client.Check) diag.Problems {
	t.Helper()
	c, ps := clientfile.Client("acme", clientfile.Source{Name: "acme.toml", Text: []byte(file)}, clientfile.Options{Provider: provider(set)})
	if err := ps.Err(); err != nil {
		t.Fatalf("the test's own file: %v", err)
	}
	found, err := check.Client(c, check.Options{Provider: provider(set), Now: now, File: "acme.toml", Text: []byte(file)})
	if err != nil {
		t.Fatal(err)
	}
	return found.Problems()
}

// only returns those of one rule.
func only(ps diag.Problems, rule string) diag.Problems {
	return slices.DeleteFunc(ps, func(p diag.Problem) bool { return p.Rule != rule })
}

func rules(ps diag.Problems) []string {
	var all []string
	for _, p := range ps {
		all = append(all, p.Rule)
	}
	return all
}

// commitment returns one by dev for maria, with conditions of satisfaction.
func commitment(moves ...string) string {
	return "\n[[commitment]]\ntitle = \"The sign\"\ncustomer = \"maria\"\nperformer = \"dev\"\nsatisfied_when = [\"It hangs\"]\nmoves = [\n" +
		strings.Join(moves, ",\n") + "\n]\n"
}

const (
	asks     = `{ on = 2026-11-02, by = "maria", did = "request", due = 2026-11-20 }`
	promises = `{ on = 2026-11-03, by = "dev", did = "promise" }`
	delivers = `{ on = 2026-11-10, by = "dev", did = "deliver" }`
)

// TestRules shows each rule in a file that breaks it, and in the same file after the
// edits that its hint suggests.
func TestRules(t *testing.T) {
	for _, tt := range slices.Concat(promiseCases, orderCases, saidCases, noteCases, riskCases, resultCases, wordCases) {
		t.Run(tt.name, func(t *testing.T) {
			now := la(t, tt.now)
			ps := find(t, head+tt.broken, now, nil)
			i := slices.IndexFunc(ps, func(p diag.Problem) bool { return p.Rule == tt.rule })
			if i < 0 {
				t.Fatalf("it does not fire; found %v", ps)
			}
			p := ps[i]
			if p.Message != tt.message || p.Hint == "" || p.Severity != diag.Warning || p.File != "acme.toml" {
				t.Errorf("it says %+v", p)
			}
			if line := strings.Split(head+tt.broken, "\n")[p.Line-1]; !strings.HasPrefix(line, tt.place) {
				t.Errorf("it blames line %d, %s", p.Line, line)
			}
			for _, mended := range tt.mended {
				if found := rules(find(t, head+mended, now, nil)); slices.Contains(found, tt.rule) {
					t.Errorf("it still fires after a true edit:\n%s", mended)
				}
			}
		})
	}
}

// A rule that nobody saw fire might never.
func TestEveryRuleIsTested(t *testing.T) {
	tested := map[string]bool{"capacity": true, "day-off": true, "shared-origin": true, "client-silent": true} // by tests of their own
	for _, c := range slices.Concat(promiseCases, orderCases, saidCases, noteCases, riskCases, resultCases, wordCases) {
		tested[c.rule] = true
	}
	for _, r := range check.Rules {
		if !tested[r.Name] {
			t.Errorf("no case shows %s", r.Name)
		}
		if r.Says == "" || r.Why == "" || r.Do == "" || r.Severity != diag.Warning {
			t.Errorf("%s is not told whole", r.Name)
		}
	}
}

// A file in which all is in order, and one in which all is closed, are silent.
func TestSilence(t *testing.T) {
	for name, file := range map[string]string{
		"empty":        "",
		"on its way":   commitment(asks, promises) + "[[status]]\non = 2026-11-03\nrag = \"green\"\nheadline = \"Well\"\n",
		"declined":     commitment(`{ on = 2026-11-02, by = "maria", did = "request" }`, `{ on = 2026-11-03, by = "dev", did = "decline", note = "No" }`),
		"closed, late": commitment(asks, promises, `{ on = 2026-12-10, by = "dev", did = "deliver" }`, `{ on = 2026-12-11, by = "maria", did = "accept" }`) + "[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-10\n",
		"harder than the facts": "[[status]]\non = 2026-11-03\nrag = \"red\"\nheadline = \"Bad\"\nacknowledges = \"A\"\nmeans_for_you = \"B\"\ndoing = \"C\"\nnext_update = 2026-11-13\n" +
			"[[risk]]\ntitle = \"Rain\"\nimpact = \"severe\"\nopened = 2026-11-01\nclosed = 2026-11-02\n",
	} {
		now := la(t, "2026-11-12T12:00")
		if strings.HasPrefix(name, "closed") {
			now = la(t, "2026-12-20T12:00")
		}
		if ps := find(t, head+file, now, nil); len(ps) > 0 {
			t.Errorf("%s: %v", name, ps)
		}
	}
}

// The fact that is named is one that makes the colour what it is.
func TestTheReasonIsTheOneThatCounts(t *testing.T) {
	file := strings.ReplaceAll(commitment(`{ on = 2026-11-02, by = "dev", did = "request", due = 2026-11-06 }`, `{ on = 2026-11-03, by = "maria", did = "promise" }`),
		"customer = \"maria\"\nperformer = \"dev\"", "customer = \"dev\"\nperformer = \"maria\"") +
		strings.Replace(commitment(asks, promises), "The sign", "The wall", 1) +
		"[[status]]\non = 2026-11-20\nid = \"b\"\nrag = \"green\"\nheadline = \"Well\"\n[[status]]\non = 2026-11-20\nid = \"a\"\nrag = \"green\"\nheadline = \"Still well\"\n"
	for _, p := range find(t, head+file, la(t, "2026-11-21T12:00"), nil) {
		if p.Rule != "status-greener-than-facts" {
			continue
		}
		if want := "the latest note says green, the facts say red: \"The wall\" was due on 2026-11-20"; p.Message != want {
			t.Errorf("got %q, want %q", p.Message, want)
		}
		if lines := strings.Split(head+file, "\n"); lines[p.Line+1] != `id = "a"` {
			t.Errorf("it blames line %d, which is not the latest note", p.Line)
		}
		return
	}
	t.Error("it does not fire")
}

func TestADayEndsInTheClientsZone(t *testing.T) {
	file := head + commitment(asks, promises)
	if ps := only(find(t, file, la(t, "2026-11-20T23:59"), nil), "promise-overdue"); len(ps) > 0 {
		t.Errorf("overdue on the last day: %v", ps)
	}
	if ps := only(find(t, file, la(t, "2026-11-21T00:00"), nil), "promise-overdue"); len(ps) != 1 {
		t.Errorf("not overdue on the day after: %v", ps)
	}
}

func TestSeverities(t *testing.T) {
	file, now := head+commitment(asks, promises), la(t, "2026-11-21T12:00")
	for _, tt := range []struct {
		set  client.Check
		want diag.Severity
	}{
		{client.Check{}, diag.Warning},
		{client.Check{Severity: diag.Warning}, diag.Warning},
		{client.Check{Severity: diag.Error}, diag.Error},
		{client.Check{Severity: diag.Off}, ""},
		{client.Check{Severity: diag.Error, Limits: map[string]int64{"after_days": 2}}, ""},
	} {
		ps := only(find(t, file, now, map[string]client.Check{"promise-overdue": tt.set}), "promise-overdue")
		switch {
		case tt.want == "" && len(ps) > 0:
			t.Errorf("%+v: found %v", tt.set, ps)
		case tt.want != "" && (len(ps) != 1 || ps[0].Severity != tt.want):
			t.Errorf("%+v: found %v", tt.set, ps)
		}
	}
}

func TestAfterDays(t *testing.T) {
	set := map[string]client.Check{"promise-overdue": {Limits: map[string]int64{"after_days": 3}}}
	for now, want := range map[string]int{"2026-11-23T23:59": 0, "2026-11-24T00:00": 1} {
		if ps := only(find(t, head+commitment(asks, promises), la(t, now), set), "promise-overdue"); len(ps) != want {
			t.Errorf("at %s: %v", now, ps)
		}
	}
}

func TestSharedOrigin(t *testing.T) {
	t.Parallel()
	for base, fires := range map[string]bool{
		"": false, "https://portal.example.com": false, "https://portal.example.com/": false,
		"https://example.com/clients/": true, "https://user.github.io/portals": true, "https://user.github.io": true,
		"https://Team.GitLab.io/": true, "https://user.codeberg.page": true, "https://user.bitbucket.io:443": true,
		"https://portal.pages.dev": false, "https://portal.netlify.app": false, "https://github.io.example.com": false,
	} {
		p := &client.Provider{BaseURL: base}
		pos := diag.Pos{File: "provider.toml", Line: 3}
		ps := check.SharedOrigin(p, pos)
		if !fires && len(ps) > 0 || fires && (len(ps) != 1 || ps[0].Rule != "shared-origin" || ps[0].Severity != diag.Warning || ps[0].Pos != pos) {
			t.Errorf("%q: got %v", base, ps)
		}
		for _, set := range []diag.Severity{diag.Off, diag.Error} {
			p.Check = map[string]client.Check{"shared-origin": {Severity: set}}
			if ps := check.SharedOrigin(p, pos); (len(ps) > 0) != (fires && set == diag.Error) || len(ps) > 0 && ps[0].Severity != set {
				t.Errorf("%q, %s: got %v", base, set, ps)
			}
		}
	}
}

// What all clients inherit is said once, of the provider's own file.
func TestReplyPromisesOfTheProvider(t *testing.T) {
	hours := func(n int) client.Duration { return client.Duration{N: n, Unit: client.Hours} }
	p := provider(nil)
	p.Promises = client.Promises{Item: client.Item{Pos: diag.Pos{Line: 7}}, ReplyWithin: hours(4), ReplyLatest: hours(3)}
	if ps := check.ReplyPromises(p); len(ps) != 1 || ps[0].Rule != "reply-latest-too-soon" || ps[0].Pos.Line != 7 {
		t.Errorf("got %v", ps)
	}
	file := strings.Split(head, "[promises]")[0]
	for more, want := range map[string]bool{"": false, "[promises]\nreply_within = \"5 hours\"\n": false, "[promises]\nreply_latest = \"2 hours\"\n": true} {
		c, ps := clientfile.Client("acme", clientfile.Source{Name: "acme.toml", Text: []byte(file + more)}, clientfile.Options{Provider: p})
		if err := ps.Err(); err != nil {
			t.Fatal(err)
		}
		found, err := check.Client(c, check.Options{Provider: p, Now: la(t, "2026-11-11T12:00")})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(only(found.Problems(), "reply-latest-too-soon")) > 0; got != want {
			t.Errorf("%q: told of the client: %v", more, got)
		}
	}
	p.Promises.ReplyLatest = hours(5)
	if ps := check.ReplyPromises(p); ps != nil {
		t.Errorf("got %v", ps)
	}
}

func TestSettings(t *testing.T) {
	at := diag.Pos{File: "data/provider.toml", Line: 3, Column: 1, Width: 4}
	ps := check.Settings(map[string]client.Check{
		"promise-overdue":    {Pos: at, Severity: diag.Error, Limits: map[string]int64{"after_days": 2}},
		"promise-overdo":     {Pos: at, Severity: diag.Error},
		"risk-without-owner": {Pos: at, Limits: map[string]int64{"after_days": 2}},
		"question-overdue":   {Pos: at, Limits: map[string]int64{"days": 2, "hours": 3}},
		"capacity":           {Pos: at, Limits: map[string]int64{"per_week": -1}},
	})
	var got []string
	for _, p := range ps {
		if p.Rule != "unknown-rule" || p.Severity != diag.Warning || p.Pos != at || p.Hint == "" {
			t.Errorf("%+v", p)
		}
		got = append(got, p.Message)
	}
	want := []string{
		`[check] capacity has a limit below zero: per_week = -1`, `[check] sets "promise-overdo", which is no rule`,
		`[check] question-overdue has no limit "days"`, `[check] question-overdue has no limit "hours"`, `[check] risk-without-owner has no limits`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if ps := check.Settings(nil); ps != nil {
		t.Errorf("no settings, and yet %v", ps)
	}
}

// The samples are in order on the day at which their time stands still.
func TestSamplesAreSilent(t *testing.T) {
	text, err := sample.Read("data/provider.toml")
	if err != nil {
		t.Fatal(err)
	}
	p, ps := clientfile.Provider(clientfile.Source{Name: "provider.toml", Text: text})
	if err := ps.Err(); err != nil {
		t.Fatal(err)
	}
	if ps := check.Settings(p.Check); len(ps) > 0 {
		t.Error(ps)
	}
	var owed []check.Owed
	for _, id := range sample.IDs() {
		text, err := sample.Read("data/clients/" + id + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		c, ps := clientfile.Client(id, clientfile.Source{Name: id, Text: text}, clientfile.Options{Provider: p})
		if err := ps.Err(); err != nil {
			t.Fatal(err)
		}
		loc, err := time.LoadLocation(c.Timezone)
		if err != nil {
			t.Fatal(err)
		}
		found, err := check.Client(c, check.Options{Provider: p, Now: p.Frozen.In(loc).Add(12 * time.Hour), File: id, Text: text})
		if err != nil || len(found.Found) > 0 {
			t.Errorf("%s: %v %v", id, found.Problems(), err)
		}
		owed = append(owed, found.Owed...)
	}
	if ps := check.Capacity(owed, p.Check); len(ps) > 0 {
		t.Error(ps)
	}
}
