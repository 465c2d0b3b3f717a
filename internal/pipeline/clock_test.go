package pipeline_test

import (
	"testing"
	"time"

	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

func TestParseClock(t *testing.T) {
	t.Parallel()
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"2026-12-04": "2026-12-04T12:00:00+09:00", "2026-12-04T20:30:00Z": "2026-12-05T05:30:00+09:00", "2026-12-04T20:30:00+02:00": "2026-12-05T03:30:00+09:00",
	} {
		c, err := pipeline.ParseClock(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.In(tokyo).Format(time.RFC3339); got != want {
			t.Errorf("%s is %s in Tokyo, want %s", text, got, want)
		}
	}
	for _, text := range []string{"", "today", "2026-13-01", "04.12.2026", "2026-12-04T20:30:00", "2026-12-04 20:30"} {
		if c, err := pipeline.ParseClock(text); err == nil {
			t.Errorf("%q is %v", text, c)
		}
	}
}

// Time is the clock's, except where a provider's file freezes it, and for a moment
// that is given.
func TestWhichTime(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{site.ProviderFile: "frozen = 2026-11-12\n" + provider, site.ClientFile("a"): clientFile("A", "")})
	for _, tt := range []struct {
		name, now string
		fails     bool
	}{
		{"frozen after the last move", "", false},
		{"a moment that is given, before it", "2026-11-05", true},
		{"a moment that is given, after it", "2026-12-24", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := site.Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			opt := pipeline.Options{Keys: keyring.NewSiteKeys(master, nil)}
			if tt.now != "" {
				if opt.Now, err = pipeline.ParseClock(tt.now); err != nil {
					t.Fatal(err)
				}
			}
			b := pipeline.New(s, opt)
			if ps := b.Load(); ps.Err() != nil {
				t.Fatal(ps)
			}
			if _, ps := b.Portal("a"); (ps.Err() != nil) != tt.fails {
				t.Errorf("got %v", ps)
			}
		})
	}
}
