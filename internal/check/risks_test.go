package check_test

import "testing"

const risk = "[[risk]]\ntitle = \"Rain\"\nowner = \"dev\"\nmitigation = \"A roof\"\nopened = 2026-11-02\n"

var riskCases = []ruleCase{
	{
		name: "a risk of nobody's", rule: "risk-without-owner", now: "2026-11-12T12:00",
		broken: "[[risk]]\ntitle = \"Rain\"\n", place: "[[risk]]", message: `nobody owns the risk "Rain"`,
		mended: []string{"[[risk]]\ntitle = \"Rain\"\nowner = \"maria\"\n", "[[risk]]\ntitle = \"Rain\"\nopened = 2026-11-01\nclosed = 2026-11-12\n"},
	},
	{
		name: "a risk that nothing is done about", rule: "risk-without-mitigation", now: "2026-11-12T12:00",
		broken: "[[risk]]\ntitle = \"Rain\"\nowner = \"dev\"\nimpact = \"moderate\"\n",
		place:  "[[risk]]", message: `nothing is done about the risk "Rain", whose impact is moderate`,
		mended: []string{
			"[[risk]]\ntitle = \"Rain\"\nowner = \"dev\"\nimpact = \"moderate\"\nmitigation = \"A roof\"\n",
			"[[risk]]\ntitle = \"Rain\"\nowner = \"dev\"\nimpact = \"moderate\"\nlog = [{ on = 2026-11-12, note = \"A drizzle\", impact = \"minor\" }]\n",
		},
	},
	{
		name: "a risk that has become graver", rule: "risk-without-mitigation", now: "2026-11-12T12:00",
		broken: "[[risk]]\ntitle = \"Rain\"\nowner = \"dev\"\nimpact = \"minor\"\nlog = [{ on = 2026-11-12, note = \"A flood\", impact = \"severe\" }]\n",
		place:  "[[risk]]", message: `nothing is done about the risk "Rain", whose impact is severe`,
		mended: []string{"[[risk]]\ntitle = \"Rain\"\nowner = \"dev\"\nimpact = \"minor\"\n"},
	},
	{
		name: "a risk to look at again", rule: "risk-review-overdue", now: "2026-11-12T12:00",
		broken: risk + "review = 2026-11-11\n",
		place:  "[[risk]]", message: `the risk "Rain" was to be looked at again by 2026-11-11`,
		mended: []string{risk + "review = 2026-11-12\n", risk + "review = 2026-11-11\nclosed = 2026-11-12\n", risk},
	},
	{
		name: "a risk nobody was told of", rule: "new-risk-not-told", now: "2026-11-12T12:00", broken: risk,
		place: "[[risk]]", message: `the risk "Rain" was opened on 2026-11-02, and no check-in or status note has come since`,
		mended: []string{
			risk + note, risk + "[[check_in]]\non = 2026-11-12\n", risk + "raised_by = \"maria\"\n", risk + "private = true\n",
		},
	},
}

// A round of days of work may hold days off: the next check-in is where it is told.
func TestARiskBeforeTheWeekend(t *testing.T) {
	file := head + "check_in = \"daily\"\n" + commitment(asks, promises) + "[[check_in]]\non = 2026-11-05\n" +
		"[[risk]]\ntitle = \"Rain\"\nowner = \"dev\"\nmitigation = \"A roof\"\nopened = 2026-11-06\n" // a Friday
	for now, want := range map[string]int{"2026-11-06T12:00": 0, "2026-11-07T12:00": 0, "2026-11-08T12:00": 1} {
		if ps := only(find(t, file, la(t, now), nil), "new-risk-not-told"); len(ps) != want {
			t.Errorf("at %s: %v", now, ps)
		}
	}
	told := head + "check_in = \"daily\"\n" + commitment(asks, promises) + "[[check_in]]\non = 2026-11-06T09:00:00\n" +
		"[[risk]]\ntitle = \"Rain\"\nowner = \"dev\"\nmitigation = \"A roof\"\nopened = 2026-11-07\n"
	for now, want := range map[string]int{"2026-11-09T12:00": 0, "2026-11-10T12:00": 1} {
		if ps := only(find(t, told, la(t, now), nil), "new-risk-not-told"); len(ps) != want {
			t.Errorf("at %s: %v", now, ps)
		}
	}
}
