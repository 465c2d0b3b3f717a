package portalgen_test

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"portalgen"
	"portalgen/internal/loop"
)

var (
	action   = regexp.MustCompile(`{{.*?}}`)
	literal  = regexp.MustCompile("\"([^\"\\\\]+)\"|`([^`]+)`")
	saidForm = regexp.MustCompile(`\bT "([^"]+)"`)
	madeForm = regexp.MustCompile(`\bT \(printf "([^"]+)%s"`)
	// chosenForm finds a T that chooses between keys, or a key that is handed on.
	chosenForm = regexp.MustCompile(`\bT \(cond [^)]*\)|dict "key" "[^"]+"|\$layout := cond .*?}}`)
)

// made are the keys that a layout puts together, by what they begin with.
var made = map[string][]string{
	"colour_": {"green", "amber", "red"},
	"floor_":  {"overdue", "new_date_open", "rejected", "yours_overdue", "no_update"},
	"todo_": {
		"agree", "promise", "decide", "accept", "deliver", "answer", "confirm", "confirm_check_in", "confirm_term",
		"rate", "change", "help", "message",
	},
	"turn_":       {"promise", "agree", "decide", "deliver", "accept", "answer"},
	"stage_":      {string(loop.Initiate), string(loop.Negotiate), string(loop.Perform), string(loop.Accept)},
	"our_":        {"promise", "offer", "request"},
	"your_":       {"promise", "offer", "request"},
	"mark_":       {"done", "now", "ahead"},
	"verdict_":    {"on-time", "late", "broken"},
	"likelihood_": {"rare", "unlikely", "possible", "likely", "almost-certain"},
	"impact_":     {"negligible", "minor", "moderate", "major", "severe"},
	"state_": {
		string(loop.Start), string(loop.Asked), string(loop.Offered), string(loop.Countered), string(loop.Promised),
		string(loop.Resetting), string(loop.Delivered), string(loop.Kept), string(loop.Declined), string(loop.Withdrawn),
		string(loop.Revoked), string(loop.Unanswered),
	},
	// The sentences of moves are held to the moves in internal/portal.
	"move_": nil,
}

func readWords(t *testing.T, name string) map[string]any {
	t.Helper()
	text, err := portalgen.Defaults.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]any
	if err := toml.Unmarshal(text, &words); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return words
}

// templates returns the text of every layout and content file by its name.
func templates(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, dir := range []string{"layouts", "content"} {
		err := fs.WalkDir(portalgen.Defaults, dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(portalgen.Defaults, name)
			all[name] = string(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// Every string that a layout asks for is there.
func TestStringsOfLayoutsExist(t *testing.T) {
	words := readWords(t, "i18n/en.toml")
	for name, text := range templates(t) {
		for _, m := range saidForm.FindAllStringSubmatch(text, -1) {
			if words[m[1]] == nil {
				t.Errorf("%s says %q, which i18n/en.toml has not", name, m[1])
			}
		}
		for _, m := range madeForm.FindAllStringSubmatch(text, -1) {
			endings, known := made[m[1]]
			if !known {
				t.Errorf("%s puts together keys with %q: tell this test which there are", name, m[1])
			}
			for _, end := range endings {
				if words[m[1]+end] == nil {
					t.Errorf("%s says %q, which i18n/en.toml has not", name, m[1]+end)
				}
			}
		}
		for _, chosen := range chosenForm.FindAllString(text, -1) {
			for _, key := range literals("{{" + strings.TrimSuffix(strings.TrimPrefix(chosen, `dict "key"`), "}}") + "}}") {
				if words[key] == nil {
					t.Errorf("%s says %q, which i18n/en.toml has not", name, key)
				}
			}
		}
	}
}

// literals returns the texts that stand in quotes in the actions of a template.
func literals(text string) []string {
	var all []string
	for _, a := range action.FindAllString(text, -1) {
		for _, m := range literal.FindAllStringSubmatch(a, -1) {
			all = append(all, m[1]+m[2])
		}
	}
	return all
}

// No string is left that nothing says. A key counts as said where a layout has it as
// a literal, since some layouts choose between keys.
func TestNoStringIsUnused(t *testing.T) {
	said := map[string]bool{}
	for _, text := range templates(t) {
		for _, key := range literals(text) {
			said[key] = true
		}
		for _, m := range madeForm.FindAllStringSubmatch(text, -1) {
			for _, end := range made[m[1]] {
				said[m[1]+end] = true
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(readWords(t, "i18n/en.toml"))) {
		ofGate := strings.HasPrefix(key, "gate_") || key == "root_text"
		if !said[key] && !ofGate && !strings.HasPrefix(key, "move_") {
			t.Errorf("nothing says %q of i18n/en.toml", key)
		}
	}
}

// Every language says the same things as English, with the same values filled in.
func TestLanguagesAreComplete(t *testing.T) {
	entries, err := portalgen.Defaults.ReadDir("i18n")
	if err != nil {
		t.Fatal(err)
	}
	filled := regexp.MustCompile(`{{ *\.(\w+) *}}`)
	values := func(text any) []string {
		s, _ := text.(string)
		var all []string
		for _, m := range filled.FindAllStringSubmatch(s, -1) {
			all = append(all, m[1])
		}
		slices.Sort(all)
		return slices.Compact(all)
	}
	english := readWords(t, "i18n/en.toml")
	for _, e := range entries {
		words := readWords(t, path.Join("i18n", e.Name()))
		for key, text := range english {
			if words[key] == nil {
				t.Errorf("%s has no %q", e.Name(), key)
			} else if got, want := values(words[key]), values(text); !slices.Equal(got, want) {
				t.Errorf("%s fills %v into %q, and English %v", e.Name(), got, key, want)
			}
		}
		for key := range words {
			if english[key] == nil {
				t.Errorf("%s has %q, which English has not", e.Name(), key)
			}
		}
	}
}
