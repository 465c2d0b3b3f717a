package site

import (
	"io/fs"
	"regexp"
)

// commandForm matches the line of netlify.toml that makes Netlify build the site, not only publish
// it.
var commandForm = regexp.MustCompile(`(?m)^[ \t]*command[ \t]*=`)

// keyForm matches a use of the master key in a workflow.
var keyForm = regexp.MustCompile(`\bPORTALGEN_KEY\b`)

// BuiltBy returns the file that makes a host build the site, with a key from the host's settings;
// "" if there is none.
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
