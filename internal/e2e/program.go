package e2e

import (
	"os"
	"os/exec"
	"testing"

	"portalgen/internal/cli"
)

// program is what a test's own binary is called when it is to be the program itself.
const program = "portalgen"

// Main runs the tests of a package, or the program where Child has started it.
func Main(m *testing.M) {
	if os.Args[0] == program {
		os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// Child is the program as a process of its own, with nothing in its environment but what
// is given, and the search path.
func Child(t *testing.T, dir string, environment []string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := os.Executable()
	Check(t, err)
	c := exec.Command(path, args...)
	c.Args[0], c.Dir = program, dir
	c.Env = append([]string{"PATH=" + os.Getenv("PATH")}, environment...)
	return c
}
