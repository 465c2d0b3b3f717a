package edit_test

import (
	"strings"
	"testing"
)

func TestAdd(t *testing.T) {
	for _, tt := range []struct {
		kind string
		set  []string
		want string
	}{
		{
			"commitment",
			[]string{"title", "A new sign for the old door, in brass", "customer", "theo", "performer", "dev", "due", "2026-12-24"},
			"\n[[commitment]]\nid = \"a-new-sign-for-the-old\"\ntitle = \"A new sign for the old door, in brass\"\ncustomer = \"theo\"\nperformer = \"dev\"\nmoves = [\n  { on = 2026-11-20, by = \"theo\", did = \"request\", due = 2026-12-24 },\n]\n",
		},
		{
			"commitment",
			[]string{"title", "Booking", "customer", "theo", "performer", "dev", "by", "dev"},
			"\n[[commitment]]\nid = \"booking-2\"\ntitle = \"Booking\"\ncustomer = \"theo\"\nperformer = \"dev\"\nmoves = [\n  { on = 2026-11-20, by = \"dev\", did = \"offer\" },\n]\n",
		},
		{
			"risk",
			[]string{"title", "It \"rains\"", "owner", "maria", "affects", "photos booking", "private", "true"},
			"\n[[risk]]\ntitle = \"It \\\"rains\\\"\"\nowner = \"maria\"\naffects = [\"photos\", \"booking\"]\nopened = 2026-11-20\nprivate = true\n",
		},
		{"status", []string{"rag", "red", "headline", "Late", "body", "One\nTwo"}, "\n[[status]]\non = 2026-11-20\nrag = \"red\"\nheadline = \"Late\"\nbody = \"\"\"\nOne\nTwo\"\"\"\n"},
		{"question", []string{"text", "Which?", "to", "Theo", "commitment", "rooms"}, "\n[[question]]\nasked = 2026-11-20\nby = \"dev\"\nto = \"theo\"\ntext = \"Which?\"\ncommitment = \"photos\"\n"},
		{"message", []string{"about", "Fog", "by", "maria", "urgent", "true"}, "\n[[message]]\nreceived = 2026-11-20T17:12:00\nby = \"maria\"\nabout = \"Fog\"\nurgent = true\n"},
		{"decision", []string{"text", "Brass"}, "\n[[decision]]\non = 2026-11-20\ntext = \"Brass\"\n"},
		{"check_in", []string{"with", "maria, dev", "recap", "Fine"}, "\n[[check_in]]\non = 2026-11-20\nwith = [\"maria\", \"dev\"]\nrecap = \"Fine\"\n"},
		{"pulse", []string{"question", "How clear?", "ours", "4"}, "\n[[pulse]]\nasked = 2026-11-20\nquestion = \"How clear?\"\nours = 4\n"},
	} {
		t.Run(tt.kind, func(t *testing.T) {
			fm, err := open(t, booking).Add(tt.kind)
			if err != nil {
				t.Fatal(err)
			}
			c, err := filled(t, fm, tt.set...)
			if err != nil {
				t.Fatal(err)
			}
			if got := lines(c); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

func TestAddIsRefused(t *testing.T) {
	for _, tt := range []struct {
		kind string
		set  []string
		want string
	}{
		{"risks", nil, "what can be added is: commitment, risk"},
		{"risk", []string{"likelihood", "often"}, "only one of: rare, unlikely"},
		{"risk", []string{"likelihood", "likly"}, "did you mean \"likely\"?"},
		{"risk", []string{"title", "X", "id", "Not An Id"}, "is not an id"},
		{"check_in", []string{"with", " , "}, "with cannot be empty"},
		{"pulse", []string{"ours", "6"}, "from 1 to 5"},
		{"question", []string{"commitment", "nothing"}, "no such commitment"},
		{"commitment", []string{"title", "X", "customer", "maria", "performer", "theo"}, "both of the client's side"},
	} {
		fm, err := open(t, booking).Add(tt.kind)
		if err == nil {
			_, err = filled(t, fm, tt.set...)
		}
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %v: got %v, want %q", tt.kind, tt.set, err, tt.want)
		}
	}
}

// A second status note of a day needs an id, which it gets.
func TestTwoNotesOfADay(t *testing.T) {
	text := booking + "\n[[status]]\non = 2026-11-20\nrag = \"green\"\nheadline = \"Fine\"\n"
	fm, err := open(t, text).Add("status")
	if err != nil {
		t.Fatal(err)
	}
	c, err := filled(t, fm, "rag", "red", "headline", "Not fine")
	if err != nil {
		t.Fatal(err)
	}
	if n := c.Client.Statuses; n[0].ID != "2026-11-20" || n[1].ID != "2026-11-20-2" {
		t.Errorf("ids %q and %q", n[0].ID, n[1].ID)
	}
}

func TestTakenUpAgain(t *testing.T) {
	closed := strings.Replace(booking, "did = \"promise\" },\n", "did = \"promise\" },\n  { on = 2026-11-04, by = \"dev\", did = \"deliver\" },\n  { on = 2026-11-05, by = \"maria\", did = \"accept\" },\n", 1)
	fm, err := open(t, closed).Add("commitment")
	if err != nil {
		t.Fatal(err)
	}
	c, err := filled(t, fm, "reopens", "online", "due", "+7", "did", "request")
	if err != nil {
		t.Fatal(err)
	}
	want := "\n[[commitment]]\nid = \"booking-2\"\ntitle = \"Online booking\"\ncustomer = \"maria\"\nperformer = \"dev\"\nreopens = \"booking\"\nmoves = [\n  { on = 2026-11-20, by = \"maria\", did = \"request\", due = 2026-11-27 },\n]\n"
	if got := lines(c); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if _, err := open(t, closed).Legal("booking", ""); err == nil || !strings.Contains(err.Error(), "booking: it is done and accepted, and it takes no more moves; for a question about it: `portalgen add question acme --commitment booking`; to take it up again, write a new [[commitment]] with reopens = \"booking\": `portalgen add commitment acme --reopens booking`") {
		t.Errorf("what is closed has the moves: %v", err)
	}
	done := booking[:strings.Index(booking, "  due   = 2026-11-10\n")] + "  due   = 2026-11-10\n  moves = [ { on = 2026-11-04, by = \"dev\", did = \"deliver\" }, { on = 2026-11-05, by = \"maria\", did = \"accept\" } ]\n"
	if _, err := open(t, done).Legal("proto", ""); err == nil || !strings.Contains(err.Error(), "booking/2026-11-10: it is done and accepted, and it takes no move now; for a question about it: `portalgen add question acme --commitment booking`") {
		t.Errorf("an interim result that is closed has the moves: %v", err)
	}
	if _, err := open(t, string(c.New)).Legal("booking", ""); err == nil || !strings.Contains(err.Error(), "for a question about it: `portalgen add question acme --commitment booking`; \"booking-2\" takes it up again already: `portalgen move acme booking-2`") {
		t.Errorf("what is taken up again already: %v", err)
	}
	if fm, err = open(t, booking).Add("commitment"); err != nil {
		t.Fatal(err)
	}
	if _, err = filled(t, fm, "reopens", "booking"); err == nil || !strings.Contains(err.Error(), "is not closed") {
		t.Errorf("an open one is taken up again: %v", err)
	}
}
