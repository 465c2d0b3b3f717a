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

// KeyName is the path of the key below the site's folder, as messages show it.
const KeyName = keyDir + "/" + keyFile

// OldMaster returns the key from before the last change of the key, where it was kept.
func OldMaster(siteDir string) (seal.Master, error) {
	return readKey(filepath.Join(siteDir, keyDir, oldKey))
}

// ReplaceLostKey makes a new master key where the one before is lost. It moves the access files of
// ids, the key file if there is one, and a change of the key that cannot be completed, into a
// folder of .portalgen, which it returns: should the key be found after all, all can be put back.
// It fails with ErrChanging where a change can be completed. Addresses, passphrases and links of before are
// others from then on. Where it was cut off, the same call, or CreateMaster, completes it.
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
