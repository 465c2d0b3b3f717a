// Package tomltext finds the places of keys and values in a text that is TOML, and
// says in plain words what is wrong with one that is not.
//
// [Open] looks at the bytes of a file, and [Parse] returns a [Document]: its values with
// the tree of their places ([Node]), and its statements, for what puts more into it.
// Values are the parser's (BurntSushi/toml); its
// messages are read here and nowhere else.
//
// It must not know what any key means.
package tomltext
