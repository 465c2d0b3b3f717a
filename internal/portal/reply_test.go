package portal_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

func message(received, more string) string {
	return "\n[[message]]\nreceived = " + received + "\nby = \"maria\"\nabout = \"The rain\"\n" + more + "\n"
}

// promising returns the head in a zone with promises about replies.
func promising(zone, promises string) string {
	return strings.NewReplacer("America/Los_Angeles", zone, "[promises]", "[promises]\n"+promises).Replace(head)
}

const (
	threeHours = "reply_within = \"3 hours\"\n"
	sameDay    = "reply_latest = \"same business day\"\n"
	oneHour    = "urgent_within = \"1 hour\"\n"
)

// at returns an instant by the clock in a zone.
func at(t testing.TB, zone, s string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	i, err := time.ParseInLocation("2006-01-02 15:04", s, loc)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// Client and provider are both in London here; 20 November 2026 is a Friday.
func TestReplyDue(t *testing.T) {
	for _, tt := range []struct{ name, promises, received, more, due string }{
		{"no promise", "", "2026-11-18T10:00:00", "", ""},
		{"an urgent message, nothing promised but that", oneHour, "2026-11-18T10:00:00", "urgent = true", "2026-11-18T11:00:00"},
		{"a message, and a promise for urgent ones alone", oneHour, "2026-11-18T10:00:00", "", ""},
		{"hours", threeHours, "2026-11-18T10:00:00", "", "2026-11-18T13:00:00"},
		{"hours over a night", threeHours, "2026-11-18T16:00:00", "", "2026-11-19T11:00:00"},
		{"hours over a weekend", threeHours, "2026-11-20T16:00:00", "", "2026-11-23T11:00:00"},
		{"minutes", "reply_within = \"30 minutes\"\n", "2026-11-20T16:45:00", "", "2026-11-23T09:15:00"},
		{"the same day", sameDay, "2026-11-18T10:00:00", "", "2026-11-18T17:00:00"},
		{"the same day, before the hours", sameDay, "2026-11-18T06:00:00", "", "2026-11-18T17:00:00"},
		{"the same day, out of hours", sameDay, "2026-11-20T23:30:00", "", "2026-11-23T17:00:00"},
		{"both, the earlier is hours", threeHours + sameDay, "2026-11-18T10:00:00", "", "2026-11-18T13:00:00"},
		{"both, the earlier is the day", threeHours + sameDay, "2026-11-18T16:00:00", "", "2026-11-18T17:00:00"},
		{"urgent in place of within", threeHours + sameDay + oneHour, "2026-11-18T10:00:00", "urgent = true", "2026-11-18T11:00:00"},
		{"urgent, and the latest is earlier", threeHours + sameDay + oneHour, "2026-11-18T16:30:00", "urgent = true", "2026-11-18T17:00:00"},
		{"urgent, with no promise of its own", threeHours, "2026-11-18T10:00:00", "urgent = true", "2026-11-18T13:00:00"},
		{"urgent out of hours", oneHour, "2026-11-21T12:00:00", "urgent = true", "2026-11-23T10:00:00"},
		{"days", "reply_within = \"2 days\"\n", "2026-11-19T10:00:00", "", "2026-11-23T17:00:00"},
		{"a week is five days of work", "reply_within = \"1 week\"\n", "2026-11-19T10:00:00", "", "2026-11-26T17:00:00"},
		{"over closed days", threeHours, "2026-12-23T16:00:00", "", "2026-12-28T11:00:00"},
		{"a date alone, at the latest hour of it", threeHours, "2026-11-18", "", "2026-11-19T12:00:00"},
		{"a date alone, on a day off", sameDay, "2026-11-21", "", "2026-11-23T17:00:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			provider := north()
			for _, day := range []int{24, 25} {
				provider.Closed = append(provider.Closed, civil.On(civil.Date{Year: 2026, Month: 12, Day: day}))
			}
			v := derive(t, promising("Europe/London", tt.promises)+message(tt.received, tt.more), provider, at(t, "Europe/London", "2026-12-29 12:00"))
			r := v.Replies.All[0]
			if got := r.Due.String(); got != tt.due {
				t.Errorf("due %s, want %s", got, tt.due)
			}
			if (r.Verdict == "") != (tt.due == "") || tt.due != "" && r.Verdict != "overdue" {
				t.Errorf("the verdict is %q", r.Verdict)
			}
		})
	}
}

