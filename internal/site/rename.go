package site

import (
	"errors"
	"fmt"
	"io/fs"

	"portalgen/internal/disk"
)

// ErrTargetExists says that something has the new name already.
var ErrTargetExists = errors.New("there is such a one already; move it away, and try again")

// clientPaths returns the paths of what belongs to a client, beside its access file. Its own file is
// the last.
func clientPaths(id string) []string {
	return []string{ClientsDir + "/" + id, PrivateFile(id), ".portalgen/drafts/" + id + "-status.toml", ClientFile(id)}
}

func (s *Site) exists(name string) bool {
	_, err := s.Root.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}

// CanRename returns an ErrTargetExists where something of a client has both names.
func (s *Site) CanRename(from, to string) error {
	after := clientPaths(to)
	for i, name := range clientPaths(from) {
		if s.exists(name) && s.exists(after[i]) {
			return fmt.Errorf("%s: %w", after[i], ErrTargetExists)
		}
	}
	return nil
}

// RenameClient gives what belongs to the client called from to the name to: its folder of files,
// the private notes, a draft, and at last its file. What has no old name any more is left alone,
// so that the same call completes one that was cut off or that failed in the middle.
func (s *Site) RenameClient(from, to string) error {
	if err := s.CanRename(from, to); err != nil {
		return err
	}
	after := clientPaths(to)
	for i, name := range clientPaths(from) {
		if !s.exists(name) {
			continue
		}
		if err := disk.RenameIn(s.Root, name, after[i]); err != nil {
			return fmt.Errorf("cannot rename %s: %w", name, err)
		}
	}
	return nil
}
