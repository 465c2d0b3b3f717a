package edit_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/edit"
)

const updatable = booking + `
[[goal]]
id = "phone"
title = "Fewer calls"
now = "40 a day"
measured = 2026-10-01

[[risk]]
id     = "key"
title  = "The key is late"
opened = 2026-11-02
review = 2026-11-18

[[status]]
on = 2026-11-10
rag = "amber"
headline = "Late"

[[question]]
asked = 2026-11-10
by = "dev"
to = "maria"
text = "Which door?"

[[question]]
asked = 2026-11-10
by = "maria"
to = "dev"
text = "Which key?"
answered = 2026-11-11
answer = "Mine"

[[message]]
received = 2026-11-20T09:00:00
by = "maria"
about = "Fog"

[[assumption]]
on = 2026-11-02
text = "The wall is dry"

[[change]]
on = 2026-11-12
by = "dev"
text = "Blue tiles"

[[check_in]]
on = 2026-11-10
with = ["dev", "theo"]
recap = "Two weeks more"

[[check_in]]
on = 2026-11-12

[[pulse]]
asked = 2026-11-10
question = "How clear?"
ours = 5

[[term]]
word = "go-live"
means = "Anyone can book"
`

func updated(t testing.TB, kind, word string, set ...string) (*edit.Form, *edit.Change, error) {
	t.Helper()
	fm, err := open(t, updatable).Update(kind, word)
	if err != nil {
		return nil, nil, err
	}
	c, err := filled(t, fm, set...)
	return fm, c, err
}

func TestUpdate(t *testing.T) {
	for _, tt := range []struct {
		kind, word string
		set        []string
		want       string // what the diff adds, and with a - takes away
		saidBy     string
	}{
		{"question", "door", []string{"answer", "The left one"}, "+answered = 2026-11-20\n+answer = \"The left one\"\n", "Maria Ruiz"},
		{"question", "1", []string{"answer", "Left", "answered", "-3"}, "+answered = 2026-11-17\n+answer = \"Left\"\n", "Maria Ruiz"},
		{"question", "2026-11-10-2", []string{"answer", "Yours"}, "-answer = \"Mine\"\n+answer = \"Yours\"\n", ""},
		{"question", "key", []string{"answer", "", "answered", ""}, "-answered = 2026-11-11\n-answer = \"Mine\"\n", ""},
		{"message", "fog", []string{"acknowledged", "now"}, "+acknowledged = 2026-11-20T17:12:00\n", ""},
		{"message", "1", []string{"resolved", "today"}, "+resolved = 2026-11-20\n", ""},
		{"assumption", "wall", []string{"confirmed_by", "theo"}, "+confirmed = 2026-11-20\n+confirmed_by = \"theo\"\n", "Theo Lund"},
		{"change", "blue", []string{"agreed", "today"}, "+agreed = 2026-11-20\n", "Acme"},
		{"check_in", "two weeks", []string{"confirmed", "yesterday"}, "+confirmed = 2026-11-19\n", "Theo Lund"},
		{"pulse", "clear", []string{"theirs", "3"}, "+theirs = 3\n+answered = 2026-11-20\n", "Acme"},
		{"risk", "key", []string{"note", "It froze", "likelihood", "likely", "review", "+7"}, "-review = 2026-11-18\n+review = 2026-11-27\n+log = [\n+  { on = 2026-11-20, note = \"It froze\", likelihood = \"likely\" },\n+]\n", ""},
		{"risk", "key", []string{"outcome", "It came"}, "+closed = 2026-11-20\n+outcome = \"It came\"\n", ""},
		{"goal", "phone", []string{"now", "12 a day"}, "-now = \"40 a day\"\n-measured = 2026-10-01\n+now = \"12 a day\"\n+measured = 2026-11-20\n", ""},
		{"term", "go-live", []string{"confirmed", "today"}, "+confirmed = 2026-11-20\n", "Acme"},
		{"commitment.deliverable", "proto", []string{"link", "https://a.example/b"}, "+  link = \"https://a.example/b\"\n", ""},
		{"commitment", "photos", []string{"satisfied_when", "All four rooms"}, "+satisfied_when = [\"All four rooms\"]\n", ""},
		{"status", "late", []string{"doing", "We call daily"}, "+doing = \"We call daily\"\n", ""},
	} {
		t.Run(tt.kind+" "+tt.word, func(t *testing.T) {
			fm, c, err := updated(t, tt.kind, tt.word, tt.set...)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for line := range strings.Lines(c.Diff()) {
				if strings.ContainsAny(line[:1], "+-") && line[:3] != "+++" && line[:3] != "---" {
					got += line[:1] + strings.Join(strings.Fields(strings.Replace(line[1:], "=", " = ", 1)), " ") + "\n"
				}
			}
			want := strings.ReplaceAll(tt.want, "+  ", "+")
			if got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
			if fm.SaidBy() != tt.saidBy {
				t.Errorf("said by %q, want %q", fm.SaidBy(), tt.saidBy)
			}
		})
	}
}

