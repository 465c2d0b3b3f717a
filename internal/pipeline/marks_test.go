package pipeline_test

import (
	"crypto/sha256"
	"fmt"
	"html"
	"regexp"
	"slices"
	"testing"

	"portalgen/internal/access"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/site"
	"portalgen/internal/unsealed"
)

// What a page calls things by is made under the client's own key: whoever guesses what an
// event or a wait is called cannot see by its mark whether the guess is right.
func TestMarksAreUnderTheClientsKey(t *testing.T) {
	t.Parallel()
	file := clientFile("Client a", "") + "[[question]]\nid = \"which\"\nasked = 2026-11-12\nby = \"dev\"\nto = \"maria\"\ntext = \"Which?\"\n"
	b := load(t, folder(t, map[string]string{site.ClientFile("a"): file}), pipeline.Options{Keys: keyring.PreviewKeys{Master: master}})
	plain, ps := b.Plain("a")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	p, ps := b.Portal("a")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	marked := regexp.MustCompile(`\sdata-(?:event|key)="([^"]*)"`)
	marks := func(text string) (all []string) {
		for _, m := range marked.FindAllStringSubmatch(text, -1) {
			all = append(all, html.UnescapeString(m[1]))
		}
		return all
	}
	opened, err := unsealed.Pages(p, master.PreviewLink("a").Fragment())
	must(t, err)
	names, got := marks(string(plain[""].Body)), marks(opened[""].HTML)
	if len(names) < 4 || len(got) != len(names) {
		t.Fatalf("the names are %q, the marks %q", names, got)
	}
	who := access.Default(master, "a")
	for i, name := range names {
		if got[i] != who.StableKey(name) {
			t.Errorf("%s has the mark %s", name, got[i])
		}
		guess := fmt.Sprintf("%x", sha256.Sum256([]byte("Client a\n"+name)))[:12]
		if slices.Contains(got, guess) {
			t.Errorf("the mark of %s can be guessed", name)
		}
	}
}
