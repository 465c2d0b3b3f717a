// Package tomlbound refuses TOML that is nested deeper than any person writes it, before a
// parser sees it: the parser's memory grows with the square of the parts of a key, and a
// heading of 64 KB costs it gigabytes.
//
// It must not know what the text says, nor judge whether it is TOML.
package tomlbound

import (
	"fmt"
	"strings"
)

// The limits.
const (
	MaxParts = 16 // parts of a dotted key
	MaxDepth = 24 // lists and tables within each other
)

// A DeepError says where a text goes beyond the limits.
type DeepError struct {
	// Line counts from 1.
	Line int
	what string
}

func (e *DeepError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.what) }

// Check returns a DeepError for a text that is nested too deep. Of a text that is no TOML it
// says what its brackets and points come to.
func Check(text string) error {
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

// afterString returns where the string that begins at i ends; one of a line that is not
// closed ends with its line.
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
