package portal_test

import (
	"fmt"
	"strings"
	"testing"

	"portalgen/internal/portal"
)

func figures(f *portal.Figures) string {
	if f == nil {
		return "none"
	}
	var due []string
	for _, d := range f.Due {
		due = append(due, strings.TrimSpace(fmt.Sprint(d.N, " ", d.After)))
	}
	return fmt.Sprintf("%d of %s; %d moved; %d%s of %d", f.Kept, strings.Join(due, ", "), f.Moved, f.FirstWord.N, f.FirstWord.Unit, f.Messages)
}

func TestFigures(t *testing.T) {
	const delivered = `{ on = 2026-11-10, by = "dev", did = "deliver" }`
	// At nine in the morning in Los Angeles it is five in London, where work ends at six.
	message := func(received, acknowledged string) string {
		return "\n[[message]]\nreceived = " + received + "\nby = \"theo\"\nabout = \"Rain\"\nacknowledged = " + acknowledged + "\n"
	}
	for _, tt := range []struct{ name, file, want string }{
		{"nothing promised", status("2026-11-09", "green", ""), "none"},
		{"theirs alone", theirs(), "none"},
		{"not due yet", performedByDev(), "0 of 1 2026-11-20; 0 moved; 0 of 0"},
		{"kept", performedByDev(delivered), "1 of 1; 0 moved; 0 of 0"},
		{
			"one kept, two open on one day", performedByDev(delivered) + promised("b", "maria", "dev") + promised("c", "maria", "dev"),
			"1 of 1, 3 2026-11-20; 0 moved; 0 of 0",
		},
		{
			"a date moved", performedByDev(`{ on = 2026-11-04, by = "dev", did = "renegotiate", due = 2026-11-25, note = "So" }`, `{ on = 2026-11-05, by = "maria", did = "agree" }`),
			"0 of 1 2026-11-25; 1 moved; 0 of 0",
		},
		{
			"a word within the hours of work", performedByDev(delivered) + message("2026-11-10T08:00:00", "2026-11-10T08:20:00"),
			"1 of 1; 0 moved; 20minute of 1",
		},
		{
			"the middle of two, and one of which no hour is known",
			performedByDev(delivered) + message("2026-11-10T08:00:00", "2026-11-10T08:20:00") + message("2026-11-10T08:00:00", "2026-11-10T08:31:00") +
				message("2026-11-09", "2026-11-10"),
			"1 of 1; 0 moved; 26minute of 2",
		},
		{
			"over night", performedByDev(delivered) + message("2026-11-10T20:00:00", "2026-11-11T00:00:00"),
			"1 of 1; 0 moved; 1minute of 1",
		},
	} {
		if got := figures(on(t, "2026-11-12", tt.file).Figures()); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}
