package tomltext

import (
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"

	"portalgen/internal/tomlbound"
)

// decodeTOML calls the parser. It turns a panic of the parser into an error.
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

// A reason is the kind of a parser error, as far as the kind matters.
type reason int

const (
	unnamed      reason = iota // the parser's message is shown
	badBackslash               // an invalid escape
	repeated                   // a key or heading for the second time
)

// reasonOf finds the reason in the text of the parser's message, since the parser gives nothing
// else.
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
