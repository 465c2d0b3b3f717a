package tomltext

import (
	"io/fs"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/rule"
)

// The language's own test suite, as it comes with the parser: what is TOML 1.1 is
// taken, and what is not is refused, the parser's own exceptions included.
func TestSuiteOfTOML(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/BurntSushi/toml").Output()
	if err != nil {
		t.Fatal(err)
	}
	suite := os.DirFS(strings.TrimSpace(string(dir)) + "/internal/toml-test/tests")
	// What TOML 1.0 refused and 1.1 takes.
	now := []string{
		"invalid/datetime/no-secs.toml", "invalid/local-time/no-secs.toml", "invalid/local-datetime/no-secs.toml",
		"invalid/string/basic-byte-escapes.toml", "invalid/inline-table/trailing-comma.toml",
		"invalid/inline-table/linebreak-01.toml", "invalid/inline-table/linebreak-02.toml",
		"invalid/inline-table/linebreak-03.toml", "invalid/inline-table/linebreak-04.toml",
	}
	for kind, least := range map[string]int{"valid": 200, "invalid": 400} {
		count := 0
		err := fs.WalkDir(suite, kind, func(name string, _ fs.DirEntry, err error) error {
			if err != nil || path.Ext(name) != ".toml" {
				return err
			}
			b, err := fs.ReadFile(suite, name)
			if err != nil {
				return err
			}
			text, ps, ok := Open(name, b)
			if ok {
				_, more := Parse(text, nil)
				ps = append(ps, more...)
			}
			count++
			if valid := kind == "valid" || slices.Contains(now, name); valid != (ps.Err() == nil) {
				t.Errorf("%s: %v\n%s", name, ps, b)
			}
			return nil
		})
		if err != nil || count < least {
			t.Errorf("%s: %d files, %v", kind, count, err)
		}
	}
}

// What was begun in one form is not gone on with in another. The problem lies on the
// line of the second.
func TestWhatIsNotTOML(t *testing.T) {
	for _, tt := range []struct {
		text string
		line int
		says string
	}{
		{"people = {}\n[people.ana]\nname = \"Ana\"\n", 2, "people is here for a second time, it is on line 1 already"},
		{"[people]\nana = { name = \"Ana\" }\nana.side = \"client\"\n", 3, "ana is here for a second time, it is on line 2 already"},
		{"[people.ana]\nname = \"Ana\"\n[people]\nana.role = \"x\"\n", 4, "ana is here for a second time, it is on line 1 already"},
		{"[[risk.log]]\n[risk]\nlog.x = 1\n", 3, "log is here for a second time, it is on line 1 already"},
		{"[a.b.c]\n[a]\nb.d = 1\n[a.b]\n", 4, "[a.b] is here for a second time, it is on line 1 already"},
		{"a = { b = { c = 1 }, b.d = 2 }\n", 1, "b is here for a second time, it is on line 1 already"},
		{"x = 1\non = 2026-10-01T09:00:00+01:60\n", 2, "2026-10-01T09:00:00+01:60 is not a date with a time of day"},
		{"on = 2026-10-01T09:00:00+24:00\n", 1, "2026-10-01T09:00:00+24:00 is not a date with a time of day"},
		{"on = 2026-10-01 09:00-00:99\n", 1, "2026-10-01 09:00-00:99 is not a date with a time of day"},
		{"a = [ 2026-10-01T09:00:00-24:00, b ]\n", 1, "2026-10-01T09:00:00-24:00 is not a date with a time of day"},
	} {
		_, ps := Parse(NewText("x.toml", tt.text), nil)
		if len(ps) == 0 || ps[0].Line != tt.line || ps[0].Message != tt.says || ps[0].Rule != rule.Syntax {
			t.Errorf("%q: %v", tt.text, ps)
		}
	}
}
