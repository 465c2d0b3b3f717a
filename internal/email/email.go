// Package email decides whether a text is an e-mail address that may stand in a link. It must not know where
// addresses come from.
package email

import "regexp"

// form is stricter than RFC 5322: an address is written into mailto: links, where ?, & and % could add other
// recipients or a text.
var form = regexp.MustCompile(`^` + name + `(\.` + name + `)*@` + label + `(\.` + label + `)*$`)

const (
	name  = `[\p{L}\p{M}\p{N}_+'-]+`
	label = `[\p{L}\p{M}\p{N}]+(-+[\p{L}\p{M}\p{N}]+)*`
)

// maxBytes is the longest address in bytes (RFC 5321, 4.5.3.1.3).
const maxBytes = 254

// Valid reports whether s is one plain address, such as maria@example.com, that can be written into a mailto:
// link unescaped.
func Valid(s string) bool { return len(s) <= maxBytes && form.MatchString(s) }
