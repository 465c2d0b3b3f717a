package edit

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"portalgen/internal/civil"
)

// date reads a date as people type it: 2026-12-04, with or without a time of day, today, tomorrow, yesterday,
// or a number of days from today such as +7.
func date(s string, today civil.Date) (civil.Moment, error) {
	near := map[string]int{"yesterday": -1, "today": 0, "tomorrow": 1}
	if n, ok := near[strings.ToLower(s)]; ok {
		return civil.On(today.AddDays(n)), nil
	}
	if n, err := strconv.Atoi(s); err == nil && strings.ContainsAny(s[:1], "+-") && n > -3700 && n < 3700 {
		return civil.On(today.AddDays(n)), nil
	}
	if d, err := civil.ParseDate(s); err == nil {
		return civil.On(d), nil
	}
	for _, layout := range []string{
		"2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04:05",
		"2006-01-02 15:04:05",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return civil.MomentOf(t), nil
		}
	}
	return civil.Moment{}, fmt.Errorf("%q is not a date; write it as 2026-12-04, 2026-12-04T16:30, today or +7", s)
}
