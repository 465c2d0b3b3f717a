package client

import "testing"

func TestParseDuration(t *testing.T) {
	for _, tt := range []struct {
		text string
		want Duration
		days int
		form string
	}{
		{"1 minute", Duration{1, Minutes}, 0, "1 minute"},
		{"1440 minutes", Duration{1440, Minutes}, 1, "1440 minutes"},
		{"3 hours", Duration{3, Hours}, 0, "3 hours"},
		{"1 hours", Duration{1, Hours}, 0, "1 hour"},
		{"24 hours", Duration{24, Hours}, 1, "24 hours"},
		{"47 hours", Duration{47, Hours}, 1, "47 hours"},
		{"2 days", Duration{2, Days}, 2, "2 days"},
		{"2 day", Duration{2, Days}, 2, "2 days"},
		{"1 week", Duration{1, Weeks}, 7, "1 week"},
		{"same business day", Duration{0, SameBusinessDay}, 0, "same business day"},
	} {
		d, err := ParseDuration(tt.text)
		if err != nil || d != tt.want {
			t.Errorf("%q: got %+v, %v", tt.text, d, err)
		}
		if got := d.CalendarDays(); got != tt.days {
			t.Errorf("%q: %d days, want %d", tt.text, got, tt.days)
		}
		if got := d.String(); got != tt.form {
			t.Errorf("%q is written as %q", tt.text, got)
		}
		if again, err := ParseDuration(d.String()); err != nil || again != d {
			t.Errorf("%q does not read back: %+v, %v", d, again, err)
		}
		if d.IsZero() {
			t.Errorf("%q counts as none", tt.text)
		}
	}
	if (Duration{}).String() != "" || !(Duration{}).IsZero() {
		t.Error("none given is not none")
	}
}

func TestParseDurationRefuses(t *testing.T) {
	for _, text := range []string{
		"", "2", "days", "0 days", "00 days", "-1 day", "1.5 hours", "10000 days", "2  days", " 2 days", "2 days ", "2 Days", "2 months", "two days",
		"Same business day", "same business days", "2 days 3 hours", "P2D", "２ days", "2\u00a0days",
	} {
		if d, err := ParseDuration(text); err == nil || !d.IsZero() {
			t.Errorf("%q is %+v", text, d)
		}
	}
}
