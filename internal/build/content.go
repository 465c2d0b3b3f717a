package build

import (
	"portalgen/internal/portal"
	"portalgen/internal/site"
)

// contentFor returns the pages that every portal in a language has.
func (s *base) contentFor(language string) []portal.Content {
	var all []portal.Content
	for _, c := range site.ContentFor(s.content, language) {
		all = append(all, portal.Content{ID: c.Name, Title: c.Title, Body: portal.Text(c.Body)})
	}
	return all
}
