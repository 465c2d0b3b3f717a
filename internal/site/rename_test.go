package site_test

import (
	"errors"
	"testing"

	"portalgen/internal/site"
)

// Wherever it was cut off, the same call completes it.
func TestRenameClient(t *testing.T) {
	t.Parallel()
	all := []string{
		"data/clients/a/plan.pdf", "data/private/a.toml", ".portalgen/drafts/a-status.toml", "data/clients/a.toml",
	}
	renamed := []string{
		"data/clients/b/plan.pdf", "data/private/b.toml", ".portalgen/drafts/b-status.toml", "data/clients/b.toml",
	}
	for done := range len(all) + 1 {
		files := map[string]string{}
		for i := range all {
			if i < done {
				files[renamed[i]] = all[i]
			} else {
				files[all[i]] = all[i]
			}
		}
		dir := folder(t, files)
		if err := open(t, dir).RenameClient("a", "b"); err != nil {
			t.Fatal(err)
		}
		for i, name := range renamed {
			if got := text(t, dir, name); got != all[i] {
				t.Errorf("after %d: %s holds %q", done, name, got)
			}
		}
	}
	dir := folder(t, map[string]string{"data/clients/a/x": "", "data/clients/b/y": "", "data/clients/a.toml": "mine"})
	if err := open(t, dir).RenameClient("a", "b"); !errors.Is(err, site.ErrTargetExists) || text(t, dir, "data/clients/a.toml") != "mine" {
		t.Errorf("with a folder in the way: %v", err)
	}
}
