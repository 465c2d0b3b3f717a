package portal_test

import (
	"slices"
	"testing"

	"portalgen/internal/portal"
)

// What can be saved or opened stands newest first, whichever table of the file it is in.
func TestFilesNewestFirst(t *testing.T) {
	v := on(t, "2026-11-20", "\n[[file]]\non = 2026-11-07\ntitle = \"Plan\"\nlink = \"https://plan.example/\"\n"+
		"\n[[file]]\non = 2026-11-11\ntitle = \"Later plan\"\nlink = \"https://plan.example/2\"\n"+
		performedByDev()+
		interim("Sketch", "2026-11-13", `{ on = 2026-11-09, by = "dev", did = "deliver" }`)+"link = \"https://sketch.example/\"\n"+
		interim("Draft", "2026-11-15")+"link = \"https://draft.example/\"\n"+
		interim("Nothing to keep", "2026-11-16"))
	var got []string
	for _, i := range page(v, portal.KindFiles).Files.Items {
		got = append(got, i.Title)
	}
	if want := []string{"Later plan", "Sketch", "Plan", "Draft"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Of what was handed over more than once, under one title or as one file, the newest version stands in the
// list, and below it those that it replaced; what was only promised replaces nothing.
func TestFilesAndTheirEarlierVersions(t *testing.T) {
	file := func(on, title, more string) string {
		return "\n[[file]]\non = " + on + "\ntitle = \"" + title + "\"\n" + more + "\n"
	}
	v := on(t, "2026-11-20", file("2026-11-03", "Plan", `file = "plan-1.pdf"`)+file("2026-11-07", "plan", `file = "plan-2.pdf"`)+
		file("2026-11-11", "Plan, with the shelf", `file = "plan-2.pdf"`)+file("2026-11-12", "Another", `file = "other.pdf"`)+
		performedByDev()+interim("Plan, with the shelf", "2026-11-13")+"link = \"https://plan.example/\"\n")
	var got []string
	for _, i := range page(v, portal.KindFiles).Files.Items {
		got = append(got, i.Title+" "+i.On.String())
		for _, old := range i.Earlier {
			got = append(got, "- "+old.Title+" "+old.On.String()+" until "+old.Replaced.String())
		}
	}
	want := []string{
		"Another 2026-11-12", "Plan, with the shelf 2026-11-11", "- plan 2026-11-07 until 2026-11-11",
		"- Plan 2026-11-03 until 2026-11-07", "Plan, with the shelf ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What was delivered and cannot be saved or opened is told on its own page alone.
func TestNoFilesPageWithoutAFile(t *testing.T) {
	v := on(t, "2026-11-20", performedByDev(`{ on = 2026-11-05, by = "dev", did = "deliver" }`))
	if v.To(portal.KindFiles) != "" {
		t.Errorf("there is a page of files: %q", v.To(portal.KindFiles))
	}
}
