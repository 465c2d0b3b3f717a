package access

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"portalgen/internal/disk"
	"portalgen/internal/seal"
)

// KeyName is the path of the key file below the site's folder, as messages show it.
const KeyName = keyDir + "/" + keyFile

// OldMaster returns the key from before the last key change, if it was kept.
func OldMaster(siteDir string) (seal.Master, error) {
	return readKey(filepath.Join(siteDir, keyDir, oldKey))
}

// ReplaceLostKey makes a new master key after the old one was lost. It moves the access files of
// ids, the key file if it exists, and a key change that cannot be completed, into a new folder of
// .portalgen and returns that folder's name. If the key is found later, the files can be put back.
// It fails with ErrChanging if a key change can be completed. All addresses, passphrases and links
// change. If it was interrupted, calling it or CreateMaster again completes it.
func ReplaceLostKey(siteDir string, ids []string) (aside string, err error) {
	err = withLock(siteDir, "beginning anew", func() error {
		if _, err := readKey(filepath.Join(siteDir, keyDir, changing, keyFile)); err == nil {
			return ErrChanging
		}
		aside, err = setAside(siteDir, ids)
		return err
	})
	if err != nil {
		return "", err
	}
	_, err = CreateMaster(siteDir)
	return aside, err
}

func setAside(siteDir string, ids []string) (string, error) {
	name := keyDir + "/before-new-key"
	err := os.Mkdir(filepath.Join(siteDir, name), 0o700)
	for n := 2; errors.Is(err, fs.ErrExist); n++ {
		name = fmt.Sprintf("%s/before-new-key-%d", keyDir, n)
		err = os.Mkdir(filepath.Join(siteDir, name), 0o700)
	}
	if err != nil {
		return "", err
	}
	from := []string{}
	for _, id := range ids {
		from = append(from, filePath(siteDir, id))
	}
	from = append(from, filepath.Join(siteDir, keyDir, changing), filepath.Join(siteDir, keyDir, keyFile))
	for _, path := range from {
		err := disk.Rename(path, filepath.Join(siteDir, name, filepath.Base(path)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return name, nil
}
