//go:build !linux && !darwin

package watch

// silent reports that every file system sends events: Windows asks the other machine for them.
func silent(string) bool { return false }
