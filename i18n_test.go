package portalgen_test

import (
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"portalgen"
	"portalgen/internal/client"
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
	"colour_":   {"green", "amber", "red"},
	"group_":    {"you", "work", "asked", "over"},
	"key_":      {"word", "quiet", "yours", "late", "ahead", "over", "interim", "moved", "date", "proposed", "kept", "done", "stop"},
	"chip_":     {"due", "reply"},
	"col_":      {"what", "stage", "turn", "date", "moved"},
	"promises_": {"you", "work", "asked", "kept", "ended"},
	"floor_":    {"overdue", "new_date_open", "whole_date_open", "new_date_asked", "proposed_passed", "rejected", "rework_undated", "yours_overdue", "answer_overdue", "question_overdue", "help_overdue", "reply_overdue"},
	"coming_":   {"deliver", "interim", "answer", "seen", "check_in", "update"},
	"todo_": {
		"agree", "promise", "decide", "decide_terms", "accept", "deliver", "answer", "confirm", "confirm_check_in", "confirm_term",
		"confirm_assumption",
		"rate", "change", "help", "message", "terms",
	},
	"turn_":  {"promise", "agree", "decide", "decide_terms", "deliver", "accept", "answer", "confirm", "help", "change", "terms"},
	"stage_": {string(loop.Initiate), string(loop.Negotiate), string(loop.Perform), string(loop.Accept)},
	"mark_":  {"done", "now", "ahead", "last", "never"},
	"story_": {
		"start", "asked_ours", "asked_yours", "offered_ours", "offered_yours", "asked_promised_ours", "asked_promised_yours",
		"offered_promised_ours", "offered_promised_yours", "question", "help", "summary", "sent_back", "answer", "answer_promised",
		"terms", "new_date", "new_terms", "date_passed", "delivered", "waits", "undated", "due", "overdue_ours", "overdue_yours", "overdue_undated",
		"reopened", "accepted_by", "kept_day", "kept_early", "done_late", "kept_moved", "kept_waited", "done_hours", "results", "results_all",
		"will_agree", "will_do", "will_accept", "change", "terms_ours", "terms_yours", "part", "part_back", "part_due", "part_due_more", "on_us", "on_us_more", "waits_more", "would_do", "asked_promised_later", "asked_agreed_later",
	},
	"receipt_":    {"asked", "offered", "promised", "agreed", "due", "delivered", "sent_back", "taken_back", "accepted"},
	"verdict_":    {"on-time", "broken"},
	"likelihood_": {"rare", "unlikely", "possible", "likely", "almost-certain"},
	"impact_":     {"negligible", "minor", "moderate", "major", "severe"},
	"state_": {
		string(loop.Start), string(loop.Asked), string(loop.Offered), string(loop.Countered), string(loop.Promised),
		string(loop.Resetting), "resetting_terms", "sent_back", "ended", string(loop.Delivered), string(loop.Kept), string(loop.Declined), string(loop.Withdrawn),
		string(loop.Revoked), string(loop.Unanswered),
	},
	"page_":       {"promises", "notes", "files", "agreed", "risks", "people", "history", "everything"},
	"asks_":       {string(loop.Initiate), string(loop.Negotiate), string(loop.Perform), string(loop.Accept)},
	"answer_":     {"accepted", "rejected", "retracted"},
	"summary_":    {"open", "confirmed", "corrected", "closed"},
	"assumption_": {"open", "confirmed", "wrong"},
	"change_":     {"open", "agreed", "declined", "closed"},
	"cadence_":    {"daily", "weekly", "twice-monthly", "monthly"},
	"reply_":      {"kept", "late"},
	"record_":     {"on-time", "moved", "waited", "late", "broken", "open"},
	"effect_":     {"negligible", "minor", "moderate", "major", "severe"},
	"level_":      {"1", "2", "3", "4"},
	"point_":      {"summary", "term", "assumption", "change", "question"},
	"show_":       {"messages", "agreed"},
	"sum_":        {"on-time", "moved", "waited", "late", "broken", "open"},
	"duration_":   {string(client.Minutes), string(client.Hours), string(client.Days), string(client.Weeks)},
	"event_": {
		"status", "question_by", "answer_by", "message_by", "acknowledged", "resolved", "decision", "decision_by", "assumption",
		"assumption-confirmed", "assumption-confirmed_by", "assumption-wrong", "change", "change_by", "change-agreed", "change-declined",
		"check-in", "pulse", "pulse-answered", "risk", "risk_by", "risk-log", "risk-closed", "file", "term", "goal", "review",
	},
	"choice_": {
		"yes", "yes_due", "yes_terms", "date", "terms", "promise", "cannot", "keep_due", "keep_terms", "no", "accept", "back", "here",
		"later", "said", "not_quite", "not_said", "so", "not_so", "means", "means_else", "not_ours", "rate_1", "rate_2", "rate_3", "rate_4", "rate_5",
		"ask", "new_date", "progress", "ask_help", "deliver", "withdraw", "revoke", "answer_by",
	},
	"word_": {"terms", "why", "missing", "here", "say", "mean", "ask", "progress", "help"},
	"way_": {
		"agree", "promise", "decide", "decide_terms", "accept", "deliver", "answer", "confirm", "confirm_check_in", "confirm_term",
		"confirm_assumption", "rate", "change", "help", "terms",
	},
	"do_":   {"decide", "review", "reply", "confirm", "rate", "deliver"},
	"size_": {"KB", "MB", "GB"},
	"fact_": {
		"closed",
		"agreed", "asked", "planned", "proposed", "delivered", "rejected", "help", "owner", "done_when", "need_done",
		"need_open",
	},
	// The questions of the stages are held to those that are asked in internal/portal.
	"ask_": nil,
	// The sentences of moves are held to the moves in internal/portal, and so are those of answers.
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
	days, err := os.ReadFile("internal/portal/day.go") // which formats days for all layouts
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`"([a-z_]+)"`).FindAllStringSubmatch(string(days), -1) {
		said[m[1]] = true
	}
	for _, key := range slices.Sorted(maps.Keys(readWords(t, "i18n/en.toml"))) {
		// Those of the gate, of answers and of the message that goes with a link are no layout's.
		other := slices.ContainsFunc([]string{"gate_", "share_", "root_", "move_", "ask_", "says_", "asking_", "replying_", "mail_text", "send"},
			func(of string) bool { return strings.HasPrefix(key, of) })
		if !said[key] && !other {
			t.Errorf("nothing says %q of i18n/en.toml", key)
		}
	}
}

