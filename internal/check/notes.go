package check

import (
	"fmt"
	"slices"
	"strings"

	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
	"portalgen/internal/portal"
)

// latestNote returns the latest status note that the client can see, or nil.
func (j *judge) latestNote() *client.Status {
	note := j.public.Pages[0].Home.Note
	if note == nil {
		return nil
	}
	all := j.public.Source().Statuses
	return &all[slices.IndexFunc(all, func(n client.Status) bool { return n.ID == note.ID })]
}

// statusGreener reports a note whose colour is greener than the facts. A missing update alone is reported by
// statusStale.
func statusGreener(j *judge) {
	s := j.public.Pages[0].Home.Standing
	note := j.latestNote()
	if note == nil || s.Colour == s.Author {
		return
	}
	facts := s.Reasons()
	i := slices.IndexFunc(facts, func(f portal.FloorFact) bool { return f.Colour == s.Colour && f.Title != "" })
	if i < 0 {
		return
	}
	j.report(note.Pos, "write a new note: with that colour, or with a rag_because that weighs it",
		"the latest note says %s, the facts say %s: %s",
		s.Author, s.Colour, factText(facts[i]))
}

// factText describes a fact that sets the colour.
func factText(f portal.FloorFact) string {
	says := "%q was due on %s"
	switch f.Key {
	case "rejected":
		says = "%q was sent back on %s"
	case "rework_undated":
		says = "%q was sent back on %s, and there is no date for the rework yet"
	case "new_date_asked":
		says = "the client asked for another date for %q, agreed for %s, and it is not agreed yet"
	case "new_date_open":
		says = "%q was due on %s, and the new date is not agreed yet"
	case "whole_date_open":
		says = "%q was due on %s, and the new date for the whole is not agreed yet"
	case "proposed_passed":
		says = "the new date proposed for %q, %s, has passed"
	case "yours_overdue":
		says = "%q was to come from the client by %s"
	}
	return fmt.Sprintf(says, diag.Excerpt(f.Title), f.Due.Date)
}

func delayWithoutAcknowledgement(j *judge) {
	note := j.latestNote()
	if note == nil || note.RAG != "amber" && note.RAG != "red" || j.allClosed() {
		return
	}
	var lacks []string
	for _, part := range []struct {
		there bool
		says  string
	}{
		{note.Acknowledges != "", "that you see what it costs them (acknowledges)"},
		{note.MeansForYou != "", "what it means for them (means_for_you)"},
		{note.Doing != "", "what you are doing (doing)"},
		{!note.NextUpdate.IsZero() || j.dateAhead(), "when they hear next (next_update)"},
	} {
		if !part.there {
			lacks = append(lacks, part.says)
		}
	}
	if len(lacks) > 0 {
		j.report(note.Pos, "add it to the note; a delay is forgiven when it is told whole",
			"the latest note is %s and does not say %s",
			note.RAG, strings.Join(lacks, ", nor "))
	}
}

// dateAhead reports whether anything that the provider owes and the client sees has a date today or later.
func (j *judge) dateAhead() bool {
	return slices.ContainsFunc(j.conversations(),
		func(t conversation) bool { return !t.private() && j.ours(t.cm, loop.Performer) && j.ahead(t.due()) })
}
