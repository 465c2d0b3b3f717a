package edit_test

import (
	"strings"
	"testing"
)

func TestMove(t *testing.T) {
	for _, tt := range []struct {
		name, commitment, part, did string
		set                         []string
		want                        string
	}{
		{"by the one who may", "booking", "", "deliver", nil, "  { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n"},
		{"by a part of the title", "ROOMS", "", "promise", []string{"by", "theo"}, ""},
		{"either may, so it is said", "booking", "", "renegotiate", []string{"by", "Dev", "due", "+14", "note", "Late"}, "  { on = 2026-11-20, by = \"dev\", did = \"renegotiate\", due = 2026-12-04, note = \"Late\" },\n"},
		{"an earlier day", "booking", "", "deliver", []string{"on", "yesterday"}, "  { on = 2026-11-19, by = \"dev\", did = \"deliver\" },\n"},
		{"interim, by number", "booking", "1", "deliver", nil, "  moves = [\n    { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n  ]\n"},
		{"interim, by its own title", "proto", "", "deliver", nil, "  moves = [\n    { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n  ]\n"},
		{"interim, by its own id", "2026-11-10", "", "deliver", nil, "  moves = [\n    { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n  ]\n"},
		{"interim, by both ids", "booking/2026-11-10", "", "deliver", nil, "  moves = [\n    { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n  ]\n"},
		{"interim, by a part of both", "onl/proto", "", "deliver", nil, "  moves = [\n    { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n  ]\n"},
		{"interim, by its number beside a part", "Online/1", "", "deliver", nil, "  moves = [\n    { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n  ]\n"},
		{"one condition more", "booking", "", "renegotiate", []string{"by", "maria", "also", "In two languages", "note", "For guests"}, "  { on = 2026-11-20, by = \"maria\", did = \"renegotiate\", also = [\"In two languages\"], note = \"For guests\" },\n"},
		{"with what is on the way", "booking", "", "renegotiate", []string{"by", "dev", "due", "+14", "with_interim", "true", "note", "Ill"}, "  { on = 2026-11-20, by = \"dev\", did = \"renegotiate\", due = 2026-12-04, with_interim = true, note = \"Ill\" },\n"},
		{"interim, by title", "booking", "proto", "deliver", nil, "  moves = [\n    { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n  ]\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fm, err := open(t, booking).Move(tt.commitment, tt.part, tt.did)
			if err != nil {
				t.Fatal(err)
			}
			c, err := filled(t, fm, tt.set...)
			if err != nil {
				t.Fatal(err)
			}
			if got := lines(c); tt.want != "" && got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

func TestMoveIsRefused(t *testing.T) {
	for _, tt := range []struct {
		name, commitment, part, did string
		set                         []string
		want                        string
	}{
		{"no such commitment", "boking", "", "deliver", nil, "did you mean \"booking\"? There are:\n  booking           Online booking\n  photos"},
		{"either of two", "oo", "", "deliver", nil, "may be any of these"},
		{"a commitment or a result", "o", "", "deliver", nil, "  booking/2026-11-10  Prototype"},
		{"an interim result misspelt", "prototipe", "", "deliver", nil, "did you mean \"Prototype\"?"},
		{"no such interim result", "booking", "2", "deliver", nil, "booking has no such interim result; it has 1"},
		{"no such number", "booking/2", "", "deliver", nil, "booking has no such interim result; it has 1"},
		{"none of that title", "booking", "sketch", "deliver", nil, "no such interim result of booking"},
		{"none there", "photos", "sketch", "deliver", nil, "no interim result of photos here yet"},
		{"the other side", "booking", "", "deliver", []string{"by", "maria"}, "the customer cannot deliver now"},
		{"not now", "booking", "", "accept", nil, "nobody can accept now"},
		{"no move at all", "booking", "", "delivered", nil, "\"delivered\" is not a move"},
		{"nobody", "booking", "", "deliver", []string{"by", "marai"}, "Did you mean \"maria\"?"},
		{"no date", "booking", "", "deliver", []string{"on", "soon"}, "\"soon\" is not a date"},
		{"an empty note", "booking", "", "deliver", []string{"note", ""}, "note cannot be empty"},
		{"no note", "booking", "", "revoke", nil, "revoke needs a note"},
		{"the future", "booking", "", "deliver", []string{"on", "+2"}, "has not come yet"},
		{"before the last", "booking", "", "deliver", []string{"on", "2026-11-02"}, "earlier than"},
		{"no such key", "booking", "", "deliver", []string{"rag", "red"}, "there is no rag here"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fm, err := open(t, booking).Move(tt.commitment, tt.part, tt.did)
			if err == nil {
				_, err = filled(t, fm, tt.set...)
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// Nobody of the client's side is taken for the one who made a move, and who is asked for it gets
// the last of the provider's side to begin with, if that side may.
func TestWhoMadeTheMove(t *testing.T) {
	end := "  { on = 2026-11-03, by = \"dev\",   did = \"promise\" },\n"
	proposed := strings.Replace(booking, end, end+"  { on = 2026-11-04, by = \"ida\", did = \"renegotiate\", due = 2026-12-04, note = \"Ill\" },\n", 1)
	for name, tt := range map[string]struct {
		text, did, taken, offered, choices string
	}{
		"the provider's side alone": {booking, "deliver", "dev", "", ""},
		"either":                    {booking, "progress", "", "dev", "dev ida maria theo"},
		"either, after another":     {proposed, "progress", "", "ida", "dev ida maria theo"},
		"the client's side alone":   {proposed, "counter", "", "maria", "maria theo"},
		"nobody":                    {booking, "accept", "dev", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			tt.text = strings.Replace(tt.text, "[people]\n", "[people]\nida = { name = \"Ida\", side = \"provider\" }\n", 1)
			for _, attended := range []bool{false, true} {
				fm, err := open(t, tt.text).Move("booking", "", tt.did)
				if err != nil {
					t.Fatal(err)
				}
				if err := fm.Fill(attended); err != nil {
					t.Fatal(err)
				}
				if got := fm.Value("by"); got != tt.taken {
					t.Errorf("attended %v: taken without asking: %q", attended, got)
				}
				if missing := fm.Missing(); (len(missing) > 0 && missing[0] == "by") != (tt.taken == "") {
					t.Errorf("missing %v", missing)
				}
				if gap, _ := fm.Next(); tt.taken == "" &&
					(gap.Key != "by" || !gap.Need || gap.Default != tt.offered || strings.Join(gap.Choices, " ") != tt.choices) {
					t.Errorf("asks %+v", gap)
				}
			}
		})
	}
}

func TestAFirstMoveMayNameItsCommitment(t *testing.T) {
	f := open(t, head+"[[commitment]]\ntitle = \"Sign\"\ncustomer = \"maria\"\nperformer = \"dev\"\n")
	fm, err := f.Move("sign", "", "request")
	if err != nil {
		t.Fatal(err)
	}
	c, err := filled(t, fm, "by", "maria")
	if err != nil || c.Client.Commitments[0].ID != "2026-11-20" {
		t.Errorf("got %v", err)
	}
}

// An id that several results have names none of them; one that a commitment has is the
// commitment's.
func TestOneIDForSeveral(t *testing.T) {
	part := "\n  [[commitment.deliverable]]\n  id = \"draft\"\n  title = \"A draft\"\n  due = 2026-11-12\n"
	text := strings.Replace(booking, "\n  [[commitment.deliverable]]\n", part+"\n  [[commitment.deliverable]]\n", 1) +
		strings.Replace(strings.Replace(booking[len(head):], "booking", "sign", 1), "photos", "draft-2", 1)
	text = strings.Replace(text, "due   = 2026-11-10\n\n[[commitment]]\nid = \"draft-2\"", "due   = 2026-11-10\n"+part+"\n[[commitment]]\nid = \"draft-2\"", 1)
	_, err := open(t, text).Move("draft", "", "deliver")
	if err == nil || !strings.Contains(err.Error(), "may be any of these; say more of it:\n  booking/draft     A draft\n  sign/draft        A draft") {
		t.Errorf("got %v", err)
	}
	for word, want := range map[string]string{"sign/draft": "2", "draft-2": ""} {
		fm, err := open(t, text).Move(word, "", "progress")
		if err != nil {
			t.Fatal(err)
		}
		c, err := filled(t, fm, "by", "dev", "note", "Half")
		if err != nil {
			t.Fatal(err)
		}
		if want == "" && len(c.Client.Commitments[3].Moves) != 2 ||
			want != "" && len(c.Client.Commitments[2].Deliverables[1].Moves) != 1 {
			t.Errorf("%s:\n%s", word, c.Diff())
		}
	}
}

// A move of an earlier hour of a day stands before those of later hours, if these can still
// be made.
func TestAnEarlierHour(t *testing.T) {
	hour := `  { on = 2026-11-20T16:00:00, by = "dev", did = "deliver" },` + "\n"
	end := "  { on = 2026-11-03, by = \"dev\",   did = \"promise\" },\n"
	text := strings.Replace(booking, end, end+"  # handed over\n"+hour, 1)
	for _, tt := range []struct {
		name, did, on string
		set           []string
		want          string // what stands before the later one; "" where it is refused
	}{
		{"an earlier hour", "progress", "2026-11-20T09:00", []string{"by", "dev", "note", "Nearly"}, end + "  { on = 2026-11-20T09:00:00, by = \"dev\", did = \"progress\", note = \"Nearly\" },\n  # handed over\n" + hour},
		{"the day alone", "accept", "2026-11-20", []string{"by", "maria"}, hour + "  { on = 2026-11-20, by = \"maria\", did = \"accept\" },\n"},
		{"a later hour", "accept", "2026-11-20T16:30", []string{"by", "maria"}, hour + "  { on = 2026-11-20T16:30:00, by = \"maria\", did = \"accept\" },\n"},
		{"what the later one leaves no room for", "revoke", "2026-11-20T09:00", []string{"note", "No"}, ""},
		{"an earlier day", "progress", "2026-11-19", []string{"by", "dev"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fm, err := open(t, text).Move("booking", "", tt.did)
			if err != nil {
				t.Fatal(err)
			}
			c, err := filled(t, fm, append([]string{"on", tt.on}, tt.set...)...)
			switch {
			case tt.want == "" && (err == nil || !strings.Contains(err.Error(), "earlier than")):
				t.Errorf("got %v", err)
			case tt.want != "" && err != nil:
				t.Errorf("got %v", err)
			case tt.want != "" && !strings.Contains(string(c.New), tt.want):
				t.Errorf("got\n%s", c.Diff())
			}
		})
	}
}

// Whose move of an earlier hour it can be is judged as things stood then.
func TestWhoMayAtAnEarlierHour(t *testing.T) {
	end := "  { on = 2026-11-03, by = \"dev\",   did = \"promise\" },\n"
	text := strings.Replace(booking, end, end+"  { on = 2026-11-20T16:00:00, by = \"dev\", did = \"ask\" },\n", 1)
	text = strings.Replace(text, "did = \"ask\" },\n", "did = \"ask\" },\n  { on = 2026-11-20T17:00:00, by = \"maria\", did = \"answer\" },\n", 1)
	fm, err := open(t, text).Move("booking", "", "answer")
	if err != nil {
		t.Fatal(err)
	}
	c, err := filled(t, fm, "on", "2026-11-20T16:30")
	if err == nil || c != nil {
		t.Errorf("a second answer was taken: %v", c)
	}
	if fm.Choices("by")[0] != "maria" {
		t.Errorf("it is %v who may answer", fm.Choices("by"))
	}
}
