package assets

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"
)

// A Fault is an error or a warning at a place in a script or style.
type Fault struct {
	// File is the name of the file. Line and Column count from 1; Column and Width are in code
	// points. All are zero if the place is not known.
	File                string
	Line, Column, Width int
	// Text is the line itself.
	Text string
	// Message says what is wrong, without a full stop. Hint says what to do, or is "".
	Message, Hint string
	// Broken says that the file cannot be published; otherwise the fault is a warning.
	Broken bool
}

// Faults is a list of faults that is itself an error.
type Faults []Fault

// Error returns the messages, one fault a line.
func (fs Faults) Error() string {
	var lines []string
	for _, f := range fs {
		lines = append(lines, strings.TrimPrefix(f.File+": "+f.Message, ": "))
	}
	return strings.Join(lines, "\n")
}

// broken returns the first fault of each file that cannot be published: later ones are mostly
// consequences of the first.
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

// syntaxOfStyle is esbuild's name for an error in a style sheet after which a browser would skip
// the rest.
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

// sentence returns a message in the program's style: it begins in lower case and has no full stop.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(first)) + strings.TrimSuffix(text[size:], ".")
}
