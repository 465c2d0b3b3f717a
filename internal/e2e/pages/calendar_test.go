package pages

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// An entry is what the page makes a calendar file of.
type entry struct {
	UID     string `json:"uid"`
	On      string `json:"on"`
	Zone    string `json:"zone"`
	Summary string `json:"summary"`
	URL     string `json:"url"`
}

// lines makes the file and takes it apart, holding every line to what RFC 5545 says
// of it. It returns the lines as they were before they were folded.
func lines(t *testing.T, tab *browsertest.Tab, e entry) []string {
	t.Helper()
	given, err := json.Marshal(e)
	e2e.Check(t, err)
	file := browsertest.Eval[string](t, tab, fmt.Sprintf(
		`(async () => (await %s).calendarFile([%s], new Date('2026-11-20T20:00:00.123Z')))()`, e2e.Module("ics.js"), given))
	return unfold(t, file)
}

func unfold(t *testing.T, file string) []string {
	t.Helper()
	rest, ok := strings.CutSuffix(file, "\r\n")
	if !ok {
		t.Errorf("the file ends with %q", file[max(len(file)-10, 0):])
	}
	var all []string
	for _, line := range strings.Split(rest, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
		if more, folded := strings.CutPrefix(line, " "); folded {
			all[len(all)-1] += more
		} else {
			all = append(all, line)
		}
	}
	return all
}

// line returns the value of a property.
func line(t *testing.T, all []string, name string) string {
	t.Helper()
	found := ""
	for _, l := range all {
		if value, ok := strings.CutPrefix(l, name); ok {
			if found != "" {
				t.Errorf("%s stands there twice", name)
			}
			found = value
		}
	}
	return found
}

func TestCalendarFile(t *testing.T) {
	t.Parallel()
	r := e2e.NewReader(t)
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	plain := entry{"/acme/due-x@host", "2026-12-04", "Europe/Berlin", "Launch", "https://host/acme/x/"}

	want := []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//portalgen//portalgen//EN", "BEGIN:VEVENT", "UID:/acme/due-x@host",
		"DTSTAMP:20261120T200000Z", "DTSTART;VALUE=DATE:20261204", "DTEND;VALUE=DATE:20261205", "SEQUENCE:0",
		"LAST-MODIFIED:20261120T200000Z", "SUMMARY:Launch", "URL:https://host/acme/x/",
		"END:VEVENT", "END:VCALENDAR",
	}
	if got := lines(t, tab, plain); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the file is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}

	for _, test := range []struct{ name, on, zone, start string }{
		{"a day", "2026-12-04", "America/New_York", ";VALUE=DATE:20261204"},
		{"summer", "2026-07-01T10:00:00", "Europe/Berlin", ":20260701T080000Z"},
		{"winter", "2026-12-01T10:00:00", "Europe/Berlin", ":20261201T090000Z"},
		{"an hour that is left out", "2026-03-29T02:30:00", "Europe/Berlin", ":20260329T013000Z"},
		{"before it", "2026-03-29T01:59:59", "Europe/Berlin", ":20260329T005959Z"},
		{"after it", "2026-03-29T03:00:00", "Europe/Berlin", ":20260329T010000Z"},
		{"an hour that comes twice", "2026-10-25T02:30:00", "Europe/Berlin", ":20261025T003000Z"},
		{"after both", "2026-10-25T03:00:00", "Europe/Berlin", ":20261025T020000Z"},
		{"two hours of summer time", "2026-07-01T10:00:00", "Antarctica/Troll", ":20260701T080000Z"},
		{"half an hour of it", "2026-01-10T10:00:00", "Australia/Lord_Howe", ":20260109T230000Z"},
		{"across a year", "2026-01-01T00:00:00", "Asia/Kathmandu", ":20251231T181500Z"},
		{"behind", "2026-12-31T23:00:00", "Pacific/Honolulu", ":20270101T090000Z"},
		{"a zone that nobody knows", "2026-12-04T10:00:00", "Mars/Olympus", ";VALUE=DATE:20261204"},
	} {
		e := plain
		e.On, e.Zone = test.on, test.zone
		if start := line(t, lines(t, tab, e), "DTSTART"); start != test.start {
			t.Errorf("%s: begins %s, want %s", test.name, start, test.start)
		}
	}

	for _, test := range []struct{ name, summary, want string }{
		{"what separates", `Cost, scope; and C:\temp`, `Cost\, scope\; and C:\\temp`},
		{"lines", "one\ntwo\r\nthree\tfour\rfive\x00", `one\ntwo\nthree four\nfive `},
		{"ascii", strings.Repeat("abcdefghi ", 40), strings.Repeat("abcdefghi ", 40)},
		{"Arabic", strings.Repeat("إطلاق الموقع الجديد، ", 30), strings.Repeat("إطلاق الموقع الجديد، ", 30)},
		{"emoji", strings.Repeat("👩‍🔧🎉", 40), strings.Repeat("👩‍🔧🎉", 40)},
		{"of every width", strings.Repeat("aé中🎉", 50), strings.Repeat("aé中🎉", 50)},
		{"just fits", strings.Repeat("x", 67), strings.Repeat("x", 67)},
		{"injection", "x\r\nEND:VEVENT\r\nBEGIN:VALARM", `x\nEND:VEVENT\nBEGIN:VALARM`},
	} {
		e := plain
		e.Summary = test.summary
		if got := line(t, lines(t, tab, e), "SUMMARY:"); got != test.want {
			t.Errorf("%s: the summary is %q, want %q", test.name, got, test.want)
		}
	}
}

