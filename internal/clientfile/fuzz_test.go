package clientfile

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

// seed adds all test files, and texts that TOML has corners in.
func seed(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.toml")
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add([]byte(strings.ReplaceAll(string(b), "\n", "\r\n")))
	}
	for _, s := range []string{
		"", "\n", "a", "a=", "=", "[", "[[", "[a", "[[a]", "]", "a=[", "a={", "a=[[", `a="`, `a='`, `a="""`, `a='''`, `a="\`,
		"a=1\r", "\r\n", "\ufeff", "a = \"\"\"x\"\"\"\"\"\n", "a = '''x'''''\n", `a = """\"""""" # x`,
		"a.b.c = 1\na.d = 2\n[a.e]\nf = {g.h = [{i = 1}, {i = 2,}],}\n[[x.y]]\n[[x.y]]\n[x.y.z]\nw=1\n",
		"\"a b\".'c\"d'.\"\\u00e9\\n\\x41\" = 1979-05-27 07:32:00Z # c\n", "a = [1,\n# c\n2 # d\n,]\n",
		"a = +inf\nb = -nan\nc = 0xdead_beef\nd = 07:32\ne = 1e6\nf = 1979-05-27T07:32-08:00\n",
		"a = 1\na = 2\n[a]\n[[a]]\n[a.b]\n", "a = {b = 1}\n[a.c]\n", "a = [{b=1}]\n[[a]]\n", "a.b = 1\n[a]\nc = 1\n",
		`a = """\\\\"""""" # x`,
		"client=\"x\"\n[check]\ntone={severity=\"off\",x=1}\n", "[people.x.y]\n", "commitment=[[{}]]\n", "goal=[]\nfile=[[]]\n",
		strings.Repeat("a.", 20) + "a=1", "a=" + strings.Repeat("{a=", 30), "a=" + strings.Repeat("[", 200),
		"[[commitment]]\nmoves=[{on=2026-10-01,by=\"x\",did=\"request\"}]\nneeds=[\"2026-10-01\"]\n",
	} {
		f.Add([]byte(s))
	}
}

// FuzzClientFile expects that no text makes a reader panic, and that every
// problem names a place that is there.
func FuzzClientFile(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		src := Source{Name: "x.toml", Text: b}
		c, ps := Client("x", src, testOptions())
		checkPlaces(t, b, ps)
		if c == nil && ps.Err() == nil {
			t.Error("no client and no error")
		}
		p, ps := Provider(src)
		checkPlaces(t, b, ps)
		if p == nil && ps.Err() == nil {
			t.Error("no provider and no error")
		}
		_, ps = Private(src)
		checkPlaces(t, b, ps)
	})
}

func checkPlaces(t *testing.T, b []byte, ps diag.Problems) {
	t.Helper()
	lines := strings.Split(strings.TrimPrefix(string(b), "\ufeff"), "\n")
	for _, p := range ps {
		if p.Line == 0 && p.Rule == rule.TooLarge {
			continue
		}
		if p.Line < 1 || p.Line > len(lines) {
			t.Fatalf("%q is on line %d of %d", p.Message, p.Line, len(lines))
		}
		line := strings.TrimSuffix(lines[p.Line-1], "\r")
		n := utf8.RuneCountInString(line)
		switch {
		case p.Text != line:
			t.Fatalf("%q shows %q, line %d is %q", p.Message, p.Text, p.Line, line)
		case p.Column < 1 || p.Column > n+1:
			t.Fatalf("%q is at column %d of %d", p.Message, p.Column, n)
		case p.Width < 1 || p.Column+p.Width-1 > max(n, p.Column):
			t.Fatalf("%q at column %d is %d wide in a line of %d", p.Message, p.Column, p.Width, n)
		case p.Rule == "" || p.Severity != diag.Error || p.Message == "" || strings.Contains(p.Message, "toml:"):
			t.Fatalf("a problem without its parts: %+v", p)
		case !slices.ContainsFunc(Rules, func(r diag.Rule) bool { return r.Name == p.Rule }):
			t.Fatalf("%s is not among the rules", p.Rule)
		}
	}
}
