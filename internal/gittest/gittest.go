// Package gittest runs git for tests. It must not know what is tested. Only tests import it.
package gittest

import (
	"os"
	"os/exec"
	"testing"
)

// requireVariable is the environment variable that, set to 1, makes a missing git or browser a
// failure. CI sets it.
const requireVariable = "PORTALGEN_REQUIRE_BROWSER"

// Require skips the test if git is not installed, or fails it if the variable is 1.
func Require(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("git"); err == nil {
		return
	}
	if os.Getenv(requireVariable) == "1" {
		t.Fatalf("NO GIT: it is not installed, and %s is 1", requireVariable)
	}
	t.Skip("NO GIT: what is asked of it is NOT tested")
}

// Run runs git in a folder, with a user name and an address, and stops the test if git fails. Git leaves out what
// costs more than most of what is asked of it: to look after each commit whether the repository needs maintenance,
// and to copy samples of hooks into a new one.
func Run(t testing.TB, dir string, args ...string) {
	t.Helper()
	Require(t)
	c := exec.Command("git", append([]string{
		"-C", dir, "-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "maintenance.auto=false", "-c", "init.templateDir=",
	}, args...)...)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}
