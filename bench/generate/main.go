// Command generate writes a site with invented clients for measurements. Each client has a Home,
// eight commitments, eleven status notes and the sections, 27 pages in all:
//
//	go run ./bench/generate -clients 1000 DIR
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"portalgen/internal/civil"
)

// now is the day for which the clients are made. Build them with this --now.
var now = civil.Date{Year: 2026, Month: 11, Day: 20}

func main() {
	log.SetFlags(0)
	n := flag.Int("clients", 10, "how many clients")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("usage: generate [-clients N] DIR")
	}
	if err := write(flag.Arg(0), *n); err != nil {
		log.Fatal(err)
	}
}

func write(dir string, n int) error {
	clients := filepath.Join(dir, "data", "clients")
	if err := os.MkdirAll(clients, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "data", "provider.toml"), []byte(provider), 0o644); err != nil {
		return err
	}
	for i := range n {
		name := filepath.Join(clients, fmt.Sprintf("client-%05d.toml", i))
		if err := os.WriteFile(name, []byte(client(i)), 0o644); err != nil {
			return err
		}
	}
	return nil
}

const provider = `name     = "Measured Studio"
timezone = "Europe/Berlin"
language = "en"
contact  = { name = "Mona Measure", email = "mona@studio.example" }

[people]
dora = { name = "Dora Doer", side = "provider", role = "Lead", email = "dora@studio.example" }
finn = { name = "Finn Former", side = "provider", role = "Designer" }

[promises]
answer_within = "3 days"
accept_within = "5 days"
`

var nouns = []string{"booking", "menu", "archive", "window", "garden", "ledger", "poster", "catalogue"}

func client(i int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "client = \"Client number %d\"\nwelcome = \"How things stand for number %d.\"\n\n[people]\n", i, i)
	fmt.Fprintf(&b, "mia = { name = \"Mia Number%d\", side = \"client\", role = \"Owner\" }\n", i)
	for k, noun := range nouns {
		commitment(&b, i, k, noun)
	}
	for k := range 3 {
		fmt.Fprintf(&b, "\n[[risk]]\nid = \"risk-%d\"\ntitle = \"The %s of client %d may be late\"\nlikelihood = "+
			"\"possible\"\nimpact = \"moderate\"\nowner = \"dora\"\nmitigation = \"We ask a week ahead, every "+
			"time.\"\naffects = [\"%s\"]\nopened = %s\nreview = %s\n",
			k, nouns[k], i, nouns[k], now.AddDays(-50), now.AddDays(9))
	}
	for k := range 11 {
		on := now.AddDays(-7*k - 1)
		fmt.Fprintf(&b, "\n[[status]]\non = %s\nrag = \"green\"\nheadline = \"Week %d for client %d: on the "+
			"way\"\nmeans_for_you = \"Nothing changes for you this week; the dates of *all* parts hold.\"\nwhy = "+
			"\"The texts came in time, and the printer confirmed the slot.\"\ndoing = \"Drawing the second "+
			"round, number %d, and testing it with three people from the street.\"\nnext_update = %s\n",
			on, 11-k, i, i*31+k, on.AddDays(7))
	}
	return b.String()
}

func commitment(b *strings.Builder, i, k int, noun string) {
	asked := now.AddDays(-60 + 3*k)
	due := now.AddDays(5 + 4*k)
	fmt.Fprintf(b, "\n[[commitment]]\nid = \"%s\"\ntitle = \"The %s for client %d\"\ncustomer = "+
		"\"mia\"\nperformer = \"dora\"\noutcome = \"People find the %s without asking\"\nsatisfied_when = [\n  "+
		"\"It is found in under a minute\",\n  \"It reads well on a phone\",\n]\ndeliver_how = \"A link, and "+
		"a walk through it\"\nnotify_how = \"By mail, the same day\"\nmoves = [\n",
		noun, noun, i, noun)
	fmt.Fprintf(b, "  { on = %s, by = \"mia\", did = \"request\", due = %s },\n", asked, due.AddDays(-10))
	fmt.Fprintf(b, "  { on = %s, by = \"dora\", did = \"counter\", due = %s, note = \"The printer needs ten "+
		"days\" },\n", asked.AddDays(1), due)
	fmt.Fprintf(b, "  { on = %s, by = \"mia\", did = \"agree\" },\n", asked.AddDays(2))
	fmt.Fprintf(b, "  { on = %s, by = \"dora\", did = \"progress\", note = \"First sketch is done, number "+
		"%d\" },\n]\n", asked.AddDays(20), i*17+k)
	fmt.Fprintf(b, "\n  [[commitment.deliverable]]\n  title = \"A sketch of the %s\"\n  due = %s\n  moves = [\n   "+
		" { on = %s, by = \"finn\", did = \"deliver\" },\n    { on = %s, by = \"mia\", did = \"accept\", thanks = "+
		"\"Just right\" },\n  ]\n",
		noun, asked.AddDays(20), asked.AddDays(19), asked.AddDays(21))
}