func TestReplyVerdict(t *testing.T) {
	promises := promising("Europe/London", threeHours)
	for _, tt := range []struct {
		name, received, more, now, verdict string
		took                               time.Duration
	}{
		{"waiting", "2026-11-18T10:00:00", "", "2026-11-18 13:00", "waiting", 0},
		{"overdue", "2026-11-18T10:00:00", "", "2026-11-18 13:01", "overdue", 0},
		{"kept", "2026-11-18T10:00:00", "acknowledged = 2026-11-18T13:00:00", "2026-11-20 12:00", "kept", 3 * time.Hour},
		{"late", "2026-11-18T10:00:00", "acknowledged = 2026-11-18T13:01:00", "2026-11-20 12:00", "late", 3*time.Hour + time.Minute},
		{"kept over a night", "2026-11-18T16:00:00", "acknowledged = 2026-11-19T09:30:00", "2026-11-20 12:00", "kept", 90 * time.Minute},
		{"resolved is acknowledged", "2026-11-18T10:00:00", "resolved = 2026-11-18T12:00:00", "2026-11-20 12:00", "kept", 2 * time.Hour},
		{
			"resolved before it was acknowledged", "2026-11-18T10:00:00",
			"acknowledged = 2026-11-19T12:00:00\nresolved = 2026-11-18T12:00:00", "2026-11-20 12:00", "kept", 2 * time.Hour,
		},
		{"an hour and a day, which may have begun in time", "2026-11-18T16:00:00", "acknowledged = 2026-11-19", "2026-11-20 12:00", "kept", 0},
		{"an hour and a day that is too late", "2026-11-18T10:00:00", "acknowledged = 2026-11-19", "2026-11-20 12:00", "late", 0},
		{"a day and an hour in time", "2026-11-18", "acknowledged = 2026-11-19T12:00:00", "2026-11-20 12:00", "kept", 0},
		{"a day and an hour that is too late", "2026-11-18", "acknowledged = 2026-11-19T12:01:00", "2026-11-20 12:00", "late", 0},
		{"two days", "2026-11-18", "acknowledged = 2026-11-19", "2026-11-20 12:00", "kept", 0},
		{"the same day", "2026-11-18", "acknowledged = 2026-11-18", "2026-11-20 12:00", "kept", 0},
		{"a day, waiting while it is not certain", "2026-11-18", "", "2026-11-19 12:00", "waiting", 0},
		{"a day, overdue", "2026-11-18", "", "2026-11-19 12:01", "overdue", 0},
		{"out of hours altogether", "2026-11-21T12:00:00", "acknowledged = 2026-11-21T12:40:00", "2026-11-24 12:00", "kept", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := derive(t, promises+message(tt.received, tt.more), north(), at(t, "Europe/London", tt.now))
			r := v.Replies.All[0]
			if r.Verdict != tt.verdict || r.Took != tt.took {
				t.Errorf("%s after %v, due %s", r.Verdict, r.Took, r.Due)
			}
			of, kept, open := 1, 0, 0
			if tt.verdict == "waiting" {
				of, open = 0, 1
			}
			if tt.verdict == "kept" {
				kept = 1
			}
			if v.Replies.Of != of || v.Replies.Kept != kept || v.Replies.Open != open {
				t.Errorf("kept %d of %d, and %d wait", v.Replies.Kept, v.Replies.Of, v.Replies.Open)
			}
		})
	}
}

