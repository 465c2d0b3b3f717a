package pipeline_test

import (
	"strings"
	"testing"

	"portalgen/internal/diag"
	"portalgen/internal/pipeline"
	"portalgen/internal/portal"
	"portalgen/internal/rule"
)

// No page of content may be called as another kind of page is where one is asked for.
func TestNoContentIsCalledAsAKindOfPage(t *testing.T) {
	t.Parallel()
	kinds := []string{
		portal.KindHome, portal.KindCommitment, portal.KindStatus, portal.KindFiles, portal.KindRisks, portal.KindNotes,
		portal.KindAgreed, portal.KindPeople, portal.KindHistory, portal.KindContent, portal.KindEverything,
	}
	written, empty := clients("a"), clients("a")
	for _, kind := range kinds {
		for _, ending := range []string{".md", ".de.md"} {
			name := "content/" + kind + ending
			written[name], empty[name] = "# Ours\n\nText\n", ""
		}
	}
	said := map[string]diag.Problem{}
	for _, p := range unloaded(t, folder(t, written), pipeline.Options{}).Load() {
		if p.Rule == rule.ReservedName {
			said[p.File] = p
		}
	}
	for _, kind := range kinds {
		for _, ending := range []string{".md", ".de.md"} {
			p := said["content/"+kind+ending]
			if p.Severity != diag.Error || !strings.Contains(p.Message, `"`+kind+`"`) || !strings.Contains(p.Hint, "content/our-"+kind+".md") {
				t.Errorf("of %s%s it says %+v", kind, ending, p)
			}
		}
	}
	load(t, folder(t, empty), pipeline.Options{}) // an empty one is no page
}
