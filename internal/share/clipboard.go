package share

import (
	"errors"
	"fmt"

	"github.com/atotto/clipboard"
)

// errNoClipboard says that this machine has no program for the clipboard.
var errNoClipboard = errors.New("there is no clipboard to put it on: install wl-clipboard, xclip or xsel")

// Copy puts text on the clipboard. It fails with errNoClipboard if there is none.
func Copy(text string) error {
	if clipboard.Unsupported {
		return errNoClipboard
	}
	if err := clipboard.WriteAll(text); err != nil {
		return fmt.Errorf("nothing is on the clipboard: %w", err)
	}
	return nil
}