// Where time stands still on a day, a message that was due within it is not late: the browser says so too.
func TestAMessageIsNotLateWithinADay(t *testing.T) {
	p := north()
	p.Frozen = civil.On(civil.Date{Year: 2026, Month: 11, Day: 20})
	v := derive(t, promising("Europe/London", threeHours)+message("2026-11-19T16:00:00", ""), p, at(t, "Europe/London", "2026-11-20 12:00"))
	if r := v.Replies; r.All[0].Verdict != "waiting" || r.Of != 0 || r.Open != 1 {
		t.Errorf("%s, due %s: it counts %d, and %d wait", r.All[0].Verdict, r.All[0].Due, r.Of, r.Open)
	}
}

// A page of Friday counts what stays so, and what waits is all that Monday may add.
func TestRepliesThatAreCountedStayCounted(t *testing.T) {
	file := promising("Europe/London", threeHours) +
		message("2026-11-18T10:00:00", "acknowledged = 2026-11-18T12:00:00") +
		message("2026-11-19T10:00:00", "acknowledged = 2026-11-19T16:00:00") +
		message("2026-11-20T10:00:00", "") + message("2026-11-20T16:00:00", "") + message("2026-11-20T16:30:00", "")
	for now, want := range map[string][3]int{
		"2026-11-20 17:00": {1, 3, 2}, "2026-11-23 11:10": {1, 4, 1}, "2026-11-24 09:00": {1, 5, 0},
	} {
		r := derive(t, file, north(), at(t, "Europe/London", now)).Replies
		if got := [3]int{r.Kept, r.Of, r.Open}; got != want {
			t.Errorf("at %s: kept, of, open are %v, want %v", now, got, want)
		}
	}
}

// Hours are the provider's by the provider's clock, times the client's by theirs, and
// either clock may change in between.
func TestRepliesAcrossZones(t *testing.T) {
	for _, tt := range []struct{ name, client, provider, received, due string }{
		{"23:30 on a Friday", "America/Los_Angeles", "Europe/Berlin", "2026-11-20T23:30:00", "2026-11-23T03:00:00"},
		{"Friday there is Saturday here", "America/Los_Angeles", "Pacific/Auckland", "2026-11-20T10:00:00", "2026-11-22T15:00:00"},
		{"Monday there is Sunday here", "Pacific/Auckland", "America/Los_Angeles", "2026-11-23T10:00:00", "2026-11-24T09:00:00"},
		{"half an hour apart", "Asia/Kolkata", "Europe/Berlin", "2026-11-20T20:00:00", "2026-11-23T15:00:00"},
		{"within hours on both", "Asia/Kolkata", "Europe/Berlin", "2026-11-20T15:45:00", "2026-11-20T18:45:00"},
		{"the provider's clocks went back", "Asia/Kolkata", "Europe/Berlin", "2026-10-23T20:00:00", "2026-10-26T16:00:00"},
		{"the provider's clocks went forward", "Asia/Kolkata", "Europe/Berlin", "2026-03-27T20:00:00", "2026-03-30T14:00:00"},
		{"the client's clocks went back", "America/Los_Angeles", "Asia/Kolkata", "2026-10-30T03:00:00", "2026-11-01T21:00:00"},
		{"the client's clocks went back, out of hours", "America/Los_Angeles", "Asia/Kolkata", "2026-10-30T23:30:00", "2026-11-01T22:30:00"},
		{"the client's clocks went forward", "Pacific/Auckland", "Pacific/Auckland", "2026-09-25T16:00:00", "2026-09-28T11:00:00"},
		{"one clock went forward, and the other did not", "Pacific/Auckland", "America/Los_Angeles", "2026-09-26T11:00:00", "2026-09-29T07:00:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			provider := north()
			provider.Timezone = tt.provider
			v := derive(t, promising(tt.client, threeHours)+message(tt.received, ""), provider, at(t, "UTC", "2026-12-24 12:00"))
			if got := v.Replies.All[0].Due.String(); got != tt.due {
				t.Errorf("due %s, want %s", got, tt.due)
			}
		})
	}
}

