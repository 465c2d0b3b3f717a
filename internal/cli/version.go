package cli

import (
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (a *app) version() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which version this is",
		Args:  usage(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			version, hugo := "unknown", "unknown"
			if info, ok := debug.ReadBuildInfo(); ok {
				version = info.Main.Version
				for _, d := range info.Deps {
					if d.Path == "github.com/gohugoio/hugo" {
						hugo = d.Version
					}
				}
			}
			a.term.Say("portalgen %s (Hugo %s)", version, hugo)
			return nil
		},
	}
}
