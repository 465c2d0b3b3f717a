package sample

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Left returns the ids of the unchanged samples in a site. root is the site's folder.
func Left(root *os.Root) []string {
	return slices.DeleteFunc(IDs(), func(id string) bool { return !unchanged(root, clients+"/"+id+".toml") })
}

func unchanged(root *os.Root, name string) bool {
	text, err := root.ReadFile(name)
	own, notOurs := Read(name)
	return err == nil && notOurs == nil && bytes.Equal(text, own)
}

// Clear removes the samples from a site: the unchanged files of each sample, and the samples'
// provider. A changed file stays, and if a sample's client file was changed, all files of that
// sample stay. It returns the paths of the removed files.
func Clear(root *os.Root) (removed []string, err error) {
	var mine []string // samples that the provider has changed
	for _, id := range IDs() {
		name := clients + "/" + id + ".toml"
		if _, err := root.Lstat(name); err == nil && !unchanged(root, name) {
			mine = append(mine, id)
		}
	}
	err = fs.WalkDir(files, "data", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || slices.Contains(mine, owner(name)) || !unchanged(root, name) {
			return err
		}
		removed = append(removed, name)
		return root.Remove(name)
	})
	for _, id := range IDs() {
		if err := root.Remove(clients + "/" + id); err != nil && !errors.Is(err, fs.ErrNotExist) {
			continue // it contains files of the provider
		}
	}
	return removed, err
}

// HasProvider reports whether the site's provider file is the unchanged one of the samples.
func HasProvider(root *os.Root) bool { return unchanged(root, "data/provider.toml") }

// owner returns the id of the sample to which a file belongs; "" for a file that all share.
func owner(name string) string {
	parts := strings.Split(name, "/")
	if len(parts) < 3 || parts[1] == "schema" {
		return ""
	}
	return strings.TrimSuffix(parts[2], ".toml")
}
