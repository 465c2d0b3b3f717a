package pipeline_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

var (
	tag   = regexp.MustCompile(`<[^>]*>`)
	space = regexp.MustCompile(`[\s\x{a0}]+`)
)

// pageText returns the text of a page of a client, on one line.
func pageText(t *testing.T, file, path string) string {
	t.Helper()
	b := load(t, folder(t, map[string]string{site.ClientFile("a"): file}), pipeline.Options{})
	pages, ps := b.Plain("a")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	text := html.UnescapeString(tag.ReplaceAllString(string(pages[path].Body), ""))
	return space.ReplaceAllString(text, " ")
}

// with returns a client whose commitment has more moves, and more behind it.
func with(moves, more string) string {
	promise := `{ on = 2026-11-03, by = "dev", did = "promise" },`
	return strings.Replace(strings.Replace(clientFile("A", ""), promise, promise+"\n"+moves, 1), "[[status]]", more+"\n[[status]]", 1)
}

// The stages of what was withdrawn are not ahead.
func TestARingThatIsClosedHasNothingAhead(t *testing.T) {
	t.Parallel()
	text := pageText(t, with(`{ on = 2026-11-18, by = "maria", did = "withdraw", note = "Sold" },`, ""), "commitment-booking")
	for _, want := range []string{
		"Ask (done)", "Agree (done)", "Do (as far as it came)Maria withdrew it", "Acceptnot reached",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
}

// Whose turn it is to deliver is said of the whole alone, so that one page names one of them.
func TestTheTurnOfAnInterimResult(t *testing.T) {
	t.Parallel()
	sketch := "[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-20\n"
	for _, path := range []string{"commitment-booking", "everything-"} {
		if text := pageText(t, with("", sketch), path); !strings.Contains(text, "Promised · Fri 20 Nov") || strings.Count(text, "Dev’s turn: deliver") != 1 ||
			strings.Contains(text, "Dev Patel’s turn") {
			t.Errorf("on the way, %s says %s", path, text)
		}
		text := pageText(t, with(`{ on = 2026-11-18, by = "dev", did = "deliver" },`, sketch), path)
		if !strings.Contains(text, "Promised · Fri 20 Nov") || strings.Contains(text, "Dev Patel’s turn") {
			t.Errorf("with the whole, %s says %s", path, text)
		}
	}
}

// All on one page has the history too, a line for each entry.
func TestTheHistoryIsOnTheOnePage(t *testing.T) {
	t.Parallel()
	text := pageText(t, with("", ""), "everything-")
	if !strings.Contains(text, "10 November A note on how it stands: On the way for A") {
		t.Errorf("it is not in %s", text)
	}
}
