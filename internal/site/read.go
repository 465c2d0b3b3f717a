package site

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"portalgen/internal/diag"
	"portalgen/internal/disk"
	"portalgen/internal/leftover"
	"portalgen/internal/rule"
)

// readOwn reads the site's files in a top-level folder. It opens the folder as a root, so that no
// link in it leads to another folder, such as data, whose files would then be published.
func (s *Site) readOwn(dir string, into map[string][]byte) error {
	info, err := s.Root.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return linkProblem(dir, dir+" is a link", "make it a folder of its own")
	case !info.IsDir():
		return linkProblem(dir, dir+" is not a folder", "move it away, or make a folder of it")
	}
	root, err := s.Root.OpenRoot(dir)
	if err != nil {
		return err
	}
	err = readAll(root.FS(), dir, into)
	if link, ok := errors.AsType[*fs.PathError](err); ok && disk.Escapes(root, err) {
		shown := path.Join(dir, link.Path)
		err = linkProblem(shown, fmt.Sprintf("%s is a link that leads out of %s", shown, dir),
			"put the file itself there; a link is followed only within "+dir+", by a relative path")
	}
	return errors.Join(err, root.Close())
}

// readAll reads all files of a folder into a map. The keys are their paths, with dir in front.
func readAll(from fs.FS, dir string, into map[string][]byte) error {
	return fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		shown := path.Join(dir, name)
		switch {
		case err != nil:
			return fmt.Errorf("cannot read %s: %w", shown, err)
		case name != "." && strings.HasPrefix(d.Name(), ".") && d.Name() != ".well-known":
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() || leftover.Is(d.Name()) || isCopy(from, d, name):
			return nil
		}
		if err := checkFile(from, d, name, dir); err != nil {
			return err
		}
		text, err := fs.ReadFile(from, name)
		if err != nil {
			return fmt.Errorf("cannot read %s: %w", shown, err)
		}
		into[shown] = text
		return nil
	})
}

// isCopy reports whether the name of a file marks it as a copy of a file in the same folder.
func isCopy(from fs.FS, d fs.DirEntry, name string) bool {
	return !d.IsDir() && leftover.Copied(d.Name(), func(original string) bool {
		_, err := fs.Stat(from, path.Join(path.Dir(name), original))
		return err == nil
	})
}

// checkFile returns a problem if an entry is not a regular file, or is a link whose target is not
// one inside the folder dir. from is the file system of dir.
func checkFile(from fs.FS, d fs.DirEntry, name, dir string) error {
	shown := path.Join(dir, name)
	info, err := fs.Stat(from, name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && d.Type()&fs.ModeSymlink != 0:
		return linkProblem(shown, shown+" is a link to something that is not there", "remove it, or mend it")
	case err != nil:
		return fmt.Errorf("cannot read %s: %w", shown, err)
	case info.IsDir():
		return linkProblem(shown, shown+" is a link to a folder, which is not followed", "put the folder itself there")
	case !info.Mode().IsRegular():
		return linkProblem(shown, shown+" is no file", "remove it")
	}
	return nil
}

func linkProblem(name, message, hint string) error {
	return diag.Problem{
		Pos: diag.Pos{File: name}, Rule: rule.NotAFile, Severity: diag.Error, Message: message, Hint: hint,
	}
}
