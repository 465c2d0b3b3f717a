package disk

import "io/fs"

// A State is what the system knows of a file without reading it. A file of the same State has the
// same bytes, unless it was changed twice within the precision of the file system's clock.
type State struct {
	// Size is in bytes. Time is when the bytes were changed, Changed when anything of the file was, its
	// name or its mode too, in nanoseconds since 1970; 0 where the system does not tell.
	Size, Time, Changed int64
	// File is its number on its file system, which a file saved by rename has another of; 0 where the
	// system does not tell.
	File uint64
	Mode fs.FileMode
}

// StateOf returns the State of a file.
func StateOf(info fs.FileInfo) State {
	s := State{Size: info.Size(), Time: info.ModTime().UnixNano(), Mode: info.Mode()}
	s.Changed, s.File = unseen(info)
	return s
}
