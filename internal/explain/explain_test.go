package explain_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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

// ruleInCode matches a rule's name where a problem is made.
var ruleInCode = regexp.MustCompile(`Rule: +"([a-z-]+)"|diag\.Of\([^\n]*"([a-z-]+)"\)|say\("([a-z]+-[a-z-]+)"|Stop\("([a-z]+-[a-z-]+)"`)

// Whatever stands in brackets behind a problem can be explained.
func TestEveryRuleOfTheCodeIsKnown(t *testing.T) {
	known := explain.Names()
	files, err := filepath.Glob("../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range ruleInCode.FindAllStringSubmatch(string(text), -1) {
			rule := strings.Join(m[1:], "")
			found++
			if !slices.Contains(known, rule) {
				t.Errorf("%s reports %q, which nothing explains", name, rule)
			}
		}
	}
	if found < 20 {
		t.Errorf("found only %d rules in the code", found)
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
