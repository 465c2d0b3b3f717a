package today_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/check"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/today"
)

// london looks at a client in a zone, for a provider in London who works nine to five.
func london(t *testing.T, id, file, zone, now string) today.List {
	t.Helper()
	p := &client.Provider{Name: "North Studio", Timezone: "Europe/London"}
	file = strings.Replace(head, "America/Los_Angeles", zone, 1) + file
	c, ps := clientfile.Client(id, clientfile.Source{Name: id + ".toml", Text: []byte(file)}, clientfile.Options{Provider: p})
	if err := ps.Err(); err != nil {
		t.Fatalf("the test's own file: %v", err)
	}
	there, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.Parse(time.RFC3339, now)
	if err != nil {
		t.Fatal(err)
	}
	found, err := check.Client(c, check.Options{Provider: p, Now: at.In(there)})
	if err != nil {
		t.Fatal(err)
	}
	return today.Merge(day, []today.Part{today.ForClient(today.Subject{Client: c, Findings: found})}, nil)
}

// Hours are on the provider's clock, and whole days the client's.
func TestClocks(t *testing.T) {
	message := "reply_within = \"4 hours\"\n[[message]]\nreceived = 2026-11-20T23:00:00\nby = \"maria\"\nabout = \"The colour\"\n" // ten in London
	met := "reply_within = \"4 hours\"\n[[message]]\nreceived = 2026-11-20T23:00:00\nacknowledged = 2026-11-21T00:30:00\nby = \"maria\"\nabout = \"The colour\"\n"
	early := strings.NewReplacer("2026-11-18", "2026-11-16", "2026-11-19", "2026-11-17").Replace
	for _, tt := range []struct {
		name, file, zone, now string
		want                  []string
	}{
		{"a reply, before midnight there", message, "Pacific/Auckland", "2026-11-20T10:30:00Z", []string{"act-now message: reply to Maria: The colour, 2026-11-20T14:00:00"}},
		{"a reply, tomorrow there", message, "Pacific/Auckland", "2026-11-20T23:00:00Z", []string{"act-now message: reply to Maria: The colour, 2026-11-20T14:00:00"}},
		{"a reply, tomorrow here", message, "Pacific/Auckland", "2026-11-21T00:00:00Z", []string{"act-now message: reply to Maria: The colour, 2026-11-20T14:00:00, 1 late"}},
		{"what was acknowledged", met, "Pacific/Auckland", "2026-11-20T15:00:00Z", []string{"this-week resolve: resolve what came from Maria: The colour (acknowledged 20 November, 11:30)"}},
		{"a day that has begun there", early(commitment("2026-11-21", promise)), "Pacific/Auckland", "2026-11-20T12:00:00Z", []string{"act-now deliver: Dev Patel: deliver “The sign”, 2026-11-21"}},
		{"a day that has not ended there", early(commitment("2026-11-20", promise)), "America/Los_Angeles", "2026-11-21T07:59:00Z", []string{"act-now deliver: Dev Patel: deliver “The sign”, 2026-11-20"}},
		{"a day that has ended there", early(commitment("2026-11-20", promise)), "America/Los_Angeles", "2026-11-21T08:00:00Z", []string{"act-now deliver: Dev Patel: deliver “The sign”, 2026-11-20, 1 late"}},
		{"noon in Kolkata", early(commitment("2026-11-23T12:00:00", promise)), "Asia/Kolkata", "2026-11-20T12:00:00Z", []string{"this-week deliver: Dev Patel: deliver “The sign”, 2026-11-23T06:30:00"}},
	} {
		d := london(t, "acme", tt.file, tt.zone, tt.now)
		if diff := cmp.Diff(tt.want, itemLines(d)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		for n, l := range d.Loads {
			if late := d.Items[n].Late > 0; late != (l.Late > 0) {
				t.Errorf("%s: the load says %d late, the item %d days", tt.name, l.Late, d.Items[n].Late)
			}
		}
	}
}

// Nothing is told twice: what a rule says of a matter joins the item about it.
func TestJoined(t *testing.T) {
	old := strings.NewReplacer("2026-11-18", "2026-11-02", "2026-11-19", "2026-11-03").Replace
	again := `{ on = 2026-11-19, by = "maria", did = "request", due = 2026-12-20, answer_by = 2026-11-25 },`
	for _, tt := range []struct{ name, file, want, does string }{
		{
			"a date nobody has spoken of", old(commitment("2026-11-24", promise)),
			"this-week deliver: Dev Patel: deliver “The sign”, 2026-11-24", "nothing has been said of it since 2026-11-03; say how it stands",
		},
		{
			"an interim result", old(commitment("2026-12-24", promise)) + "[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-24\n",
			"this-week deliver: Dev Patel: deliver “A sketch”, 2026-11-24", "nothing has been said of it since 2026-11-03; say how it stands",
		},
		{
			"a second request", commitment("2026-12-20", again),
			"act-now promise: Dev Patel: answer the request for “The sign”, 2026-11-25", "they have asked twice; answer today",
		},
		{
			"a second message", "[[message]]\nreceived = 2026-11-18\nby = \"maria\"\nabout = \"One\"\nacknowledged = 2026-11-20\nresolved = 2026-11-20\n[[message]]\nreceived = 2026-11-19\nby = \"maria\"\nabout = \"Two\"\n",
			"act-now message: reply to Maria: Two", "they have asked twice; answer today",
		},
	} {
		d := today.Merge(day, []today.Part{part(t, "acme", head+tt.file, "")}, nil)
		d.Items = slices.DeleteFunc(d.Items, func(i today.Item) bool { return i.Kind == "silent" || i.Kind == "pulse-missing" })
		if got := itemLines(d); len(got) != 1 || got[0] != tt.want || !strings.HasPrefix(d.Items[0].Do, tt.does) {
			t.Errorf("%s: %v, %+v", tt.name, got, d.Items)
		}
	}
}

// A question among the moves is told in its words, though others moved since.
func TestQuestionsHaveWords(t *testing.T) {
	asks := `{ on = 2026-11-19, by = "dev", did = "ask", note = "Which wall?" },{ on = 2026-11-20, by = "dev", did = "progress", note = "Painted" }`
	d := today.Merge(day, []today.Part{part(t, "acme", head+commitment("2026-12-20", promise+asks), "")}, nil)
	if got, want := itemLines(d), "waiting-on-the-client answer: Maria Ruiz: answer the question about “The sign”: Which wall?, 2026-11-22"; len(got) != 1 || got[0] != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

// A message about a commitment is for whoever stands for it, so that --person finds it.
func TestMessagesHaveSomebody(t *testing.T) {
	file := head + "[[message]]\nreceived = 2026-11-20\nby = \"maria\"\nabout = \"The colour\"\ncommitment = \"sign\"\n" +
		strings.Replace(commitment("2026-12-20", promise), "[[commitment]]\n", "[[commitment]]\nid = \"sign\"\n", 1)
	d := today.Merge(day, []today.Part{part(t, "acme", file, "")}, nil).OfPerson("dev")
	if got := itemLines(d); len(got) != 1 || got[0] != "act-now message: Dev Patel: reply to Maria: The colour" {
		t.Error(got)
	}
}

// Two who are called alike, and two clients, are told apart.
func TestAlike(t *testing.T) {
	other := strings.Replace(head, "dev   =", "devi =", 1) + strings.ReplaceAll(commitment("2026-11-20", promise), `"dev"`, `"devi"`)
	d := today.Merge(day, []today.Part{part(t, "acme", head+commitment("2026-11-20", promise), ""), part(t, "acme-2", other, "")}, nil)
	var got []string
	for _, i := range d.Items {
		got = append(got, i.Name+": "+i.Who)
	}
	for _, l := range d.Loads {
		got = append(got, l.Who)
	}
	want := []string{"Acme Dental (acme): Dev Patel (dev)", "Acme Dental (acme-2): Dev Patel (devi)", "Dev Patel (devi)", "Dev Patel (dev)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A client who proposed a change, agreed to one or declined it, raised a risk or confirmed a word was
// heard from.
func TestHeard(t *testing.T) {
	old := strings.NewReplacer("2026-11-18", "2026-10-02", "2026-11-19", "2026-10-03").Replace(commitment("2026-12-20", promise))
	for name, file := range map[string]string{
		"change":          "[[change]]\non = 2026-11-18\nby = \"maria\"\ntext = \"Grey\"\n",
		"agreed":          "[[change]]\non = 2026-10-18\nby = \"dev\"\ntext = \"Grey\"\nagreed = 2026-11-18\n",
		"declined":        "[[change]]\non = 2026-10-18\nby = \"dev\"\ntext = \"Grey\"\ndeclined = 2026-11-18\n",
		"risk":            "[[risk]]\ntitle = \"Rain\"\nraised_by = \"maria\"\nopened = 2026-11-18\n",
		"term":            "[[term]]\nword = \"live\"\nmeans = \"Seen\"\nconfirmed = 2026-11-18\n",
		"nothing of this": "",
	} {
		d := today.Merge(day, []today.Part{part(t, "acme", head+old+file, "")}, nil)
		silent := slices.ContainsFunc(d.Items, func(i today.Item) bool { return i.Kind == "silent" })
		if silent != (file == "") {
			t.Errorf("%s: %v", name, itemLines(d))
		}
	}
}

// A first check-in with a day is planned, though nothing is open yet; it says where.
func TestAFirstCheckIn(t *testing.T) {
	file := head + "[[check_in]]\non = 2026-11-19\nwith = [\"maria\"]\nnext_check_in = 2026-11-24\n"
	d := today.Merge(day, []today.Part{part(t, "acme", file, "")}, nil)
	if got := itemLines(d); len(got) != 1 || got[0] != "this-week check-in: hold the check-in, 2026-11-24" || d.Items[0].Pos.Line == 0 {
		t.Errorf("%v, %+v", got, d.Items)
	}
}

// A new date is told as one that is only asked for and, once it has passed too, no
// longer: then it is the agreed one that was not met.
func TestANewDateOnTheTable(t *testing.T) {
	old := strings.NewReplacer("2026-11-18", "2026-11-02", "2026-11-19", "2026-11-03").Replace(commitment("2026-11-10", promise))
	for due, want := range map[string]string{
		"2026-11-24": "this-week deliver: Dev Patel: deliver “The sign”, on the new date that nobody has agreed to yet, 2026-11-24",
		"2026-11-13": "act-now deliver: Dev Patel: deliver “The sign”, 2026-11-10, 10 late",
	} {
		file := strings.TrimSuffix(old, "\n]\n") + "{ on = 2026-11-09, by = \"dev\", did = \"renegotiate\", due = " + due + ", note = \"Ill\" }]\n"
		d := today.Merge(day, []today.Part{part(t, "acme", head+file, "")}, nil)
		if got := itemLines(d); !slices.Contains(got, want) {
			t.Errorf("%s: %v", due, got)
		}
	}
}

// Where nobody is named, whoever looks after the client is to act.
func TestTheLeadActs(t *testing.T) {
	file := "lead = \"dev\"\n" + head + "[[check_in]]\non = 2026-10-19\nwith = [\"maria\"]\nnext_check_in = 2026-11-24\n" +
		strings.NewReplacer("2026-11-18", "2026-10-02", "2026-11-19", "2026-10-03").Replace(commitment("2026-12-20", promise))
	notes := "[[observation]]\non = 2026-11-18\ntext = \"Worried\"\nnext_step = \"Ring her\"\n"
	d := today.Merge(day, []today.Part{part(t, "acme", file, notes)}, nil)
	for _, i := range d.Items {
		if i.Group != today.Waiting && (i.Person != "dev" || i.Who != "Dev Patel") {
			t.Errorf("%s is for %q", i.What, i.Who)
		}
	}
	var kinds []string
	for _, i := range d.OfPerson("dev").Items {
		kinds = append(kinds, i.Kind)
	}
	for _, want := range []string{"check-in", "observation", "silent"} {
		if !slices.Contains(kinds, want) {
			t.Errorf("%s is not for the lead: %v", want, kinds)
		}
	}
}

// An hour of today that has passed is late today.
func TestTheHourOfAnUpdate(t *testing.T) {
	for hour, want := range map[string]string{"11:00:00": "status-stale", "13:00:00": "update"} {
		file := head + "[[status]]\non = 2026-11-13\nrag = \"green\"\nheadline = \"Well\"\nnext_update = 2026-11-20T" + hour + "\n" +
			commitment("2026-12-20", promise)
		var kinds []string
		for _, i := range today.Merge(day, []today.Part{part(t, "acme", file, "")}, nil).Items {
			kinds = append(kinds, i.Kind)
		}
		if !slices.Contains(kinds, want) || len(kinds) != 1 {
			t.Errorf("by %s: %v", hour, kinds)
		}
	}
}

// Once all is over nothing is promised: a message that is left has no date.
func TestNothingIsPromisedAfterTheEnd(t *testing.T) {
	file := strings.Replace(head, "[promises]", "[promises]\nreply_within = \"1 hour\"\ncheck_in = \"weekly\"", 1) +
		strings.NewReplacer("2026-11-18", "2026-10-18", "2026-11-19", "2026-10-19").Replace(commitment("2026-10-20", promise+`{ on = 2026-10-20, by = "maria", did = "withdraw" }`)) +
		"[[status]]\non = 2026-10-13\nrag = \"amber\"\nheadline = \"Well\"\nnext_update = 2026-10-20\n" +
		"[[message]]\nreceived = 2026-11-02T10:00:00\nby = \"maria\"\nabout = \"The colour\"\n[review]\non = 2026-11-03\n"
	d := today.Merge(day, []today.Part{part(t, "acme", file, "")}, nil)
	if got := itemLines(d); len(got) != 1 || got[0] != "act-now message: reply to Maria: The colour" {
		t.Errorf("got %q", got)
	}
}
