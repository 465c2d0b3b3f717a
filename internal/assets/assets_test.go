package assets

import (
	"errors"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// plain are files that nothing is wrong with; main imports twice, and nothing alone.
var plain = map[string]string{
	"js/main.js":   "// for people\nimport { twice } from './twice.js';\n\nconsole.log(twice(21), 'é');\n",
	"js/other.js":  "export {};\nconsole.log(window.name);\n",
	"js/twice.js":  "/** @param {number} n */\nexport function twice(n) {\n  return 2 * n;\n}\nexport const unused = 'unused';\n",
	"js/alone.js":  "// as it is\nlet  a =  1;\n",
	"css/main.css": "/* for people */\na {\n  color: #112233;\n  min-height: 100vh; min-height: 100dvh;\n}\n:root { --size: 1rem; }\n",
	"icon.svg":     "<svg>  </svg>",
}

// publish publishes the plain files with others over them.
func publish(more map[string]string) (Published, Faults, error) {
	files := map[string][]byte{}
	for _, set := range []map[string]string{plain, more} {
		for name, text := range set {
			files[name] = []byte(text)
		}
	}
	return Publish(files, "js/main.js", "js/other.js", "js/absent.js")
}

func published(t *testing.T, more map[string]string) Published {
	t.Helper()
	out, found, err := publish(more)
	if err != nil || len(found) > 0 {
		t.Fatal(found, err)
	}
	return out
}

func TestPublish(t *testing.T) {
	out := published(t, nil)
	want := []string{"css/main.css", "icon.svg", "js/alone.js", "js/main.js", "js/other.js"}
	if d := cmp.Diff(want, slices.Sorted(maps.Keys(out.Files))); d != "" {
		t.Errorf("the files are (-want +got)\n%s", d)
	}
	for _, name := range []string{"icon.svg", "js/alone.js"} {
		if got := string(out.Files[name]); got != plain[name] {
			t.Errorf("%s has changed: %q", name, got)
		}
	}
	main := string(out.Files["js/main.js"])
	for _, gone := range []string{"import", "people", "unused", "sourceMappingURL"} {
		if strings.Contains(main, gone) {
			t.Errorf("js/main.js still has %q: %s", gone, main)
		}
	}
	if !strings.Contains(main, "console.log(") || !strings.Contains(main, "é") {
		t.Errorf("js/main.js is %s", main)
	}
	const style = "a{color:#123;min-height:100vh;min-height:100dvh}:root{--size: 1rem}\n"
	if got := string(out.Files["css/main.css"]); got != style {
		t.Errorf("css/main.css is %q", got)
	}
	if d := cmp.Diff(map[string][]string{"js/main.js": nil, "js/other.js": nil}, out.Imports); d != "" {
		t.Errorf("the imports are (-want +got)\n%s", d)
	}
}

// What is imported only when needed is a file of its own, and what it shares with the
// entry another, which the entry needs at once.
func TestWhatIsImportedWhenNeeded(t *testing.T) {
	out := published(t, map[string]string{
		"js/main.js":  "import { twice } from './twice.js';\nconsole.log(twice(1));\nonclick = async () => (await import('./later.js')).act();\n",
		"js/later.js": "import { twice } from './twice.js';\nexport const act = () => console.log(twice(2), 'later');\n",
	})
	var later, shared string
	for name := range out.Files {
		if strings.HasPrefix(name, "js/later-") {
			later = name
		} else if strings.HasPrefix(name, "js/chunk-") {
			shared = name
		}
	}
	if later == "" || shared == "" {
		t.Fatalf("the files are %q", slices.Sorted(maps.Keys(out.Files)))
	}
	if main := string(out.Files["js/main.js"]); !strings.Contains(main, `import("./`+path.Base(later)+`")`) {
		t.Errorf("js/main.js is %s", main)
	}
	if d := cmp.Diff([]string{shared}, out.Imports["js/main.js"]); d != "" {
		t.Errorf("js/main.js imports (-want +got)\n%s", d)
	}
	if _, there := out.Files["js/later.js"]; there {
		t.Error("js/later.js is there twice")
	}
}

func TestTheSameBytes(t *testing.T) {
	more := map[string]string{"js/main.js": "import('./twice.js').then((m) => m.twice(1));\n"}
	first := published(t, more)
	t.Chdir(t.TempDir())
	for range 5 {
		if d := cmp.Diff(first, published(t, more)); d != "" {
			t.Fatal(d)
		}
	}
}

func TestFaults(t *testing.T) {
	for name, test := range map[string]struct {
		file, text string
		want       Fault
	}{
		"a script that is none": {"js/twice.js", "let a;\nlet é = = 1;\n", Fault{Line: 2, Column: 9, Width: 1, Text: "let é = = 1;", Message: `unexpected "="`}},
		"an import of nothing":  {"js/main.js", "import './gone.js';", Fault{Line: 1, Column: 8, Width: 11, Text: "import './gone.js';", Message: "there is no file js/gone.js"}},
		"an import of a stranger's": {
			"js/main.js", "import 'https://x.example/y.js';",
			Fault{Line: 1, Column: 8, Width: 24, Text: "import 'https://x.example/y.js';", Message: `"https://x.example/y.js" does not name a file of the site, as './other.js' does`},
		},
		"a name that is not exported": {
			"js/main.js", "import { thrice } from './twice.js';\nthrice();",
			Fault{Line: 1, Column: 10, Width: 6, Text: "import { thrice } from './twice.js';", Message: `no matching export in "js/twice.js" for import "thrice"`},
		},
		"a brace too few":  {"css/main.css", "a {\r\n  color: red;\r\n", Fault{Line: 3, Column: 1, Width: 1, Message: `expected "}" to go with "{"`}},
		"a brace too many": {"css/main.css", "a { } } b { color: red }", Fault{Line: 1, Column: 7, Width: 1, Text: "a { } } b { color: red }", Message: `unexpected "}"`}},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := publish(map[string]string{test.file: test.text})
			var got Faults
			if !errors.As(err, &got) || len(got) != 1 {
				t.Fatalf("got %v", err)
			}
			test.want.File, test.want.Broken = test.file, true
			got[0].Hint = ""
			if d := cmp.Diff(test.want, got[0]); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
			if text := err.Error(); text != test.file+": "+test.want.Message {
				t.Errorf("it says %s", text)
			}
		})
	}
}

