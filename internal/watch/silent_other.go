//go:build !linux && !darwin

package watch

// silent returns false: Windows gets the events of a shared folder from the other machine.
func silent(string) bool { return false }
