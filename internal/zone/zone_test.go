package zone

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
)

func TestNamed(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ tz, system, want string }{
		"TZ":               {"Europe/Lisbon", "/usr/share/zoneinfo/Asia/Tokyo", "Europe/Lisbon"},
		"TZ with a colon":  {":Europe/Lisbon", "", "Europe/Lisbon"},
		"TZ as a path":     {"/usr/share/zoneinfo/Europe/Lisbon", "", "Europe/Lisbon"},
		"a link":           {"", "/var/db/timezone/zoneinfo/Asia/Tokyo", "Asia/Tokyo"},
		"a link, relative": {"", "../usr/share/zoneinfo/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"},
		"a name":           {"", windowsNames["Tokyo Standard Time"], "Asia/Tokyo"},
		"UTC":              {"", "/usr/share/zoneinfo/Etc/UTC", "UTC"},
		"no name":          {"EST5EDT,M3.2.0,M11.1.0", "", "UTC"},
		"nothing":          {"", "", "UTC"},
	} {
		if got := named(tt.tz, func() string { return tt.system }); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

func TestWindowsNames(t *testing.T) {
	t.Parallel()
	for windows, want := range map[string]string{
		"W. Europe Standard Time": "Europe/Berlin", "GMT Standard Time": "Europe/London", "Romance Standard Time": "Europe/Paris",
		"Pacific Standard Time": "America/Los_Angeles", "India Standard Time": "Asia/Calcutta", "Arab Standard Time": "Asia/Riyadh",
	} {
		if got := windowsNames[windows]; got != want {
			t.Errorf("%s is %s, not %s", windows, got, want)
		}
	}
	for windows, name := range windowsNames {
		if got := named("", func() string { return name }); got != name || !strings.Contains(windows, " Time") {
			t.Errorf("%s is %s, which becomes %s", windows, name, got)
		}
		if _, err := time.LoadLocation(name); err != nil {
			t.Errorf("%s: %v", windows, err)
		}
	}
}
