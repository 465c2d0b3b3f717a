package e2e

import (
	"os"
	"os/exec"
	"testing"

	"portalgen/internal/cli"
)

// program is the name under which a test's own binary runs as the program itself.
const program = "portalgen"

// Main runs the tests of a package, or the program if Child started this process.
func Main(m *testing.M) {
	if os.Args[0] == program {
		os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// Child returns a command that runs the program in its own process. Its environment has only the
// given variables and PATH.
func Child(t *testing.T, dir string, environment []string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := os.Executable()
	Check(t, err)
	c := exec.Command(path, args...)
	c.Args[0], c.Dir = program, dir
	c.Env = append([]string{"PATH=" + os.Getenv("PATH")}, environment...)
	return c
}
