package pipeline_test

import (
	"cmp"
	"errors"
	"html"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"portalgen/internal/diag"
	"portalgen/internal/site"
	"portalgen/internal/testsite"
)

// What tests share, under the names that they use.
var (
	clientFile  = testsite.ClientFile
	folder      = testsite.Folder
	write       = testsite.Write
	remove      = testsite.Remove
	clients     = testsite.Clients
	master      = testsite.Master
	unloaded    = testsite.Unloaded
	load        = testsite.Load
	publishInto = testsite.PublishInto
	tree        = testsite.Tree
	one         = testsite.One
	sampleSite  = testsite.SampleSite
	noKey       = testsite.NoKey
	clockDay    = testsite.Day
	giveAccess  = testsite.GiveAccess
	handing     = testsite.WithFiles
	attached    = testsite.Attached
)

const provider = testsite.Provider

// problems returns err as the problems that it is.
func problems(err error) diag.Problems {
	ps, _ := errors.AsType[diag.Problems](err)
	return ps
}

// The variables that say how many changes tests with random ones make, and what they are drawn from.
const (
	editsOf = "PORTALGEN_EDITS"
	seedOf  = "PORTALGEN_SEED"
)

// number returns a variable of the environment.
func number(t *testing.T, name, otherwise string) int {
	t.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv(name), otherwise))
	must(t, err)
	return n
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// reachable is the site of textsOf, whose provider can be reached by mail.
var reachable = shared(map[string]string{
	site.ProviderFile: strings.Replace(provider, "[people]", "contact = { email = \"hello@north.example\" }\n[people]", 1),
})

// textsOf returns the words of each page of a client, whose file goes on after its people,
// and, as "answers", the forms of which the browser makes mails.
func textsOf(t *testing.T, file string) map[string]string {
	t.Helper()
	pages := reachable(t, "client = \"A\"\n[people]\nmaria = { name = \"Maria Ruiz\", side = \"client\" }\n"+file)
	words := map[string]string{}
	for path, page := range pages {
		body := string(page.Body)
		for _, form := range answerForm.FindAllString(body, -1) {
			words["answers"] += strings.ReplaceAll(html.UnescapeString(form), "\u00a0", " ") + "\n"
		}
		words[path] = strings.Join(strings.Fields(html.UnescapeString(tagForm.ReplaceAllString(body, " "))), " ")
	}
	return words
}

var (
	tagForm    = regexp.MustCompile(`<[^>]*>`)
	answerForm = regexp.MustCompile(`(?s)<form class="answer".*?</form>`)
	lineBreak  = regexp.MustCompile(`\n\s*|\x{a0}`)
)

// booking is a commitment promised for a date, with one move more.
func booking(due, move string) string {
	return `[[commitment]]
id = "booking"
title = "Booking"
customer = "maria"
performer = "dev"
moves = [
  { on = 2026-11-02, by = "maria", did = "request", due = ` + due + ` },
  { on = 2026-11-03, by = "dev", did = "promise" },
  ` + move + `
]
`
}

func wantWords(t *testing.T, words map[string]string, page string, want, never []string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(words[page], w) {
			t.Errorf("%q does not say %q:\n%s", page, w, words[page])
		}
	}
	for _, w := range never {
		if strings.Contains(words[page], w) {
			t.Errorf("%q says %q:\n%s", page, w, words[page])
		}
	}
}
