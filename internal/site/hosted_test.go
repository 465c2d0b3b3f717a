package site_test

import (
	"os"
	"path/filepath"
	"testing"

	"portalgen/internal/site"
)

func TestBuiltBy(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ file, text, want string }{
		{"netlify.toml", "[build]\n  publish = \"public\"\n", ""},
		{"netlify.toml", "[build]\n  command = \"go run ./cmd/portalgen build\"\n", "netlify.toml"},
		{".github/workflows/portals.yml", "env: { PORTALGEN_KEY: x }", ".github/workflows/portals.yml"},
		{".github/workflows/test.yaml", "run: go test ./...", ""},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, filepath.FromSlash(tt.file))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(tt.text), 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := site.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.BuiltBy(); got != tt.want {
			t.Errorf("%s with %q: %q", tt.file, tt.text, got)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
