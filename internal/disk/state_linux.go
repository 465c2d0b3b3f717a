package disk

import (
	"io/fs"
	"syscall"
)

// changeAndNumber returns when anything of a file was last changed, and the number of the file.
func changeAndNumber(info fs.FileInfo) (changed int64, file uint64) {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0
	}
	return st.Ctim.Nano(), st.Ino
}
