package cli

import (
	"os"
	"strings"
	"time"
)

// machineZone returns the IANA name of the machine's time zone, as TZ or /etc/localtime has it;
// "UTC" where that cannot be told.
func machineZone(getenv func(string) string, readlink func(string) (string, error)) string {
	name := strings.TrimPrefix(getenv("TZ"), ":")
	if name == "" {
		if to, err := readlink("/etc/localtime"); err == nil {
			name = to
		} else if text, err := os.ReadFile("/etc/timezone"); err == nil {
			name = strings.TrimSpace(string(text))
		}
	}
	if i := strings.Index(name, "zoneinfo/"); i >= 0 {
		name = name[i+len("zoneinfo/"):]
	}
	if _, err := time.LoadLocation(name); err != nil || name == "" || name == "Local" || strings.HasPrefix(name, "Etc/") {
		return "UTC"
	}
	return name
}
