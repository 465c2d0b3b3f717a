package clientfile

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

func TestEncoding(t *testing.T) {
	const good = "client = \"Acmé\"\n"
	tests := []struct {
		name, text, rule string
		line, column     int
		parsed           bool
	}{
		{"good", good, "", 0, 0, true},
		{"CRLF", "client = \"Acmé\"\r\nwelcome = \"Hello\"\r\n", "", 0, 0, true},
		{"byte-order mark", "\ufeff" + good, "", 0, 0, true},
		{"UTF-16 little", "\xff\xfec\x00l\x00", rule.Encoding, 1, 1, false},
		{"UTF-16 big", "\xfe\xff\x00c\x00l", rule.Encoding, 1, 1, false},
		{"UTF-16 without mark", "c\x00l\x00", rule.Encoding, 1, 1, false},
		{"Latin-1", good + "welcome = \"é caf\xe9\"\n", rule.Encoding, 2, 17, false},
		{"cut off", good + "# \xe2\x82", rule.Encoding, 2, 3, false},
		{"replacement character", "client = \"Acm\ufffd\"\n", "", 0, 0, true},
		{"zero byte", good + "# a\x00", rule.Encoding, 2, 4, false},
		{"control character", good + "# é\a", rule.Encoding, 2, 4, false},
		{"delete", good + "\x7f", rule.Encoding, 2, 1, false},
		{"old Mac", good + "# a\rb = 1\n", rule.LineEnding, 2, 4, false},
		{"carriage return at the end", good + "# a\r", rule.LineEnding, 2, 4, false},
		{"too large", strings.Repeat("#", 5<<20), rule.TooLarge, 0, 0, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, ps := Client("acme", Source{"acme.toml", []byte(test.text)}, Options{})
			checkRules(t, ps, test.rule)
			if len(ps) > 0 && (ps[0].Line != test.line || ps[0].Column != test.column) {
				t.Errorf("got place %s, want %d:%d", ps[0].Pos, test.line, test.column)
			}
			if (c != nil) != test.parsed {
				t.Errorf("parsed is %t", c != nil)
			}
		})
	}
}

// TestByteOrderMarkGoesOn expects the columns that an editor shows.
func TestByteOrderMarkGoesOn(t *testing.T) {
	_, ps := Client("acme", Source{"acme.toml", []byte("\ufeff" + "client = 4\n")}, Options{})
	checkRules(t, ps, rule.WrongType)
	if p := ps[0]; p.Line != 1 || p.Column != 10 || p.Text != "client = 4" {
		t.Errorf("got %+v", p)
	}
}

// TestEveryBadLine expects each line with a bad byte to be told once.
func TestEveryBadLine(t *testing.T) {
	_, ps := Client("acme", Source{"acme.toml", []byte("# \xff\xff\n# \x00\x01\n# ok\n# \x01\xff\n")}, Options{})
	checkRules(t, ps, rule.Encoding, rule.Encoding, rule.Encoding)
}

// TestCRLF expects a file with the line ends of Windows to give the problems that
// it gives with those of Unix, place by place.
func TestCRLF(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.toml")
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".toml")
		t.Run(name, func(t *testing.T) {
			unix := readTest(t, file)
			windows := bytes.ReplaceAll(unix, []byte("\n"), []byte("\r\n"))
			want := readAny(name, Source{"x.toml", unix})
			got := readAny(name, Source{"x.toml", windows})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("problems differ (-LF +CRLF):\n%s", diff)
			}
		})
	}
}

func TestClientID(t *testing.T) {
	src := Source{"data/clients/x.toml", []byte("client = \"Acme\"\n")}
	for _, id := range []string{"acme", "acme-dental", "a", "9_x", strings.Repeat("a", 64)} {
		if _, ps := Client(id, src, Options{}); len(ps) > 0 {
			t.Errorf("%q: %v", id, ps)
		}
	}
	for _, id := range []string{"", "Acme", "-acme", "_a", "a.b", "a/b", "é", strings.Repeat("a", 65)} {
		c, ps := Client(id, src, Options{})
		checkRules(t, ps, rule.BadValue)
		if c == nil || (ps[0].Pos != diag.Pos{File: src.Name}) {
			t.Errorf("%q: got %v at %s", id, c, ps[0].Pos)
		}
	}
}
