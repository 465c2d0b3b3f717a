//go:build !windows

package zone

import (
	"os"
	"strings"
)

// system returns where /etc/localtime leads, else what /etc/timezone says; "" where neither is there.
func system() string {
	if to, err := os.Readlink("/etc/localtime"); err == nil {
		return to
	}
	text, _ := os.ReadFile("/etc/timezone")
	return strings.TrimSpace(string(text))
}
