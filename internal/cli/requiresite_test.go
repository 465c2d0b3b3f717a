package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"portalgen/internal/ui"
)

// withoutSite are arguments for each command, with which it would run in a site; nil for one that
// needs none.
var withoutSite = map[string][]string{
	"access add": {"acme", "ana"}, "access list": {}, "access reissue": {"acme", "ana"},
	"access remove": {"acme", "ana"}, "access rotate": {"acme"},
	"add":   {"acme", "--yes"}, // each of its kinds
	"build": {"--watch"}, "check": {}, "explain": nil, "inbox": nil, "init": nil, "key inbox": {}, "key rotate": {},
	"move": {"acme", "menu", "deliver", "--yes"}, "new client": {"Acme", "--yes"},
	"rename": {"acme", "other"}, "replies": {},
	"schema": {"--write"}, "serve": {"--port", "0"}, "share": {"acme"}, "share list": {"acme"},
	"share revoke": {"acme", "abcd"}, "today": {}, "verify": {"."}, "version": nil, "man": nil, "week": {},
	"update": {"acme", "it", "--yes"}, // so too
}

func TestWithoutSite(t *testing.T) {
	t.Parallel()
	var names []string
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		name := strings.TrimPrefix(c.CommandPath(), "portalgen ")
		if c.HasParent() && c.Name() != "completion" && (!c.HasSubCommands() || c.Name() == "share") {
			names = append(names, name)
		}
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	var out bytes.Buffer
	walk((&app{term: ui.New(&out, &out, os.Getenv)}).root())
	for _, name := range names {
		args, listed := withoutSite[name]
		if of, _, isKind := strings.Cut(name, " "); isKind && (of == "add" || of == "update") {
			args, listed = withoutSite[of], true
		}
		if !listed {
			t.Errorf("%s: say in this test with which arguments it needs a site, or that it needs none", name)
		}
		if args == nil {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			var out, said bytes.Buffer
			code := Main(append(append(strings.Fields(name), args...), "--site", dir), strings.NewReader(""), &out, &said)
			want := dir + " is no site: it has no data/provider.toml. Begin one there with `portalgen --site " + dir + " init`\n"
			if code != exitWrongUse || !strings.HasPrefix(said.String(), want) || out.Len() > 0 {
				t.Errorf("ends with %d and says: %s%s", code, &out, &said)
			}
			if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) > 0 {
				t.Errorf("it has made %v, %v", left, err)
			}
			if _, err := os.Stat(filepath.Join(dir, ".portalgen")); err == nil {
				t.Error("it has made .portalgen")
			}
		})
	}
}
