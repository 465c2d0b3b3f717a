package render_test

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"portalgen"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/portal"
	"portalgen/internal/render"
)

// Two days that follow each other are joined by "and", more than two by "to", and what both dates share is
// said once.
func TestDaysThatFollowEachOther(t *testing.T) {
	t.Parallel()
	theme := render.Theme{}
	for _, dir := range []string{"layouts", "i18n"} {
		err := fs.WalkDir(portalgen.Defaults, dir, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				theme[name], err = portalgen.Defaults.ReadFile(name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	r, err := render.New(theme, func(string, []byte) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	provider := &client.Provider{Name: "North", Timezone: "Europe/Oslo", Language: "en"}
	text := []byte("client = \"Acme\"\ntimezone = \"Europe/Oslo\"\n")
	c, ps := clientfile.Client("acme", clientfile.Source{Name: "acme.toml", Text: text}, clientfile.Options{Provider: provider})
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	day := func(year int, month time.Month, d int) civil.Date {
		return civil.Date{Year: year, Month: month, Day: d}
	}
	all := []portal.Days{
		{First: day(2026, 12, 24), Last: day(2026, 12, 24)},
		{First: day(2026, 12, 24), Last: day(2026, 12, 25)},
		{First: day(2026, 12, 1), Last: day(2026, 12, 3)},
		{First: day(2026, 11, 30), Last: day(2026, 12, 1)},
		{First: day(2026, 12, 28), Last: day(2027, 1, 1)},
		{First: day(2027, 1, 30), Last: day(2027, 2, 2)},
	}
	week := []portal.Days{{First: day(2026, 11, 2), Last: day(2026, 11, 6)}, {First: day(2026, 11, 6), Last: day(2026, 11, 7)}}
	for language, want := range map[string][]string{
		"ar": {
			"24 ديسمبر", "24 و25 ديسمبر", "من 1 إلى 3 ديسمبر", "30 نوفمبر و1 ديسمبر", "من 28 ديسمبر إلى 1 يناير 2027", "من 30 يناير إلى 2 فبراير 2027",
			"من الاثنين إلى الجمعة", "الجمعة والسبت",
		},
		"de": {
			"24. Dezember", "24. und 25. Dezember", "1. bis 3. Dezember", "30. November und 1. Dezember", "28. Dezember bis 1. Januar 2027", "30. Januar bis 2. Februar 2027",
			"Montag bis Freitag", "Freitag und Samstag",
		},
		"en": {
			"24 December", "24 and 25 December", "1 to 3 December", "30 November and 1 December", "28 December to 1 January 2027", "30 January to 2 February 2027",
			"Monday to Friday", "Friday and Saturday",
		},
		"es": {
			"24 de diciembre", "24 y 25 de diciembre", "del 1 al 3 de diciembre", "30 de noviembre y 1 de diciembre", "del 28 de diciembre al 1 de enero de 2027", "del 30 de enero al 2 de febrero de 2027",
			"del lunes al viernes", "viernes y sábado",
		},
		"fr": {
			"24 décembre", "24 et 25 décembre", "du 1er au 3 décembre", "30 novembre et 1er décembre", "du 28 décembre au 1er janvier 2027", "du 30 janvier au 2 février 2027",
			"du lundi au vendredi", "vendredi et samedi",
		},
	} {
		said, err := r.Strings(language)
		if err != nil {
			t.Fatal(err)
		}
		v, err := portal.New(c, portal.Options{
			Provider: provider, Now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), Base: "/P/", Strings: said,
			Path: func(kind, id string) string { return kind + "-" + id },
		})
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range all {
			if got := strings.ReplaceAll(v.FormatDays(d), "\u00a0", " "); got != want[i] {
				t.Errorf("%s: %q, want %q", language, got, want[i])
			}
		}
		for i, d := range week {
			if got := v.FormatWeekdays(d); got != want[len(all)+i] {
				t.Errorf("%s: %q, want %q", language, got, want[len(all)+i])
			}
		}
	}
}