// What scripts say of an answer on its way is there, and nothing that none of them says.
func TestStringsOfAnswers(t *testing.T) {
	said := map[string]bool{}
	for _, name := range []string{"answer", "asking", "road", "sending", "who", "says"} {
		text, err := portalgen.Defaults.ReadFile("static/assets/js/" + name + ".js")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`'((?:asking_|replying_|says_)?[a-z-]+)'`).FindAllSubmatch(text, -1) {
			said[string(m[1])] = true
		}
	}
	words := readWords(t, "i18n/en.toml")
	for key := range said {
		if strings.Contains(key, "_") && words[key] == nil {
			t.Errorf("a script says %q, which i18n/en.toml has not", key)
		}
	}
	for key := range words {
		_, of, is := strings.Cut(key, "_")
		if is && (strings.HasPrefix(key, "replying_") || strings.HasPrefix(key, "asking_")) && !said[key] && !said[of] {
			t.Errorf("no script says %q of i18n/en.toml", key)
		}
	}
}

// languages are those that come with the program, with the plural forms of each.
var languages = map[string][]string{
	"en": {"one", "other"}, "de": {"one", "other"},
	"es": {"many", "one", "other"}, "fr": {"many", "one", "other"},
	"ar": {"few", "many", "one", "other", "two", "zero"},
}

var placeholder = regexp.MustCompile(`{{ *\.([A-Za-z]+)[^}]*}}`)

// placeholders returns what a string is filled with, each name once.
func placeholders(text string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Every language says all that English says, and is filled with the same.
func TestLanguagesAreComplete(t *testing.T) {
	files, err := fs.Glob(portalgen.Defaults, "i18n/*.toml")
	if err != nil || len(files) != len(languages) {
		t.Errorf("there are %v, %v", files, err)
	}
	english := readWords(t, "i18n/en.toml")
	for lang, forms := range languages {
		words := readWords(t, "i18n/"+lang+".toml")
		for key := range words {
			if english[key] == nil {
				t.Errorf("%s says %s, which English does not", lang, key)
			}
		}
		for key, text := range english {
			if plural, ok := text.(map[string]any); ok {
				wantPlural(t, lang, key, forms, plural["other"].(string), words[key])
				continue
			}
			said, _ := words[key].(string)
			if strings.TrimSpace(said) == "" {
				t.Errorf("%s does not say %s", lang, key)
			} else if want, got := placeholders(text.(string)), placeholders(said); !slices.Equal(want, got) {
				t.Errorf("%s fills %s with %v, and English with %v", lang, key, got, want)
			}
		}
	}
}

// wantPlural holds a plural to the forms of its language. One or two things need not
// be counted in figures, nor how many of them are meant.
func wantPlural(t *testing.T, lang, key string, forms []string, english string, said any) {
	t.Helper()
	plural, _ := said.(map[string]any)
	if got := slices.Sorted(maps.Keys(plural)); !slices.Equal(got, forms) {
		t.Errorf("%s has the forms %v of %s, want %v", lang, got, key, forms)
		return
	}
	for form, text := range plural {
		want, got := placeholders(english), placeholders(text.(string))
		if form == "one" || form == "two" || form == "zero" {
			want = slices.DeleteFunc(want, func(name string) bool { return (name == "Count" || name == "N") && !slices.Contains(got, name) })
		}
		if !slices.Equal(want, got) {
			t.Errorf("%s fills %s.%s with %v, and English with %v", lang, key, form, got, want)
		}
	}
}
