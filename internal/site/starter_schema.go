package site

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"portalgen/internal/disk"
	"portalgen/internal/schema"
)

// SchemaDir is the folder of the schemas for editors.
const SchemaDir = "data/schema"

// schemas returns the schemas of a site's files by their paths in the site. They use draft 4, which
// most TOML editors support.
func schemas() (names []string, texts map[string][]byte, err error) {
	texts = map[string][]byte{}
	for _, name := range schema.Names {
		to := SchemaDir + "/" + name + ".json"
		text, err := schema.Read(name, schema.Draft4)
		if err != nil {
			return nil, nil, err
		}
		names = append(names, to)
		texts[to] = text
	}
	return names, texts, nil
}

// WriteSchemas writes the program's schemas into the site. It replaces existing ones atomically,
// and returns the paths of the changed ones.
func (s *Site) WriteSchemas() ([]string, error) {
	names, texts, err := schemas()
	if err != nil {
		return nil, err
	}
	var wrote []string
	for _, name := range names {
		if there, err := s.Root.ReadFile(name); err == nil && bytes.Equal(there, texts[name]) {
			continue
		}
		if err := s.replace(name, texts[name]); err != nil {
			return wrote, fmt.Errorf("cannot write %s: %w", name, err)
		}
		wrote = append(wrote, name)
	}
	return wrote, nil
}

// replace replaces a file by writing a temporary file and renaming it. It first removes the
// temporary file of an earlier attempt.
func (s *Site) replace(name string, text []byte) error {
	temporary := name + ".new"
	if err := s.Root.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	_, err := s.writeNew(temporary, text)
	if err == nil {
		err = s.sync(temporary)
	}
	if err == nil {
		err = disk.RenameIn(s.Root, temporary, name)
	}
	if err != nil {
		return errors.Join(err, s.Root.RemoveAll(temporary))
	}
	return nil
}

func (s *Site) sync(name string) error {
	f, err := s.Root.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// startSchemas writes the schemas that the site lacks, and returns their paths.
func (s *Site) startSchemas() ([]string, error) {
	names, texts, err := schemas()
	var wrote []string
	for _, name := range names {
		made, err := s.writeNew(name, texts[name])
		if err != nil {
			return wrote, err
		}
		if made {
			wrote = append(wrote, name)
		}
	}
	return wrote, err
}
