package check_test

import (
	"strings"
	"testing"
)

// The fact that is named is told in words, whichever it is.
func TestTheFactIsTold(t *testing.T) {
	green := "[[status]]\non = 2026-11-03\nrag = \"green\"\nheadline = \"Well\"\n"
	for _, tt := range []struct{ now, file, want string }{
		{"2026-11-21T12:00", promised, `red: "The sign" was due on 2026-11-20`},
		{"2026-11-21T12:00", theirs(promised), `amber: "The sign" was to come from the client by 2026-11-20`},
		{"2026-11-21T12:00", commitment(asks, promises, `{ on = 2026-11-19, by = "dev", did = "renegotiate", due = 2026-11-26, note = "Ill" }`), `amber: "The sign" was due on 2026-11-20, and the new date is not agreed yet`},
		{"2026-11-27T12:00", commitment(asks, promises, `{ on = 2026-11-19, by = "dev", did = "renegotiate", due = 2026-11-26, note = "Ill" }`), `red: the new date proposed for "The sign", 2026-11-26, has passed`},
		{"2026-11-12T12:00", commitment(asks, promises, delivers, `{ on = 2026-11-11, by = "maria", did = "reject", note = "Crooked" }`), `amber: "The sign" was sent back on 2026-11-11`},
	} {
		ps := only(find(t, head+tt.file+green, la(t, tt.now), nil), "status-greener-than-facts")
		if len(ps) != 1 || !strings.HasSuffix(ps[0].Message, tt.want) {
			t.Errorf("got %v, want %s", ps, tt.want)
		}
	}
}

// What the client cannot see is no date that they were told, and no work that they
// could be asked about.
func TestPrivateWorkTellsTheClientNothing(t *testing.T) {
	hidden := strings.Replace(promised, "[[commitment]]\n", "[[commitment]]\nprivate = true\n", 1)
	late := "[[status]]\non = 2026-11-18\nrag = \"red\"\nheadline = \"Late\"\nacknowledges = \"A\"\nmeans_for_you = \"B\"\ndoing = \"C\"\n"
	now := la(t, "2026-11-18T12:00")
	if ps := only(find(t, head+hidden+late, now, nil), "delay-without-acknowledgement"); len(ps) != 1 {
		t.Errorf("a hidden date counts: %v", ps)
	}
	if ps := only(find(t, head+hidden, now, nil), "pulse-missing"); len(ps) > 0 {
		t.Errorf("nobody can be asked about it: %v", ps)
	}
}
