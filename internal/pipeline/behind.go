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
	"time"

	"portalgen/internal/disk"
	"portalgen/internal/leftover"
	"portalgen/internal/site"
)

// recordFile tells from which files the folder Options.Published was last built. It holds digests
// alone, of names too. It stays on the machine that built: after a clone there is none, and then
// nothing is told.
const recordFile = ".portalgen/published"

// A record is what recordFile holds.
type record struct {
	// Out is a digest of what was published: where it is another now, somebody else published, or
	// fetched it.
	Out string
	// In are the files that were read, each by keyOf its name.
	In map[string]input
}

// An input is one file, as it was when it was read. Where size and time are still the same, so are
// its bytes; a time so late that the file may have changed unseen is left out.
type input struct {
	Size, Time int64
	Sum        string
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
	err = b.inputs(was.In, func(name string, now input) {
		if before := gone[keyOf(name)]; before.Sum != now.Sum {
			changed[site.ClientOf(name)] = true
		}
		delete(gone, keyOf(name))
	})
	ids, _ := b.Clients()
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
	if out, err := treeDigest(b.opt.Published); err != nil || out != was.Out {
		return Behind{}
	}
	found := Behind{Shared: changed[""]}
	delete(changed, "")
	found.Clients = slices.Sorted(maps.Keys(changed))
	return found
}

// inputs calls each for every file that a build reads. Digests of files that have not changed since
// known are taken from there.
func (b *Builder) inputs(known map[string]input, each func(name string, now input)) error {
	start := time.Now()
	for _, dir := range site.Watched {
		err := fs.WalkDir(b.site.Root.FS(), dir, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) && name == dir:
				return nil
			case err != nil:
				return err
			case entry.IsDir() && name != dir && leftover.Is(path.Base(name)):
				return fs.SkipDir
			case !entry.Type().IsRegular() || leftover.Is(path.Base(name)) || Classify([]string{name}).Empty():
				return nil
			}
			info, err := entry.Info()
			if err != nil {
				return err
			}
			now := input{Size: info.Size(), Time: info.ModTime().UnixNano()}
			if was, ok := known[keyOf(name)]; ok && was.Size == now.Size && was.Time == now.Time {
				now.Sum = was.Sum
			} else if now.Sum, err = b.fileDigest(name); err != nil {
				return err
			}
			if start.Sub(info.ModTime()) < settled {
				now.Time = 0
			}
			each(name, now)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// recording looks at the files before a build into out, and returns what records them after it: all
// where whole is true, but for those of ids; else those of ids alone.
func (b *Builder) recording(out string) func(whole bool, ids []string) error {
	if !b.records(out) {
		return func(bool, []string) error { return nil }
	}
	was, _ := b.record() // without one every file is read
	now := map[string]input{}
	err := b.inputs(was.In, func(name string, i input) { now[keyOf(name)] = i })
	return func(whole bool, ids []string) error {
		if err != nil {
			return err
		}
		named := map[string]bool{}
		for _, id := range ids {
			named[digest(id)] = true
		}
		stays := func(key string, _ input) bool { return named[ownerOf(key)] == whole }
		maps.DeleteFunc(now, stays)
		next := record{In: now}
		for key, i := range was.In {
			if stays(key, i) {
				next.In[key] = i
			}
		}
		var err error
		if next.Out, err = treeDigest(b.opt.Published); err != nil {
			return err
		}
		text, err := json.Marshal(next)
		if err != nil {
			return err
		}
		return disk.Write(filepath.Join(b.site.Dir, recordFile), text, disk.Secret)
	}
}

// records reports whether a build into out is recorded: it is the folder that is published, and the
// site has a folder of its own for what stays on this machine.
func (b *Builder) records(out string) bool {
	if b.opt.Published == "" || b.opt.Samples || filepath.Clean(out) != filepath.Clean(b.opt.Published) {
		return false
	}
	info, err := os.Lstat(filepath.Join(b.site.Dir, filepath.Dir(recordFile)))
	return err == nil && info.IsDir()
}

func (b *Builder) record() (record, error) {
	var r record
	text, err := b.site.Root.ReadFile(recordFile)
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(text, &r)
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

// treeDigest returns a digest of the names, sizes and times of all files below dir.
func treeDigest(dir string) (string, error) {
	h := sha256.New()
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			fmt.Fprintf(h, "%q %d %d\n", name[len(dir):], info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	return hex.EncodeToString(h.Sum(nil)), err
}

// keyOf returns by what a record knows a file: the digest of whose it is, and that of its name.
func keyOf(name string) string { return digest(site.ClientOf(name)) + digest(name) }

func ownerOf(key string) string { return key[:min(len(key), 16)] }

func digest(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:8])
}
