package takein

import (
	"fmt"
	"strings"
	"testing"

	"portalgen/internal/portal"
	"portalgen/internal/reply"
)

// An answer to what was asked for once more, so lately that it may be to what was asked before, is to be
// thought about.
func TestWhatWasAskedOnceMore(t *testing.T) {
	const ask, deliver = `  { on = 2026-11-18, by = "priya", did = "ask", note = "Which blue?" },
`, `  { on = 2026-11-18, by = "priya", did = "deliver" },
`
	for _, tt := range []struct {
		reply                *reply.Reply
		first, answer, again string
	}{
		{said("answer", "todo/move/answer/logo", "", text("word", "Navy")), ask, "answer", "ask"},
		{said("accept", "todo/move/accept/draft", "accept"), deliver, "reject", "deliver"},
	} {
		for day, want := range map[string]int{"2026-11-18": 0, "2026-11-19": 1, "2026-11-20": 1} {
			again := fmt.Sprintf(`  { on = 2026-11-18, by = "hanna", did = %q, note = "By phone" },
  { on = %s, by = "priya", did = %q, note = "Anew" },
`, tt.answer, day, tt.again)
			j := mustJudge(t, strings.Replace(file, tt.first, tt.first+again, 1), tt.reply, hanna)
			if j.Change == nil || len(j.Doubts) != want {
				t.Errorf("%s once more on %s: refused %q, doubts %v", tt.again, day, j.Refused, j.Doubts)
			}
		}
		if j := mustJudge(t, file, tt.reply, hanna); j.Change == nil || len(j.Doubts) > 0 {
			t.Errorf("%s: refused %q, doubts %v", tt.again, j.Refused, j.Doubts)
		}
	}
}

// versioned is a reply to what a page shows of a file.
func versioned(t *testing.T, r *reply.Reply, shows string) *reply.Reply {
	t.Helper()
	s := subject(shows)
	f, err := s.Open(s.Source)
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.View(f.Client())
	if err != nil {
		t.Fatal(err)
	}
	one := *r
	if w := portal.Todo(v, r.About); w != nil {
		one.Version = w.Version()
	}
	return &one
}

// otherVersions are, by what is answered, files in which the same waits in another version: asked by another
// move, in other words, for another date, or on other conditions. Another date on the table is refused,
// whatever else is to be thought about.
var otherVersions = map[string][]struct {
	old, new string
	refused  bool
}{
	"todo/move/decide/booking": {
		{old: `"Rain"`, new: `"Snow"`},
		{old: `note = "Rain" },`, new: "note = \"Rain\" },\n  { on = 2026-11-18, by = \"priya\", did = \"renegotiate\", due = 2026-12-04, note = \"Rain\" },"},
		{old: "due = 2026-12-04", new: "due = 2026-12-11", refused: true},
		{old: `note = "Rain" },`, new: `note = "Rain", satisfied_when = ["It is dry"] },`},
	},
	"todo/move/agree/offer": {
		{old: `did = "offer",`, new: `did = "offer", note = "Dearer",`},
		{old: "due = 2026-12-10 }]", new: `due = 2026-12-10 },
  { on = 2026-11-18, by = "hanna", did = "counter", due = 2026-12-09 },
  { on = 2026-11-18, by = "priya", did = "counter", due = 2026-12-10 }]`},
		{old: "due = 2026-12-10", new: "due = 2026-12-11", refused: true},
		{old: `did = "offer",`, new: `did = "offer", satisfied_when = ["It hangs"],`},
	},
	"todo/move/promise/texts": {
		{old: "due = 2026-12-01", new: `due = 2026-12-01, note = "All"`},
		{old: "due = 2026-12-01 }]", new: "due = 2026-12-01 },\n  { on = 2026-11-18, by = \"priya\", did = \"request\", due = 2026-12-01 }]"},
		{old: "due = 2026-12-01", new: "due = 2026-12-03", refused: true},
		{old: "due = 2026-12-01", new: `due = 2026-12-01, satisfied_when = ["In Norse"]`},
	},
	"todo/move/accept/draft": {
		{old: `did = "deliver" }`, new: `did = "deliver", note = "Anew" }`},
		{old: `did = "deliver" },`, new: `did = "deliver" },
  { on = 2026-11-18, by = "hanna", did = "reject", note = "Small" },
  { on = 2026-11-18, by = "priya", did = "deliver" },`},
		{old: `on = 2026-11-18, by = "priya", did = "deliver"`, new: `on = 2026-11-19, by = "priya", did = "deliver"`},
	},
	"todo/move/answer/logo": {
		{old: "Which blue?", new: "Which red?"},
		{old: `note = "Which blue?" },`, new: `note = "Which blue?" },
  { on = 2026-11-18, by = "hanna", did = "answer", note = "Dark" },
  { on = 2026-11-18, by = "priya", did = "ask", note = "Which blue?" },`},
		{old: `on = 2026-11-18, by = "priya", did = "ask"`, new: `on = 2026-11-19, by = "priya", did = "ask"`},
	},
	"todo/move/confirm/logo/2":     {{old: "Blue it is", new: "Red it is"}},
	"todo/question/answer/harbour": {{old: "Which harbour?", new: "Which pier?"}},
	"todo/change/decide/rope":      {{old: "Two ropes", new: "Three ropes"}, {old: `"Two ropes"`, new: "\"Two ropes\"\neffect = \"A day more\""}},
	"todo/check-in/confirm/nov":    {{old: "in May", new: "in July"}},
	"todo/pulse/rate/clear":        {{old: "How clear is it?", new: "How dear is it?"}},
	"todo/term/confirm/Live":       {{old: "On the site", new: "On the shop"}},
	"todo/assumption/confirm/quay": {{old: "The quay is dry", new: "The quay is wet"}},
	"todo/move/deliver/photos":     nil, // a promise of their own has one version
}

// TestAnotherVersion holds each kind of answer against each other version of what it answers, and against
// files in which it is the same.
func TestAnotherVersion(t *testing.T) {
	same := strings.NewReplacer(`title = "Booking"`, `title = "Bookings"`,
		`note = "Rain" },`, "note = \"Rain\" },\n  { on = 2026-11-19, by = \"priya\", did = \"progress\", note = \"Dry\" },").Replace(file)
	for name, a := range answers {
		r := versioned(t, a.reply, file)
		if r.Version == "" {
			continue // nothing that waits is answered
		}
		for _, text := range []string{file, same} {
			if j := mustJudge(t, text, r, hanna); j.Change == nil || len(j.Doubts) > 0 {
				t.Errorf("%s, of the same: refused %q, doubts %q", name, j.Refused, j.Doubts)
			}
		}
		others, known := otherVersions[a.reply.About]
		if !known {
			t.Errorf("%s: there is no other version of %s", name, a.reply.About)
		}
		for _, other := range others {
			if !strings.Contains(file, other.old) {
				t.Fatalf("the file has no %q", other.old)
			}
			j := mustJudge(t, strings.Replace(file, other.old, other.new, 1), r, hanna)
			if (j.Change == nil) != other.refused || len(j.Doubts) != 1 || !strings.Contains(j.Doubts[0], "changed since") ||
				other.refused && !strings.Contains(j.Refused, "is on the table") {
				t.Errorf("%s, with %s: refused %q, doubts %q", name, other.new, j.Refused, j.Doubts)
			}
		}
	}
}
