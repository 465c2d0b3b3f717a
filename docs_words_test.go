package portalgen_test

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/loop"
)

// fieldsOf returns, for each move, the fields without which it was refused
// anywhere, and those that it was allowed to carry anywhere.
func fieldsOf(t *testing.T) (needs, carries map[loop.Did]map[string]bool) {
	t.Helper()
	needs, carries = map[loop.Did]map[string]bool{}, map[loop.Did]map[string]bool{}
	for _, did := range loop.AllDids {
		needs[did], carries[did] = map[string]bool{}, map[string]bool{}
	}
	all := slices.Concat(slices.Collect(maps.Values(ways))...)
	for _, o := range over {
		all = append(all, promised+", "+o)
	}
	for _, way := range all {
		c := talk(t, way)
		for _, l := range c.Legal() {
			var e *loop.IllegalMove
			_, err := c.Apply(loop.Move{On: day(200), Side: l.Side, Did: l.Did})
			if errors.As(err, &e) {
				needs[l.Did][e.Field] = true
			}
			for _, field := range []string{"due", "satisfied_when", "also", "with_interim", "answer_by"} {
				if _, err := c.Apply(with(c, suitable(c, l), field)); err == nil {
					carries[l.Did][field] = true
				}
			}
		}
	}
	return needs, carries
}

// with returns m with a field more; with those on the table, where m can carry no
// others, and with a date where the field needs one beside it.
func with(c loop.Conversation, m loop.Move, field string) loop.Move {
	switch agree := m.Did == loop.Agree; {
	case field == "answer_by":
		m.AnswerBy = day(210)
	case field == "also":
		m.Also = []string{"more"}
	case field == "with_interim":
		m.WithInterim, m.Due = true, day(330)
	case field == "due" && agree:
		m.Due = c.Proposed.Due
	case field == "due":
		m.Due = day(330)
	case agree:
		m.SatisfiedWhen = c.Proposed.SatisfiedWhen
	default:
		m.SatisfiedWhen = []string{"more"}
		if m.Did == loop.Reject {
			m.Due = day(330)
		}
	}
	return m
}

func TestWhatMovesNeedIsTold(t *testing.T) {
	needs, carries := fieldsOf(t)
	sentences := sentencesOf(t)
	var dids []loop.Did
	for _, row := range rows(section(document(t, movesFile), "What each move needs")) {
		did := loop.Did(codes(row[0])[0])
		dids = append(dids, did)
		told := codes(row[1])
		for field := range needs[did] {
			if !slices.Contains(told, field) {
				t.Errorf("%s needs %s, and nothing says so", did, field)
			}
		}
		if len(needs[did]) == 0 && len(told) > 0 {
			t.Errorf("%s does not need %v", did, told)
		}
		want := slices.Sorted(maps.Keys(carries[did]))
		got := slices.Sorted(slices.Values(codes(row[2])))
		if diff := cmp.Diff(want, got, cmp.Transformer("", func(s []string) string { return strings.Join(s, " ") })); diff != "" {
			t.Errorf("%s may carry, - as it is, + as told:\n%s", did, diff)
		}
		got = nil
		for s := range strings.SplitSeq(row[3], "; ") {
			got = append(got, s[max(strings.Index(s, "Lucas"), 0):])
		}
		slices.Sort(got)
		if diff := cmp.Diff(sentences[did], got); diff != "" {
			t.Errorf("%s on the page, - as it is, + as told:\n%s", did, diff)
		}
	}
	if diff := cmp.Diff(loop.AllDids, dids); diff != "" {
		t.Errorf("the moves, - as they are, + as told:\n%s", diff)
	}
}

// sentencesOf returns how each move reads on the page, sorted.
func sentencesOf(t *testing.T) map[loop.Did][]string {
	t.Helper()
	fill := strings.NewReplacer("{{ .Who }}", "Lucas", "{{ .Due }}", "4 December", "{{ .AnswerBy }}", "4 December")
	all := map[loop.Did][]string{}
	for key, text := range readWords(t, "i18n/en.toml") {
		name, ok := strings.CutPrefix(key, "move_")
		if !ok {
			continue
		}
		for _, end := range []string{"_due", "_date", "_terms", "_delivery"} {
			name = strings.TrimSuffix(name, end)
		}
		did := loop.Did(strings.ReplaceAll(name, "_", "-"))
		all[did] = append(all[did], fill.Replace(text.(string)))
	}
	for _, s := range all {
		slices.Sort(s)
	}
	return all
}

func TestStatesReadAsOnThePage(t *testing.T) {
	words := readWords(t, "i18n/en.toml")
	told := map[string]string{}
	for _, row := range rows(section(document(t, movesFile), "Where it can stand")) {
		key := "state_" + codes(row[0])[0]
		told[key] = row[1]
		if date, terms, both := strings.Cut(row[1], "; of other terms alone: "); both {
			told[key], told[key+"_terms"] = date, terms
		}
		if rest, ended, both := strings.Cut(row[1], "; of an interim result that was cut off: "); both {
			row[1], told["state_ended"] = rest, ended
		}
		if date, back, both := strings.Cut(row[1], "; being done over: "); both {
			told[key], told["state_sent_back"] = date, strings.Replace(back, "19 November", "{{ .Day }}", 1)
		}
	}
	for key, text := range words {
		if strings.HasPrefix(key, "state_") && told[key] != text {
			t.Errorf("%s: %q, told is %q", key, text, told[key])
		}
		delete(told, key)
	}
	for key := range told {
		t.Errorf("%s has no such state: %s", movesFile, key)
	}
}

// Each story ends in the state that is said below it.
func TestStoriesEndAsTold(t *testing.T) {
	c, ps := readExample(exampleProvider(t), joined(t, movesFile))
	fine(t, movesFile, ps)
	var told, got []string
	for _, m := range regexp.MustCompile("(?m)^Now: `([a-z]+)`").FindAllStringSubmatch(document(t, movesFile), -1) {
		told = append(told, m[1])
	}
	for i := range c.Commitments[1:] { // the first is format.md's
		r := c.Commitments[1+i].Replay.Whole
		got = append(got, string(r.State))
	}
	if diff := cmp.Diff(got, told); diff != "" {
		t.Errorf("the stories, - as they end, + as told:\n%s", diff)
	}
}
