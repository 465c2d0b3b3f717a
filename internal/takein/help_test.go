package takein

import (
	"testing"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/edit"
	"portalgen/internal/portal"
	"portalgen/internal/reply"
)

const file = `client = "Brindle Island Ferry"
timezone = "Europe/Berlin"

[people]
hanna = { name = "Hanna Berg", side = "client" }
theo = { name = "Theo Lind", side = "client" }
priya = { name = "Priya Nair", side = "provider" }

[[commitment]]
id = "booking"
title = "Booking"
customer = "hanna"
performer = "priya"
moves = [
  { on = 2026-10-01, by = "hanna", did = "request", due = 2026-11-27 },
  { on = 2026-10-02, by = "priya", did = "promise" },
  { on = 2026-11-18, by = "priya", did = "renegotiate", due = 2026-12-04, note = "Rain" },
]

[[commitment]]
id = "draft"
title = "Draft"
customer = "hanna"
performer = "priya"
moves = [
  { on = 2026-10-01, by = "hanna", did = "request", due = 2026-11-27 },
  { on = 2026-10-02, by = "priya", did = "promise" },
  { on = 2026-11-18, by = "priya", did = "deliver" },
]

[[commitment]]
id = "offer"
title = "Offer"
customer = "hanna"
performer = "priya"
moves = [{ on = 2026-11-18, by = "priya", did = "offer", due = 2026-12-10 }]

[[commitment]]
id = "texts"
title = "Texts"
customer = "priya"
performer = "hanna"
moves = [{ on = 2026-11-18, by = "priya", did = "request", due = 2026-12-01 }]

[[commitment]]
id = "photos"
title = "Photos"
customer = "priya"
performer = "hanna"
moves = [
  { on = 2026-11-01, by = "priya", did = "request", due = 2026-11-25 },
  { on = 2026-11-02, by = "hanna", did = "promise" },
]

[[commitment]]
id = "logo"
title = "Logo"
customer = "hanna"
performer = "priya"
moves = [
  { on = 2026-10-01, by = "hanna", did = "request", due = 2026-11-27 },
  { on = 2026-10-02, by = "priya", did = "promise" },
  { on = 2026-11-17, by = "priya", did = "summarize", note = "Blue it is" },
  { on = 2026-11-18, by = "priya", did = "ask", note = "Which blue?" },
]

[[question]]
id = "harbour"
asked = 2026-11-18
by = "priya"
to = "hanna"
text = "Which harbour?"

[[change]]
id = "rope"
on = 2026-11-18
by = "priya"
text = "Two ropes"

[[check_in]]
id = "nov"
on = 2026-11-18
with = ["hanna", "priya"]
recap = "We begin in May"

[[pulse]]
id = "clear"
asked = 2026-11-18
question = "How clear is it?"

[[term]]
word = "Live"
means = "On the site"

[[assumption]]
id = "quay"
on = 2026-11-18
text = "The quay is dry"
commitment = "logo"
`

// subject is a file at noon of 21 November 2026. Its keys are the names that they are made of.
func subject(text string) Subject {
	zone, _ := time.LoadLocation("Europe/Berlin")
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, zone)
	provider := &client.Provider{Name: "Heron Works", Timezone: "Europe/Berlin"}
	return Subject{
		Source: clientfile.Source{Name: "data/clients/brindle.toml", Text: []byte(text)},
		Open: func(src clientfile.Source) (*edit.File, error) {
			return edit.Open("brindle", src, clientfile.Options{Provider: provider, Now: now}, fixed(now), true)
		},
		View: func(c *client.Client) (*portal.View, error) {
			return portal.New(c, portal.Options{
				Provider: provider, Now: now, Base: "/p/", Facts: true,
				Path:      func(kind, id string) string { return kind + "-" + id },
				StableKey: func(name string) string { return name },
			})
		},
		Now: now,
	}
}

type fixed time.Time

func (f fixed) In(zone *time.Location) time.Time { return time.Time(f).In(zone) }

var hanna = access.Credential{Person: "hanna"}

const id = "AAECAwQFBgcICQoLDA0ODw"

// said is a reply of 20 November, at half past nine in Berlin.
func said(kind, about, choice string, change ...func(*reply.Reply)) *reply.Reply {
	r := &reply.Reply{
		ID: id, Sent: time.Date(2026, 11, 20, 8, 30, 0, 0, time.UTC), About: about, Kind: kind, Choice: choice,
		Texts: map[string]string{}, Sentence: "Hanna said so.",
	}
	for _, c := range change {
		c(r)
	}
	return r
}

func seen(day string) func(*reply.Reply) {
	return func(r *reply.Reply) { d, _ := civil.ParseDate(day); r.Seen = civil.On(d) }
}

func date(day string) func(*reply.Reply) {
	return func(r *reply.Reply) { r.Date, _ = civil.ParseDate(day) }
}

func text(name, s string) func(*reply.Reply) {
	return func(r *reply.Reply) { r.Texts[name] = s }
}

func mustJudge(t testing.TB, s string, r *reply.Reply, by access.Credential) Judgement {
	t.Helper()
	j, err := Judge(subject(s), r, by, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

const via = `, via = "` + id + ` 2026-11-21" }`
