package pipeline_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/access"
	"portalgen/internal/gate"
	"portalgen/internal/pipeline"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// opened returns what a page of a preview of the client a says, as a reader opens it.
func opened(t *testing.T, p *pipeline.Portal, token string) gate.Content {
	t.Helper()
	name := p.Folder + "/" + token + "/index.html"
	page := string(p.Files[strings.Replace(name, "//", "/", 1)])
	attribute := func(name string) []byte {
		m := regexp.MustCompile(`\sdata-` + name + `="([^"]*)"`).FindStringSubmatch(page)
		if m == nil {
			t.Fatalf("no data-%s in %q", name, page)
		}
		bytes, err := base64.StdEncoding.DecodeString(m[1])
		must(t, err)
		return bytes
	}
	at := seal.Page{Portal: p.Folder, Token: token, Slots: attribute("slots"), Nav: attribute("nav")}
	block, err := seal.ParseSlots(at.Slots)
	must(t, err)
	key, err := block.OpenLink(master.PreviewLink("a").Root(), p.Folder)
	must(t, err)
	body, err := key.PageKey(at).Open(at, attribute("body"))
	must(t, err)
	var content gate.Content
	must(t, json.Unmarshal(body, &content))
	return content
}

// What a page calls things by is made under the client's own key: whoever guesses what an
// event or a wait is called cannot see by its mark whether the guess is right.
func TestMarksAreUnderTheClientsKey(t *testing.T) {
	t.Parallel()
	file := clientFile("Client a", "") + "[[question]]\nid = \"which\"\nasked = 2026-11-12\nby = \"dev\"\nto = \"maria\"\ntext = \"Which?\"\n"
	b := load(t, folder(t, map[string]string{site.ClientFile("a"): file}), pipeline.Options{Keys: pipeline.PreviewKeys{Master: master}})
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
	names, got := marks(string(plain[""].Body)), marks(opened(t, p, "").HTML)
	if len(names) < 4 || len(got) != len(names) {
		t.Fatalf("the names are %q, the marks %q", names, got)
	}
	who := access.Default(master, "a")
	for i, name := range names {
		if got[i] != who.Mark(name) {
			t.Errorf("%s has the mark %s", name, got[i])
		}
		guess := fmt.Sprintf("%x", sha256.Sum256([]byte("Client a\n"+name)))[:12]
		if slices.Contains(got, guess) {
			t.Errorf("the mark of %s can be guessed", name)
		}
	}
}
