package portal

import "portalgen/internal/markdown"

// Text is a text field of a client's file; layouts show it with its methods.
type Text = markdown.Text
