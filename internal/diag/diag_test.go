package diag_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/diag"
)

func TestCaret(t *testing.T) {
	long := strings.Repeat("0123456789", 30)
	for _, tt := range []struct {
		name              string
		text              string
		line, column, wid int
		wantText, want    string
	}{
		{name: "no line", text: "x", wantText: "", want: ""},
		{name: "no text", line: 3, column: 1},
		{"a word", `did = "promis"`, 1, 7, 8, `did = "promis"`, "      ^^^^^^^^"},
		{"no width", "abc", 1, 2, 0, "abc", " ^"},
		{"no column", "abc", 1, 0, 0, "abc", "^"},
		{"a tab is one column", "\t\tabc", 1, 3, 3, "  abc", "  ^^^"},
		{"wide characters before it", "東京 = 1", 1, 6, 1, "東京 = 1", "       ^"},
		{"wide characters below it", "a東京b", 1, 2, 2, "a東京b", " ^^^^"},
		{"an emoji", "🙂 x", 1, 3, 1, "🙂 x", "   ^"},
		{"combining marks", "e\u0301te\u0301 x", 1, 7, 1, "e\u0301te\u0301 x", "    ^"},
		{"an enclosing mark", "a\u20dd x", 1, 4, 1, "a\u20dd x", "  ^"},
		{"a mark alone", "e\u0301", 1, 2, 1, "e\u0301", " ^"},
		{"control characters", "a\x1b[31mb", 1, 7, 1, "a\uFFFD[31mb", "      ^"},
		{"at the end", "abc", 1, 4, 1, "abc", "   ^"},
		{"beyond the end", "abc", 1, 40, 5, "abc", "   ^"},
		{"wider than the line", "abc", 1, 2, 50, "abc", " ^^"},
		{"the beginning of a long line", long, 1, 3, 2, long[:100] + "…", "  ^^"},
		{"the middle of a long line", long, 1, 151, 2, "…" + long[117:217] + "…", strings.Repeat(" ", 34) + "^^"},
		{"the end of a long line", long, 1, 300, 1, "…" + long[266:], strings.Repeat(" ", 34) + "^"},
		{"beyond the end of a long line", long, 1, 999, 9, "…" + long[267:], strings.Repeat(" ", 34) + "^"},
		{"wider than what is shown", long, 1, 51, 200, long[:100] + "…", strings.Repeat(" ", 50) + strings.Repeat("^", 50)},
		{"bytes that are no text", "a\xffb", 1, 3, 1, "a\uFFFDb", "  ^"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := diag.Problem{Pos: diag.Pos{Line: tt.line, Column: tt.column, Width: tt.wid}, Text: tt.text}
			text, mark := diag.Caret(p)
			if text != tt.wantText || mark != tt.want {
				t.Errorf("got\n%s\n%s|\nwant\n%s\n%s|", text, mark, tt.wantText, tt.want)
			}
		})
	}
}

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"plain é 東": "plain é 東", "a\tb": "a b", "a\x00\x1b[2Jb\r": "a\uFFFD\uFFFD[2Jb\uFFFD",
		"\u202eright to left": "\uFFFDright to left", "\u200bzero": "\uFFFDzero", "\u009b1m": "\uFFFD1m", "\ufeffmark": "\uFFFDmark",
	} {
		if got := diag.Printable(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func problem(file string, line, column int, rule string) diag.Problem {
	return diag.Problem{Pos: diag.Pos{File: file, Line: line, Column: column}, Rule: rule, Severity: diag.Error, Message: "it is " + rule}
}

func TestTerminal(t *testing.T) {
	warning := problem("data/b.toml", 0, 0, "odd")
	warning.Severity = diag.Warning
	wrong := problem("data/a.toml", 12, 3, "bad")
	wrong.Text, wrong.Width, wrong.Hint = "  x\x1b = 1", 1, "did you mean \"y\"?\x1b[2J"
	var b bytes.Buffer
	diag.Terminal(&b, diag.Problems{wrong, warning}, nil)
	want := "data/a.toml:12:3: error: it is bad [bad]\n   12 |   x\uFFFD = 1\n      |   ^\n        did you mean \"y\"?\uFFFD[2J\n\ndata/b.toml: warning: it is odd [odd]\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	b.Reset()
	nowhere := problem("", 0, 0, "unreadable")
	diag.Terminal(&b, diag.Problems{nowhere}, nil)
	if want := "error: it is unreadable [unreadable]\n"; b.String() != want || nowhere.Error() != "it is unreadable" {
		t.Errorf("of no file: %q, %q", b.String(), nowhere.Error())
	}
	b.Reset()
	diag.Terminal(&b, diag.Problems{warning}, func(code, s string) string { return "\x1b[" + code + "m" + s + "\x1b[0m" })
	if want := "\x1b[1mdata/b.toml\x1b[0m: \x1b[1;33mwarning\x1b[0m: it is odd [odd]\n"; b.String() != want {
		t.Errorf("in colour: %q", b.String())
	}
}

func TestJSON(t *testing.T) {
	p := problem("data/a.toml", 12, 3, "bad")
	p.Width, p.Text, p.Message, p.Hint = 4, "the line", "a < b & \"c\"", "é"
	for _, tt := range []struct {
		ps   diag.Problems
		want string
	}{
		{nil, "[]\n"},
		{diag.Problems{}, "[]\n"},
		{diag.Problems{p}, `[
  {
    "file": "data/a.toml",
    "line": 12,
    "column": 3,
    "rule": "bad",
    "severity": "error",
    "message": "a < b & \"c\"",
    "hint": "é",
    "command": ""
  }
]
`},
	} {
		var b bytes.Buffer
		if err := diag.JSON(&b, tt.ps); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, b.String()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestBrowser(t *testing.T) {
	p := problem("a.toml", 2, 2, "bad")
	p.Text = "a<b\x1b"
	want := []diag.BrowserProblem{{Place: "a.toml:2:2", Rule: "bad", Message: "it is bad", Text: "a<b\uFFFD", Mark: " ^", Line: 2}}
	if diff := cmp.Diff(want, diag.Browser(diag.Problems{p})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSort(t *testing.T) {
	a, b, c := problem("a", 1, 1, "x"), problem("a", 2, 9, "x"), problem("a", 10, 1, "x")
	whole, column, rule := problem("a", 0, 0, "x"), problem("a", 2, 10, "a"), problem("a", 2, 10, "b")
	other := problem("b", 1, 1, "x")
	got := diag.Problems{other, c, rule, b, column, a, whole, b, other}.Sort()
	if diff := cmp.Diff(diag.Problems{whole, a, b, column, rule, c, other}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPos(t *testing.T) {
	for want, p := range map[string]diag.Pos{
		"a.toml": {File: "a.toml", Column: 3}, "a.toml:2": {File: "a.toml", Line: 2}, "a.toml:2:3": {File: "a.toml", Line: 2, Column: 3},
	} {
		if got := p.String(); got != want {
			t.Errorf("%+v is %q, want %q", p, got, want)
		}
	}
}

func TestErrors(t *testing.T) {
	bad, odd := problem("a", 1, 1, "bad"), problem("a", 2, 1, "odd")
	odd.Severity = diag.Warning
	ps := diag.Problems{odd, bad}
	if got := ps.Errors(); len(got) != 1 || got[0] != bad || len(ps) != 2 {
		t.Errorf("errors %v of %v", got, ps)
	}
	if err := (diag.Problems{odd}).Err(); err != nil {
		t.Errorf("a warning is an error: %v", err)
	}
	if err := ps.Err(); err == nil || err.Error() != "a:1:1: it is bad" {
		t.Errorf("got %v", err)
	}
	if got := ps.Error(); got != "a:2:1: it is odd\na:1:1: it is bad" {
		t.Errorf("got %q", got)
	}
}

func TestOf(t *testing.T) {
	bad := problem("a", 1, 1, "bad")
	for _, tt := range []struct {
		name string
		err  error
		want diag.Problems
	}{
		{"nothing", nil, nil},
		{"a problem", fmt.Errorf("read: %w", bad), diag.Problems{bad}},
		{"problems", fmt.Errorf("read: %w", diag.Problems{bad, bad}), diag.Problems{bad, bad}},
		{"another's", errors.New("disk full"), diag.Problems{{Pos: diag.Pos{File: "f"}, Rule: "output", Severity: diag.Error, Message: "disk full"}}},
	} {
		if diff := cmp.Diff(tt.want, diag.Of(tt.err, "f", "output")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
