// Package tomlbound refuses TOML with keys or nesting deeper than any person writes, before it is
// parsed. The memory of the parser grows with the square of the number of parts of a key, so that a
// heading of 64 KB would need gigabytes.
//
// The package must not know what the text means, nor whether it is valid TOML.
package tomlbound

import (
	"fmt"
	"strings"
)

// The limits.
const (
	MaxParts = 16 // parts of a dotted key
	MaxDepth = 24 // lists and tables inside each other
)

// A DeepError is the first place where a text exceeds the limits.
type DeepError struct {
	// Line counts from 1.
	Line int
	what string
}

func (e *DeepError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.what) }

// Validate returns a DeepError for a text that exceeds the limits. It counts brackets and dots,
// even in text that is not valid TOML.
func Validate(text string) error {
	line, parts, depth := 1, 1, 0
	for i := 0; i < len(text); {
		next := i + 1
		switch text[i] {
		case '\n':
			line, parts = line+1, 1
		case '#':
			next = endOfLine(text, i)
		case '"', '\'':
			next = afterString(text, i)
			line += strings.Count(text[i:next], "\n")
		case '.':
			parts++
		case '=', ',':
			parts = 1
		case '[', '{':
			depth, parts = depth+1, 1
		case ']', '}':
			depth = max(depth-1, 0)
		}
		switch {
		case parts > MaxParts:
			return &DeepError{line, fmt.Sprintf("a key has more than %d parts", MaxParts)}
		case depth > MaxDepth:
			return &DeepError{line, fmt.Sprintf("more than %d lists and tables are within each other", MaxDepth)}
		}
		i = next
	}
	return nil
}

// afterString returns the end of the string that begins at i. A one-line string that is not closed
// ends with its line.
func afterString(text string, i int) int {
	quote := text[i : i+1]
	end, multi := quote, strings.HasPrefix(text[i:], strings.Repeat(quote, 3))
	if multi {
		end = strings.Repeat(quote, 3)
	}
	for j := i + len(end); j < len(text); j++ {
		switch {
		case text[j] == '\\' && quote == `"`:
			j++
		case text[j] == '\n' && !multi:
			return j
		case strings.HasPrefix(text[j:], end):
			j += len(end)
			for multi && j < len(text) && text[j] == quote[0] {
				j++ // up to two more belong to the text
			}
			return j
		}
	}
	return len(text)
}

func endOfLine(text string, i int) int {
	if n := strings.IndexByte(text[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(text)
}
