package cli

import (
	"errors"
	"io"
	"log"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets this test's binary be the program itself, under its name.
func TestMain(m *testing.M) {
	switch filepath.Base(os.Args[0]) {
	case "portalgen":
		os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	case workerName:
		if err := work(os.Stdin, os.Stdout); !errors.Is(err, io.EOF) {
			log.Fatal(err)
		}
		return
	}
	os.Exit(withProgram(m))
}

// withProgram runs the tests with the program on the search path.
func withProgram(m *testing.M) int {
	self, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "portalgen-cli")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	for _, name := range []string{"portalgen", workerName} {
		if err := os.Symlink(self, filepath.Join(dir, name)); err != nil {
			log.Fatal(err)
		}
	}
	if err := os.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH")); err != nil {
		log.Fatal(err)
	}
	return m.Run()
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               func(e *testscript.Env) error { e.Setenv("TZ", "UTC"); return nil },
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"portalgen": runs,
			"exits":     exits,
			"without":   without,
			"samedir":   samedir,
			"mode":      mode,
			"keep":      keep,
			"append":    appendLine,
			"busy":      busy,
			"samples":   samples,
			"begin":     begin,
			"link":      link,
			"links":     links,
			"preview":   preview,
			"reply":     sealedReply,
		},
	})
}
