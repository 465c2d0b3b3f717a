package pipeline

import (
	"portalgen/internal/portal"
	"portalgen/internal/site"
)

// contentFor returns the pages that every portal in a language has. The site's own pages are
// for its clients only, so a public portal has only those of the program.
func (s *base) contentFor(language string, public bool) []portal.Content {
	from := s.content
	if public {
		from = s.public
	}
	var all []portal.Content
	for _, c := range site.ContentFor(from, s.wordsOf(language)) {
		all = append(all, portal.Content{ID: c.Name, Title: c.Title, Body: portal.Text(c.Body)})
	}
	return all
}
