package pipeline_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/sample"
	"portalgen/internal/site"
)

// privateProvider has what a client's file can say of its own, private or not.
const privateProvider = provider + `
ines = { name = "Ines Okafor", side = "provider" }
hidden = { name = "Xyzzy Hidden", side = "provider", private = true }
[promises]
reply_within = "4 hours"
answer_within = "3 days"
check_in = "weekly"
[[term]]
word = "Draft"
means = "All said"
[[term]]
word = "Proof"
means = "xyzzy"
private = true
`

// publicTables are what a client sees: of each kind of table one or two without an id.
// What can be private within one stands in its place as %s, as often as there is one.
var publicTables = []string{
	"[[goal]]\ntitle = \"Fewer calls\"\nnow = \"9\"\nmeasured = 2026-11-01\n",
	"[[goal]]\nid = \"second\"\ntitle = \"More sleep\"\n",
	`[[commitment]]
title = "Booking"
customer = "maria"
performer = "dev"
goal = "second"
moves = [%[1]s
  { on = 2026-11-02, by = "maria", did = "request", due = 2026-12-04 },%[1]s
  { on = 2026-11-03, by = "dev", did = "promise" },%[1]s
]
[[commitment.deliverable]]%[2]s
title = "A sketch"
due = 2026-11-18
moves = [{ on = 2026-11-17, by = "dev", did = "deliver" }, %[1]s]
`,
	`[[commitment]]
title = "Signs"
customer = "maria"
performer = "ines"
moves = [{ on = 2026-11-02, by = "maria", did = "request", due = 2026-12-11 }]
`,
	"[[risk]]\ntitle = \"Rain\"\nlikelihood = \"possible\"\nimpact = \"minor\"\nlog = [%[3]s\n  { on = 2026-11-04, note = \"Clouds\" },%[3]s\n]\n",
	"[[risk]]\ntitle = \"Snow\"\nopened = 2026-11-04\n",
	"[[status]]\non = 2026-11-10\nrag = \"green\"\nheadline = \"On the way\"\nnext_update = 2026-11-24\n",
	"[[status]]\non = 2026-11-03\nrag = \"green\"\nheadline = \"Begun\"\n",
	"[[question]]\nasked = 2026-11-09\nby = \"dev\"\nto = \"maria\"\ntext = \"Which?\"\nbatch = \"b\"\n",
	"[[question]]\nasked = 2026-11-09\nby = \"dev\"\nto = \"maria\"\ntext = \"When?\"\nbatch = \"b\"\n",
	"[[message]]\nreceived = 2026-11-09T09:00:00\nby = \"maria\"\nabout = \"Hours\"\n",
	"[[decision]]\non = 2026-11-09\ntext = \"Blue\"\nby = \"maria\"\n",
	"[[decision]]\non = 2026-11-09\ntext = \"Round\"\n",
	"[[assumption]]\non = 2026-11-09\ntext = \"It stays\"\n",
	"[[change]]\non = 2026-11-09\nby = \"maria\"\ntext = \"Two more\"\n",
	"[[check_in]]\non = 2026-11-09\nwith = [\"dev\", \"maria\"]\nrecap = \"Said\"\nnext_check_in = 2026-11-23\n",
	"[[pulse]]\nasked = 2026-11-09\nquestion = \"How sure?\"\nours = 4\n",
	"[[term]]\nword = \"Go-live\"\nmeans = \"The day\"\n",
	"[[file]]\non = 2026-11-09\ntitle = \"Plan\"\nfile = \"plan.txt\"\n",
}

