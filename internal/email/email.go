// Package email knows what may stand as an e-mail address in a link that a reader
// follows. It must not know where addresses come from.
package email

import "regexp"

// form is stricter than RFC 5322: an address is written into mailto: links, where
// ?, & and % would add further recipients or a text of somebody else's.
var form = regexp.MustCompile(`^` + name + `(\.` + name + `)*@` + label + `(\.` + label + `)*$`)

const (
	name  = `[\p{L}\p{M}\p{N}_+'-]+`
	label = `[\p{L}\p{M}\p{N}]+(-+[\p{L}\p{M}\p{N}]+)*`
)

// longest is how many bytes an address may have (RFC 5321, 4.5.3.1.3).
const longest = 254

// Valid reports whether s is one plain address, such as maria@example.com, that a
// mailto: link can hold as it is written.
func Valid(s string) bool { return len(s) <= longest && form.MatchString(s) }
