package check_test

import (
	"slices"
	"strings"
	"testing"

	"portalgen/internal/check"
	"portalgen/internal/clientfile"
)

// titled returns a commitment of a performer's for the other, with a title that is its id.
func titled(id, customer, performer, needs string, moves ...string) string {
	return "\n[[commitment]]\nid = \"" + id + "\"\ntitle = \"" + id + "\"\ncustomer = \"" + customer + "\"\nperformer = \"" + performer +
		"\"\nsatisfied_when = [\"It is there\"]\nneeds = [" + needs + "]\nmoves = [\n" + strings.Join(moves, ",\n") + "\n]\n"
}

const (
	asksPapers     = `{ on = 2026-11-02, by = "dev", did = "request", due = 2026-11-05 }`
	promisesPapers = `{ on = 2026-11-02, by = "maria", did = "promise" }`
	papersThere    = `{ on = 2026-11-20, by = "maria", did = "deliver" }, { on = 2026-11-20, by = "dev", did = "accept" }`
	sketch         = "[[commitment.deliverable]]\ntitle = \"Sketch\"\ndue = 2026-11-10\n"
)

// What waits for the other side is neither overdue nor to be spoken of before its date, and
// nobody owes it; once the need is there, the date that counts is judged.
func TestRulesKnowWhatIsWaitedFor(t *testing.T) {
	books := func(needs string, more ...string) string {
		return titled("books", "maria", "dev", needs, append([]string{`{ on = 2026-11-02, by = "dev", did = "offer", due = 2026-11-15 }`, `{ on = 2026-11-03, by = "maria", did = "agree" }`}, more...)...) + sketch
	}
	open := titled("papers", "dev", "maria", "", asksPapers, promisesPapers)
	there := titled("papers", "dev", "maria", "", asksPapers, promisesPapers, papersThere)
	for _, tt := range []struct {
		name, now, file string
		want            []string // what is said of the books and their sketch
		owed            int
	}{
		{"it needs nothing", "2026-11-18T12:00", open + books(""), []string{
			`"books" was due from Dev Patel on 2026-11-15`, `"Sketch" (on the way to "books") was due on 2026-11-10`,
		}, 2},
		{"the need is open", "2026-11-18T12:00", open + books(`"papers"`), nil, 0},
		{"before its date", "2026-11-12T12:00", open + books(`"papers"`), nil, 0},
		{"before the date that counts", "2026-11-22T12:00", there + books(`"papers"`), []string{
			`"Sketch" (on the way to "books") is due on 2026-11-25, and nothing has been said of it since 2026-11-03`,
		}, 2},
		{"after it", "2026-12-01T12:00", there + books(`"papers"`), []string{
			`"books" was due from Dev Patel on 2026-11-15, and counts by 2026-11-30 as it waited for "papers" until 2026-11-20`,
			`"Sketch" (on the way to "books") was due on 2026-11-10, and counts by 2026-11-25 as it waited for "papers" until 2026-11-20`,
		}, 2},
		{"on its last day", "2026-11-30T12:00", there + books(`"papers"`, `{ on = 2026-11-29, by = "dev", did = "progress", note = "Nearly" }`), []string{
			`"Sketch" (on the way to "books") was due on 2026-11-10, and counts by 2026-11-25 as it waited for "papers" until 2026-11-20`,
		}, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var said []string
			for _, p := range find(t, head+tt.file, la(t, tt.now), nil) {
				judged := []string{"promise-overdue", "interim-overdue", "not-reconfirmed-before-due"}
				if slices.Contains(judged, p.Rule) && strings.Contains(p.Message, "books") {
					said = append(said, p.Message)
				}
			}
			if !slices.Equal(said, tt.want) {
				t.Errorf("it says %q\nwant %q", said, tt.want)
			}
			c, _ := clientfile.Client("acme", clientfile.Source{Name: "acme.toml", Text: []byte(head + tt.file)}, clientfile.Options{Provider: provider(nil)})
			found, err := check.Client(c, check.Options{Provider: provider(nil), Now: la(t, tt.now)})
			if err != nil || len(found.Owed) != tt.owed {
				t.Errorf("%v is owed, %v", found.Owed, err)
			}
		})
	}
}

