package markdown

import (
	"regexp"
	"strings"
)

// Plain returns typed as a Text that is shown exactly as typed: nothing in it becomes a link, a list or other
// markup. It escapes as little as possible, so that the text stays easy to read in its file.
func Plain(typed string) Text {
	for _, t := range []string{typed, escapeSome(typed)} {
		if showsAs(Text(t), typed) {
			return Text(t)
		}
	}
	return Text(escapeAll(typed))
}

// showsAs reports whether t is shown exactly as typed.
func showsAs(t Text, typed string) bool { return string(t.HTML()) == plainHTML(typed) }

// plainEscape escapes the characters of HTML as goldmark does.
var plainEscape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\x00", "\ufffd")

// plainHTML returns the HTML that shows typed exactly: blank lines separate paragraphs, and each line stays a
// line. Blanks at both ends of a line are not shown.
func plainHTML(typed string) string {
	var b strings.Builder
	var lines []string
	end := func() {
		if len(lines) > 0 {
			b.WriteString("<p>" + strings.Join(lines, "<br>\n") + "</p>\n")
		}
		lines = nil
	}
	for line := range strings.SplitSeq(typed, "\n") {
		if line = strings.Trim(line, blank); line == "" {
			end()
			continue
		}
		lines = append(lines, plainEscape.Replace(line))
	}
	end()
	return strings.TrimSuffix(b.String(), "\n")
}

// The characters with a meaning in Markdown: anywhere, at the beginning of a line, and in addresses.
var (
	marks   = regexp.MustCompile("[\\\\*_`\\[\\]<~|&@]")
	begins  = regexp.MustCompile(`(?m)^[ \t]*([#>+=:-]|[0-9]+[.)])`)
	address = regexp.MustCompile(`(?i)(https?|ftp|www)([:.])`)
)

// escapeSome escapes what is often meant as text but would be read as Markdown.
func escapeSome(typed string) string {
	s := marks.ReplaceAllString(typed, `\$0`)
	s = begins.ReplaceAllStringFunc(s, func(m string) string { return m[:len(m)-1] + `\` + m[len(m)-1:] })
	return address.ReplaceAllString(s, `$1\$2`)
}

var (
	punctuation = regexp.MustCompile("[!-/:-@\\[-`{-~]")
	leading     = regexp.MustCompile(`(?m)^[ \t]+`)
)

// escapeAll escapes every character that a backslash can escape.
func escapeAll(typed string) string {
	return punctuation.ReplaceAllString(leading.ReplaceAllString(typed, ""), `\$0`)
}
