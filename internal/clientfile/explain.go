package clientfile

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

// explainHalt says in plain words why the scanner could not go on.
func explainHalt(t *text, h *halt, known map[string]bool) diag.Problem {
	at := func(sp span, message, hint string) diag.Problem {
		return t.problem(sp, rule.Syntax, message, hint)
	}
	if line := runsOn(t, h, known); line > 0 {
		return at(span{h.last.from, h.last.from + 3}, fmt.Sprintf("this text runs on past the heading on line %d", line), hintOpenMulti)
	}
	switch h.kind {
	case openString:
		return at(h.at, "this text has no closing quote on its line", hintOpenString(t.s[h.at.from:h.at.to]))
	case openMulti:
		return at(h.at, fmt.Sprintf("this text is opened with %s and never closed", t.s[h.at.from:h.at.from+3]), hintOpenMulti)
	case openBracket:
		return openBracketProblem(t, h)
	case missingEqual:
		return missingEqualProblem(t, h)
	case missingComma:
		return at(h.at, "a comma is missing here, before "+glimpse(t, h.seen), hintComma)
	case missingValue:
		return at(h.at, fmt.Sprintf("%q has no value after its \"=\"", h.word), hintNoValue)
	case extraComma:
		return at(h.at, "there is nothing before this comma", hintExtraComma)
	case badKey:
		return badKeyProblem(t, h)
	case badHeading:
		return at(h.at, "this heading is not written as one", hintHeading)
	case tooDeep:
		return at(h.at, "this is nested deeper than any client's file needs", "")
	}
	return trailingProblem(t, h)
}

func openBracketProblem(t *text, h *halt) diag.Problem {
	what, end := "list", "]"
	if t.s[h.at.from] == '{' {
		what, end = "inline table", "}"
	}
	where := "to the end of the file"
	if h.seen < len(t.s) {
		where = fmt.Sprintf("to the heading on line %d", t.lineOf(h.seen)+1)
	}
	return t.problem(h.at, rule.Syntax, fmt.Sprintf("this %s is not closed: it goes on %s", what, where),
		fmt.Sprintf("put %q after its last item", end))
}

func missingEqualProblem(t *text, h *halt) diag.Problem {
	line := span{h.key.from, t.lineEnd(h.key.from)}
	rest := strings.TrimSpace(t.s[h.at.from:t.lineEnd(h.at.from)])
	value, colon := strings.CutPrefix(rest, ":")
	value = firstValue(strings.TrimSpace(value))
	switch {
	case colon:
		return t.problem(span{h.at.from, h.at.from + 1}, rule.Syntax,
			fmt.Sprintf("a colon stands after %q in place of \"=\"", h.word), "write "+h.word+" = "+value)
	case rest == "" || isQuote(rest[0]) || rest[0] == '[' || rest[0] == '{' || rest[0] >= '0' && rest[0] <= '9':
		return t.problem(h.at, rule.Syntax, fmt.Sprintf("\"=\" is missing after %q", h.word), "write "+h.word+" = "+value)
	}
	return t.problem(line, rule.Syntax, "this is neither a key with its value nor a heading", hintNotAKey)
}

func badKeyProblem(t *text, h *halt) diag.Problem {
	r, _ := utf8.DecodeRuneInString(t.s[h.at.from:])
	sp := span{h.at.from, h.at.from + utf8.RuneLen(r)}
	switch {
	case h.at.from >= len(t.s):
		return t.problem(sp, rule.Syntax, "a key is missing here", "")
	case r == '=':
		return t.problem(sp, rule.Syntax, "there is no key before this \"=\"", "")
	case strings.ContainsRune("]})", r):
		return t.problem(sp, rule.Syntax, fmt.Sprintf("this %q closes nothing", string(r)), hintClosesNothing)
	case r == '/' || r == ';':
		return t.problem(sp, rule.Syntax, fmt.Sprintf("a line cannot begin with %q", string(r)), hintComment)
	case isOddSpace(r):
		return t.problem(sp, rule.Syntax, "an unusual blank stands here, "+codePoint(r), hintOddSpace)
	}
	return t.problem(sp, rule.Syntax, fmt.Sprintf("%q cannot be part of a key", string(r)), hintBareKey)
}

var keyAhead = regexp.MustCompile(`^[A-Za-z0-9_-]+[ \t]*=`)

