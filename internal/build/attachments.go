package build

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // pictures whose
	_ "image/jpeg" // size in pixels
	_ "image/png"  // can be told
	"io"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"sync"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/clientfile"
	"portalgen/internal/gate"
	"portalgen/internal/portal"
	"portalgen/internal/render"
	"portalgen/internal/sample"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// An Attached file is one that a portal hands over. Its bytes are read and sealed when
// they are asked for, a chunk at a time.
type Attached struct {
	file *seal.File
	open func() (fs.File, error)
	name string
}

// Size returns its length as published, in bytes.
func (a *Attached) Size() int64 { return a.file.SealedSize() }

// Seal writes it to w as it is published. The error wraps seal.ErrChanged where the file
// is no longer what it was when the portal was built.
func (a *Attached) Seal(w io.Writer) error {
	f, err := a.open()
	if err != nil {
		return err
	}
	defer f.Close()
	if err := a.file.Seal(w, f); err != nil {
		return fmt.Errorf("%s: %w", a.name, err)
	}
	return nil
}

// A drawer is where the files of one client are taken from.
type drawer struct {
	client string
	// take opens a file by its name in the client's folder.
	take func(name string) (fs.File, error)
	// failed is the first error of telling of a file.
	failed error
}

// drawer returns where a client's files are. Those of a sample come with the program,
// as its text does: what stands in the site's folder is nobody's to publish under a
// public key.
func (b *Builder) drawer(id string, text, provider []byte) *drawer {
	folder := site.ClientsDir + "/" + id
	if b.opt.Samples || sample.Is(id, text, provider) {
		return &drawer{client: id, take: func(name string) (fs.File, error) { return sample.Open(folder + "/" + name) }}
	}
	return &drawer{client: id, take: func(name string) (fs.File, error) {
		in, err := b.site.Root.OpenRoot(folder)
		if err != nil {
			return nil, err
		}
		defer in.Close()
		if err := clientfile.Resolve(in, name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return in.Open(name)
	}}
}

// info tells what a page shows of a file. Where that fails, it is an error of the portal.
func (d *drawer) info(name string) portal.FileInfo {
	info, err := d.look(name)
	if err != nil && d.failed == nil {
		d.failed = err
	}
	return info
}

// inline are the pictures that a page may show, and the most bytes they may have.
var inline = []string{"image/gif", "image/jpeg", "image/png", "image/webp"}

const inlineMost = 16 << 20

func (d *drawer) look(name string) (portal.FileInfo, error) {
	f, err := d.take(name)
	if err != nil {
		return portal.FileInfo{}, err
	}
	defer f.Close()
	stat, err := f.Stat()
	if err != nil {
		return portal.FileInfo{}, err
	}
	info := portal.FileInfo{Size: stat.Size()}
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return info, err
	}
	kind := http.DetectContentType(head[:n])
	if info.Size > inlineMost || !slices.Contains(inline, kind) {
		return info, nil
	}
	info.Picture = kind
	if config, _, err := image.DecodeConfig(io.MultiReader(bytes.NewReader(head[:n]), f)); err == nil {
		info.Width, info.Height = config.Width, config.Height
	}
	return info, nil
}

// attach makes the attachments of a portal whose pages are rendered: by their paths as
// they are published, and by their refs as pages hold their keys. What no page shows is
// not published.
func (b *Builder) attach(from *drawer, v *portal.View, pages map[string]render.Fragment, who *access.Sealer) (map[string]*Attached, map[string]gate.File, error) {
	files, keys := map[string]*Attached{}, map[string]gate.File{}
	for _, a := range v.Attachments {
		var on []string
		for token, page := range pages {
			if shows(page.Body, a.Ref) {
				on = append(on, token)
			}
		}
		if len(on) == 0 {
			continue
		}
		digest, size, err := b.digests.of(from, a.Source, who)
		if err != nil {
			return nil, nil, fmt.Errorf("%s/%s: %w", from.client, a.Source, err)
		}
		sealed := who.File(digest, size, on)
		files[sealed.Path()] = &Attached{
			file: sealed, name: from.client + "/" + a.Source,
			open: func() (fs.File, error) { return from.take(a.Source) },
		}
		keys[a.Ref] = gate.File{Key: sealed.Key().Encode(), Name: a.Name, Size: size, Picture: a.Picture}
	}
	return files, keys, nil
}

// shows reports whether a page shows the attachment that it calls ref.
func shows(body []byte, ref string) bool {
	return ref != "" && bytes.Contains(body, []byte(`data-file="`+ref+`"`))
}

// shown returns those of keys that a page shows.
func shown(body []byte, keys map[string]gate.File) map[string]gate.File {
	var on map[string]gate.File
	for ref, key := range keys {
		if shows(body, ref) {
			if on == nil {
				on = map[string]gate.File{}
			}
			on[ref] = key
		}
	}
	return on
}

// digests remembers the digests of files, so that an edit of a client's text does not
// read all that is attached to it.
type digests struct {
	mu    sync.Mutex
	known map[string]digested
}

// A digested file is taken to be the same as long as its size and time of change are.
type digested struct {
	size   int64
	at     time.Time
	epoch  string
	digest []byte
}

// settled is how old a change must be before the time of it can be trusted to be
// another after the next one.
const settled = 2 * time.Second

func (d *digests) of(from *drawer, name string, who *access.Sealer) ([]byte, int64, error) {
	f, err := from.take(name)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	stat, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	now := digested{size: stat.Size(), at: stat.ModTime(), epoch: string(who.EpochToken())}
	key := from.client + "/" + name
	d.mu.Lock()
	old, known := d.known[key]
	d.mu.Unlock()
	if known && old.same(now) {
		return old.digest, old.size, nil
	}
	if now.digest, err = who.Digest(f, now.size); err != nil {
		return nil, 0, err
	}
	if time.Since(now.at) > settled {
		d.mu.Lock()
		d.known[key] = now
		d.mu.Unlock()
	}
	return now.digest, now.size, nil
}

func (d digested) same(now digested) bool {
	return d.size == now.size && d.at.Equal(now.at) && d.epoch == now.epoch
}

// tooLarge returns an error for a file that cannot be attached.
func tooLarge(in *os.Root, name string) error {
	info, err := in.Stat(name)
	if err == nil && info.Size() > seal.MaxFile {
		return errors.New("it is larger than 2 GiB, the most that a browser is asked to open; give a link in its place")
	}
	return err
}
