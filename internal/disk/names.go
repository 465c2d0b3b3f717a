package disk

import (
	"regexp"
	"strings"
)

// reserved matches names that Windows reserves for devices, with any ending.
var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)`)

// NoWindowsName returns why Windows cannot have a file or folder of this name; "" if it can. A
// repository with such a file could not be cloned on Windows.
func NoWindowsName(name string) string {
	switch {
	case reserved.MatchString(name):
		return "Windows keeps that name for a device"
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		return "Windows has no names that end with a dot or a space"
	case strings.ContainsAny(name, `<>"|?*`):
		return `Windows has no names with < > " | ? or *`
	}
	return ""
}