// watchFiles makes a page note every file that it makes, and every one that it ends.
const watchFiles = `globalThis.made = []; globalThis.ended = [];
	const { createObjectURL, revokeObjectURL } = URL;
	URL.createObjectURL = (blob) => { const url = createObjectURL.call(URL, blob); made.push({ blob, url }); return url; };
	URL.revokeObjectURL = (url) => { ended.push(url); revokeObjectURL.call(URL, url); };`

func TestAddToCalendar(t *testing.T) {
	t.Parallel()
	r := e2e.NewReader(t)
	folder, root := r.Folder, e2e.Host(t, r.Out)
	tab := e2e.Prepared(t, r.Browser, watchFiles+e2e.MovedClock(e2e.FridayEvening))
	t.Cleanup(func() { tab.WantNoProblems(t) })
	to := saving(t, tab)
	e2e.Visit(t, tab, root+r.Link, e2e.Home)

	named := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('[data-to-calendar]')].map((b) => b.getAttribute('aria-label'))`)
	for _, want := range []string{
		"Add to calendar: Zqbooking goes live", "Add to calendar: A question: Zqquestion about captains", "Add to calendar: Something from you: Zqphotos of the ferries",
	} {
		if n := strings.Count(strings.Join(named, "\n")+"\n", want+"\n"); n != 1 {
			t.Errorf("%q is offered %d times among %q", want, n, named)
		}
	}

	press := func(selector string) []string {
		t.Helper()
		before := browsertest.Eval[int](t, tab, `made.length`)
		e2e.Run(t, tab, fmt.Sprintf(`document.querySelector('%s').click()`, selector))
		e2e.Until(t, tab, fmt.Sprintf(`made.length > %d`, before))
		if kind := browsertest.Eval[string](t, tab, `made.at(-1).blob.type`); kind != "text/calendar;charset=utf-8" {
			t.Errorf("the file is %s", kind)
		}
		return unfold(t, browsertest.Eval[string](t, tab, `made.at(-1).blob.text()`))
	}
	const ofLead = `[aria-label="Add to calendar: Zqbooking goes live"]`
	lead := press(ofLead)
	if start, sum := line(t, lead, "DTSTART"), line(t, lead, "SUMMARY:"); start != ";VALUE=DATE:20261120" || sum != "Zqbooking goes live" {
		t.Errorf("the lead begins %s and is %q", start, sum)
	}
	if url := line(t, lead, "URL:"); !regexp.MustCompile(`^` + regexp.QuoteMeta(root+"/"+folder) + `/[a-z2-7]+/$`).MatchString(url) {
		t.Errorf("the lead leads to %s", url)
	}
	uid := line(t, lead, "UID:")
	if !strings.HasPrefix(uid, "/"+folder+"/") || uid != line(t, press(ofLead), "UID:") {
		t.Errorf("the UID is %s, and another one later", uid)
	}
	// What comes next is one file, in which the lead is what it is by itself.
	next := press("[data-dates]")
	for _, want := range []string{"UID:" + uid, "SUMMARY:Zqbooking goes live", "SUMMARY:Check-in with Pine Works", "DTSTART:20261124T100000Z", "URL:" + root + "/" + folder + "/"} {
		if !slices.Contains(next, want) {
			t.Errorf("the file of what comes next has no %q: %q", want, next)
		}
	}

	downloaded(t, to, "Zqbooking-goes-live.ics", "BEGIN:VCALENDAR\r\n")

	// Lock leaves no file behind.
	tab.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	e2e.Await(t, tab, e2e.Locked)
	if left := browsertest.Eval[int](t, tab, `made.filter((m) => !ended.includes(m.url)).length`); left != 0 {
		t.Errorf("%d files are left after Lock", left)
	}

	// What has passed is not offered.
	later := e2e.On(t, r.Browser, "2026-11-25T09:00:00Z")
	e2e.Visit(t, later, root+r.Link, e2e.Home)
	named = browsertest.Eval[[]string](t, later, `[...document.querySelectorAll('[data-to-calendar]')].map((b) => b.title)`)
	if all := strings.Join(named, "\n"); strings.Contains(all, "Zqbooking goes live") || !strings.Contains(all, "Zqphotos") {
		t.Errorf("on Wednesday are offered %q", named)
	}
}

// downloaded waits for a file in a folder, and wants it to begin with some text.
func downloaded(t *testing.T, dir, name, begin string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), e2e.Timeout)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		if text, err := os.ReadFile(filepath.Join(dir, name)); err == nil && strings.HasPrefix(string(text), begin) {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			there, _ := filepath.Glob(filepath.Join(dir, "*"))
			t.Fatalf("%s does not come; there are %q", name, there)
		}
	}
}
