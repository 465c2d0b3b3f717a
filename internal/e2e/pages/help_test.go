package pages

import (
	"testing"

	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

// busy is a client on whom everything waits that can wait on a client.
const busy = "zqbusy"

const busyFile = `client = "Zqbusy Bees"
lead = "zqadalinde"
timezone = "Etc/UTC"

[people]
zqpat = { name = "Zqpatricia Zqmoe", side = "client" }

[promises]
reply_within = "2 hours"
urgent_within = "2 hours"

[[commitment]]
id = "agree"
title = "Zqhoney & more + 50% #1 – Привет 🎉"
customer = "zqpat"
performer = "zqadalinde"
moves = [{ on = 2026-11-02, by = "zqadalinde", did = "offer", due = 2026-12-04 }]

[[commitment]]
id = "promise"
title = "Zqlist of hives"
customer = "zqadalinde"
performer = "zqpat"
moves = [{ on = 2026-11-02, by = "zqadalinde", did = "request", due = 2026-12-05 }]

[[commitment]]
id = "decide"
title = "Zqwax by post"
customer = "zqpat"
performer = "zqadalinde"
moves = [
  { on = 2026-11-02, by = "zqpat", did = "request", due = 2026-11-27 },
  { on = 2026-11-03, by = "zqadalinde", did = "promise" },
  { on = 2026-11-16, by = "zqadalinde", did = "renegotiate", due = 2026-12-11, note = "Zqsnow" },
]

[[commitment]]
id = "accept"
title = "Zqlabel drawn"
customer = "zqpat"
performer = "zqadalinde"
moves = [
  { on = 2026-11-02, by = "zqpat", did = "request", due = 2026-11-27 },
  { on = 2026-11-03, by = "zqadalinde", did = "promise" },
  { on = 2026-11-18, by = "zqadalinde", did = "deliver" },
]

[[commitment]]
id = "deliver"
title = "Zqphotographs"
customer = "zqadalinde"
performer = "zqpat"
moves = [
  { on = 2026-11-02, by = "zqadalinde", did = "request", due = 2026-11-30 },
  { on = 2026-11-03, by = "zqpat", did = "promise" },
]

[[commitment]]
id = "confirm"
title = "Zqsite alive"
customer = "zqpat"
performer = "zqadalinde"
moves = [
  { on = 2026-11-02, by = "zqpat", did = "request", due = 2026-11-30 },
  { on = 2026-11-03, by = "zqadalinde", did = "promise" },
  { on = 2026-11-04, by = "zqadalinde", did = "summarize", note = "Zqsummed" },
  { on = 2026-11-05, by = "zqadalinde", did = "ask-help", note = "Zqhelpless" },
]

  [[commitment.deliverable]]
  title = "Zqdraft of it"
  due = 2026-11-20

[[question]]
asked = 2026-11-16
by = "zqadalinde"
to = "zqpat"
text = "Which *colour* of zqjar? It is a long question that goes on and on about jars, lids, and what stands on both of them"
answer_by = 2026-11-26

[[check_in]]
on = 2026-11-17
with = ["zqpat", "zqadalinde"]
recap = "Zqrecap of it"
next_check_in = 2026-11-24T10:00:00

[[term]]
word = "Zqswarm"
means = "Zqmany bees"

[[change]]
on = 2026-11-18
by = "zqadalinde"
text = "Zqlarger jars"

[[pulse]]
asked = 2026-11-18
question = "Zqhow goes it?"

[[message]]
received = 2026-11-20T09:00:00
by = "zqpat"
about = "Zqbees are out"
urgent = true
`

// newBusy publishes a site with the busy client, after some change to it, and returns
// the address of their portal.
func newBusy(t *testing.T, change func(w *e2e.World)) (address string) {
	t.Helper()
	w := e2e.NewWorld(t)
	w.Write(t, site.ClientFile(busy), busyFile)
	change(w)
	link := w.PortalLink(t, busy)
	return e2e.Host(t, w.Publish(t, busy)) + link
}

func asItIs(*e2e.World) {}
