package edit_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/diag"
	"portalgen/internal/edit"
)

const slipped = head + `
[promises]
check_in = "weekly"

[[commitment]]
id        = "booking"
title     = "Online booking"
customer  = "maria"
performer = "dev"
moves = [
  { on = 2026-10-02, by = "maria", did = "request", due = 2026-11-06 },
  { on = 2026-10-03, by = "dev",   did = "promise" },
  { on = 2026-11-02, by = "dev",   did = "renegotiate", due = 2026-11-18, note = "Ill" },
  { on = 2026-11-03, by = "maria", did = "agree" },
  { on = 2026-11-17, by = "dev",   did = "renegotiate", due = 2026-12-04, answer_by = 2026-11-13, note = "The key\ncame late" },
]

  [[commitment.deliverable]]
  title = "Prototype"
  due   = 2026-11-19

[[question]]
asked = 2026-11-10
by    = "theo"
to    = "dev"
text  = "Which door?"

[[status]]
on          = 2026-11-10
rag         = "red"
headline    = "What was said once is no fact"
next_update = 2026-11-12
`

var words = map[string]string{"rag": "your colour", "headline": "in one line"}

func template(f *edit.File, set ...string) (string, error) {
	fm, err := f.Add("status")
	if err != nil {
		return "", err
	}
	for i := 0; i < len(set); i += 2 {
		if err := fm.Set(set[i], set[i+1]); err != nil {
			return "", err
		}
	}
	return fm.Template(words)
}

func TestTemplate(t *testing.T) {
	text, err := template(open(t, strings.Replace(slipped, "answer_by = 2026-11-13", "answer_by = 2026-11-23", 1)))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"#   Online booking: 18 November → proposed 4 December, because: The key came late\n",
		"#   Online booking: moved from 6 November to 18 November, asked for by Dev, because: Ill\n",
		"#   Online booking: was due on 18 November, and a new date is not agreed yet\n",
		"#   Online booking, Prototype: was due on 19 November, and a new date is not agreed yet\n",
		"#   Waits on us: Dev: answer “Which door?”\n",
		"\n# your colour\nrag = \"amber\"\n", "\n# in one line\nheadline = \"\"\n",
		"\non = 2026-11-20\n", "\nnext_update = 2026-11-27\n",
		"need = [\n  \"Maria: decide on 4 December for “Online booking”, by 23 November\",\n]\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	terms := strings.Replace(slipped, "due = 2026-12-04, answer_by = 2026-11-13", "answer_by = 2026-11-23", 1)
	if text, err := template(open(t, terms)); err != nil || !strings.Contains(text, "Maria: decide on the new terms of “Online booking”, by 23 November") || strings.Contains(text, "→ proposed") {
		t.Errorf("terms alone: %v in\n%s", err, text)
	}
	order := []string{"\non =", "\nrag =", "\nheadline =", "\nacknowledges =", "\nmeans_for_you =", "\nwhy =", "\ndoing =", "\nprevents =", "\nneed =", "\nnext_update ="}
	last := -1
	for _, key := range order {
		if i := strings.Index(text, key); i <= last {
			t.Errorf("%q is not in its place", key)
		} else {
			last = i
		}
	}
}

// What waits is told as it stands today: a date that has passed is not asked for again, and each
// line begins with the one who is to do it.
func TestTemplateOfWhatWaits(t *testing.T) {
	more := `
[[change]]
on = 2026-10-28
by = "dev"
text = "A floor"

[[message]]
received = 2026-11-19T10:00:00
by = "theo"
about = "Will somebody call?"
commitment = "booking"

[[message]]
received = 2026-11-19T11:00:00
by = "maria"
about = "Hello?"
`
	text := strings.Replace(slipped, "[promises]\n", "[promises]\nanswer_within = \"2 days\"\n", 1) + more
	text = strings.Replace(text, "answer_by = 2026-11-13", "answer_by = 2026-11-18", 1)
	gone := strings.Replace(text, "due = 2026-12-04, answer_by", "due = 2026-11-19, answer_by", 1)
	lead := strings.Replace(gone, "client = \"Acme\"\n", "client = \"Acme\"\nlead = \"dev\"\n", 1)
	seen := strings.NewReplacer("about = \"Will", "acknowledged = 2026-11-19T10:30:00\nabout = \"Will").Replace
	for text, all := range map[string][]string{
		text:       {"decide on the change “A floor”, due since 30 October\"", "#   Waits on us: reply to Maria about “Hello?”\n"},
		seen(text): {"Maria: decide on 4 December for “Online booking”, due since 18 November\""},
		seen(gone): {"#   Waits on us: Dev: agree on another date for “Online booking”: 19 November has passed\n"},
		lead:       {"#   Waits on us: Dev: reply to Theo about “Will somebody call?”", "#   Waits on us: Dev: reply to Maria about “Hello?”"},
	} {
		got, err := template(open(t, text))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range all {
			if !strings.Contains(got, want) {
				t.Errorf("no %q in\n%s", want, got)
			}
		}
	}
}

// Without anything to say, the template is green and asks for no date.
func TestTemplateOfAnEmptyFile(t *testing.T) {
	text, err := template(open(t, head))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"rag = \"green\"\n", "need = []\n", "# next_update = 2026-11-27\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if _, err := template(open(t, head+"[[risk]]\n")); err != nil {
		t.Errorf("a file with an error: %v", err)
	}
}

