// Package unsealed opens the pages of a portal in memory, as a browser does. Only tests and
// benchmarks import it: no other code may have a portal's plaintext after it was sealed.
package unsealed

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"

	"portalgen/internal/gate"
	"portalgen/internal/pipeline"
	"portalgen/internal/seal"
)

// A Page is the content of a page and the HTML of its navigation.
type Page struct {
	gate.Content
	Nav string
}

// Pages opens the pages of a preview. fragment is the secret of the preview's link. The pages are
// returned by token; Home has the token "".
func Pages(p *pipeline.Portal, fragment string) (map[string]Page, error) {
	link, err := seal.ParseLink(fragment)
	if err != nil {
		return nil, err
	}
	pages := map[string]Page{}
	for name, text := range p.Files {
		token := fileName.FindStringSubmatch(name)[1]
		if pages[token], err = open(p.Sealer.Place(token), link, text); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return pages, nil
}

// fileName matches the name of a page's file; its group is the token.
var fileName = regexp.MustCompile(`^[^/]+/(?:([^/]+)/)?index\.html$`)

func open(at seal.PageContext, link seal.Link, text []byte) (Page, error) {
	slots, err := seal.ParseSlots(at.Slots)
	if err != nil {
		return Page{}, err
	}
	key, err := slots.OpenLink(link.Root(), at.Portal)
	if err != nil {
		return Page{}, err
	}
	if at.Nav, err = attribute(text, "nav"); err != nil {
		return Page{}, err
	}
	body, err := attribute(text, "body")
	if err != nil {
		return Page{}, err
	}
	nav, err := key.NavKey(at).Open(at, at.Nav)
	if err != nil {
		return Page{}, err
	}
	page := Page{Nav: string(nav)}
	if body, err = key.PageKey(at).Open(at, body); err != nil {
		return Page{}, err
	}
	err = json.Unmarshal(body, &page.Content)
	return page, err
}

// attribute returns the decoded bytes of an attribute of a page.
func attribute(text []byte, name string) ([]byte, error) {
	m := regexp.MustCompile(`\sdata-` + name + `="([^"]*)"`).FindSubmatch(text)
	if m == nil {
		return nil, fmt.Errorf("the page has no data-%s", name)
	}
	return base64.StdEncoding.DecodeString(string(m[1]))
}
