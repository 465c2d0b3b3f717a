package pages

import (
	"strings"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// TestMoments asks the modules for what a browser knows otherwise than the build, or not.
func TestMoments(t *testing.T) {
	t.Parallel()
	r := e2e.NewReader(t)
	tab := e2e.On(t, r.Browser, e2e.FridayEvening)
	e2e.Visit(t, tab, e2e.Host(t, r.Out)+"/", "body")
	say := func(module, expression string) string {
		return browsertest.Eval[string](t, tab, `(async () => { const m = await `+e2e.Module(module)+`; return `+expression+` })()`)
	}
	noon := `new Date('2026-11-20T12:00:00Z')`
	for expression, want := range map[string]string{
		`m.clockIn('Asia/Tokyo', ` + noon + `, 330)`:    "2026-11-20T21:00:00",
		`m.clockIn('Nowhere/Known', ` + noon + `, 330)`: "2026-11-20T17:30:00",
		`m.clockIn('Nowhere/Known', ` + noon + `, -60)`: "2026-11-20T11:00:00",
		`m.clockIn('Nowhere/Known', ` + noon + `, NaN)`: "2026-11-20T12:00:00",
	} {
		if got := say("moment.js", expression); got != want {
			t.Errorf("%s is %q, want %q", expression, got, want)
		}
	}
	for _, lang := range []string{"ar", "ar-EG", "ar-SA", "fa", "de-AT", "en"} {
		if got := say("moment.js", `m.relativeIn('`+lang+`').format(3, 'day')`); !strings.Contains(got, "3") {
			t.Errorf("in %s three days are %q", lang, got)
		}
		day := say("moment.js", `new Intl.DateTimeFormat(m.asBuilt('`+lang+`'), { year: 'numeric', day: 'numeric' }).format(`+noon+`)`)
		if !strings.Contains(day, "2026") || !strings.Contains(day, "20") {
			t.Errorf("in %s the day is %q", lang, day)
		}
	}
	if got := say("letters.js", `m.cut('e\u0301'.repeat(5), 2)`); got != "e\u0301e\u0301" {
		t.Errorf("letters are cut to %q", got)
	}
}
