package tomltext

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"portalgen/internal/civil"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

var (
	dateLike = regexp.MustCompile(`^(\d{1,4})[./-][ ]?(\d{1,2})[./-][ ]?(\d{1,4})\.?(?:$|[ T])`)
	dayFirst = regexp.MustCompile(`^(\d{1,2})\.[ ]?(\d{1,2})\.[ ]?(\d{4})$`)
	isoDate  = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	isoTime  = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[Tt ]`)
	timeLike = regexp.MustCompile(`^\d{1,2}:\d{1,2}`)
)

// explainBare explains what is wrong with a value without quotes that is not a number, date or
// boolean.
func explainBare(t *Text, b bare) diag.Problem {
	s := t.S[b.From:b.To]
	whole := t.S[b.From:endOfWords(t, b)]
	r, size := utf8.DecodeRuneInString(s)
	at := func(sp Span, message, hint string) diag.Problem {
		return t.Problem(sp, rule.Syntax, message, hint)
	}
	switch {
	case strings.ContainsRune("“”„‟«»‘’‚", r):
		return at(Span{b.From, b.From + size}, "a text cannot begin with the curly quote "+string(r), hintCurly)
	case isOddSpace(r):
		return at(Span{b.From, b.From + size}, "an unusual blank stands here, "+codePoint(r), hintOddSpace)
	case dateLike.MatchString(whole):
		return at(Span{b.From, b.From + len(whole)}, dateMessage(whole), dateHint(whole))
	case timeLike.MatchString(s):
		return at(b.Span, s+" is not a value by itself", hintQuote(s))
	case MeantBoolean(s) != "":
		return at(b.Span, s+" is not a value by itself", "write "+MeantBoolean(s)+", in lower case and without quotes")
	case s[0] >= '0' && s[0] <= '9' && strings.Contains(s, "-"):
		return at(b.Span, s+" is neither a number nor a date", hintNumberOrDate(whole))
	case s[0] >= '0' && s[0] <= '9' || s[0] == '+' || s[0] == '-' || s[0] == '.':
		return at(b.Span, s+" is not a number", hintNumber(whole))
	}
	if isQuote(s[len(s)-1]) {
		return at(b.Span, "this text has no opening quote", hintQuote(strings.TrimRight(s, `"'`)))
	}
	return at(b.Span, "this text needs quotes", hintQuote(s))
}

// endOfWords returns the end of the words that begin with b: the end of the line, or the character
// that ends an item.
func endOfWords(t *Text, b bare) int {
	line := t.S[b.From:t.lineEnd(b.From)]
	ends := "#"
	if b.nested {
		ends = "#,]}"
	}
	if i := strings.IndexAny(line, ends); i >= 0 {
		line = line[:i]
	}
	// If a key follows, a comma is missing, and the key is not one of these words.
	if i := strings.IndexByte(line, '='); i >= 0 {
		return b.To
	}
	return max(b.From+len(strings.TrimRight(line, " \t")), b.To)
}

func dateMessage(s string) string {
	switch {
	case isoDate.MatchString(s):
		return s + " is not a day of the calendar"
	case isoTime.MatchString(s):
		if _, err := civil.ParseDate(s[:10]); err != nil {
			return s[:10] + " is not a day of the calendar"
		}
		return s + " is not a date with a time of day"
	}
	return s + " is not a date as it is written here"
}

// dateHint tells how to write a date. It converts a date only if it has dots, since only then the
// day surely comes first.
func dateHint(s string) string {
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		day, _ := strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[2])
		iso := fmt.Sprintf("%s-%02d-%02d", m[3], month, day)
		if _, err := civil.ParseDate(iso); err == nil {
			return "write year, month and day, without quotes: " + iso
		}
	}
	if isoTime.MatchString(s) {
		return "write it as 2026-12-04T09:30, or the day alone"
	}
	return "write year, month and day, without quotes: 2026-12-04"
}

// MeantBoolean returns the TOML boolean, "true" or "false", for a word such as yes, On or TRUE; ""
// for any other word.
func MeantBoolean(s string) string {
	switch strings.ToLower(s) {
	case "true", "yes", "on", "y":
		return "true"
	case "false", "no", "off", "n":
		return "false"
	}
	return ""
}
