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

// buildOf returns what Go has noted in the program. Go takes the version from git's tag, so it needs
// no flag of the linker. info may be nil; what is not known is "": `go run` asks no git.
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
