package clientfile

import (
	"strings"
	"testing"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

// What becomes the name of a file or folder is one that each system can have.
func TestNamesForEachSystem(t *testing.T) {
	t.Parallel()
	const text = "client = \"Acme\"\n[[file]]\ntitle = \"Plan\"\nfile = \"%s\"\n"
	for _, tt := range []struct {
		id, portal, file string
		message, hint    string // of the problem; "" for none
	}{
		{"acme", "board", "plan.pdf", "", ""},
		{"con", "board", "plan.pdf", `"con" cannot be the name of a client's file: Windows keeps that name for a device`, "choose another, such as con-client"},
		{"acme", "aux", "plan.pdf", `"aux" cannot be a folder: Windows keeps that name for a device`, "choose another path"},
		{"acme", "board", "nul.pdf", `"nul.pdf" cannot be used as a file: nul.pdf: Windows keeps that name for a device`, ""},
		{"acme", "board", "film.mp4", `"film.mp4" cannot be used as a file: it is a pointer`, "fetch it"},
	} {
		src := Source{Name: "data/clients/" + tt.id + ".toml", Text: []byte("portal = \"" + tt.portal + "\"\n" + strings.Replace(text, "%s", tt.file, 1))}
		_, ps := Client(tt.id, src, Options{FileExists: func(name string) error {
			if name == "film.mp4" {
				return diag.Problem{Message: "it is a pointer", Hint: "fetch it"}
			}
			return nil
		}})
		var found bool
		for _, p := range ps {
			found = found || tt.message != "" && strings.Contains(p.Message, tt.message) && strings.Contains(p.Hint, tt.hint)
			if tt.message == "" && (p.Rule == rule.BadFile || p.Rule == rule.BadValue) {
				t.Errorf("%v: %v", tt, p)
			}
		}
		if tt.message != "" && !found {
			t.Errorf("%s, %s, %s: %v", tt.id, tt.portal, tt.file, ps)
		}
	}
}
