package share

import (
	"fmt"

	"github.com/atotto/clipboard"
)

// Paste returns the text on the clipboard. It fails with errNoClipboard if there is none.
func Paste() (string, error) {
	if clipboard.Unsupported {
		return "", errNoClipboard
	}
	text, err := clipboard.ReadAll()
	if err != nil {
		return "", fmt.Errorf("the clipboard cannot be read: %w", err)
	}
	return text, nil
}
