package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/disk"
	"portalgen/internal/leftover"
	"portalgen/internal/publish"
	"portalgen/internal/site"
)

// recordFile tells from which files the folder Options.Published was last built. It holds digests,
// of names too, and a time. It stays on the machine that built: after a clone there is none, and then
// nothing is told.
const recordFile = ".portalgen/published"

// A record is what recordFile holds.
type record struct {
	// Out is a digest of each top-level folder that was published, by its name, and of the files beside
	// them by "": where one is another now, somebody else published, or fetched it.
	Out map[string]string
	// Time is when the files in them were changed last, as nanoseconds since 1970.
	Time int64
	// In are the files that were read, each by keyOf its name.
	In map[string]input
}

// An input is one file, as it was when it was read. Where its state is still the same, so are its
// bytes, except one that was Fresh: changed so recently that a second change may not show in its State.
type input struct {
	disk.State
	Fresh bool
	Sum   string
}

// settled is for how long a file must have been left alone for its time to tell that it is the same.
const settled = 2 * time.Second

// Behind is what has changed since it was published: files of these clients, and Shared, which are
// files that concern all portals, or that are gone.
type Behind struct {
	Clients []string
	Shared  bool
}

// Empty reports whether nothing has.
func (b Behind) Empty() bool { return len(b.Clients) == 0 && !b.Shared }

// Behind returns in what the published folder is behind the files. It is empty too where that is not
// known, as after a clone or where another machine published.
func (b *Builder) Behind() Behind {
	was, err := b.record()
	if err != nil || b.opt.Published == "" || b.opt.Samples {
		return Behind{}
	}
	changed := map[string]bool{} // by id; "" is what concerns all
	gone := maps.Clone(was.In)
	err = b.inputs(site.Watched, was.In, func(name, key string, now input) {
		if before := gone[key]; before.Sum != now.Sum {
			changed[site.ClientOf(name)] = true
		}
		delete(gone, key)
	})
	var ids []string
	if len(gone) > 0 {
		ids, _ = b.Clients()
	}
	for key := range gone {
		i := slices.IndexFunc(ids, func(id string) bool { return ownerOf(key) == digest(id) })
		if i < 0 {
			changed[""] = true
		} else {
			changed[ids[i]] = true
		}
	}
	if err != nil || len(changed) == 0 {
		return Behind{}
	}
	if out, err := treeDigests(b.opt.Published, nil); err != nil || !maps.Equal(out, was.Out) {
		return Behind{}
	}
	found := Behind{Shared: changed[""]}
	delete(changed, "")
	found.Clients = slices.Sorted(maps.Keys(changed))
	return found
}

