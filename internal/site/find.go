package site

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"portalgen/internal/disk"
)

// ErrNoSite says that a folder is not a site and not inside one.
var ErrNoSite = errors.New("no site")

// IsSite reports whether a folder has a provider's file or a folder of clients.
func IsSite(dir string) bool {
	for _, name := range []string{ProviderFile, ClientsDir} {
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name))); err == nil {
			return true
		}
	}
	return false
}

// Find returns the site that contains a folder: the folder itself, or the nearest folder above with
// a provider's file, as git does. A site above that belongs to another user is refused, since that
// user may have planted it. It fails with ErrNoSite if there is none.
func Find(dir string) (string, error) { return find(dir, disk.IsOwn) }

func find(dir string, isOwn func(path string) bool) (string, error) {
	if IsSite(dir) {
		return dir, nil
	}
	below, err := os.Stat(dir)
	for err == nil {
		dir = filepath.Join(dir, "..")
		here, err := os.Stat(dir)
		if err != nil || os.SameFile(here, below) { // the top
			break
		}
		below = here
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(ProviderFile))); err != nil {
			continue
		}
		if !isOwn(filepath.Join(dir, "data")) {
			return "", fmt.Errorf("the site above, %s, belongs to another user: where you trust it, "+
				"name it with --site %[1]s",
				filepath.ToSlash(dir))
		}
		return dir, nil
	}
	return "", ErrNoSite
}
