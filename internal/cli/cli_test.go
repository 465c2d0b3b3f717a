package cli

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"portalgen": func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               func(e *testscript.Env) error { e.Setenv("TZ", "UTC"); return nil },
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"without": without,
			"samedir": samedir,
			"mode":    mode,
			"keep":    keep,
			"append":  appendLine,
			"busy":    busy,
			"samples": samples,
			"begin":   begin,
			"links":   links,
			"preview": preview,
			"reply":   sealedReply,
		},
	})
}