// While the other side owes an answer, nobody is late to agree or to accept; what work is
// owed stays owed.
func TestRulesAboutOpenQuestions(t *testing.T) {
	offer := `{ on = 2026-11-02, by = "dev", did = "offer", due = 2026-11-20 }`
	ask := `{ on = 2026-11-03, by = "maria", did = "ask", note = "Which wall?" }`
	answer := `{ on = 2026-11-09, by = "dev", did = "answer" }`
	theirAsk := strings.Replace(ask, "2026-11-03", "2026-11-11", 1)
	outside := "\n[[question]]\nasked = 2026-11-03\nby = \"maria\"\nto = \"dev\"\ntext = \"Which wall?\"\ncommitment = \"sign\"\nanswer_by = 2026-12-24\n"
	withID := func(s string) string { return strings.Replace(s, "title =", "id = \"sign\"\ntitle =", 1) }
	for _, tt := range []struct {
		name, rule, now, file string
		want                  string // whom it blames, "" for nobody
	}{
		{"terms", "answer-overdue", "2026-11-06T12:00", commitment(offer), "Maria Ruiz was to answer by 2026-11-05"},
		{"terms, and their question", "answer-overdue", "2026-11-08T12:00", commitment(offer, ask), "Dev Patel was to answer by 2026-11-06"},
		{"once it was answered", "answer-overdue", "2026-11-11T12:00", commitment(offer, ask, answer), ""},
		{"and the days are over", "answer-overdue", "2026-11-12T12:00", commitment(offer, ask, answer), "Maria Ruiz was to answer by 2026-11-11"},
		{"terms, and their question outside the moves", "answer-overdue", "2026-11-08T12:00", withID(commitment(offer)) + outside, ""},
		{"a delivery, and their question", "accept-overdue", "2026-11-20T12:00", commitment(asks, promises, delivers, theirAsk), ""},
		{"once that was answered", "accept-overdue", "2026-11-17T12:00", commitment(asks, promises, delivers, theirAsk, `{ on = 2026-11-14, by = "dev", did = "answer" }`), ""},
		{"and its days are over", "accept-overdue", "2026-11-19T12:00", commitment(asks, promises, delivers, theirAsk, `{ on = 2026-11-14, by = "dev", did = "answer" }`), "Maria Ruiz was to accept it by 2026-11-18"},
		{"work, and their question", "promise-overdue", "2026-11-21T12:00", commitment(asks, promises, theirAsk), "was due from Dev Patel on 2026-11-20"},
		{"work, and our question", "promise-overdue", "2026-11-21T12:00", commitment(asks, promises, `{ on = 2026-11-11, by = "dev", did = "ask" }`), "was due from Dev Patel on 2026-11-20"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := only(find(t, head+tt.file, la(t, tt.now), nil), tt.rule)
			if got := found.Error(); len(found) > 1 || (len(found) == 0) != (tt.want == "") || !strings.Contains(got, tt.want) {
				t.Errorf("it says %s, want %q", got, tt.want)
			}
		})
	}
}

// What the client was asked about a commitment ends with it; what they asked does not.
func TestAQuestionAboutWhatClosed(t *testing.T) {
	closed := "commitment = \"sign\"\n" +
		strings.Replace(commitment(asks, `{ on = 2026-11-05, by = "dev", did = "decline", note = "No" }`), "title = ", "id = \"sign\"\ntitle = ", 1)
	for question, want := range map[string]int{asksHere: 0, theirs(asksHere): 1} {
		if found := only(find(t, head+question+closed, la(t, "2026-11-06T12:00"), nil), "question-overdue"); len(found) != want {
			t.Errorf("found %v", found)
		}
	}
}