// privateTables are as many of which nobody is told, on the days of the others. %d makes
// an id of each alone where that is needed.
var privateTables = []string{
	"[[goal]]\nprivate = true\ntitle = \"xyzzy\"\nnow = \"1\"\nmeasured = 2026-11-12\n",
	"[[commitment]]\nprivate = true\ntitle = \"xyzzy\"\ncustomer = \"maria\"\nperformer = \"dev\"\n" +
		"moves = [{ on = 2026-11-02, by = \"maria\", did = \"request\", due = 2026-11-12 }, { on = 2026-11-03, by = \"dev\", did = \"promise\" }]\n" +
		"[[commitment.deliverable]]\ntitle = \"xyzzy\"\ndue = 2026-11-18\nfile = \"secret.txt\"\n",
	"[[commitment]]\ntitle = \"xyzzy\"\ncustomer = \"ghost\"\nperformer = \"dev\"\n" +
		"moves = [{ on = 2026-11-02, by = \"ghost\", did = \"request\", due = 2026-12-04 }]\n",
	"[[commitment]]\ntitle = \"xyzzy\"\ncustomer = \"maria\"\nperformer = \"hidden\"\n" +
		"moves = [{ on = 2026-11-02, by = \"maria\", did = \"request\", due = 2026-12-04 }]\n",
	"[[risk]]\nprivate = true\ntitle = \"xyzzy\"\nopened = 2026-11-04\nlikelihood = \"likely\"\nimpact = \"severe\"\nreview = 2026-11-11\n",
	"[[status]]\nprivate = true\nid = \"2026-11-10-%d\"\non = 2026-11-10\nrag = \"red\"\nheadline = \"xyzzy\"\nwhy = \"xyzzy\"\nmeans_for_you = \"x\"\nnext_update = 2026-11-15\n",
	"[[question]]\nprivate = true\nasked = 2026-11-09\nby = \"dev\"\nto = \"maria\"\ntext = \"xyzzy\"\nbatch = \"b\"\nanswer_by = 2026-11-11\n",
	"[[question]]\nasked = 2026-11-09\nby = \"dev\"\nto = \"ghost\"\ntext = \"xyzzy\"\nbatch = \"b\"\n",
	"[[message]]\nprivate = true\nreceived = 2026-11-09T08:00:00\nby = \"maria\"\nabout = \"xyzzy\"\nurgent = true\nacknowledged = 2026-11-10T09:00:00\n",
	"[[message]]\nreceived = 2026-11-09T08:00:00\nby = \"ghost\"\nabout = \"xyzzy\"\n",
	"[[decision]]\nprivate = true\non = 2026-11-09\ntext = \"xyzzy\"\n",
	"[[assumption]]\nprivate = true\non = 2026-11-09\ntext = \"xyzzy\"\nwrong = 2026-11-10\n",
	"[[change]]\nprivate = true\non = 2026-11-09\nby = \"maria\"\ntext = \"xyzzy\"\n",
	"[[change]]\non = 2026-11-09\nby = \"hidden\"\ntext = \"xyzzy\"\n",
	"[[check_in]]\nprivate = true\non = 2026-11-16\nwith = [\"dev\"]\nrecap = \"xyzzy\"\nnext_check_in = 2026-11-20\n",
	"[[pulse]]\nprivate = true\nasked = 2026-11-09\nquestion = \"xyzzy\"\nours = 1\ntheirs = 5\nanswered = 2026-11-10\n",
	"[[term]]\nprivate = true\nword = \"Xyzzy%d\"\nmeans = \"xyzzy\"\n",
	"[[file]]\nprivate = true\non = 2026-11-09\ntitle = \"xyzzy\"\nfile = \"secret.txt\"\n",
}

// Those that a file can have once.
var (
	privateOnce = []string{
		"[promises]\nprivate = true\nreply_within = \"1 hours\"\nanswer_within = \"1 days\"\naccept_within = \"1 days\"\ncheck_in = \"daily\"\n",
		"[review]\nprivate = true\non = 2026-11-11\nclient_says = \"xyzzy\"\n",
		"[[term]]\nprivate = true\nword = \"Draft\"\nmeans = \"xyzzy\"\n",
	}
	privatePeople = "ghost = { name = \"Xyzzy Ghost\", side = \"client\", private = true }\n"
)

