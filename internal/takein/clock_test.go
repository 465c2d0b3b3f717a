package takein

import (
	"strings"
	"testing"
	"time"
)

func TestClocks(t *testing.T) {
	at := func(s string) time.Time { v, _ := time.Parse(time.RFC3339, s); return v }
	for _, tt := range []struct{ sent, came, on, doubt string }{
		{"2026-11-20T23:30:00Z", "", "2026-11-21T00:30:00", ""},
		{"2026-11-20T09:30:00+09:00", "2026-11-20T00:30:02Z", "2026-11-20T01:30:00", ""},
		{"2026-11-25T09:30:00Z", "", "2026-11-21T12:00:00", "clock of the device is wrong"},
		{"2026-11-20T12:30:00Z", "2026-11-20T09:00:00Z", "2026-11-20T10:00:00", "clock of the device is wrong"},
		{"2026-11-20T23:02:00Z", "2026-11-20T22:59:30Z", "2026-11-20T23:59:00", ""}, // not yet the next day
		{"2026-11-18T09:30:00Z", "2026-11-20T09:30:00Z", "2026-11-18T10:30:00", "offline"},
		{"2026-11-19T22:30:00Z", "2026-11-20T08:30:00Z", "2026-11-19T23:30:00", "offline"}, // the day before
		{"2026-11-20T08:30:00Z", "2026-11-20T09:30:00Z", "2026-11-20T09:30:00", "offline"}, // when a message counts from
		{"2026-11-20T08:30:00Z", "2026-11-20T08:34:00Z", "2026-11-20T09:30:00", ""},
		{"2026-11-14T12:30:00Z", "", "2026-11-14T13:30:00", ""},
		{"2026-11-14T09:30:00Z", "", "2026-11-14T10:30:00", "on its way for long"},
	} {
		r := said("message", "", "", text("word", "Hi"))
		r.Sent = at(tt.sent)
		var came time.Time
		if tt.came != "" {
			came = at(tt.came)
		}
		j, err := Judge(subject(file), r, hanna, came)
		if err != nil || j.Change == nil || j.On.String() != tt.on || (tt.doubt == "") != (len(j.Doubts) == 0) ||
			tt.doubt != "" && !strings.Contains(j.Doubts[0], tt.doubt) {
			t.Errorf("%+v: on %s, doubts %v, %v", tt, j.On, j.Doubts, err)
		}
	}
}
