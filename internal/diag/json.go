package diag

import (
	"encoding/json"
	"io"
)

// JSON writes ps as an array of objects with the keys file, line, column, rule, severity, message, hint and
// command. Without problems it writes an empty array.
func JSON(w io.Writer, ps Problems) error {
	if ps == nil {
		ps = Problems{}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(ps)
}

// A BrowserProblem is a problem for the browser's overlay. Every field is plain text, to be set as text and
// never as HTML.
type BrowserProblem struct {
	Place   string `json:"place"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	Text    string `json:"text"`
	Mark    string `json:"mark"`
	Line    int    `json:"line"`
}

// Browser returns ps for the overlay.
func Browser(ps Problems) []BrowserProblem {
	shown := make([]BrowserProblem, len(ps))
	for i, p := range ps {
		text, mark := Caret(p)
		shown[i] = BrowserProblem{p.Pos.String(), p.Rule, p.Message, p.Hint, text, mark, p.Line}
	}
	return shown
}
