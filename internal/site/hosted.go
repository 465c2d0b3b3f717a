package site

import (
	"io/fs"
	"regexp"
)

// commandForm matches where netlify.toml tells Netlify to build, and not only what to publish.
var commandForm = regexp.MustCompile(`(?m)^[ \t]*command[ \t]*=`)

// keyForm matches where a workflow reads the master key.
var keyForm = regexp.MustCompile(`\bPORTALGEN_KEY\b`)

// BuiltBy returns the file by which a host builds the site with a key in its own settings; "" where
// there is none.
func (s *Site) BuiltBy() string {
	workflows, _ := fs.Glob(s.Root.FS(), ".github/workflows/*.y*ml") // the pattern is well formed
	for _, name := range append([]string{"netlify.toml"}, workflows...) {
		form := keyForm
		if name == "netlify.toml" {
			form = commandForm
		}
		if text, err := s.Root.ReadFile(name); err == nil && form.Match(text) {
			return name
		}
	}
	return ""
}
