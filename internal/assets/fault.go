package assets

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"
)

// A Fault is a place in a script or style at which something is wrong.
type Fault struct {
	// File is the name of the file; Line and Column count from 1, Column and Width in
	// code points. All are zero where no place is known.
	File                string
	Line, Column, Width int
	// Text is the line itself.
	Text string
	// Message says what is wrong, without a full stop; Hint what to do, or is empty.
	Message, Hint string
	// Broken says that it cannot be published. Without, it is most likely not meant.
	Broken bool
}

// Faults is a list of faults that is itself an error.
type Faults []Fault

// Error returns what is wrong, one fault to a line.
func (fs Faults) Error() string {
	var lines []string
	for _, f := range fs {
		lines = append(lines, strings.TrimPrefix(f.File+": "+f.Message, ": "))
	}
	return strings.Join(lines, "\n")
}

// broken returns the first fault of each file that keeps it from being published: those
// behind it are mostly what comes of it.
func (fs Faults) broken() Faults {
	var first Faults
	for _, f := range fs {
		known := slices.ContainsFunc(first, func(g Fault) bool { return g.File == f.File })
		if f.Broken && !known {
			first = append(first, f)
		}
	}
	return first
}

// syntaxOfStyle is esbuild's name for what a browser would skip in a style sheet, with
// what stands behind it.
const syntaxOfStyle = "css-syntax-error"

func faults(errors, warnings []api.Message) Faults {
	var all Faults
	for _, m := range errors {
		all = append(all, faultOf(m, true))
	}
	for _, m := range warnings {
		all = append(all, faultOf(m, m.ID == syntaxOfStyle))
	}
	return all
}

func faultOf(m api.Message, broken bool) Fault {
	f := Fault{Message: sentence(strings.ReplaceAll(m.Text, given+":", "")), Broken: broken}
	at := m.Location
	if at == nil {
		return f
	}
	f.File = strings.TrimPrefix(at.File, given+":")
	f.Text = strings.TrimSuffix(at.LineText, "\r")
	from := min(at.Column, len(f.Text))
	to := min(from+at.Length, len(f.Text))
	f.Line = at.Line
	f.Column = 1 + utf8.RuneCountInString(f.Text[:from])
	f.Width = max(1, utf8.RuneCountInString(f.Text[from:to]))
	if at.Suggestion != "" {
		f.Hint = fmt.Sprintf("did you mean %q?", at.Suggestion)
	}
	return f
}

// sentence returns a message in the form of the program's own: it begins in lower case
// and has no full stop.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(first)) + strings.TrimSuffix(text[size:], ".")
}
