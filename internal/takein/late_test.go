package takein

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/reply"
)

// other is r with another id: a second reply to the same.
func other(r *reply.Reply) *reply.Reply {
	o := *r
	o.ID = "BBECAwQFBgcICQoLDA0ODw"
	return &o
}

// TestLateReplies holds each kind of reply against each state in which it can arrive late.
func TestLateReplies(t *testing.T) {
	for name, a := range answers {
		j := mustJudge(t, file, a.reply, hanna)
		if j.Change == nil {
			continue // TestEachReplyBecomesOneFact tells
		}
		after := string(j.Change.New)

		again := mustJudge(t, after, a.reply, hanna)
		if !again.Taken || again.Change != nil {
			t.Errorf("%s, a second time: %+v", name, again)
		}
		second := mustJudge(t, after, other(a.reply), hanna)
		if a.late && (second.Change != nil || !strings.Contains(second.Refused, "Hanna")) {
			t.Errorf("%s, after another answer to the same: %q", name, second.Refused)
		}
		gone := mustJudge(t, file, a.reply, access.Credential{Person: "bo"})
		if gone.Change != nil || !strings.Contains(gone.Refused, "not among the client's people") {
			t.Errorf("%s, of a person who was removed: %q", name, gone.Refused)
		}
		ended := access.Credential{Link: &access.Link{Expires: time.Date(2026, 11, 20, 23, 0, 0, 0, time.UTC)}}
		if by := mustJudge(t, file, a.reply, ended); by.Change != nil ||
			!strings.Contains(by.Refused, "a link that ended") {
			t.Errorf("%s, by a link that ended: %q", name, by.Refused)
		}
		if a.closed != "" {
			if closed := mustJudge(t, withdrawn(a.closed), a.reply, hanna); closed.Change != nil ||
				closed.Refused == "" {
				t.Errorf("%s, after %s was withdrawn: %v", name, a.closed, closed.Change)
			}
		}
		moved := strings.Replace(file, "client = ", "# a comment\nclient = ", 1)
		moved = strings.ReplaceAll(moved, "moves = [\n", "moves = [\n  # nothing\n")
		if edited := mustJudge(t, moved, a.reply, hanna); edited.Change == nil {
			t.Errorf("%s, with the file edited in between: %q", name, edited.Refused)
		}
	}
}

// withdrawn is the file after the customer has withdrawn a commitment on 21 November.
func withdrawn(commitment string) string {
	at := strings.Index(file, `id = "`+commitment+`"`)
	rest := file[at:]
	by := map[bool]string{true: "hanna", false: "priya"}[strings.Contains(rest[:strings.Index(rest, "moves")], `customer = "hanna"`)]
	move := fmt.Sprintf("{ on = 2026-11-21, by = %q, did = \"withdraw\" }]", by)
	end := strings.Index(rest, "]\n")
	before := strings.TrimRight(rest[:end], ", \n")
	return file[:at] + before + ",\n  " + move + rest[end+1:]
}

func TestWhatIsNoLongerOnTheTable(t *testing.T) {
	replaced := strings.Replace(file, `note = "Rain" },`, `note = "Rain" },
  { on = 2026-11-21, by = "priya", did = "renegotiate", due = 2026-12-11, note = "More rain" },`, 1)
	j := mustJudge(t, replaced, answers["agrees to a date"].reply, hanna)
	for _, want := range []string{"Hanna said so", "2026-11-20", "Priya's renegotiate of 2026-11-21", "2026-12-11 is on the table"} {
		if j.Change != nil || !strings.Contains(j.Refused, want) {
			t.Errorf("%q does not say %q", j.Refused, want)
		}
	}
	if !strings.Contains(j.Hint, "portalgen move brindle booking") {
		t.Errorf("the hint is %q", j.Hint)
	}
	without := strings.Replace(file, `id = "offer"`, `id = "other"`, 1)
	if j := mustJudge(t, without, answers["agrees to an offer"].reply, hanna); !strings.Contains(j.Refused, "not there any more") {
		t.Errorf("of a commitment that is gone: %q", j.Refused)
	}
}

// TestReplyStandsInItsPlace puts what was said on the 20th before what was written down of the 21st.
func TestReplyStandsInItsPlace(t *testing.T) {
	later := strings.Replace(file, `note = "Rain" },`, `note = "Rain" },
  { on = 2026-11-21, by = "priya", did = "progress", note = "Dry again" },`, 1)
	j := mustJudge(t, later, answers["agrees to a date"].reply, hanna)
	if j.Change == nil {
		t.Fatal(j.Refused)
	}
	if moves := j.Change.Client.Commitments[0].Moves; moves[3].Did != "agree" || moves[4].Did != "progress" {
		t.Errorf("the moves are %v", moves)
	}
}
