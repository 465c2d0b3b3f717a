package cli

import (
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"portalgen/internal/ui"
)

func TestVersionTellsWhatItWasBuiltFrom(t *testing.T) {
	t.Parallel()
	hugo := []*debug.Module{{Path: "github.com/gohugoio/hugo", Version: "v0.165.0"}}
	machine := "Go       " + runtime.Version() + "\nsystem   " + runtime.GOOS + "/" + runtime.GOARCH + "\n"
	git := func(changed string) []debug.BuildSetting {
		return []debug.BuildSetting{
			{Key: "vcs.revision", Value: "0123456789abcdef0123456789abcdef01234567"},
			{Key: "vcs.time", Value: "2026-11-20T09:30:00Z"},
			{Key: "vcs.modified", Value: changed},
		}
	}
	for _, tt := range []struct {
		name, want string
		info       *debug.BuildInfo
	}{
		{
			"a release",
			"portalgen v1.2.3\ncommit   0123456789ab of 2026-11-20 09:30 UTC\nHugo     v0.165.0\n" + machine,
			&debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}, Deps: hugo, Settings: git("false")},
		},
		{
			"built in a clone that has changed",
			"portalgen v1.2.4-0.20261120093000-0123456789ab+dirty\n" +
				"commit   0123456789ab of 2026-11-20 09:30 UTC, with changes since\nHugo     v0.165.0\n" + machine,
			&debug.BuildInfo{
				Main: debug.Module{Version: "v1.2.4-0.20261120093000-0123456789ab+dirty"}, Deps: hugo, Settings: git("true"),
			},
		},
		{
			"go run, which asks no git",
			"portalgen (devel)\nHugo     v0.165.0\n" + machine,
			&debug.BuildInfo{Main: debug.Module{Version: "(devel)"}, Deps: hugo},
		},
		{"nothing is known", "portalgen (devel)\n" + machine, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			ui.New(&out, &out, func(string) string { return "" }).Version(buildOf(tt.info))
			if out.String() != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", out.String(), tt.want)
			}
		})
	}
}
