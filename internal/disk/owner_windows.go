package disk

import "io/fs"

// IsOwn takes every file for the user's own: by default each user's folders are closed to others.
func IsOwn(fs.FileInfo) bool { return true }
