package site

import (
	"errors"
	"fmt"
	"io/fs"

	"portalgen/internal/disk"
)

// ErrTargetExists says that the new name is already in use.
var ErrTargetExists = errors.New("there is such a one already; move it away, and try again")

// clientPaths returns the paths of everything that belongs to a client, except its access file. The
// client's own file is last.
func clientPaths(id string) []string {
	return []string{ClientsDir + "/" + id, PrivateFile(id), ".portalgen/drafts/" + id + "-status.toml", ClientFile(id)}
}

func (s *Site) exists(name string) bool {
	_, err := s.Root.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}

// CanRename returns an ErrTargetExists if something exists under both names.
func (s *Site) CanRename(from, to string) error {
	after := clientPaths(to)
	for i, name := range clientPaths(from) {
		if s.exists(name) && s.exists(after[i]) {
			return fmt.Errorf("%s: %w", after[i], ErrTargetExists)
		}
	}
	return nil
}

// RenameClient renames everything of the client from to the name to: its folder of files, the
// private notes, a draft, and last its file. It skips anything that no longer has the old name, so
// the same call completes a rename that was interrupted or failed.
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
