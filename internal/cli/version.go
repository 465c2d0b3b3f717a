package cli

import (
	"runtime"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"portalgen/internal/ui"
)

func (a *app) version() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which version this is, and what it was built from",
		Args:  usage(noArgs),
		RunE: func(*cobra.Command, []string) error {
			info, _ := debug.ReadBuildInfo()
			a.term.Version(buildOf(info))
			return nil
		},
	}
}

// buildOf returns the build information that Go stored in the program. Go takes the version from
// git's tag, so no linker flag is needed. info may be nil. Unknown values are "": `go run` does not
// ask git.
func buildOf(info *debug.BuildInfo) ui.Build {
	b := ui.Build{Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH}
	if info == nil {
		return b
	}
	b.Version = info.Main.Version
	for _, d := range info.Deps {
		if d.Path == "github.com/gohugoio/hugo" {
			b.Hugo = d.Version
		}
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Time, _ = time.Parse(time.RFC3339, s.Value)
		case "vcs.modified":
			b.Changed = s.Value == "true"
		}
	}
	return b
}
