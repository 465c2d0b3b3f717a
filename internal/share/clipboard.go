package share

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// ErrNoClipboard says that no program was found that puts text on the clipboard.
var ErrNoClipboard = errors.New("there is no clipboard to put it on: none of pbcopy, wl-copy, xclip and clip.exe is here")

// clipboards are the programs, and what they are told.
var clipboards = [][]string{{"pbcopy"}, {"wl-copy"}, {"xclip", "-selection", "clipboard"}, {"clip.exe"}}

// Copy puts text on the clipboard with the first program that can. The text is
// handed over by its input, never among its arguments, which others could see. It
// fails with ErrNoClipboard where there is none.
func Copy(text string) error {
	var failed error
	for _, c := range clipboards {
		path, err := exec.LookPath(c[0])
		if err != nil {
			continue
		}
		command := exec.Command(path, c[1:]...)
		command.Stdin = strings.NewReader(text)
		if err = command.Run(); err == nil {
			return nil
		}
		failed = errors.Join(failed, fmt.Errorf("%s: %w", c[0], err))
	}
	if failed != nil {
		return fmt.Errorf("nothing is on the clipboard: %w", failed)
	}
	return ErrNoClipboard
}
