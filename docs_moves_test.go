package portalgen_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// ways leads to each row of the table of states, by its first cell: a conversation
// in that state with all the dates that there may be, then one without, or one for
// each state of the row.
var ways = map[string][]string{
	"`start`":                      {""},
	"`asked`":                      {"C request due", "C request"},
	"`offered`":                    {"P offer due", "P offer"},
	"`countered` by the performer": {"C request, P counter due", "C request, P counter"},
	"`countered` by the customer":  {"P offer, C counter due", "P offer, C counter"},
	"`promised`":                   {"C request due, P promise"},
	"`resetting` by the performer": {"C request due, P promise, P renegotiate due", "C request due, P promise, P renegotiate"},
	"`resetting` by the customer":  {"C request due, P promise, C renegotiate due", "C request due, P promise, C renegotiate"},
	"`delivered`":                  {"C request due, P promise, P deliver answer_by", "C request due, P promise, P deliver"},
	"`kept`, `declined`, `withdrawn`, `revoked`, `unanswered`": {
		"C request due, P promise, P deliver, C accept", "C request, P decline", "C request, C withdraw",
		"C request due, P promise, P revoke", "C request due, P promise, P deliver answer_by, P close",
	},
}

// over leads to each row of the table of what may lie over a state, from promised.
var over = map[string]string{
	"a question of the customer is open":  "C ask",
	"a question of the performer is open": "P ask",
	"the customer has summed up":          "C summarize",
	"the performer has summed up":         "P summarize",
	"the customer has asked for help":     "C ask-help",
	"the performer has asked for help":    "P ask-help",
}

const promised = "C request due, P promise"

var sides = map[string]loop.Side{"C": loop.Customer, "P": loop.Performer}

func day(n int) civil.Moment {
	return civil.On(civil.Date{Year: 2026, Month: 1, Day: 1}.AddDays(n))
}

// talk plays moves such as "C request due, P promise". Each has a note, and is made
// ten days after the one before.
func talk(t *testing.T, moves string) loop.Conversation {
	t.Helper()
	c := loop.New(loop.Limits{})
	for i, said := range strings.Split(moves, ", ") {
		words := strings.Fields(said)
		if len(words) == 0 {
			return c
		}
		m := loop.Move{On: day(10 * i), Side: sides[words[0]], Did: loop.Did(words[1]), Note: "why"}
		if slices.Contains(words, "due") {
			m.Terms = loop.Terms{Due: day(300 + i), SatisfiedWhen: []string{words[1]}}
		}
		if slices.Contains(words, "answer_by") {
			m.AnswerBy = day(10*i + 5)
		}
		next, err := c.Apply(m)
		if err != nil {
			t.Fatalf("%s: %v", said, err)
		}
		c = next
	}
	return c
}

// suitable returns a move with all that it cannot do without.
func suitable(c loop.Conversation, l loop.Legal) loop.Move {
	m := loop.Move{On: day(200), Side: l.Side, Did: l.Did, Note: "why"}
	switch {
	case l.Did == loop.CommitToCommit:
		m.AnswerBy = day(210)
	case l.Did == loop.Promise && c.Proposed.Due.IsZero():
		m.Due = day(310)
	}
	return m
}

// legal returns the moves that may be made, as "C agree".
func legal(c loop.Conversation) []string {
	var all []string
	for _, l := range c.Legal() {
		all = append(all, map[loop.Side]string{loop.Customer: "C ", loop.Performer: "P "}[l.Side]+string(l.Did))
	}
	return all
}

// anytime returns the moves that the document says either side may make in every
// open state.
func anytime(t *testing.T) []string {
	t.Helper()
	_, after, ok := strings.Cut(document(t, movesFile), "In every open state either side may also make these:\n\n")
	line, _, _ := strings.Cut(after, "\n")
	if !ok || len(codes(line)) == 0 {
		t.Fatalf("%s does not say what may be done in every state", movesFile)
	}
	return codes(line)
}

