package ui

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// ErrCancelled is the error of a question that was cancelled with Ctrl-D.
var ErrCancelled = errors.New("cancelled; nothing is written")

// errInterrupted is the error of a question that was interrupted with Ctrl-C.
var errInterrupted = errors.New("interrupted")

// An Asker asks a person at the terminal.
type Asker struct {
	in  *bufio.Reader
	out io.Writer
	// done is closed by Ctrl-C; nil if nothing listens for it.
	done <-chan struct{}
	// raw makes the terminal deliver each key at once, until restore; nil if in is not a terminal.
	raw func() (restore func(), err error)
}

// NewAsker returns an Asker that reads answers, one per line, from in.
func NewAsker(in io.Reader, out io.Writer) *Asker {
	return &Asker{in: bufio.NewReader(in), out: &screen{w: out, as: asMark}}
}

// Asker returns an Asker for the person at the terminal, or nil if in or Err is not a terminal: then nobody
// can be asked.
func (t *Terminal) Asker(in io.Reader) *Asker {
	if !t.person || !isTerminal(in) {
		return nil
	}
	a := NewAsker(in, t.err)
	a.done = t.Done
	fd := int(in.(*os.File).Fd())
	a.raw = func() (func(), error) {
		state, err := term.MakeRaw(fd)
		return func() { _ = term.Restore(fd, state) }, err
	}
	return a
}

// A Question is what an Asker asks. An empty answer means Default. Without Default and Need, it means that
// the person has no answer; with Default and without Need, "-" means that.
type Question struct {
	Text    string
	Choices []string
	Default string
	Need    bool
}

// Ask asks until take accepts the answer. It does not call take if there is no answer and none is needed. It
// fails with ErrCancelled if the input ends.
func (a *Asker) Ask(q Question, take func(answer string) error) error {
	prompt := q.Text
	if len(q.Choices) > 0 {
		prompt += " (" + strings.Join(q.Choices, ", ") + ")"
	}
	switch {
	case q.Default != "" && q.Need:
		prompt += " [" + q.Default + "]"
	case q.Default != "":
		prompt += " [" + q.Default + "; - for none]"
	}
	for {
		answer, err := a.line(prompt + " ")
		if err != nil {
			return err
		}
		switch {
		case answer == "" && q.Default == "" && !q.Need, answer == "-" && q.Default != "" && !q.Need:
			return nil
		case answer == "" && q.Default == "":
			fmt.Fprintln(a.out, "  It cannot be left out. Ctrl-D ends this, and nothing is written.")
			continue
		case answer == "":
			answer = q.Default
		}
		if err = take(answer); err == nil {
			return nil
		}
		fmt.Fprintf(a.out, "  %s\n", err.Error())
	}
}

// Confirm asks a yes-or-no question; an empty answer means yes.
func (a *Asker) Confirm(text string) (yes bool, err error) { return a.yesOrNo(text, "y") }

// Agree asks a yes-or-no question about something that cannot be undone; an empty answer means no.
func (a *Asker) Agree(text string) (yes bool, err error) { return a.yesOrNo(text, "n") }

func (a *Asker) yesOrNo(text, empty string) (yes bool, err error) {
	question := Question{Text: text, Choices: []string{"y", "n"}, Default: empty, Need: true}
	err = a.Ask(question, func(answer string) error {
		switch strings.ToLower(answer) {
		case "y", "yes":
			yes = true
		case "n", "no":
		default:
			return errors.New("please answer y or n")
		}
		return nil
	})
	return yes, err
}

func (a *Asker) line(prompt string) (string, error) {
	fmt.Fprint(a.out, prompt)
	line, err := a.awaitLine()
	if errors.Is(err, errInterrupted) {
		return "", err
	}
	if err != nil && strings.TrimSpace(line) == "" {
		fmt.Fprintln(a.out)
		return "", ErrCancelled
	}
	return strings.TrimSpace(line), nil
}

// awaitLine is readLine, but returns when Ctrl-C is pressed, and leaves the read running: the program is
// about to end.
func (a *Asker) awaitLine() (string, error) {
	type read struct {
		line string
		err  error
	}
	got := make(chan read, 1)
	go func() {
		line, err := a.readLine()
		got <- read{line, err}
	}()
	select {
	case r := <-got:
		return r.line, r.err
	case <-a.done:
		return "", errInterrupted
	}
}

// readLine reads up to the end of a line. That is a carriage return if somebody typed it while single keys
// were read.
func (a *Asker) readLine() (string, error) {
	var line strings.Builder
	for {
		r, _, err := a.in.ReadRune()
		if err != nil || r == '\n' || r == '\r' {
			return line.String(), err
		}
		line.WriteRune(r)
	}
}
