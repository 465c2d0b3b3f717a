package watch

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"portalgen/internal/leftover"
)

// A selection is the set of watched folders, as slash paths relative to the root.
type selection []string

func newSelection(dirs []string) (selection, error) {
	for _, d := range dirs {
		if !fs.ValidPath(d) {
			return nil, fmt.Errorf("%q is not a folder's path relative to it, with slashes", d)
		}
	}
	return slices.Clone(dirs), nil
}

// folder reports whether to watch a folder: it is selected, or above or below a selected one.
func (s selection) folder(path string) bool {
	return slices.ContainsFunc(s, func(dir string) bool {
		if dir == path || path == "." || strings.HasPrefix(dir, path+"/") {
			return true
		}
		rest, below := cutFolder(dir, path)
		return below && !isHidden(rest)
	})
}

// file reports whether to report changes of a file.
func (s selection) file(path string) bool {
	return slices.ContainsFunc(s, func(dir string) bool {
		rest, below := cutFolder(dir, path)
		if !below {
			return false
		}
		folder, name := "", rest
		if i := strings.LastIndexByte(rest, '/'); i >= 0 {
			folder, name = rest[:i], rest[i+1:]
		}
		return !isHidden(folder) && !leftover.Is(name)
	})
}

// cutFolder returns path relative to dir, if path is below dir.
func cutFolder(dir, path string) (rest string, below bool) {
	if dir == "." {
		return path, path != "."
	}
	return strings.CutPrefix(path, dir+"/")
}

// isHidden reports whether a part of a relative path begins with a dot.
func isHidden(folder string) bool {
	return strings.HasPrefix(folder, ".") || strings.Contains(folder, "/.")
}
