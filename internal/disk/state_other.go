//go:build !linux && !darwin

package disk

import "io/fs"

func changeAndNumber(fs.FileInfo) (changed int64, file uint64) { return 0, 0 }