// What a browser would only pass over is told, and published.
func TestWhatIsMostLikelyNotMeant(t *testing.T) {
	out, found, err := publish(map[string]string{"css/own.css": ":root { --a: 1px }\na { colr: red }"})
	want := Faults{{
		File: "css/own.css", Line: 2, Column: 5, Width: 4, Text: "a { colr: red }",
		Message: `"colr" is not a known CSS property`, Hint: `did you mean "color"?`,
	}}
	if d := cmp.Diff(want, found); d != "" || err != nil {
		t.Errorf("%v (-want +got)\n%s", err, d)
	}
	if got := string(out.Files["css/own.css"]); !strings.Contains(got, "colr:red") {
		t.Errorf("it is published as %s", got)
	}
}

// Each broken file is told of once, and by the first thing that is wrong in it.
func TestOneFaultForEachFile(t *testing.T) {
	_, _, err := publish(map[string]string{
		"css/main.css": "a { } }\nb { } }\n", "js/main.js": "let = ;\nlet = ;\n", "js/other.js": "own script",
	})
	var files []string
	var found Faults
	if errors.As(err, &found) {
		for _, f := range found {
			files = append(files, f.File)
		}
	}
	if d := cmp.Diff([]string{"css/main.css", "js/main.js", "js/other.js"}, files); d != "" {
		t.Errorf("%v (-want +got)\n%s", err, d)
	}
}

func TestWithoutScripts(t *testing.T) {
	out, found, err := Publish(map[string][]byte{"a.css": {}}, "js/main.js")
	if err != nil || found != nil || len(out.Files) != 1 || len(out.Imports) != 0 {
		t.Errorf("%+v, %v, %v", out, found, err)
	}
}

// A style sheet takes in what it imports, in its layers, and a picture keeps its address.
func TestAStyleTakesInWhatItImports(t *testing.T) {
	out := published(t, map[string]string{
		"css/main.css":       "@layer ground, parts;\n@import './parts/dot.css' layer(parts);\na { color: red }\n",
		"css/parts/dot.css":  "i { background: url(../../icon.svg) }\n",
		"css/parts/more.css": "b { color: blue }\n",
	})
	want := []string{"css/main.css", "css/parts/more.css", "icon.svg", "js/alone.js", "js/main.js", "js/other.js"}
	if d := cmp.Diff(want, slices.Sorted(maps.Keys(out.Files))); d != "" {
		t.Errorf("the files are (-want +got)\n%s", d)
	}
	const style = "@layer ground,parts;@layer parts{i{background:url(../../icon.svg)}}a{color:red}\n"
	if got := string(out.Files["css/main.css"]); got != style {
		t.Errorf("css/main.css is %q", got)
	}
}
