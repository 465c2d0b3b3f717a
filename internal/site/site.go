// Package site reads a site's folder. It knows the paths of its files, and which file is used if
// both the site and the program have one. The package must not know what the files contain.
package site

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
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
	// PrivateDir has the notes about clients that are never rendered.
	PrivateDir = "data/private"
	// InboxDir is the folder in which a preview keeps the replies that its pages send.
	InboxDir = ".portalgen/inbox"
)

// Watched are the folders whose files a build reads.
var Watched = []string{"data", "content", "layouts", "static", "i18n"}

// adapter is the content adapter: it makes Hugo's pages from a view.
const adapter = "content/_content.gotmpl"

// themed are the folders of the theme.
var themed = []string{"content", "layouts", "i18n"}

// A Site is a folder with a provider's data, opened so that no symlink leads out of it.
type Site struct {
	Dir  string
	Root *os.Root
	// copies are the copies of each client's file, by client id.
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

// ErrMoved says that the site's folder is no longer at its path.
var ErrMoved = errors.New("the site's folder was moved, or another is in its place; begin again where it is now")

// InPlace returns ErrMoved if the path of the site no longer leads to the folder that was opened.
func (s *Site) InPlace() error {
	opened, err := s.Root.Stat(".")
	if err != nil {
		return ErrMoved
	}
	now, err := os.Stat(s.Dir)
	if err != nil || !os.SameFile(opened, now) {
		return ErrMoved
	}
	return nil
}

// Close releases the folder.
func (s *Site) Close() error { return s.Root.Close() }

// ClientFile returns the path of a client's file.
func ClientFile(id string) string { return ClientsDir + "/" + id + ".toml" }

// PrivateFile returns the path of the private notes about a client, which are never rendered.
func PrivateFile(id string) string { return PrivateDir + "/" + id + ".toml" }

// ClientOf returns the id of the client to which a path belongs: the path of its file, its folder
// or its access file. It returns "" if the path belongs to no single client.
func ClientOf(name string) string {
	for _, dir := range []string{ClientsDir, AccessDir} {
		if rest, ok := strings.CutPrefix(name, dir+"/"); ok {
			first, _, inside := strings.Cut(rest, "/")
			if id, ok := strings.CutSuffix(first, ".toml"); ok && !inside {
				of := leftover.CopyOf(id)
				switch {
				case len(of) == 0:
					return id
				case len(of) > 1 || canBeClient(id):
					return "" // only the content of the folder tells which client
				}
				return of[0]
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
	for _, dir := range []string{"data", ClientsDir} { // a watcher does not see changes behind a link
		if info, err := s.Root.Lstat(dir); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return nil, linkProblem(dir, dir+" is a link", "make it a folder of its own")
		}
	}
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
		of, ok := copyOf(id, func(original string) bool {
			_, there := slices.BinarySearch(all, original)
			return there
		})
		if ok {
			copies[of] = append(copies[of], id)
		}
		return ok
	})
	s.copies.Store(&copies)
	return ids, nil
}

// idForm matches a possible client id.
var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)

func canBeClient(id string) bool { return idForm.MatchString(id) }

// copyOf returns the client of whose file another file is a copy by its name: among the existing
// clients the best match. A name that no client can have is a copy even if the original does not
// exist.
func copyOf(id string, there func(id string) bool) (of string, ok bool) {
	all := leftover.CopyOf(id)
	if i := slices.IndexFunc(all, there); i >= 0 {
		return all[i], true
	}
	if len(all) == 0 || canBeClient(id) {
		return "", false
	}
	return all[0], true
}

// Changed returns when a file below data was last changed; zero if no file can be read.
func (s *Site) Changed() (newest time.Time) {
	_ = fs.WalkDir(s.Root.FS(), "data", func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // the code that reads the site reports unreadable files
		}
		if info, err := d.Info(); err == nil && info.ModTime().After(newest) {
			newest = info.ModTime()
		}
		return nil
	})
	return newest
}

// Copied returns the ids of the clients whose files had copies at the last call of Clients, sorted.
// The original file may be missing.
func (s *Site) Copied() []string {
	if copies := s.copies.Load(); copies != nil {
		return slices.Sorted(maps.Keys(*copies))
	}
	return nil
}

// Copies returns the names, without .toml, of the copies of a client's file at the last call of
// Clients.
func (s *Site) Copies(id string) []string {
	if copies := s.copies.Load(); copies != nil {
		return (*copies)[id]
	}
	return nil
}

// Leftovers warns of each file of the site that is ignored because its name is that of a backup, a
// system file or a copy. It does not warn of files whose names begin with a dot.
func (s *Site) Leftovers() diag.Problems {
	var ps diag.Problems
	for _, dir := range append([]string{ClientsDir}, Watched[1:]...) {
		// The code that reads a folder reports unreadable files.
		_ = fs.WalkDir(s.Root.FS(), dir, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return fs.SkipDir
			case d.IsDir() && strings.HasPrefix(d.Name(), ".") && d.Name() != ".well-known":
				return fs.SkipDir
			case dir != ClientsDir && isCopy(s.Root.FS(), d, name):
				ps = append(ps, diag.Problem{
					Pos: diag.Pos{File: name}, Rule: rule.Leftover, Severity: diag.Warning,
					Message: "this is a copy of a file beside it by its name, so it is neither used nor published",
					Hint:    "take over what is right in it, and remove it; or give it another name",
				})
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

// HasClient reports whether a client with that id exists.
func (s *Site) HasClient(id string) bool {
	there := func(id string) bool {
		_, err := s.Root.Lstat(ClientFile(id))
		return err == nil
	}
	_, copied := copyOf(id, there)
	return there(id) && !copied
}

// Static returns the files below static/, by their paths below it; the site's files replace the
// program's.
func (s *Site) Static() (map[string][]byte, error) {
	all, err := s.layered("static")
	static := make(map[string][]byte, len(all))
	for name, text := range all {
		static[strings.TrimPrefix(name, "static/")] = text
	}
	return static, err
}

// layered returns the files of dirs by path; the site's own files replace the program's.
func (s *Site) layered(dirs ...string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, dir := range dirs {
		program, err := fs.Sub(portalgen.Defaults, dir)
		if err != nil {
			return nil, err
		}
		if err := readAll(program, dir, files); err != nil {
			return nil, err
		}
		if err := s.readOwn(dir, files); err != nil {
			return nil, err
		}
	}
	return files, nil
}
