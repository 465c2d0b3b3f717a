package disk

import (
	"regexp"
	"strings"
)

// reserved matches what Windows takes for a device, whatever its ending is.
var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)`)

// NoWindowsName returns why Windows cannot have a file or folder of this name, so that a
// repository with one could not be cloned there; "" where it can.
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
