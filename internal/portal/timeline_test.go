package portal_test

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"portalgen/internal/portal"
)

// allRows returns the rows of all groups.
func allRows(tl *portal.Timeline) []*portal.Row {
	var rows []*portal.Row
	for _, g := range tl.Groups {
		rows = append(rows, g.Rows...)
	}
	return rows
}

// spans tells of each span from and to which day it goes, or up to now, and from which day on it
// is drawn.
func spans(r *portal.Row) string {
	var parts []string
	for _, s := range r.Spans {
		part := s.Mark + " " + s.From.String()[5:] + ".."
		if !s.To.IsZero() {
			part += s.To.String()[5:]
		}
		if !s.After.IsZero() {
			part += " after " + s.After.String()[5:]
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

func points(r *portal.Row) string {
	var parts []string
	for _, p := range r.Points {
		parts = append(parts, p.Mark)
	}
	return strings.Join(parts, " ")
}

func chip(r *portal.Row) string {
	return strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %s", r.Chip.Kind, r.Chip.Day, r.Chip.Person.ID, r.Chip.Until)), " ")
}

func TestTimelineOfNothing(t *testing.T) {
	if v := on(t, "2026-11-20", ""); home(v).Timeline != nil || page(v, portal.KindPromises).Promises != nil {
		t.Errorf("there is nothing to draw, and yet %v", home(v).Timeline)
	}
	kept := on(t, "2026-11-20", performedByDev(deliver, `{ on = 2026-11-19, by = "maria", did = "accept" }`))
	if home(kept).Timeline != nil || page(kept, portal.KindPromises).Promises == nil {
		t.Error("what is over stands on Home, or nowhere")
	}
}

func TestRows(t *testing.T) {
	const (
		early     = `{ on = 2026-11-12, by = "dev", did = "deliver" }`
		postponed = `{ on = 2026-11-09, by = "dev", did = "renegotiate", due = 2026-11-27, note = "Ill" }`
		agree     = `{ on = 2026-11-10, by = "maria", did = "agree" }`
		progress  = `{ on = 2026-11-09, by = "dev", did = "progress", note = "Half" }`
		accept    = `{ on = 2026-11-13, by = "maria", did = "accept" }`
	)
	for _, tt := range []struct{ name, file, group, spans, points, chip string }{
		{
			"at work", performedByDev(),
			"work", "word 11-02..11-03, quiet 11-03..11-20, ahead 11-02..11-20, late 11-20.. after 11-20", "date", "us 2026-11-20 dev 2026-11-20",
		},
		{
			"a word in between", performedByDev(progress),
			"work", "word 11-02..11-09, quiet 11-09..11-20, ahead 11-02..11-20, late 11-20.. after 11-20", "date", "us 2026-11-20 dev 2026-11-20",
		},
		{
			"a status note is a word about it", performedByDev() + status("2026-11-10", "green", ""),
			"work", "word 11-02..11-10, quiet 11-10..11-20, ahead 11-02..11-20, late 11-20.. after 11-20", "date", "us 2026-11-20 dev 2026-11-20",
		},
		{
			"a message about it", performedByDev() + "\n[[message]]\nreceived = 2026-11-11T09:00:00\nby = \"maria\"\nabout = \"When?\"\ncommitment = \"booking\"\nacknowledged = 2026-11-11T10:00:00\n",
			"work", "word 11-02..11-11, quiet 11-11..11-20, ahead 11-02..11-20, late 11-20.. after 11-20", "date", "us 2026-11-20 dev 2026-11-20",
		},
		{
			"another date asked for", performedByDev(postponed),
			"you", "word 11-02..11-09, yours 11-09.., ahead 11-02..11-20, asked 11-20..11-27, late 11-20.. after 11-20", "date proposed", "you 2026-11-12 maria 2026-11-20",
		},
		{
			"another date agreed", performedByDev(postponed, agree),
			"work", "word 11-02..11-10, quiet 11-10..11-27, ahead 11-02..11-27, late 11-27.. after 11-27", "moved date", "us 2026-11-27 dev 2026-11-27",
		},
		{
			"delivered", performedByDev(early),
			"you", "word 11-02..11-12, yours 11-12..", "date", "you 2026-11-17 maria",
		},
		{
			"accepted", performedByDev(early, accept),
			"over", "over 11-02..11-13", "kept", "kept 2026-11-12 dev",
		},
		{
			"accepted, too late", performedByDev(`{ on = 2026-11-04, by = "dev", did = "renegotiate", due = 2026-11-10, note = "So" }`, `{ on = 2026-11-05, by = "maria", did = "agree" }`, early, accept),
			"over", "over 11-02..11-13", "moved done", "done 2026-11-12 dev",
		},
		{
			"withdrawn", performedByDev(`{ on = 2026-11-13, by = "maria", did = "withdraw", note = "No" }`),
			"over", "over 11-02..11-13", "stop", "ended 2026-11-13",
		},
		{
			"asked for", asked("maria", "dev", `{ on = 2026-11-12, by = "maria", did = "request", due = 2026-12-04 }`),
			"asked", "word 11-12..11-12, quiet 11-12..11-15, asked 11-12..12-04, late 11-15.. after 11-15", "proposed", "us 2026-11-15 dev 2026-11-15",
		},
		{
			"the client's own", theirs(),
			"you", "word 11-02..11-03, yours 11-03.., ahead 11-02..11-20", "date", "you 2026-11-20 theo",
		},
		{
			"an interim result that moved", performedByDev() + interim("A sketch", "2026-11-16", `{ on = 2026-11-09, by = "dev", did = "renegotiate", due = 2026-11-18, note = "Ill" }`, agree),
			"work", "word 11-02..11-10, quiet 11-10..11-18, ahead 11-02..11-20, late 11-18.. after 11-18", "step-was interim date", "us 2026-11-20 dev 2026-11-18",
		},
		{
			"an interim result that moved by a day, too near for two marks", performedByDev() + interim("A sketch", "2026-11-17", `{ on = 2026-11-09, by = "dev", did = "renegotiate", due = 2026-11-18, note = "Ill" }`, agree),
			"work", "word 11-02..11-10, quiet 11-10..11-18, ahead 11-02..11-20, late 11-18.. after 11-18", "interim date", "us 2026-11-20 dev 2026-11-18",
		},
		{
			"an interim result that waits for the client", performedByDev() + interim("A sketch", "2026-11-16", early),
			"you", "word 11-02..11-12, yours 11-12.., ahead 11-02..11-20, late 11-20.. after 11-20", "interim date", "you 2026-11-17 maria 2026-11-20",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			promises := page(on(t, "2026-11-14", tt.file), portal.KindPromises).Promises
			tl := cmp.Or(promises.Timeline, promises.Over)
			r := tl.Groups[0].Rows[0]
			if tl.Groups[0].Kind != tt.group || len(tl.Groups) != 1 {
				t.Errorf("it stands in %s", tl.Groups[0].Kind)
			}
			for _, got := range [][2]string{{spans(r), tt.spans}, {points(r), tt.points}, {chip(r), tt.chip}} {
				if got[0] != got[1] {
					t.Errorf("got  %s\nwant %s", got[0], got[1])
				}
			}
		})
	}
}

// What is closed has an axis of its own, so that years of it leave room for what is open.
func TestWhatIsClosedHasAnAxisOfItsOwn(t *testing.T) {
	old := strings.NewReplacer("2026-", "2024-").Replace(promised("old", "maria", "dev", deliver, `{ on = 2026-11-19, by = "maria", did = "accept" }`))
	promises := page(on(t, "2026-11-20", old+performedByDev()), portal.KindPromises).Promises
	if from := promises.Timeline.From.String(); from != "2026-11-01" {
		t.Errorf("what is open begins on %s", from)
	}
	if from := promises.Over.From.String(); from != "2024-11-01" {
		t.Errorf("what is closed begins on %s", from)
	}
}

// What the client does after something of ours has no bar.
func TestRowOfWhatWaitsForOurs(t *testing.T) {
	file := performedByDev() + commitmentOf("fee", "dev", "theo", `"booking"`,
		`{ on = 2026-11-02, by = "dev", did = "request", due = 2026-11-25 }`, `{ on = 2026-11-03, by = "theo", did = "promise" }`)
	for _, s := range rowOf(home(on(t, "2026-11-10", file)).Timeline, "fee").Spans {
		if s.Mark != "ahead" {
			t.Errorf("it has a bar of %q, though nobody is at work on it", s.Mark)
		}
	}
}

// What waits for the client's papers is not late, and says for whom it waits.
func TestRowThatWaits(t *testing.T) {
	v := on(t, "2026-11-18", papers()+books(needsPapers))
	rows := allRows(home(v).Timeline)
	if got := chip(rows[1]); got != "waits theo" || strings.Contains(spans(rows[1]), "late") {
		t.Errorf("the books say %s: %s", got, spans(rows[1]))
	}
}

// November and December are 61 days, so a day is 16 or 17 units.
func TestPlaces(t *testing.T) {
	tl := home(on(t, "2026-11-25", performedByDev())).Timeline
	if got := fmt.Sprint(tl.From, tl.To, tl.Today); got != "2026-11-01 2027-01-01 401" {
		t.Errorf("it goes %s", got)
	}
	var got []string
	for _, s := range tl.Groups[0].Rows[0].Spans {
		got = append(got, fmt.Sprintf("%s %d+%d", s.Mark, s.X, s.W))
	}
	if want := []string{"word 24+16", "quiet 40+279", "late 319+82"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	var keys []string
	for _, k := range tl.Keys {
		keys = append(keys, strings.TrimSpace(k.Mark+" "+k.After.String()))
	}
	if want := []string{"word", "quiet 2026-11-03", "late 2026-11-20", "date"}; !slices.Equal(keys, want) {
		t.Errorf("explained are %v, want %v", keys, want)
	}
}

// months are strings with the names of months, of which index 0 is unused.
type months []string

func (months) Get(name string, _ map[string]any) string { return name }

func (m months) Format(_ string, day time.Time) string { return m[day.Month()] }

var (
	englishMonths = months(strings.Split(" Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", " "))
	arabicMonths  = months(strings.Split(" يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر", " "))
)

// timelineUntil returns the timeline of a promise from November 2026 to a day.
func timelineUntil(t *testing.T, said portal.Strings, last string) *portal.Timeline {
	t.Helper()
	opt := options(noon(t, "2026-11-20"))
	opt.Strings = said
	v, err := portal.New(read(t, head+strings.ReplaceAll(promised("late", "maria", "dev"), "2026-11-20", last)), opt)
	if err != nil {
		t.Fatal(err)
	}
	return home(v).Timeline
}

// Labels that would touch are left out: Arabic writes the whole name of a month.
func TestNoTwoLabelsOfTheAxisTouch(t *testing.T) {
	for last, want := range map[string]string{
		"2026-12-31": "Nov 2026, Dec", "2027-02-10": "Nov 2026, Jan 2027", "2029-10-31": "Jan 2027, Jan 2028, Jan 2029",
	} {
		var names []string
		end := -1000
		for _, l := range timelineUntil(t, arabicMonths, last).Labels {
			if l.On == "wide" {
				continue
			}
			name, letters := l.Day.Month.String()[:3], utf8.RuneCountInString(arabicMonths[l.Day.Month])
			width := 7 * letters
			if l.Year {
				name, width = fmt.Sprintf("%s %d", name, l.Day.Year), width+36
			}
			names = append(names, name)
			at := l.X * 288 / portal.TimelineWidth
			if at < end+8 || at+width > 288 {
				t.Errorf("%s: %s goes from %d to %d, the one before to %d", last, name, at, at+width, end)
			}
			end = at + width
		}
		if got := strings.Join(names, ", "); got != want {
			t.Errorf("until %s: %s, want %s", last, got, want)
		}
	}
}

// The year stands at the first month that is named and at each January; no two names
// stand on each other, and none runs out of the picture.
func TestTheAxisSaysTheYears(t *testing.T) {
	for last, want := range map[string][2]string{
		"2026-12-31": {"Nov 2026, Dec", "Nov 2026, Dec"},
		"2027-02-10": {"Nov 2026, Dec, Jan 2027, Feb", "Nov 2026, Dec, Jan 2027, Feb"},
		"2027-08-10": {"Jan 2027, Apr, Jul", "Nov 2026, Jan 2027, Mar, May, Jul"},
		"2028-06-10": {"Jan 2027, Jul, Jan 2028", "Jan 2027, Apr, Jul, Oct, Jan 2028, Apr"},
		"2030-06-10": {"Jan 2027, Jan 2028, Jan 2029", "Jan 2027, Jul, Jan 2028, Jul, Jan 2029, Jul, Jan 2030"},
	} {
		tl := timelineUntil(t, englishMonths, last)
		for i, axis := range []string{"narrow", "wide"} {
			var names []string
			width, before := []int{288, 528}[i], -1000
			for _, l := range tl.Labels {
				if l.On != "" && l.On != axis {
					continue
				}
				name := l.Day.Month.String()[:3]
				if l.Year {
					name += fmt.Sprintf(" %d", l.Day.Year)
				}
				names = append(names, name)
				at := l.X * width / portal.TimelineWidth
				if at-before < 70 || width-at < 48 {
					t.Errorf("%s: %s stands at %d of %d, after %d", last, name, at, width, before)
				}
				before = at
			}
			if got := strings.Join(names, ", "); got != want[i] {
				t.Errorf("until %s, %s: %s, want %s", last, axis, got, want[i])
			}
		}
	}
}

// What is ahead lies under the name of a month, also where only every second one has room.
func TestAMonthAheadIsNamed(t *testing.T) {
	file := strings.NewReplacer("2026-11-20", "2026-12-08", "2026-11-02", "2026-07-02", "2026-11-03", "2026-07-03").Replace(performedByDev())
	opt := options(noon(t, "2026-11-20"))
	opt.Strings = englishMonths
	v, err := portal.New(read(t, head+file), opt)
	if err != nil {
		t.Fatal(err)
	}
	tl := home(v).Timeline
	ahead := func(l portal.Label) bool { return l.On != "wide" && l.X > tl.Today }
	if !slices.ContainsFunc(tl.Labels, ahead) {
		t.Errorf("after today, at %d, none is named: %v", tl.Today, tl.Labels)
	}
}

func TestGroups(t *testing.T) {
	due := func(s, date string) string { return strings.ReplaceAll(s, "2026-11-20", date) }
	file := promised("done", "maria", "dev", deliver, `{ on = 2026-11-19, by = "maria", did = "accept" }`) +
		asked("maria", "dev", `{ on = 2026-11-17, by = "maria", did = "request" }`) +
		due(promised("late", "maria", "dev"), "2026-12-01") + due(promised("soon", "maria", "dev"), "2026-11-24") +
		theirs() + promised("first", "maria", "dev", `{ on = 2026-11-05, by = "dev", did = "deliver" }`, `{ on = 2026-11-06, by = "maria", did = "accept" }`) + promised("not", "maria", "dev", `{ on = 2026-11-13, by = "dev", did = "revoke", note = "No" }`)
	v := on(t, "2026-11-20", file)
	for _, tt := range []struct {
		tl   *portal.Timeline
		want string
	}{
		{home(v).Timeline, "you photos; work soon late; asked sign"},
		{page(v, portal.KindPromises).Promises.Timeline, "you photos; work soon late; asked sign"},
		{page(v, portal.KindPromises).Promises.Over, "over done not first"},
	} {
		var groups []string
		for _, g := range tt.tl.Groups {
			group := g.Kind
			for _, r := range g.Rows {
				group += " " + r.Commitment.ID
			}
			groups = append(groups, group)
		}
		if got := strings.Join(groups, "; "); got != tt.want {
			t.Errorf("groups %s, want %s", got, tt.want)
		}
		got, who := tt.tl.Count, ""
		for _, p := range got.Who {
			who += p.ID
		}
		got.Who = nil
		if want := (portal.Count{All: 7, You: 1, Work: 2, Asked: 1, Kept: 2, Ended: 1}); !reflect.DeepEqual(got, want) || who != "theo" {
			t.Errorf("counted are %+v, for %s; want %+v", got, who, want)
		}
	}
	if over := page(v, portal.KindPromises).Promises.Over.Keys; len(over) != 3 || over[1].Mark != "kept" {
		t.Errorf("of what is over are explained %v", over)
	}
}

// In its group, what is late with the provider stands first; what waits for another commitment stands by the day of that,
// and what a later date is proposed for by that date, not by their own dates, which have passed and say nothing any more.
func TestWhatIsLateStandsFirstInItsGroup(t *testing.T) {
	due := func(s, date string) string { return strings.ReplaceAll(s, "2026-11-20", date) }
	fee := func(id, due, needs string, moves ...string) string {
		begun := []string{
			`{ on = 2026-10-02, by = "dev", did = "request", due = ` + due + ` }`, `{ on = 2026-10-03, by = "theo", did = "promise" }`,
		}
		return commitmentOf(id, "dev", "theo", needs, append(begun, moves...)...)
	}
	file := due(promised("kitchen", "maria", "dev"), "2026-11-26") +
		fee("last-fee", "2026-11-06", `"kitchen"`) +
		fee("fee", "2026-11-10", "", `{ on = 2026-11-20, by = "theo", did = "renegotiate", due = 2026-11-28, note = "The bank" }`) +
		due(promised("wall", "maria", "dev"), "2026-11-24") + due(promised("light", "maria", "dev"), "2026-11-17")
	for day, want := range map[string]string{
		"2026-11-20": "light wall kitchen last-fee fee",
		"2026-11-27": "light fee wall kitchen last-fee", // the answer about the fee is late by then too
	} {
		var got []string
		for _, g := range home(on(t, day, file)).Timeline.Groups {
			for _, r := range g.Rows {
				if g.Kind == portal.GroupWork {
					got = append(got, r.Commitment.ID)
				}
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("on %s the order is %s, want %s", day, s, want)
		}
	}
}
