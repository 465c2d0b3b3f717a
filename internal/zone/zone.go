// Package zone finds the time zone of the machine. It must not know what the zone is for.
package zone

import (
	"os"
	"strings"
	"time"
)

// OfMachine returns the IANA name of the machine's time zone, from TZ or from the system; "UTC" if
// it is not known.
func OfMachine() string { return named(os.Getenv("TZ"), system) }

// named returns the zone in tz, or if that is empty the zone of the system, which is a name or the
// path of a zoneinfo file.
func named(tz string, system func() string) string {
	name := strings.TrimPrefix(tz, ":")
	if name == "" {
		name = system()
	}
	if i := strings.Index(name, "zoneinfo/"); i >= 0 {
		name = name[i+len("zoneinfo/"):]
	}
	_, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" || strings.HasPrefix(name, "Etc/") {
		return "UTC"
	}
	return name
}
