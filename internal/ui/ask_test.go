package ui_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"portalgen/internal/ui"
)

func TestAsk(t *testing.T) {
	refuse := func(s string) error {
		if s == "bad" {
			return errors.New("not that\x1b one")
		}
		return nil
	}
	for _, tt := range []struct {
		name, typed string
		q           ui.Question
		want, said  string
		err         error
	}{
		{"an answer", "x y \n", ui.Question{Text: "What?"}, "x y", "What? ", nil},
		{"the default", "\n", ui.Question{Text: "What?", Default: "d", Choices: []string{"c", "d"}}, "d", "What? (c, d) [d; - for none] ", nil},
		{"not the default", "-\n", ui.Question{Text: "What?", Default: "d"}, "", "What? [d; - for none] ", nil},
		{"the default of what is needed", "-\n", ui.Question{Text: "What?", Default: "d", Need: true}, "-", "What? [d] ", nil},
		{"nothing to say", "\n", ui.Question{Text: "What?"}, "", "What? ", nil},
		{"needed", "\nx\n", ui.Question{Text: "What?", Need: true}, "x", "What?   It cannot be left out. Ctrl-D ends this, and nothing is written.\nWhat? ", nil},
		{"refused", "bad\nx", ui.Question{Text: "What?"}, "x", "What?   not that\ufffd one\nWhat? ", nil},
		{"Ctrl-D", "", ui.Question{Text: "What?", Default: "d"}, "", "What? [d; - for none] \n", ui.ErrCancelled},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var said bytes.Buffer
			got := ""
			err := ui.NewAsker(strings.NewReader(tt.typed), &said).Ask(tt.q, func(s string) error {
				if err := refuse(s); err != nil {
					return err
				}
				got = s
				return nil
			})
			if got != tt.want || said.String() != tt.said || !errors.Is(err, tt.err) {
				t.Errorf("got %q, %v; said %q", got, err, said.String())
			}
		})
	}
}

func TestConfirm(t *testing.T) {
	for typed, want := range map[string]bool{"\n": true, "Y\n": true, "yes\n": true, "n\n": false, "NO\n": false, "what\nn\n": false} {
		if got, err := ui.NewAsker(strings.NewReader(typed), &bytes.Buffer{}).Confirm("Sure?"); got != want || err != nil {
			t.Errorf("%q is %v, %v", typed, got, err)
		}
	}
	for typed, want := range map[string]bool{"\n": false, "y\n": true, "n\n": false} {
		if got, err := ui.NewAsker(strings.NewReader(typed), &bytes.Buffer{}).Agree("Sure?"); got != want || err != nil {
			t.Errorf("Agree: %q is %v, %v", typed, got, err)
		}
	}
	if yes, err := ui.NewAsker(strings.NewReader(""), &bytes.Buffer{}).Confirm("Sure?"); yes || !errors.Is(err, ui.ErrCancelled) {
		t.Errorf("Ctrl-D is %v, %v", yes, err)
	}
}

// Nobody is asked where either side is no terminal.
func TestNobodyToAsk(t *testing.T) {
	term := ui.New(&bytes.Buffer{}, &bytes.Buffer{}, os.Getenv)
	if term.Asker(strings.NewReader("")) != nil || term.Asker(os.Stdin) != nil {
		t.Error("somebody is asked")
	}
}

func TestDiff(t *testing.T) {
	var out bytes.Buffer
	ui.New(&out, &bytes.Buffer{}, os.Getenv).Diff("--- a\n+++ a\n+x\x1b\t\n")
	if out.String() != "--- a\n+++ a\n+x\uFFFD\t\n" {
		t.Errorf("got %q", out.String())
	}
}

// The words of a kind go before those for all kinds.
func TestFieldWords(t *testing.T) {
	if got := ui.Field("status", "why"); !strings.Contains(got, "blame") {
		t.Errorf("a kind's own words: %q", got)
	}
	if got := ui.Field("decision", "why"); got != "why" {
		t.Errorf("the words for all kinds: %q", got)
	}
	if got := ui.FieldQuestion("pulse", "gap_action"); got != "What was done about the gap?" {
		t.Errorf("a question made of words: %q", got)
	}
}
