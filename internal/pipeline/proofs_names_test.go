package pipeline_test

import (
	"strings"
	"testing"

	"portalgen/internal/pipeline"
	"portalgen/internal/portal"
)

// No page of content may be called as another kind of page is where one is asked for.
func TestNoContentIsCalledAsAKindOfPage(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{
		portal.KindHome, portal.KindCommitment, portal.KindStatus, portal.KindFiles, portal.KindRisks, portal.KindNotes,
		portal.KindAgreed, portal.KindPeople, portal.KindHistory, portal.KindContent, portal.KindEverything,
	} {
		dir := folder(t, clients("a"))
		for _, ending := range []string{".md", ".de.md"} {
			write(t, dir, map[string]string{"content/" + kind + ending: "# Ours\n\nText\n"})
			p := one(t, unloaded(t, dir, pipeline.Options{}).Load(), "reserved-name")
			if p.File != "content/"+kind+ending || p.Severity != "error" || !strings.Contains(p.Message, `"`+kind+`"`) || !strings.Contains(p.Hint, "content/our-"+kind+".md") {
				t.Errorf("of %s%s it says %+v", kind, ending, p)
			}
			write(t, dir, map[string]string{"content/" + kind + ending: ""})
		}
		load(t, dir, pipeline.Options{}) // an empty one is no page
	}
}