// privateFile returns a client's file with what draw says of what is private. No table
// is in it that draw leaves out.
func privateFile(draw func(name string, most int) int, position func(n int) int) string {
	inside := func(text, name string, most int) string { return strings.Repeat(text, draw(name, most)) }
	moves := inside(`{ on = 2026-11-17, by = "dev", did = "progress", private = true, note = "xyzzy" }, `, "private moves", 2)
	sketch := inside("\nprivate = true\ntitle = \"xyzzy\"\ndue = 2026-11-18\nfile = \"secret.txt\"\n[[commitment.deliverable]]", "private sketches", 2)
	entry := inside("\n  { on = 2026-11-04, private = true, note = \"xyzzy\", impact = \"severe\" },", "private entries", 2)
	var tables []string
	for _, table := range publicTables {
		tables = append(tables, strings.NewReplacer("%[1]s\n  { on", "\n  { on", "%[1]s\n]", moves+"\n]", "%[1]s", moves, "%[2]s", sketch, "%[3]s", entry).Replace(table))
	}
	insert := func(table string) { tables = slices.Insert(tables, position(len(tables)), table) }
	for i, table := range privateTables {
		for n := range draw(fmt.Sprintf("private table %d", i), 2) {
			insert(strings.ReplaceAll(table, "%d", fmt.Sprint(n+5)))
		}
	}
	for i, table := range privateOnce {
		if draw(fmt.Sprintf("private table %d, once", i), 1) > 0 {
			insert(table)
		}
	}
	return "client = \"Acme\"\n[people]\nmaria = { name = \"Maria\", side = \"client\" }\n" + privatePeople + strings.Join(tables, "\n")
}

// What a client is sent is the same bytes with and without any set of what is private.
func TestWhatIsPrivateChangesNoByte(t *testing.T) {
	dir := folder(t, map[string]string{
		site.ProviderFile: privateProvider, "data/clients/acme/plan.txt": "A plan", "data/clients/acme/secret.txt": "xyzzy",
	})
	published := func(t interface {
		Helper()
		Fatal(...any)
	}, b *pipeline.Builder, file string,
	) map[string]string {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(site.ClientFile("acme"))), []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		p, ps := b.Portal("acme")
		if ps.Err() != nil {
			t.Fatal(ps, "\n", file)
		}
		files := map[string]string{}
		for name, text := range p.Files {
			files[name] = string(text)
		}
		for name, attached := range p.Attached {
			var sealed strings.Builder
			if err := attached.Seal(&sealed); err != nil {
				t.Fatal(err)
			}
			files[name] = sealed.String()
		}
		return files
	}
	b := load(t, dir, pipeline.Options{})
	none := func(string, int) int { return 0 }
	without := published(t, b, strings.Replace(privateFile(none, nil), privatePeople, "", 1))
	write(t, dir, map[string]string{site.ProviderFile: strings.NewReplacer(
		"hidden = { name = \"Xyzzy Hidden\", side = \"provider\", private = true }\n", "",
		"[[term]]\nword = \"Proof\"\nmeans = \"xyzzy\"\nprivate = true\n", "",
	).Replace(privateProvider)})
	if bare := published(t, load(t, dir, pipeline.Options{}), strings.Replace(privateFile(none, nil), privatePeople, "", 1)); !maps.Equal(bare, without) {
		t.Error("what is private in provider.toml changes what is published")
	}
	same := func(t interface {
		Helper()
		Fatal(...any)
		Errorf(string, ...any)
	}, file string,
	) {
		t.Helper()
		if with := published(t, b, file); !maps.Equal(with, without) {
			t.Errorf("other bytes, or other names of pages, are published with:\n%s", file)
		}
	}
	// All at once, before and behind everything; then any set, anywhere.
	all := func(_ string, most int) int { return most }
	same(t, privateFile(all, func(int) int { return 0 }))
	same(t, privateFile(all, func(n int) int { return n }))
	// Of any set a few: .ci/all tries more.
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue {
		must(t, checks.Value.Set("25"))
	}
	rapid.Check(t, func(t *rapid.T) {
		same(t, privateFile(
			func(name string, most int) int { return rapid.IntRange(0, most).Draw(t, name) },
			func(n int) int { return rapid.IntRange(0, n).Draw(t, "place") },
		))
	})
}

// A sample in a preview has the pages that a build gives it: none of the site's own.
func TestASampleInAPreviewHasTheProgramsContent(t *testing.T) {
	dir := sampleSite(t)
	write(t, dir, map[string]string{"content/travel.md": "# Travel\nxyzzy\n"})
	id := sample.IDs()[0]
	pages := map[string]int{}
	for name, keys := range map[string]keyring.Keyring{"build": nil, "preview": keyring.PreviewKeys{Master: master}} {
		p, ps := load(t, dir, pipeline.Options{Keys: keys}).Portal(id)
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		pages[name] = len(p.Files)
	}
	if pages["build"] != pages["preview"] || pages["build"] == 0 {
		t.Errorf("pages: %v", pages)
	}
}
