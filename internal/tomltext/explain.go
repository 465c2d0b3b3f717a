package tomltext

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"portalgen/internal/diag"
	"portalgen/internal/letters"
	"portalgen/internal/rule"
)

// explainHalt explains in plain words why the scanner stopped.
func explainHalt(t *Text, h *halt, known map[string]bool) diag.Problem {
	at := func(sp Span, message, hint string) diag.Problem {
		return t.Problem(sp, rule.Syntax, message, hint)
	}
	if line := swallowedHeading(t, h, known); line > 0 {
		return at(Span{h.last.From, h.last.From + 3},
			fmt.Sprintf("this text runs on past the heading on line %d", line), hintOpenMulti)
	}
	switch h.kind {
	case openString:
		return at(h.at, "this text has no closing quote on its line", hintOpenString(t.S[h.at.From:h.at.To]))
	case openMulti:
		return at(h.at, fmt.Sprintf("this text is opened with %s and never closed", t.S[h.at.From:h.at.From+3]),
			hintOpenMulti)
	case openBracket:
		return openBracketProblem(t, h)
	case missingEqual:
		return missingEqualProblem(t, h)
	case missingComma:
		return at(h.at, "a comma is missing here, before "+quotedWord(t, h.seen), hintComma)
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

func openBracketProblem(t *Text, h *halt) diag.Problem {
	what, end := "list", "]"
	if t.S[h.at.From] == '{' {
		what, end = "inline table", "}"
	}
	where := "to the end of the file"
	if h.seen < len(t.S) {
		where = fmt.Sprintf("to the heading on line %d", t.lineOf(h.seen)+1)
	}
	return t.Problem(h.at, rule.Syntax, fmt.Sprintf("this %s is not closed: it goes on %s", what, where),
		fmt.Sprintf("put %q after its last item", end))
}

func missingEqualProblem(t *Text, h *halt) diag.Problem {
	line := Span{h.key.From, t.lineEnd(h.key.From)}
	rest := strings.TrimSpace(t.S[h.at.From:t.lineEnd(h.at.From)])
	value, colon := strings.CutPrefix(rest, ":")
	value = firstValue(strings.TrimSpace(value))
	switch {
	case colon:
		return t.Problem(Span{h.at.From, h.at.From + 1}, rule.Syntax,
			fmt.Sprintf("a colon stands after %q in place of \"=\"", h.word), "write "+h.word+" = "+value)
	case rest == "" || isQuote(rest[0]) || rest[0] == '[' || rest[0] == '{' || rest[0] >= '0' && rest[0] <= '9':
		return t.Problem(h.at, rule.Syntax, fmt.Sprintf("\"=\" is missing after %q", h.word),
			"write "+h.word+" = "+value)
	}
	return t.Problem(line, rule.Syntax, "this is neither a key with its value nor a heading", hintNotAKey)
}

func badKeyProblem(t *Text, h *halt) diag.Problem {
	r, _ := utf8.DecodeRuneInString(t.S[h.at.From:])
	sp := Span{h.at.From, h.at.From + utf8.RuneLen(r)}
	switch {
	case h.at.From >= len(t.S):
		return t.Problem(sp, rule.Syntax, "a key is missing here", "")
	case r == '=':
		return t.Problem(sp, rule.Syntax, "there is no key before this \"=\"", "")
	case strings.ContainsRune("]})", r):
		return t.Problem(sp, rule.Syntax, fmt.Sprintf("this %q closes nothing", string(r)), hintClosesNothing)
	case r == '/' || r == ';':
		return t.Problem(sp, rule.Syntax, fmt.Sprintf("a line cannot begin with %q", string(r)), hintComment)
	case isOddSpace(r):
		return t.Problem(sp, rule.Syntax, "an unusual blank stands here, "+codePoint(r), hintOddSpace)
	}
	return t.Problem(sp, rule.Syntax, fmt.Sprintf("%q cannot be part of a key", string(r)), hintBareKey)
}

var keyAhead = regexp.MustCompile(`^[A-Za-z0-9_-]+[ \t]*=`)

func trailingProblem(t *Text, h *halt) diag.Problem {
	before, end := t.S[h.last.From:h.last.To], byte(0)
	if n := len(before); n > 0 {
		end = before[n-1]
	}
	switch rest := t.S[h.at.From:h.at.To]; {
	case rest[0] == ']' || rest[0] == '}':
		return t.Problem(Span{h.at.From, h.at.From + 1}, rule.Syntax,
			fmt.Sprintf("this %q closes nothing", rest[:1]), hintClosesNothing)
	case keyAhead.MatchString(rest):
		return t.Problem(h.at, rule.Syntax, "a second key stands on this line", hintOneEach)
	case isQuote(end):
		return t.Problem(h.at, rule.Syntax, "the text before this ended at its quote, and more follows",
			hintQuoteWithin)
	case end == ']' || end == '}':
		return t.Problem(h.at, rule.Syntax, "nothing may follow on this line", hintOneEach)
	}
	whole := Span{h.last.From, max(h.at.To, h.last.To)}
	return t.Problem(whole, rule.Syntax, fmt.Sprintf("%s is not a value by itself", t.S[whole.From:whole.To]),
		hintQuote(t.S[whole.From:whole.To]))
}

// explainParser explains an error of the parser in plain words. The parser read from offset base.
func explainParser(t *Text, err error, base int) diag.Problem {
	var pe toml.ParseError
	if !errors.As(err, &pe) {
		return t.Problem(Span{base, base + 1}, rule.Syntax, "this is not understood as TOML", "")
	}
	from := base + pe.Position.Start
	sp := Span{from, from + pe.Position.Len}
	switch reasonOf(pe) {
	case badBackslash:
		return escapeProblem(t, sp)
	case repeated:
		return t.Problem(sp, rule.Syntax, "this key or heading is here for a second time", hintRepeat("", "", nil))
	}
	return t.Problem(sp, rule.Syntax, "this is not understood as TOML: "+plain(pe.Message), "")
}

var badEscape = regexp.MustCompile(`\\(?:x[0-9A-Fa-f]{0,2}|u[0-9A-Fa-f]{0,4}|U[0-9A-Fa-f]{0,8}|.|$)`)

// escapeProblem finds the first invalid escape in the text that begins at sp.
func escapeProblem(t *Text, sp Span) diag.Problem {
	rest := t.S[min(sp.From, len(t.S)):]
	for _, m := range badEscape.FindAllStringIndex(rest, -1) {
		esc := rest[m[0]:m[1]]
		if blank := strings.TrimLeft(rest[m[0]+1:], " \t"); strings.HasPrefix(blank, "\n") ||
			strings.HasPrefix(blank, "\r") {
			continue
		}
		if _, err := decodeTOML(`x = "` + esc + `"`); err == nil && len(esc) > 1 || esc == `\` {
			continue
		}
		at := Span{sp.From + m[0], sp.From + m[1]}
		return t.Problem(at, rule.Syntax, fmt.Sprintf("%s means nothing in a text", esc), hintEscape)
	}
	return t.Problem(sp, rule.Syntax, "a backslash in this text is not understood", hintEscape)
}

// plain replaces technical words in a message of the parser.
func plain(message string) string {
	message = strings.NewReplacer("EOF", "end of the file", "top-level item", "line", "datetime",
		"date").Replace(message)
	r, n := utf8.DecodeRuneInString(message)
	return string(unicode.ToLower(r)) + message[n:]
}

// quotedWord returns the word that begins at offset i, in quotes.
func quotedWord(t *Text, i int) string {
	line := t.S[i:t.lineEnd(i)]
	if j := strings.IndexAny(line, " \t=,"); j > 0 {
		line = line[:j]
	}
	line = letters.Cut(line, 25)
	if line != "" && isQuote(line[0]) {
		return line
	}
	return `"` + line + `"`
}

func isQuote(b byte) bool { return b == '"' || b == '\'' }

// firstValue returns the value at the start of line if that is easy to find, else an ellipsis.
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
