// Package tomltext finds the places of keys and values in TOML text, and says in plain words what
// is wrong with text that is not TOML.
//
// [Open] checks the bytes of a file. [Parse] returns a [Document]: the values, the tree of their
// places ([Node]), and the statements, which help to insert text. The values come from the parser
// (BurntSushi/toml). No other package reads the parser's messages.
//
// The package must not know what any key means.
package tomltext