// inputs calls each for every file below the names that a build reads; key is keyOf its name. Digests of files
// that have not changed since known are taken from there.
func (b *Builder) inputs(names []string, known map[string]input, each func(name, key string, now input)) error {
	start := time.Now()
	for _, dir := range names {
		err := fs.WalkDir(b.site.Root.FS(), dir, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) && name == dir:
				return nil
			case err != nil:
				return err
			case entry.IsDir() && name != dir && leftover.Is(path.Base(name)):
				return fs.SkipDir
			case entry.IsDir() || leftover.Is(path.Base(name)):
				return nil
			case dir != site.PrivateDir && Classify([]string{name}).Empty():
				return nil
			}
			info, err := entry.Info()
			if entry.Type()&fs.ModeSymlink != 0 {
				info, err = b.site.Root.Stat(name) // what it leads to
			}
			switch {
			case err != nil:
				return err
			case info.IsDir():
				return fmt.Errorf("%s is a link to a folder", name)
			case !info.Mode().IsRegular():
				return nil
			}
			now := input{State: disk.StateOf(info), Fresh: start.Sub(info.ModTime()) < settled}
			key := keyOf(name)
			if was, ok := known[key]; ok && !was.Fresh && was.State == now.State {
				now.Sum = was.Sum
			} else if now.Sum, err = b.fileDigest(name); err != nil {
				return err
			}
			each(name, key, now)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// A survey is how the files that a build reads were before it read them.
type survey struct {
	b *Builder
	// names are those below which files were looked at; all where whole is true.
	names []string
	whole bool
	was   record
	now   map[string]input
	// sums are digests of the files by owner, as byOwner has them.
	sums map[string]publish.Sum
	err  error
}

// survey looks at the files before a build into out of the clients ids, or of all where whole is true.
// It returns nil where the build is not to be recorded.
func (b *Builder) survey(out string, whole bool, ids []string) *survey {
	if !b.records(out) {
		return nil
	}
	s := &survey{b: b, whole: whole, names: site.Watched}
	if !whole {
		s.names = slices.Concat(site.Watched[1:], []string{site.ProviderFile})
		for _, id := range ids {
			s.names = append(s.names, site.ClientFile(id), path.Join(site.ClientsDir, id), access.FileName(id))
		}
	}
	s.was, _ = b.record() // without one every file is read
	s.now, s.err = s.look(s.was.In)
	s.sums = byOwner(s.now, bytesOf)
	return s
}

func (s *survey) look(known map[string]input) (map[string]input, error) {
	found := map[string]input{}
	err := s.b.inputs(s.names, known, func(_, key string, i input) { found[key] = i })
	return found, err
}

// record records the files after a build that published the folders: all where the survey is whole,
// except those of the clients ids; else those of ids alone. at is the time of what is published.
func (s *survey) record(ids, folders []string, done publish.Result, at time.Time) error {
	if s == nil {
		return nil
	}
	if s.err != nil {
		return s.err
	}
	named := map[string]bool{}
	for _, id := range ids {
		named[digest(id)] = true
	}
	stays := func(key string) bool { return named[ownerOf(key)] == s.whole }
	next := record{In: map[string]input{}, Time: at.UnixNano()}
	for key, i := range s.now {
		if !stays(key) {
			next.In[key] = i
		}
	}
	for key, i := range s.was.In {
		if stays(key) {
			next.In[key] = i
		}
	}
	var err error
	same := done.Written+done.Removed == 0 && next.Time == s.was.Time
	if next.Out, err = s.out(folders, same); err != nil {
		return err
	}
	if same && maps.Equal(next.In, s.was.In) && maps.Equal(next.Out, s.was.Out) {
		return nil
	}
	text, err := json.Marshal(next)
	if err != nil {
		return err
	}
	return disk.Write(filepath.Join(s.b.site.Dir, recordFile), text, disk.Secret)
}

// records reports whether a build into out is recorded: it is the folder that is published, and the
// site has a folder of its own for what stays on this machine.
func (b *Builder) records(out string) bool {
	if b.opt.Published == "" || b.opt.Samples || filepath.Clean(out) != filepath.Clean(b.opt.Published) {
		return false
	}
	return b.ownDir() != ""
}

// ownDir returns the site's folder for what stays on this machine; "" where it has none.
func (b *Builder) ownDir() string {
	dir := filepath.Join(b.site.Dir, filepath.Dir(recordFile))
	if info, err := os.Lstat(dir); err != nil || !info.IsDir() {
		return ""
	}
	return dir
}

// record returns what was recorded, which must not be changed. It is read again only where its file is another:
// with a thousand clients reading it takes as long as publishing an edit.
func (b *Builder) record() (record, error) {
	info, err := b.site.Root.Stat(recordFile)
	if err != nil {
		return record{}, err
	}
	state := disk.StateOf(info)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.lastState == state {
		return b.last, nil
	}
	text, err := b.site.Root.ReadFile(recordFile)
	if err != nil {
		return record{}, err
	}
	var r record
	if err := json.Unmarshal(text, &r); err != nil {
		return r, err
	}
	b.last, b.lastState = r, state
	return r, nil
}

func (b *Builder) fileDigest(name string) (string, error) {
	f, err := b.site.Root.Open(name)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), errors.Join(err, f.Close())
}

// out returns the digests of what is published, read anew of the folders, or of all where the survey is
// whole; but not of the folders where their files are the same as they were.
func (s *survey) out(folders []string, same bool) (map[string]string, error) {
	if s.whole || s.was.Out == nil {
		known := map[string]string{}
		for _, name := range folders {
			if sum, ok := s.was.Out[name]; same && ok {
				known[name] = sum
			}
		}
		return treeDigests(s.b.opt.Published, known)
	}
	all := maps.Clone(s.was.Out)
	for _, name := range append(folders, "") {
		delete(all, name)
		sum, err := treeDigest(s.b.opt.Published, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all[name] = sum
	}
	return all, nil
}

// treeDigests returns the digest of each folder in dir by its name, and that of the files beside them
// by "". Those that are known are taken from there.
func treeDigests(dir string, known map[string]string) (map[string]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, e := range append(entries, nil) {
		name := ""
		if e != nil {
			name = e.Name()
		}
		if e != nil && !e.IsDir() {
			continue
		}
		sum, ok := known[name]
		if !ok {
			if sum, err = treeDigest(dir, name); err != nil {
				return nil, err
			}
		}
		all[name] = sum
	}
	return all, nil
}

// treeDigest returns a digest of the names, sizes and times of all files in a folder of dir and below
// it, or of those in dir itself where name is "".
func treeDigest(dir, name string) (string, error) {
	h := sha256.New()
	top := filepath.Join(dir, name)
	err := filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != top && name == "":
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		info, err := entry.Info()
		if err == nil {
			fmt.Fprintf(h, "%q %d %d\n", path[len(top):], info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	return hex.EncodeToString(h.Sum(nil)), err
}

// keyOf returns by what a record knows a file: the digest of whose it is, "" where it concerns all, and
// that of its name.
func keyOf(name string) string {
	id := site.ClientOf(name)
	if strings.HasPrefix(name, site.PrivateDir+"/") {
		id = strings.TrimSuffix(path.Base(name), ".toml")
	}
	if id == "" && (strings.HasPrefix(name, site.ClientsDir+"/") || strings.HasPrefix(name, site.AccessDir+"/")) {
		id = "?" // of no client, and of no portal
	}
	return digest(id) + digest(name)
}

func ownerOf(key string) string { return key[:min(len(key), 16)] }

func digest(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:8])
}