func TestRepliesOfTheProvidersHours(t *testing.T) {
	provider := north()
	provider.WorkingHours = client.WorkingHours{Days: []string{"sun", "wed"}, From: "07:00", To: "12:00"}
	file := promising("Europe/London", "reply_within = \"2 days\"\n") + message("2026-11-20T10:00:00", "")
	if got := derive(t, file, provider, at(t, "UTC", "2026-11-20 12:00")).Replies.All[0].Due.String(); got != "2026-11-29T12:00:00" {
		t.Errorf("due %s", got)
	}
	provider.WorkingHours = client.WorkingHours{From: "17:00", To: "09:00"}
	if r := derive(t, file, provider, at(t, "UTC", "2026-12-20 12:00")).Replies.All[0]; r.Verdict != "" || !r.Due.IsZero() {
		t.Errorf("nobody works, and yet it is %s, due %s", r.Verdict, r.Due)
	}
}

func TestRepliesNewestFirst(t *testing.T) {
	file := promising("Europe/London", threeHours) + message("2026-11-17", "id = \"a\"\nacknowledged = 2026-11-17") +
		message("2026-11-18T09:00:00", "id = \"b\"\nurgent = true\ncommitment = \"booking\"") +
		message("2026-11-18T15:00:00", "id = \"c\"") +
		strings.Replace(message("2026-11-18", "id = \"own\""), "maria", "dev", 1) + performedByDev()
	v := derive(t, file, north(), at(t, "Europe/London", "2026-11-18 16:00"))
	var ids []string
	for _, r := range v.Replies.All {
		ids = append(ids, r.ID)
	}
	if diff := cmp.Diff([]string{"c", "b", "a"}, ids); diff != "" {
		t.Error(diff)
	}
	if v.Replies.Kept != 1 || v.Replies.Of != 2 || v.Replies.Within.N != 3 {
		t.Errorf("kept %d of %d, within %s", v.Replies.Kept, v.Replies.Of, v.Replies.Within)
	}
	if r := v.Replies.All[1]; r.Href != "/P/commitment-booking/" || r.Commitment != "booking" || r.By.ID != "maria" || !r.Urgent || r.Pos.Line == 0 {
		t.Errorf("it is told as %+v", r)
	}
	// On Home those wait, each until it is acknowledged by the date of the promise.
	want := []string{"message: The rain, maria, 2026-11-18T12:00:00, urgent", "message: The rain, maria, 2026-11-19T10:00:00", "message: The rain, maria"}
	if diff := cmp.Diff(want, waitingLines(home(v).Ours)); diff != "" {
		t.Error(diff)
	}
	if w := home(v).Ours[2]; w.Seen.String() != "2026-11-17" {
		t.Errorf("seen %s", w.Seen)
	}
}

// In time only by our working hours is told apart from in time by the clock.
func TestInTimeByWorkingHours(t *testing.T) {
	for _, tt := range []struct {
		name, promises, received, acknowledged string
		want                                   bool
	}{
		{"within three hours", threeHours, "2026-11-18T10:00:00", "2026-11-18T13:00:00", false},
		{"over a night", threeHours, "2026-11-18T16:00:00", "2026-11-19T09:30:00", true},
		{"late", threeHours, "2026-11-18T10:00:00", "2026-11-18T14:00:00", false},
		{"the same day", sameDay, "2026-11-18T10:00:00", "2026-11-18T14:00:00", false},
		{"the same working day, after a weekend", sameDay, "2026-11-21T10:00:00", "2026-11-23T14:00:00", true},
		{"two days", "reply_within = \"2 days\"\n", "2026-11-18T10:00:00", "2026-11-20T14:00:00", false},
		{"two days and a weekend", "reply_within = \"2 days\"\n", "2026-11-19T10:00:00", "2026-11-23T14:00:00", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := promising("Europe/London", tt.promises) + message(tt.received, "acknowledged = "+tt.acknowledged)
			r := derive(t, file, north(), at(t, "Europe/London", "2026-11-24 12:00")).Replies.All[0]
			if r.ByHours != tt.want {
				t.Errorf("%s, due %s: by the hours %v", r.Verdict, r.Due, r.ByHours)
			}
		})
	}
}
