package explain_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/explain"
)

var update = flag.Bool("update", false, "write docs/rules.md anew")

const docs = "../../docs/rules.md"

func TestDocs(t *testing.T) {
	if *update {
		if err := os.WriteFile(docs, []byte(explain.Markdown()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(explain.Markdown(), string(got)); diff != "" {
		t.Errorf("run `go test ./internal/explain -update` (-rules +docs):\n%s", diff)
	}
}

func TestEveryRuleIsTold(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range explain.Chapters() {
		for _, r := range c.Rules {
			if seen[r.Name] {
				t.Errorf("%s stands twice", r.Name)
			}
			seen[r.Name] = true
			for _, s := range []string{r.Says, r.Do} {
				if !strings.HasSuffix(s, ".") {
					t.Errorf("%s: no whole sentence: %q", r.Name, s)
				}
			}
			if r.Severity == "" {
				t.Errorf("%s has no severity", r.Name)
			}
		}
	}
}

// Whatever stands in brackets behind a problem can be explained, and nothing is
// explained that is never reported: all names are constants of package rule.
func TestEveryRuleOfTheCodeIsKnown(t *testing.T) {
	known, named := explain.Names(), constants(t)
	for _, name := range named {
		if !slices.Contains(known, name) {
			t.Errorf("nothing explains %q", name)
		}
	}
	for _, name := range known {
		if !slices.Contains(named, name) {
			t.Errorf("%q is no constant of package rule", name)
		}
	}
}

// constants returns the values of the constants of package rule.
func constants(t *testing.T) []string {
	file, err := parser.ParseFile(token.NewFileSet(), "../rule/rule.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, value)
		}
		return true
	})
	return all
}

// literalRule matches a rule's name that is written where a problem is made.
var literalRule = regexp.MustCompile(`Rule: +"([a-z-]+)"|diag\.Of\([^\n]*"([a-z-]+)"\)|say\("([a-z]+-[a-z-]+)"|Stop\("([a-z]+-[a-z-]+)"`)

// No rule is named by a literal.
func TestNoRuleIsNamedByALiteral(t *testing.T) {
	files, err := filepath.Glob("../*/*.go")
	if err != nil || len(files) < 100 {
		t.Fatal(len(files), err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range literalRule.FindAllStringSubmatch(string(text), -1) {
			t.Errorf("%s reports %q, which is to be a constant of package rule", name, strings.Join(m[1:], ""))
		}
	}
}

func TestSetting(t *testing.T) {
	for name, want := range map[string]string{
		"risk-without-owner": "[check]\nrisk-without-owner = \"warning\"",
		"status-stale":       "[check]\nstatus-stale = { severity = \"warning\", after_days = 0, days = 21 }",
		"syntax":             "",
	} {
		r, ok := explain.Find(name)
		if got := explain.Setting(r); !ok || got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if _, ok := explain.Find("no-such-rule"); ok {
		t.Error("it knows a rule that there is not")
	}
}
