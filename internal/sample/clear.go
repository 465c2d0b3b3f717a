package sample

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Left returns the ids of the samples that a site holds unchanged. root is the site's folder.
func Left(root *os.Root) []string {
	return slices.DeleteFunc(IDs(), func(id string) bool { return !unchanged(root, clients+"/"+id+".toml") })
}

func unchanged(root *os.Root, name string) bool {
	text, err := root.ReadFile(name)
	own, notOurs := Read(name)
	return err == nil && notOurs == nil && bytes.Equal(text, own)
}

// Clear removes the samples from a site: what belongs to each that was not changed, and the
// samples' provider. A file that was changed stays, and so does all of a sample whose own file
// was. It returns the paths of the files that it removed.
func Clear(root *os.Root) (removed []string, err error) {
	var mine []string // samples that somebody has made their own
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
			continue // something of the provider's own lies in it
		}
	}
	return removed, err
}

// HasProvider reports whether the provider of a site is the samples', unchanged.
func HasProvider(root *os.Root) bool { return unchanged(root, "data/provider.toml") }

// owner returns the id of the sample to which a file belongs; "" for what all share.
func owner(name string) string {
	parts := strings.Split(name, "/")
	if len(parts) < 3 || parts[1] == "schema" {
		return ""
	}
	return strings.TrimSuffix(parts[2], ".toml")
}