func trailingProblem(t *text, h *halt) diag.Problem {
	before, end := t.s[h.last.from:h.last.to], byte(0)
	if n := len(before); n > 0 {
		end = before[n-1]
	}
	switch rest := t.s[h.at.from:h.at.to]; {
	case rest[0] == ']' || rest[0] == '}':
		return t.problem(span{h.at.from, h.at.from + 1}, rule.Syntax, fmt.Sprintf("this %q closes nothing", rest[:1]), hintClosesNothing)
	case keyAhead.MatchString(rest):
		return t.problem(h.at, rule.Syntax, "a second key stands on this line", hintOneEach)
	case isQuote(end):
		return t.problem(h.at, rule.Syntax, "the text before this ended at its quote, and more follows", hintQuoteWithin)
	case end == ']' || end == '}':
		return t.problem(h.at, rule.Syntax, "nothing may follow on this line", hintOneEach)
	}
	whole := span{h.last.from, max(h.at.to, h.last.to)}
	return t.problem(whole, rule.Syntax, fmt.Sprintf("%s is not a value by itself", t.s[whole.from:whole.to]),
		hintQuote(t.s[whole.from:whole.to]))
}

// explainParser turns an error of the parser, which began to read at offset base,
// into plain words.
func explainParser(t *text, err error, base int) diag.Problem {
	var pe toml.ParseError
	if !errors.As(err, &pe) {
		return t.problem(span{base, base + 1}, rule.Syntax, "this is not understood as TOML", "")
	}
	from := base + pe.Position.Start
	sp := span{from, from + pe.Position.Len}
	switch {
	case strings.Contains(pe.Message, "escape") || strings.Contains(pe.Message, "hexadecimal") || strings.HasPrefix(pe.Message, "Escaped"):
		return escapeProblem(t, sp)
	case isRepeat(pe):
		return t.problem(sp, rule.Syntax, "this key or heading is here for a second time", hintRepeat("", "", nil))
	}
	return t.problem(sp, rule.Syntax, "this is not understood as TOML: "+plain(pe.Message), "")
}

var badEscape = regexp.MustCompile(`\\(?:x[0-9A-Fa-f]{0,2}|u[0-9A-Fa-f]{0,4}|U[0-9A-Fa-f]{0,8}|.|$)`)

// escapeProblem finds the first escape in the text that begins at sp that is none.
func escapeProblem(t *text, sp span) diag.Problem {
	rest := t.s[min(sp.from, len(t.s)):]
	for _, m := range badEscape.FindAllStringIndex(rest, -1) {
		esc := rest[m[0]:m[1]]
		if blank := strings.TrimLeft(rest[m[0]+1:], " \t"); strings.HasPrefix(blank, "\n") || strings.HasPrefix(blank, "\r") {
			continue
		}
		if _, err := decodeTOML(`x = "` + esc + `"`); err == nil && len(esc) > 1 || esc == `\` {
			continue
		}
		at := span{sp.from + m[0], sp.from + m[1]}
		return t.problem(at, rule.Syntax, fmt.Sprintf("%s means nothing in a text", esc), hintEscape)
	}
	return t.problem(sp, rule.Syntax, "a backslash in this text is not understood", hintEscape)
}

// plain drops what only a programmer would say from a message of the parser.
func plain(message string) string {
	message = strings.NewReplacer("EOF", "end of the file", "top-level item", "line", "datetime", "date").Replace(message)
	r, n := utf8.DecodeRuneInString(message)
	return string(unicode.ToLower(r)) + message[n:]
}

// glimpse returns the word that begins at offset i, in quotes.
func glimpse(t *text, i int) string {
	line := t.s[i:t.lineEnd(i)]
	if j := strings.IndexAny(line, " \t=,"); j > 0 {
		line = line[:j]
	}
	if len([]rune(line)) > 24 {
		line = string([]rune(line)[:24]) + "…"
	}
	if line != "" && isQuote(line[0]) {
		return line
	}
	return `"` + line + `"`
}

func isQuote(b byte) bool { return b == '"' || b == '\'' }

// firstValue returns the value with which line begins, as far as that is easy to
// tell, or dots.
func firstValue(line string) string {
	end := strings.IndexAny(line, ",]}#")
	if line != "" && isQuote(line[0]) {
		end = closeLine(line, 0)
	}
	if end >= 0 {
		line = strings.TrimSpace(line[:end])
	}
	if line == "" || line[0] == '[' || line[0] == '{' {
		return "…"
	}
	return line
}

func isOddSpace(r rune) bool {
	return r > 0x7f && (unicode.IsSpace(r) || unicode.Is(unicode.Cf, r))
}

func codePoint(r rune) string { return fmt.Sprintf("U+%04X", r) }