var toldMove = regexp.MustCompile("`([a-z-]+)`([¹²]?)( with `due`)?(?: → ([a-z]+))?")

func TestStatesAndMovesAreTold(t *testing.T) {
	words := readWords(t, "i18n/en.toml")
	always := anytime(t)
	seen := map[string]bool{}
	for _, row := range rows(section(document(t, movesFile), "Who may do what")) {
		seen[row[0]] = true
		for _, way := range ways[row[0]] {
			c := talk(t, way)
			if !slices.Contains(codes(row[0]), string(c.State)) {
				t.Fatalf("%q does not lead to %s", way, row[0])
			}
			stage, _ := words["stage_"+string(c.Stage())].(string)
			if c.Stage() == loop.Closed {
				stage = "closed"
			}
			if row[1] != stage || row[2] != c.Turn().String() {
				t.Errorf("%s: stage %s and turn %s, told are %s and %s", row[0], stage, c.Turn(), row[1], row[2])
			}
			want := legal(c)
			var got []string
			for i, who := range []string{"C", "P"} {
				got = append(got, leadsAsTold(t, c, who, row[3+i])...)
				if c.State.Open() {
					for _, did := range always {
						got = append(got, who+" "+did)
					}
				}
			}
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, slices.Compact(got)); diff != "" {
				t.Errorf("%s, after %q: - as it is, + as %s has it:\n%s", row[0], way, movesFile, diff)
			}
		}
	}
	for row := range ways {
		if !seen[row] {
			t.Errorf("%s has no row for %s", movesFile, row)
		}
	}
	if len(seen) != len(ways) {
		t.Errorf("%d rows are told, %d are known here", len(seen), len(ways))
	}
}

// leadsAsTold returns the moves of one cell that are possible in c by what the
// footnotes say, after it has made sure that each leads to where the cell says.
func leadsAsTold(t *testing.T, c loop.Conversation, who, cell string) []string {
	t.Helper()
	var all []string
	for _, m := range toldMove.FindAllStringSubmatch(cell, -1) {
		l := loop.Legal{Side: sides[who], Did: loop.Did(m[1])}
		if m[2] == "¹" && c.Proposed.Due.IsZero() || m[2] == "²" && c.AcceptBy().IsZero() {
			continue
		}
		all = append(all, who+" "+m[1])
		move, to := suitable(c, l), loop.State(m[4])
		if m[3] != "" {
			move.Due = day(320)
		}
		if to == "" {
			to = c.State
		}
		if next, err := c.Apply(move); err != nil || next.State != to {
			t.Errorf("%s: %s of %s leads to %s, %v, and %s says to %s", c.State, m[1], l.Side, next.State, err, movesFile, to)
		}
	}
	return all
}

func TestWhatLiesOverAStateIsTold(t *testing.T) {
	before := legal(talk(t, promised))
	seen := 0
	for _, line := range section(document(t, movesFile), "Over any open state") {
		where, what, ok := strings.Cut(strings.Trim(line, "| "), " | ")
		if _, known := over[where]; !ok || !known {
			continue
		}
		seen++
		want := slices.Clone(before)
		for part := range strings.SplitSeq(what, "; ") {
			who, did, _ := strings.Cut(part, ": ")
			did = codes(did)[0]
			switch gone := func(s string) bool { return strings.HasSuffix(s, " "+did) }; who {
			case "customer":
				want = append(want, "C "+did)
			case "performer":
				want = append(want, "P "+did)
			case "nobody":
				want = slices.DeleteFunc(want, gone)
			case "customer no longer":
				want = slices.DeleteFunc(want, func(s string) bool { return s == "C "+did })
			case "performer no longer":
				want = slices.DeleteFunc(want, func(s string) bool { return s == "P "+did })
			default:
				t.Errorf("%s: who is %q?", where, who)
			}
		}
		got := legal(talk(t, promised+", "+over[where]))
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%s: - as it is, + as %s has it:\n%s", where, movesFile, diff)
		}
	}
	if seen != len(over) {
		t.Errorf("%d of %d rows were found", seen, len(over))
	}
}
