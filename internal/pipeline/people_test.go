package pipeline_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/access"
	"portalgen/internal/diag"
	"portalgen/internal/grant"
	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

func TestAccessOfSomebodyWhoIsGone(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("a"))
	giveAccess(t, dir, "a", "maria")
	b := load(t, dir, pipeline.Options{})
	if _, ps := b.Portal("a"); len(ps) > 0 {
		t.Fatal(ps)
	}
	write(t, dir, map[string]string{site.ClientFile("a"): strings.ReplaceAll(clientFile("A", ""), "maria", "anna")})
	for by, ps := range map[string]func() error{
		"build": func() error { _, ps := b.Build(t.Context(), t.TempDir(), nil, nil); return ps },
		"check": func() error { return check(t, dir, pipeline.Options{}) },
	} {
		p := one(t, problems(ps()), "access-of-unknown-person")
		if p.File != "data/access/a.toml" || p.Severity != "warning" || !strings.HasPrefix(p.Message, "maria can open the portal of a") || !strings.Contains(p.Hint, "portalgen access remove a maria") {
			t.Errorf("%s says %+v", by, p)
		}
	}
}

// Access files are looked at without a key, those of the samples too.
func TestCheckReadsAccessFiles(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ text, says string }{
		"no TOML":          {"version = 1\nclient = ", "expected value"},
		"another client":   {"version = 1\nclient = \"b\"\n", `of the client "b"`},
		"an unknown key":   {"version = 1\nclient = \"a\"\nkey = 1\n", "unknown key"},
		"a future version": {"version = 9\n", "version 9"},
	} {
		dir := folder(t, clients("a"))
		write(t, dir, map[string]string{"data/access/a.toml": tt.text})
		if p := one(t, check(t, dir, pipeline.Options{Keys: noKey()}), "access-file"); p.File != "data/access/a.toml" || !strings.Contains(p.Message, tt.says) {
			t.Errorf("%s: it says %+v", name, p)
		}
	}
}

// An access file that a former client has left would open a new client's portal.
func TestAccessOfAClientThatIsGone(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("a", "b"))
	for _, id := range []string{"a", "b"} {
		giveAccess(t, dir, id, "maria")
	}
	b := load(t, dir, pipeline.Options{})
	building := func(ids ...string) diag.Problems {
		_, ps := b.Build(t.Context(), t.TempDir(), ids, nil)
		return ps
	}
	if ps := slices.Concat(building(), check(t, dir, pipeline.Options{})); hasRule(ps, "access-without-client") {
		t.Fatal(ps)
	}
	if err := os.Remove(filepath.Join(dir, filepath.FromSlash(site.ClientFile("b")))); err != nil {
		t.Fatal(err)
	}
	for by, ps := range map[string]diag.Problems{
		"a build of all":            building(),
		"a build of what is gone":   building("b"),
		"a check":                   check(t, dir, pipeline.Options{}),
		"a check without the key":   check(t, dir, pipeline.Options{Keys: noKey()}),
		"a build of a and the gone": building("a", "b"),
	} {
		p := one(t, ps, "access-without-client")
		if p.File != "data/access/b.toml" || p.Severity != diag.Warning || !strings.Contains(p.Message, "there is no data/clients/b.toml") || !strings.Contains(p.Hint, "delete it") {
			t.Errorf("%s says %+v", by, p)
		}
	}
	samples := check(t, dir, pipeline.Options{Samples: true})
	if ps := slices.Concat(building("a"), samples); hasRule(ps, "access-without-client") {
		t.Errorf("what does not concern the client that is gone says %v", ps)
	}
}

func hasRule(ps diag.Problems, rule string) bool {
	return slices.ContainsFunc(ps, func(p diag.Problem) bool { return p.Rule == rule })
}

// A merge can let in again whom one of the branches removed.
func TestAccessAfterARemoval(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("a"))
	giveAccess(t, dir, "a", "maria")
	merged := changeAccess(t, dir, func(c *access.Client) error { _, err := c.ReissuePerson("maria", "", clockDay); return err })
	merged = strings.Replace(merged, `ended = "reissued"`, `ended = "removed"`, 1)
	write(t, dir, map[string]string{access.FileName("a"): merged})
	b := load(t, dir, pipeline.Options{})
	for by, ps := range map[string]func() error{
		"build":  func() error { _, ps := b.Build(t.Context(), t.TempDir(), nil, nil); return ps },
		"check":  func() error { return check(t, dir, pipeline.Options{Keys: noKey()}) },
		"access": func() error { _, ps := grant.ListOf(b, "a"); return ps },
	} {
		p := one(t, problems(ps()), "access-after-removal")
		if p.File != access.FileName("a") || p.Severity != "warning" || !strings.HasPrefix(p.Message, "maria was removed and can open the portal of a") ||
			!strings.Contains(p.Hint, "portalgen access remove a maria") || !strings.Contains(p.Hint, "portalgen access reissue a maria") {
			t.Errorf("%s says %+v", by, p)
		}
	}
	// Either of the two settles it.
	for name, change := range map[string]func(*access.Client) error{
		"remove":  func(c *access.Client) error { return c.RemovePerson("maria") },
		"reissue": func(c *access.Client) error { _, err := c.ReissuePerson("maria", "", clockDay); return err },
		"remove and add": func(c *access.Client) error {
			if err := c.RemovePerson("maria"); err != nil {
				return err
			}
			_, err := c.AddPerson("maria", "", clockDay)
			return err
		},
	} {
		write(t, dir, map[string]string{access.FileName("a"): merged})
		changeAccess(t, dir, change)
		for _, p := range check(t, dir, pipeline.Options{Keys: noKey()}) {
			if p.Rule == "access-after-removal" {
				t.Errorf("after %s: %v", name, p)
			}
		}
	}
}

// changeAccess changes the access of the client a, and returns the text of its file.
func changeAccess(t *testing.T, dir string, change func(*access.Client) error) string {
	t.Helper()
	if err := access.Update(dir, "a", master, change); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(access.FileName("a"))))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
