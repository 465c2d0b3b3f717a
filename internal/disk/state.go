package disk

import "io/fs"

// A State is what the system knows about a file without reading it. Two equal States mean equal
// bytes, unless the file was changed twice within the precision of the file system's clock.
type State struct {
	// Size is in bytes. Time is when the bytes were last changed. Changed is when anything of the
	// file was last changed, including its name and mode. Both are in nanoseconds since 1970.
	// Changed is 0 if the system does not tell it.
	Size, Time, Changed int64
	// File is its number on its file system; 0 if the system does not tell it. It changes when an
	// editor saves the file by a rename.
	File uint64
	Mode fs.FileMode
}

// StateOf returns the State of a file.
func StateOf(info fs.FileInfo) State {
	s := State{Size: info.Size(), Time: info.ModTime().UnixNano(), Mode: info.Mode()}
	s.Changed, s.File = changeAndNumber(info)
	return s
}
