package clientfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// siteWith makes a folder with files and returns it opened as a root.
func siteWith(t *testing.T, files map[string]string) *os.Root {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root
}

func TestReadFile(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.toml")
	if err := os.WriteFile(outside, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	root := siteWith(t, map[string]string{
		"data/clients/acme.toml": `client = "Acme"`,
		"data/clients/big.toml":  strings.Repeat("# comment\n", 5<<20/10),
		"data/clients/full.toml": strings.Repeat("#", tomltext.MaxSize),
	})
	for name, target := range map[string]string{
		"data/clients/out.toml":   outside,
		"data/clients/up.toml":    "../../../" + filepath.Base(filepath.Dir(outside)) + "/secret.toml",
		"data/clients/alias.toml": "acme.toml",
	} {
		if err := os.Symlink(target, filepath.Join(root.Name(), name)); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct{ name, file, rule, text string }{
		{"plain", "data/clients/acme.toml", "", `client = "Acme"`},
		{"link within the site", "data/clients/alias.toml", "", `client = "Acme"`},
		{"exactly the limit", "data/clients/full.toml", "", strings.Repeat("#", tomltext.MaxSize)},
		{"five megabytes", "data/clients/big.toml", rule.TooLarge, ""},
		{"absolute link out", "data/clients/out.toml", rule.OutsideSite, ""},
		{"relative link out", "data/clients/up.toml", rule.OutsideSite, ""},
		{"dots", "../secret.toml", rule.OutsideSite, ""},
		{"missing", "data/clients/none.toml", rule.Unreadable, ""},
		{"folder", "data/clients", rule.Unreadable, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src, ps := ReadFile(root, test.file)
			if src.Name != test.file || string(src.Text) != test.text {
				t.Errorf("got %q with %d bytes", src.Name, len(src.Text))
			}
			checkRules(t, ps, test.rule)
		})
	}
}

// checkRules expects one problem for each rule, in that order; none for "".
func checkRules(t *testing.T, ps diag.Problems, rules ...string) {
	t.Helper()
	var got []string
	for _, p := range ps {
		got = append(got, p.Rule)
	}
	if want := strings.Join(rules, " "); strings.Join(got, " ") != want {
		t.Errorf("got rules %q, want %q:\n%v", got, want, ps)
	}
}

func TestResolve(t *testing.T) {
	root := siteWith(t, map[string]string{"plan.pdf": "x", "drafts/plan.pdf": "x"})
	for name, target := range map[string]string{"out.pdf": "/etc/hostname", "in.pdf": "plan.pdf"} {
		if err := os.Symlink(target, filepath.Join(root.Name(), name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"plan.pdf", "drafts/plan.pdf", "in.pdf"} {
		if err := Resolve(root, name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{
		"", " plan.pdf", "plan.pdf ", ".", "..", "../plan.pdf", "drafts/../../x", "drafts/../plan.pdf", "/plan.pdf",
		"./plan.pdf", "drafts//plan.pdf", `drafts\plan.pdf`, "C:plan.pdf", "C:/plan.pdf", "plan\x00.pdf", "plan\n.pdf",
	} {
		if err := Resolve(nil, name); err == nil {
			t.Errorf("%q is allowed", name)
		}
	}
	for _, name := range []string{"out.pdf", "drafts", "plan.pdf/x"} {
		if err := Resolve(root, name); err == nil || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if err := Resolve(root, "none.pdf"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file gives %v", err)
	}
}
