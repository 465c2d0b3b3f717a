// Package proofs searches for what must not be: words of a client in what is published, on
// the machine that builds, or on a reader's device; bytes that are not the same everywhere.
// Each proof first finds what is planted for it.
//
// It sees the program from outside, and runs it as a process of its own: this package's
// test binary, under another name.
package proofs

import (
	"os"
	"os/exec"
	"testing"

	"portalgen/internal/cli"
	"portalgen/internal/e2e"
)

// program is what a test's own binary is called when it is to be the program itself.
const program = "portalgen"

func TestMain(m *testing.M) {
	if os.Args[0] == program {
		os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// child is the program as a process of its own, with nothing in its environment but what
// is given, and the search path.
func child(t *testing.T, dir string, environment []string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := os.Executable()
	e2e.Check(t, err)
	c := exec.Command(path, args...)
	c.Args[0], c.Dir = program, dir
	c.Env = append([]string{"PATH=" + os.Getenv("PATH")}, environment...)
	return c
}
