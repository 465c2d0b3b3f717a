package e2e_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"portalgen"
	"portalgen/internal/e2e"
)

// What readers are told of how long a link is kept is what the script does, and the
// button that ends it is called what it is called.
func TestThePrivacyPageSaysWhatIsDone(t *testing.T) {
	t.Parallel()
	var days string
	e2e.Check(t, fs.WalkDir(portalgen.Defaults, "static/assets/js", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(portalgen.Defaults, name)
		if found := regexp.MustCompile(`const linkDays = (\d+);`).FindSubmatch(text); found != nil {
			days = string(found[1])
		}
		return err
	}))
	if days == "" {
		t.Fatal("no script says for how many days a link is kept")
	}
	for _, language := range []string{"en", "de", "es", "fr", "ar"} {
		name := "content/privacy." + language + ".md"
		if language == "en" {
			name = "content/privacy.md"
		}
		text, err := fs.ReadFile(portalgen.Defaults, name)
		e2e.Check(t, err)
		words, err := fs.ReadFile(portalgen.Defaults, "i18n/"+language+".toml")
		e2e.Check(t, err)
		var strs map[string]any
		e2e.Check(t, toml.Unmarshal(words, &strs))
		for _, want := range []string{days, fmt.Sprintf("**%s**", strs["lock"])} {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s does not say %q", name, want)
			}
		}
	}
}
