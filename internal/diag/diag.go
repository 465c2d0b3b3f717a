// Package diag holds problems as data: where something is wrong, what is wrong and what to do. Every step
// reports problems in this form; the terminal, the JSON output and the browser each show them in their own
// way.
//
// It must not know what any rule means.
package diag

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"portalgen/internal/letters"
)

// A Severity says whether a problem stops a build.
type Severity string

// The severities. Off occurs only in a site's settings, never in a Problem.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Off     Severity = "off"
)

// A Pos is a place in a file. Line and Column count from 1; Column counts
// Unicode code points. A zero Line means the file as a whole.
type Pos struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	// Width is how many code points the caret underlines; at least 1 if there is a line.
	Width int `json:"-"`
}

// String returns file:line:column without the parts that are unknown.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// A Problem is one thing that is wrong, with what to do about it. Its JSON form
// is what `check --json` prints.
type Problem struct {
	Pos
	// Rule is the stable name of the broken rule, such as "unknown-key".
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	// Message says what is wrong, in one sentence without a full stop.
	Message string `json:"message"`
	// Hint says what to do, such as `did you mean "performer"?`; it may be empty.
	Hint string `json:"hint"`
	// Command is the command that solves it, ready to paste into a shell; "" if there is none.
	Command string `json:"command"`
	// Text is the line itself, without its line end.
	Text string `json:"-"`
	// Subject identifies the problem if Message names another line, whose number may change later; ""
	// otherwise.
	Subject string `json:"-"`
}

// Error returns the Problem as an error of one line.
func (p Problem) Error() string {
	if p.File == "" {
		return p.Message
	}
	return p.Pos.String() + ": " + p.Message
}

// Problems is a list of problems that is itself an error.
type Problems []Problem

// Error returns all problems, one per line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Errors returns the problems that stop a build.
func (ps Problems) Errors() Problems {
	return slices.DeleteFunc(slices.Clone(ps), func(p Problem) bool { return p.Severity != Error })
}

// Err returns the problems of severity Error as an error, or nil if there are none.
func (ps Problems) Err() error {
	if errs := ps.Errors(); len(errs) > 0 {
		return errs
	}
	return nil
}

// Sort sorts ps by file and place, and removes exact repeats.
func (ps Problems) Sort() Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(ps)
}

// Of returns the problems in err. Any other error becomes one problem of the whole file under the given rule.
func Of(err error, file, rule string) Problems {
	if err == nil {
		return nil
	}
	var ps Problems
	if errors.As(err, &ps) {
		return ps
	}
	var p Problem
	if errors.As(err, &p) {
		return Problems{p}
	}
	return Problems{{Pos: Pos{File: file}, Rule: rule, Severity: Error, Message: err.Error()}}
}

// maxExcerpt is how many letters of a text a message repeats.
const maxExcerpt = 90

// Excerpt returns a text on one line, cut if it is too long for a message.
func Excerpt[T ~string](text T) string {
	return letters.Cut(strings.Join(strings.Fields(string(text)), " "), maxExcerpt)
}