// What was said by flags stands in the template.
func TestTemplateOfWhatWasSaid(t *testing.T) {
	text, err := template(open(t, slipped), "rag", "amber", "why", "a\nb", "need", "x", "body", "More", "on", "yesterday")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\nrag = \"amber\"\n", "\nwhy = \"a\\nb\"\n", "\nneed = [\"x\"]\n", "\nbody = \"More\"\n", "\non = 2026-11-19\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestCadence(t *testing.T) {
	for cadence, want := range map[string]string{
		"daily": "2026-11-21", "weekly": "2026-11-27", "twice-monthly": "2026-12-04", "monthly": "2026-12-20",
	} {
		text, err := template(open(t, strings.Replace(slipped, "weekly", cadence, 1)))
		if err != nil || !strings.Contains(text, "\nnext_update = "+want+"\n") {
			t.Errorf("%s: %v\n%s", cadence, err, text)
		}
	}
}

func TestDraft(t *testing.T) {
	f := open(t, slipped)
	begun, err := template(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, old, to string
		none          bool
		want, place   string
	}{
		{"as it was", "", "", true, "", ""},
		{"without a headline", "why = \"\"", "why = \"x\"", true, "", ""},
		{"written", "headline = \"\"", "headline = \"4 December\"", false, "", ""},
		{"not TOML", "headline = \"\"", "headline = \"", false, "quote", ".portalgen/drafts/acme-status.toml:1"},
		{"two of them", "[[status]]\n", "[[status]]\n[[status]]\n", false, "one status note", ""},
		{"another table", "[[status]]\n", "[[risk]]\n", false, "not a", ""},
		{"a key that is none", "headline = \"\"", "headline = \"x\"\nheadlin = \"y\"", false, "not a key", ""},
		{"in the future", "on = 2026-11-20", "on = 2026-11-22 # soon\nheadline = \"x\"\n#", false, "has not come yet", ".portalgen/drafts/acme-status.toml:"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			d := edit.NewDraft(rootOf(t, dir), "acme")
			if err := d.Begin(begun); err != nil {
				t.Fatal(err)
			}
			text := strings.Replace(begun, tt.old, tt.to, 1)
			if tt.name == "in the future" {
				text = strings.Replace(text, "\nheadline = \"\"\n", "\n", 1)
			}
			if err := os.WriteFile(d.Path(dir), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			c, err := d.Read(f)
			var ps diag.Problems
			switch {
			case tt.none:
				if !errors.Is(err, edit.ErrNoNote) {
					t.Errorf("got %v", err)
				}
			case tt.want == "":
				if err != nil || !strings.Contains(string(c.New), "4 December") || strings.Contains(lines(c), "prevents") {
					t.Errorf("got %v", err)
				}
			default:
				if !errors.As(err, &ps) || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), strings.TrimSuffix(tt.place, "1")) {
					t.Errorf("got %v, want %q at %s", err, tt.want, tt.place)
				}
			}
		})
	}
}

// A draft is for its owner alone, whatever the editor made of it, and never leads
// out of the site.
func TestDraftIsSecret(t *testing.T) {
	dir := t.TempDir()
	d := edit.NewDraft(rootOf(t, dir), "acme")
	if d.Left() {
		t.Error("there is a draft already")
	}
	if err := d.Begin("x"); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(d.Path(dir), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := d.Secure(); err != nil || !d.Left() || !d.Untouched() {
		t.Errorf("%v", err)
	}
	for path, want := range map[string]os.FileMode{d.Path(dir): 0o600, filepath.Dir(d.Path(dir)): 0o700, filepath.Join(dir, ".portalgen"): 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	if text, err := os.ReadFile(filepath.Join(dir, ".portalgen/.gitignore")); err != nil || string(text) != "*\n" {
		t.Errorf("%q, %v", text, err)
	}
	if err := d.Remove(); err != nil || d.Left() {
		t.Errorf("%v", err)
	}
	if err := d.Remove(); err != nil {
		t.Errorf("a second time: %v", err)
	}
	if err := os.Symlink("/etc/hosts", d.Path(dir)); err != nil {
		t.Fatal(err)
	}
	if err := d.Secure(); err == nil {
		t.Error("a link was taken for a draft")
	}

	out := t.TempDir()
	other := t.TempDir()
	if err := os.Symlink(out, filepath.Join(other, ".portalgen")); err != nil {
		t.Fatal(err)
	}
	if err := edit.NewDraft(rootOf(t, other), "acme").Begin("x"); err == nil {
		t.Error("a draft outside the site")
	}
}

// Those of an earlier time stay for as long as the note may still be lost, and go with
// it once it is in the file.
func TestDraftsOfAnEarlierTime(t *testing.T) {
	dir := t.TempDir()
	d := edit.NewDraft(rootOf(t, dir), "acme")
	other := edit.NewDraft(rootOf(t, dir), "acme-two")
	for _, text := range []string{"first", "second", "third"} {
		for _, each := range []*edit.Draft{d, other} {
			if err := each.Begin(text); err != nil {
				t.Fatal(err)
			}
		}
	}
	left := func() string {
		t.Helper()
		all, err := filepath.Glob(filepath.Join(filepath.Dir(d.Path(dir)), "acme-status*"))
		if err != nil {
			t.Fatal(err)
		}
		for i, name := range all {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all[i] = strings.TrimPrefix(filepath.Base(name), "acme-status") + " " + string(text)
		}
		return strings.Join(all, ", ")
	}
	if got := left(); got != "-before-2.toml second, -before.toml first, .toml third" {
		t.Errorf("begun three times: %s", got)
	}
	if err := d.Remove(); err != nil {
		t.Fatal(err)
	}
	if got := left(); got != "-before-2.toml second, -before.toml first" {
		t.Errorf("taken away: %s", got)
	}
	if err := d.Done(); err != nil || left() != "" {
		t.Errorf("done: %s, %v", left(), err)
	}
	if !other.Left() {
		t.Error("another client's draft is gone")
	}
	if err := d.Done(); err != nil {
		t.Errorf("a second time: %v", err)
	}
}
