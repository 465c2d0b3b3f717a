//go:build !windows

package zone

import (
	"os"
	"strings"
)

// system returns the target of the link /etc/localtime, else the content of /etc/timezone; "" if
// neither exists.
func system() string {
	if to, err := os.Readlink("/etc/localtime"); err == nil {
		return to
	}
	text, _ := os.ReadFile("/etc/timezone")
	return strings.TrimSpace(string(text))
}
