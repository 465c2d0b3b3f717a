package tomltext

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
)

// seedScanner adds all test files, and texts that TOML has corners in.
func seedScanner(f *testing.F) {
	files, _ := filepath.Glob("../clientfile/testdata/*.toml")
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
		"a=1\r", "\r\n", byteOrderMark, "a = \"\"\"x\"\"\"\"\"\n", "a = '''x'''''\n", `a = """\"""""" # x`,
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

// FuzzScanner expects the scanner to find the keys that the parser finds, in the
// same order, and a place for each value.
func FuzzScanner(f *testing.F) {
	seedScanner(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		tx, _, ok := Open("x.toml", b)
		if !ok {
			return
		}
		var got []string
		c := newScanner(tx.S, 0, nil)
		c.onKey = func(path []string) { got = append(got, toml.Key(path).String()) }
		c.run()
		if c.halt != nil && c.halt.kind == tooDeep {
			return
		}
		values, md, err := decodeKeys(tx.S)
		if err != nil {
			return
		}
		if c.halt != nil && strings.Contains(tx.S, `\\""""""`) {
			return // the parser takes these quotes, and TOML does not
		}
		if c.halt != nil {
			t.Fatalf("the scanner halts with %+v at what the parser takes", *c.halt)
		}
		var want []string
		for _, key := range md {
			want = append(want, key.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("keys differ (-parser +scanner):\n%s", diff)
		}
		if len(c.repeats) == 0 {
			checkTree(t, c.root, values, "")
		}
	})
}

func decodeKeys(s string) (values map[string]any, keys []toml.Key, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = os.ErrInvalid
		}
	}()
	md, err := toml.Decode(s, &values)
	return values, md.Keys(), err
}

// checkTree expects n to have the form of v.
func checkTree(t *testing.T, n *Node, v any, path string) {
	t.Helper()
	if n == nil {
		t.Fatalf("no place for %q", path)
	}
	switch v := v.(type) {
	case map[string]any:
		if len(n.Names) != len(v) {
			t.Fatalf("%q has %d keys and places for %d", path, len(v), len(n.Names))
		}
		for key, below := range v {
			checkTree(t, n.Child(key), below, path+"."+key)
		}
	case []map[string]any:
		for i, below := range v {
			checkTree(t, n.Item(i), below, path+"[]")
		}
	case []any:
		for i, below := range v {
			checkTree(t, n.Item(i), below, path+"[]")
		}
	}
}
