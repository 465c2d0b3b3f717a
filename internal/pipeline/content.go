package pipeline

import (
	"portalgen/internal/portal"
	"portalgen/internal/site"
)

// contentFor returns the pages that every portal in a language has. A page of the site's
// own is for its clients, so a portal that anybody can open has the program's alone.
func (s *base) contentFor(language string, anybody bool) []portal.Content {
	from := s.content
	if anybody {
		from = s.public
	}
	var all []portal.Content
	for _, c := range site.ContentFor(from, language) {
		all = append(all, portal.Content{ID: c.Name, Title: c.Title, Body: portal.Text(c.Body)})
	}
	return all
}
