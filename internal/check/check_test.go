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
	ps, err := check.Client(c, check.Options{Provider: provider(set), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return ps
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
	promised := commitment(asks, promises)
	for _, tt := range []struct {
		name, rule, now, broken string
		// place is the beginning of the line that is blamed.
		place   string
		mended  []string
		message string
	}{
		{
			name: "asked for without a date", rule: "request-without-date", now: "2026-11-04T12:00",
			broken: commitment(`{ on = 2026-11-03, by = "maria", did = "request" }`),
			place:  "[[commitment]]", message: `"The sign" was asked for without a date`,
			mended: []string{
				commitment(`{ on = 2026-11-03, by = "maria", did = "request", due = 2026-12-01 }`),
				commitment(`{ on = 2026-11-03, by = "maria", did = "request" }`, `{ on = 2026-11-04, by = "maria", did = "request", due = 2026-12-01 }`),
			},
		},
		{
			name: "no conditions", rule: "no-conditions-of-satisfaction", now: "2026-11-04T12:00",
			broken: strings.Replace(promised, "satisfied_when = [\"It hangs\"]\n", "", 1),
			place:  "[[commitment]]", message: `"The sign" is promised, and nothing says when it is done`,
			mended: []string{
				promised,
				strings.Replace(commitment(asks, `{ on = 2026-11-03, by = "dev", did = "promise", satisfied_when = ["It hangs"] }`), "satisfied_when = [\"It hangs\"]\n", "", 1),
			},
		},
		{
			name: "an answer to a request", rule: "answer-overdue", now: "2026-11-06T12:00", broken: commitment(asks),
			place: asks, message: `"The sign": Dev Patel was to answer by 2026-11-05`,
			mended: []string{promised, commitment(asks, `{ on = 2026-11-05, by = "dev", did = "commit-to-commit", answer_by = 2026-11-09 }`)},
		},
		{
			name: "an answer to a new date", rule: "answer-overdue", now: "2026-11-14T12:00",
			broken: commitment(asks, promises, `{ on = 2026-11-10, by = "dev", did = "renegotiate", due = 2026-12-01, note = "Ill" }`),
			place:  `{ on = 2026-11-10`, message: `"The sign": Maria Ruiz was to answer by 2026-11-13`,
			mended: []string{commitment(asks, promises, `{ on = 2026-11-10, by = "dev", did = "renegotiate", due = 2026-12-01, note = "Ill" }`, `{ on = 2026-11-14, by = "maria", did = "agree" }`)},
		},
		{
			name: "an answer to a question in a promise", rule: "answer-overdue", now: "2026-11-10T12:00",
			broken: commitment(asks, promises, `{ on = 2026-11-05, by = "dev", did = "ask", note = "Which wall?" }`),
			place:  `{ on = 2026-11-05`, message: `"The sign": Maria Ruiz was to answer by 2026-11-08`,
			mended: []string{commitment(asks, promises, `{ on = 2026-11-05, by = "dev", did = "ask", note = "Which wall?" }`, `{ on = 2026-11-10, by = "maria", did = "answer" }`)},
		},
		{
			name: "an answer to a question about what was delivered", rule: "answer-overdue", now: "2026-11-15T12:00",
			broken: commitment(asks, promises, delivers, `{ on = 2026-11-11, by = "maria", did = "ask", note = "Which screw?" }`),
			place:  `{ on = 2026-11-11`, message: `"The sign": Dev Patel was to answer by 2026-11-14`,
			mended: []string{commitment(asks, promises, delivers, `{ on = 2026-11-11, by = "maria", did = "ask", note = "Which screw?" }`, `{ on = 2026-11-12, by = "dev", did = "answer" }`, `{ on = 2026-11-15, by = "maria", did = "accept" }`)},
		},
		{
			name: "a promise", rule: "promise-overdue", now: "2026-11-21T00:00", broken: promised,
			place: "[[commitment]]", message: `"The sign" was promised by Dev Patel for 2026-11-20`,
			mended: []string{
				commitment(asks, promises, `{ on = 2026-11-21, by = "dev", did = "deliver" }`),
				commitment(asks, promises, `{ on = 2026-11-21, by = "dev", did = "renegotiate", due = 2026-12-01, note = "Ill" }`),
			},
		},
		{
			name: "an interim result", rule: "interim-overdue", now: "2026-11-11T12:00",
			broken: promised + "[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-10\n",
			place:  "[[commitment.deliverable]]", message: `"A sketch", on the way to "The sign", was due on 2026-11-10`,
			mended: []string{
				promised + "[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-10\nmoves = [{ on = 2026-11-11, by = \"dev\", did = \"deliver\" }]\n",
				commitment(asks) + "[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-10\n",
			},
		},
		{
			name: "an acceptance", rule: "accept-overdue", now: "2026-11-16T12:00", broken: commitment(asks, promises, delivers),
			place: delivers, message: `"The sign" was delivered, and Maria Ruiz was to accept it by 2026-11-15`,
			mended: []string{
				commitment(asks, promises, delivers, `{ on = 2026-11-16, by = "dev", did = "ask", note = "Is it what you wanted?" }`),
				commitment(asks, promises, delivers, `{ on = 2026-11-16, by = "dev", did = "close", note = "No word since" }`),
				commitment(asks, promises, delivers, `{ on = 2026-11-16, by = "maria", did = "accept" }`),
			},
		},
		{
			name: "a question", rule: "question-overdue", now: "2026-11-06T12:00",
			broken: "[[question]]\nasked = 2026-11-02\nby = \"dev\"\nto = \"maria\"\ntext = \"Which wall?\"\n",
			place:  "[[question]]", message: "Maria Ruiz was to answer by 2026-11-05: Which wall?",
			mended: []string{
				"[[question]]\nasked = 2026-11-02\nby = \"dev\"\nto = \"maria\"\ntext = \"Which wall?\"\nanswered = 2026-11-06\nanswer = \"North\"\n",
				"[[question]]\nasked = 2026-11-02\nby = \"dev\"\nto = \"maria\"\ntext = \"Which wall?\"\nanswer_by = 2026-11-09\n",
			},
		},
		{
			name: "a note that is too green", rule: "status-greener-than-facts", now: "2026-11-12T12:00",
			broken: "[[status]]\non = 2026-11-01\nrag = \"red\"\nheadline = \"Old\"\n[[status]]\non = 2026-11-03\nrag = \"green\"\nheadline = \"Well\"\nnext_update = 2026-11-10\n",
			place:  "[[status]]", message: "the latest note says green, the facts say amber: the update promised for 2026-11-10 has not come",
			mended: []string{
				"[[status]]\non = 2026-11-03\nrag = \"green\"\nheadline = \"Well\"\nnext_update = 2026-11-10\n[[status]]\non = 2026-11-12\nrag = \"green\"\nheadline = \"Well\"\n",
			},
		},
		{
			name: "a risk of nobody's", rule: "risk-without-owner", now: "2026-11-12T12:00",
			broken: "[[risk]]\ntitle = \"Rain\"\n", place: "[[risk]]", message: `nobody owns the risk "Rain"`,
			mended: []string{"[[risk]]\ntitle = \"Rain\"\nowner = \"maria\"\n", "[[risk]]\ntitle = \"Rain\"\nopened = 2026-11-01\nclosed = 2026-11-12\n"},
		},
		{
			name: "a risk that nothing is done about", rule: "risk-without-mitigation", now: "2026-11-12T12:00",
			broken: "[[risk]]\ntitle = \"Rain\"\nowner = \"dev\"\nimpact = \"moderate\"\n",
			place:  "[[risk]]", message: `nothing is done about the risk "Rain", whose impact is moderate`,
			mended: []string{
				"[[risk]]\ntitle = \"Rain\"\nowner = \"dev\"\nimpact = \"moderate\"\nmitigation = \"A roof\"\n",
				"[[risk]]\ntitle = \"Rain\"\nowner = \"dev\"\nimpact = \"moderate\"\nlog = [{ on = 2026-11-12, note = \"A drizzle\", impact = \"minor\" }]\n",
			},
		},
		{
			name: "a risk that has become graver", rule: "risk-without-mitigation", now: "2026-11-12T12:00",
			broken: "[[risk]]\ntitle = \"Rain\"\nowner = \"dev\"\nimpact = \"minor\"\nlog = [{ on = 2026-11-12, note = \"A flood\", impact = \"severe\" }]\n",
			place:  "[[risk]]", message: `nothing is done about the risk "Rain", whose impact is severe`,
			mended: []string{"[[risk]]\ntitle = \"Rain\"\nowner = \"dev\"\nimpact = \"minor\"\n"},
		},
	} {
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
	text := commitment(`{ on = 2026-11-01, by = "maria", did = "request" }`) + strings.Replace(commitment(asks, promises), "satisfied_when = [\"It hangs\"]\n", "", 1) +
		"[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-10\n" + commitment(asks, promises, delivers) +
		"[[question]]\nasked = 2026-11-02\nby = \"dev\"\nto = \"maria\"\ntext = \"Which wall?\"\n" +
		"[[status]]\non = 2026-11-03\nrag = \"green\"\nheadline = \"Well\"\n[[risk]]\ntitle = \"Rain\"\nimpact = \"severe\"\n"
	var want []string
	for _, r := range check.Rules {
		want = append(want, r.Name)
	}
	if diff := cmp.Diff(want, slices.Compact(rules(find(t, head+text, la(t, "2026-12-01T12:00"), nil)))); diff != "" {
		t.Errorf("rules that fire on a file in which all is wrong (-want +got):\n%s", diff)
	}
}

// A file in which all is in order, and one in which all is closed, are silent.
func TestSilence(t *testing.T) {
	for name, file := range map[string]string{
		"empty":        "",
		"on its way":   commitment(asks, promises) + "[[status]]\non = 2026-11-03\nrag = \"green\"\nheadline = \"Well\"\n",
		"declined":     commitment(`{ on = 2026-11-02, by = "maria", did = "request" }`, `{ on = 2026-11-03, by = "dev", did = "decline", note = "No" }`),
		"closed, late": commitment(asks, promises, `{ on = 2026-12-10, by = "dev", did = "deliver" }`, `{ on = 2026-12-11, by = "maria", did = "accept" }`) + "[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-10\n",
		"harder than the facts": "[[status]]\non = 2026-11-03\nrag = \"red\"\nheadline = \"Bad\"\n" +
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
		if want := "the latest note says green, the facts say red: “The wall”, 2026-11-20"; p.Message != want {
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
	if ps := find(t, file, la(t, "2026-11-20T23:59"), nil); len(ps) > 0 {
		t.Errorf("overdue on the last day: %v", ps)
	}
	if got := rules(find(t, file, la(t, "2026-11-21T00:00"), nil)); !slices.Equal(got, []string{"promise-overdue"}) {
		t.Errorf("got %v", got)
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
		ps := find(t, file, now, map[string]client.Check{"promise-overdue": tt.set})
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
		if ps := find(t, head+commitment(asks, promises), la(t, now), set); len(ps) != want {
			t.Errorf("at %s: %v", now, ps)
		}
	}
}

func TestSettings(t *testing.T) {
	ps := check.Settings(map[string]client.Check{
		"promise-overdue":    {Severity: diag.Error, Limits: map[string]int64{"after_days": 2}},
		"promise-overdo":     {Severity: diag.Error},
		"risk-without-owner": {Limits: map[string]int64{"after_days": 2}},
		"question-overdue":   {Limits: map[string]int64{"days": 2, "hours": 3}},
	}, "data/provider.toml")
	var got []string
	for _, p := range ps {
		if p.Rule != "unknown-rule" || p.Severity != diag.Warning || p.File != "data/provider.toml" || p.Hint == "" {
			t.Errorf("%+v", p)
		}
		got = append(got, p.Message)
	}
	want := []string{
		`[check] sets "promise-overdo", which is no rule`, `[check] question-overdue has no limit "days"`,
		`[check] question-overdue has no limit "hours"`, `[check] risk-without-owner has no limit "after_days"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if ps := check.Settings(nil, ""); ps != nil {
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
	if ps := check.Settings(p.Check, "provider.toml"); len(ps) > 0 {
		t.Error(ps)
	}
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
		ps, err = check.Client(c, check.Options{Provider: p, Now: p.Frozen.In(loc).Add(12 * time.Hour)})
		if err != nil || len(ps) > 0 {
			t.Errorf("%s: %v %v", id, ps, err)
		}
	}
}
