//go:build !linux && !darwin

package publish

import "os"

// flush writes every file below dir to the disk.
func flush(dir string) error { return eachFile(dir, (*os.File).Sync) }
