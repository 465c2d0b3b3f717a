package watch

import "golang.org/x/sys/unix"

// silentTypes are the names of file systems for which macOS sends no events of changes by other
// machines.
var silentTypes = map[string]bool{
	"smbfs": true, "nfs": true, "afpfs": true, "webdav": true, "macfuse": true, "osxfuse": true, "virtiofs": true,
}

// silent reports whether the file system of a folder is one of silentTypes.
func silent(dir string) bool {
	var s unix.Statfs_t
	return unix.Statfs(dir, &s) == nil && silentTypes[unix.ByteSliceToString(s.Fstypename[:])]
}