func TestUpdateIsRefused(t *testing.T) {
	for _, tt := range []struct {
		kind, word string
		set        []string
		want       string
	}{
		{"question", "dor", nil, "there is no such question, did you mean \"door\"? There are:\n  2026-11-10        Which door?"},
		{"question", "which", nil, "may be any of these"},
		{"question", "3", nil, "there is no such question"},
		{"question", "door", []string{"rag", "red"}, "there is no rag here"},
		{"question", "door", []string{"asked", "today"}, "there is no asked here"},
		{"question", "door", []string{"answered", "+3", "answer", "x"}, "has not come yet"},
		{"message", "fog", []string{"resolved", "-3"}, "is before received"},
		{"commitment.deliverable", "proto", []string{"due", "+3"}, "booking/2026-11-10 is promised for 2026-11-10; another date is a move: `portalgen move acme booking/2026-11-10 renegotiate`"},
		{"commitment.deliverable", "booking", nil, "there is no such interim result"},
		{"term", "golive", nil, "did you mean \"go-live\"?"},
		{"pulse", "clear", []string{"theirs", "6"}, "they go from 1 to 5"},
		{"goal", "phone", []string{"title", ""}, "\"title\" is missing"},
		{"thing", "x", nil, "nothing is called \"thing\"; what can be updated is: question"},
	} {
		if _, _, err := updated(t, tt.kind, tt.word, tt.set...); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %s %q: got %v", tt.kind, tt.word, tt.set, err)
		}
	}
	if _, _, err := updated(t, "question", "key", "answer", "Mine"); !errors.Is(err, edit.ErrNothing) {
		t.Errorf("the same once more: got %v", err)
	}
	if _, err := open(t, updatable).Update("question", "key", "color"); err == nil || !strings.Contains(err.Error(), "it has: by, to, ") {
		t.Errorf("a key that is none: got %v", err)
	}
}

// What is asked for, by what is set and what the file has.
func TestUpdateAsks(t *testing.T) {
	for _, tt := range []struct {
		kind, word string
		keys, set  []string
		want       []string
	}{
		{"question", "door", nil, nil, []string{"answer"}},
		{"question", "key", nil, nil, nil},
		{"question", "door", nil, []string{"answered", "today"}, []string{"answer"}},
		{"question", "door", nil, []string{"batch", "x"}, nil},
		{"message", "fog", nil, nil, []string{"acknowledged", "resolved"}},
		{"message", "fog", []string{"resolved"}, nil, []string{"resolved"}},
		{"change", "blue", nil, nil, []string{"agreed", "declined"}},
		{"assumption", "wall", nil, nil, []string{"confirmed", "wrong"}},
		{"check_in", "2", nil, []string{"confirmed", "today"}, []string{"recap"}},
		{"risk", "key", nil, nil, []string{"note", "likelihood", "impact", "review"}},
		{"risk", "key", []string{"owner", "raised-by"}, nil, []string{"owner", "raised_by"}},
	} {
		fm, err := open(t, updatable).Update(tt.kind, tt.word, tt.keys...)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(tt.set); i += 2 {
			if err := fm.Set(tt.set[i], tt.set[i+1]); err != nil {
				t.Fatal(err)
			}
		}
		if err := fm.Fill(true); err != nil {
			t.Fatal(err)
		}
		var got []string
		for gap, more := fm.Next(); more; gap, more = fm.Next() {
			got = append(got, gap.Key)
			if fm.Pass(gap.Key); gap.Need {
				break
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s %s %v %v: asks for %v, want %v", tt.kind, tt.word, tt.keys, tt.set, got, tt.want)
		}
	}
}
