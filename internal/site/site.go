// Package site knows a site's folder: where things are, and which file is used
// where both the site and the program have one. It must not know what is in them.
package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"portalgen"
	"portalgen/internal/diag"
	"portalgen/internal/leftover"
	"portalgen/internal/rule"
)

// The folders and files of a site, relative to it.
const (
	ProviderFile = "data/provider.toml"
	ClientsDir   = "data/clients"
	AccessDir    = "data/access"
)

// Watched are the folders in which a change can change what is published.
var Watched = []string{"data", "content", "layouts", "static", "i18n"}

// adapter makes Hugo's pages out of a view.
const adapter = "content/_content.gotmpl"

// themed are the folders that make up the look.
var themed = []string{"content", "layouts", "i18n"}

// A Site is a folder with a provider's data, opened so that no symlink leads out
// of it.
type Site struct {
	Dir  string
	Root *os.Root
	// copies are those of each client's file.
	copies atomic.Pointer[map[string][]string]
}

// Open opens the site in dir, which must be a folder.
func Open(dir string) (*Site, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return nil, fmt.Errorf("cannot open the site: %w", err)
	}
	return &Site{Dir: abs, Root: root}, nil
}

// Close releases the folder.
func (s *Site) Close() error { return s.Root.Close() }

// ClientFile returns the path of a client's file.
func ClientFile(id string) string { return ClientsDir + "/" + id + ".toml" }

// PrivateFile returns the path of the notes about a client that are never rendered.
func PrivateFile(id string) string { return "data/private/" + id + ".toml" }

// ClientOf returns the id of the client whose file, files or access a path is;
// "" if it is none of one client alone.
func ClientOf(name string) string {
	for _, dir := range []string{ClientsDir, AccessDir} {
		if rest, ok := strings.CutPrefix(name, dir+"/"); ok {
			first, _, inside := strings.Cut(rest, "/")
			if id, ok := strings.CutSuffix(first, ".toml"); ok && !inside {
				if of, copied := leftover.CopyOf(id); copied {
					return of
				}
				return id
			}
			if inside {
				return first
			}
		}
	}
	return ""
}

// Clients returns the ids of all clients, sorted.
func (s *Site) Clients() ([]string, error) {
	entries, err := fs.ReadDir(s.Root.FS(), ClientsDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("cannot read %s: %w", ClientsDir, err)
	}
	var ids []string
	for _, e := range entries {
		id, ok := strings.CutSuffix(e.Name(), ".toml")
		if ok && !e.IsDir() && !strings.HasPrefix(id, ".") && !leftover.Is(id) && !leftover.Is(e.Name()) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	all := slices.Clone(ids)
	copies := map[string][]string{}
	ids = slices.DeleteFunc(ids, func(id string) bool {
		of, ok := leftover.CopyOf(id)
		if _, there := slices.BinarySearch(all, of); !ok || !there {
			return false
		}
		copies[of] = append(copies[of], id)
		return true
	})
	s.copies.Store(&copies)
	return ids, nil
}

// Changed returns when a file below data was last changed; the zero time where none can be
// looked at.
func (s *Site) Changed() (newest time.Time) {
	_ = fs.WalkDir(s.Root.FS(), "data", func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // what cannot be looked at is for the reader of the site to tell
		}
		if info, err := d.Info(); err == nil && info.ModTime().After(newest) {
			newest = info.ModTime()
		}
		return nil
	})
	return newest
}

// Copies returns the names, without .toml, of the copies that stood beside a client's
// file when Clients was last asked for.
func (s *Site) Copies(id string) []string {
	if copies := s.copies.Load(); copies != nil {
		return (*copies)[id]
	}
	return nil
}

// Leftovers warns of each file in the folders that are published or used which, by its
// name, is a backup or a system's, and is left out. Those whose names begin with a dot,
// which nobody sees, are left out without a word.
func (s *Site) Leftovers() diag.Problems {
	var ps diag.Problems
	for _, dir := range append([]string{ClientsDir}, Watched[1:]...) {
		// What cannot be read is told by who reads it.
		_ = fs.WalkDir(s.Root.FS(), dir, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return fs.SkipDir
			case d.IsDir() && strings.HasPrefix(d.Name(), ".") && d.Name() != ".well-known":
				return fs.SkipDir
			case !d.IsDir() && leftover.Is(d.Name()) && !strings.HasPrefix(d.Name(), "."):
				ps = append(ps, diag.Problem{
					Pos: diag.Pos{File: name}, Rule: rule.Leftover, Severity: diag.Warning,
					Message: "this is a backup or a system's file by its name, so it is neither used nor published",
					Hint:    "remove it, or give it another name",
				})
			}
			return nil
		})
	}
	return ps
}

// HasClient reports whether there is a client of that id.
func (s *Site) HasClient(id string) bool {
	_, err := s.Root.Lstat(ClientFile(id))
	if of, ok := leftover.CopyOf(id); ok && err == nil {
		_, err = s.Root.Lstat(ClientFile(of))
		return err != nil
	}
	return err == nil
}

// Static returns the files below static/ by their path below it, in the same way.
func (s *Site) Static() (map[string][]byte, error) {
	all, err := s.layered("static")
	static := make(map[string][]byte, len(all))
	for name, text := range all {
		static[strings.TrimPrefix(name, "static/")] = text
	}
	return static, err
}

// layered returns the files of the site's own folders over those of the program.
func (s *Site) layered(dirs ...string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, dir := range dirs {
		ours, err := fs.Sub(portalgen.Defaults, dir)
		if err != nil {
			return nil, err
		}
		if err := readAll(ours, dir, files); err != nil {
			return nil, err
		}
		if err := s.readOwn(dir, files); err != nil {
			return nil, err
		}
	}
	return files, nil
}
