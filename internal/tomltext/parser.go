package tomltext

import (
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"

	"portalgen/internal/tomlbound"
)

// decodeTOML calls the parser. What makes it panic counts as an error too.
func decodeTOML(s string) (values map[string]any, err error) {
	defer func() {
		if r := recover(); r != nil {
			values, err = nil, fmt.Errorf("%v", r)
		}
	}()
	if err = tomlbound.Validate(s); err == nil {
		_, err = toml.Decode(s, &values)
	}
	return values, err
}

// A reason is what the parser found wrong, as far as it matters which it is.
type reason int

const (
	unnamed      reason = iota // its message is shown
	badBackslash               // an escape that means nothing
	repeated                   // a key or a heading that was there before
)

// reasonOf reads the reason out of the parser's message, which is all that it gives.
func reasonOf(err toml.ParseError) reason {
	has := func(part string) bool { return strings.Contains(err.Message, part) }
	switch {
	case has("escape"), has("hexadecimal"), strings.HasPrefix(err.Message, "Escaped"):
		return badBackslash
	case has("already been defined"), has("was already created"), strings.HasSuffix(err.Message, "is not a table"):
		return repeated
	}
	return unnamed
}
