package markdown

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPlainShowsWhatWasTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"That's fine, thanks.":       "That's fine, thanks.",
		"Two\nlines\n\nand a second": "Two\nlines\n\nand a second",
		"3 * 4 * 5":                  "3 * 4 * 5",
		"*now*":                      `\*now\*`,
		"1. one\n2. two":             `1\. one` + "\n" + `2\. two`,
		"# not a heading":            `\# not a heading`,
		"see https://example.com":    `see https\://example.com`,
		"me@example.com":             `me\@example.com`,
		"<b>bold</b>":                "",
		"![](x.png)":                 "",
		"a\n---":                     "",
		"a | b\n--|--":               "",
		"    four blanks":            "",
		"[a]: https://example.com":   "",
		"&amp; &copy;":               "",
		"back\\slash \\*":            "",
		"```\ncode\n```":             "",
	} {
		got := Plain(typed)
		if want != "" && string(got) != want {
			t.Errorf("%q is written as %q, not %q", typed, got, want)
		}
		if !showsAs(got, typed) {
			t.Errorf("%q is written as %q, which shows as %q", typed, got, got.HTML())
		}
	}
}

func TestPlainShowsAnything(t *testing.T) {
	words := rapid.SampledFrom([]string{
		"*", "_", "`", "[", "](", ")", "<", ">", "#", "-", "+", "=", "|", "~~", "\\", "&lt;", "!", ":", "www.", "https://a.b",
		"a@b.c", " ", "  ", "\t", "\n", "\n\n", "1.", "word", "é", "😀", "---", "\u00a0", "\"", "'",
	})
	rapid.Check(t, func(t *rapid.T) {
		typed := strings.Join(rapid.SliceOfN(words, 0, 12).Draw(t, "words"), "")
		if got := Plain(typed); !showsAs(got, typed) {
			t.Fatalf("%q is written as %q, which shows as %q, not %q", typed, got, got.HTML(), plainHTML(typed))
		}
	})
}
