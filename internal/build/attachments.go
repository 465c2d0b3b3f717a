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
	"regexp"
	"slices"
	"sync"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/gate"
	"portalgen/internal/portal"
	"portalgen/internal/render"
	"portalgen/internal/rule"
	"portalgen/internal/sample"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// An Attached file is one that a portal hands over. Its bytes are read and sealed when
// they are asked for, a chunk at a time.
type Attached struct {
	file           *seal.File
	client, source string
	open           func() (fs.File, error)
	digests        *digests
}

// Size returns its length as published, in bytes.
func (a *Attached) Size() int64 { return a.file.SealedSize() }

// Seal writes it to w as it is published. The error wraps seal.ErrChanged where the file
// is no longer what it was when the portal was built; the next portal is made of what it
// is then.
func (a *Attached) Seal(w io.Writer) error {
	f, err := a.open()
	if err != nil {
		return err
	}
	defer f.Close()
	if err := a.file.Seal(w, f); err != nil {
		a.digests.forget(a.client, a.source)
		return fmt.Errorf("%s/%s: %w", a.client, a.source, err)
	}
	return nil
}

// Problem returns what there is to say of an error of Seal.
func (a *Attached) Problem(err error) diag.Problem { return notAttached(a.client, a.source, err) }

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
		in, err := folderOf(b.site, id)
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

// folderOf opens the folder of a client's files. One that is a link is refused: it might
// lead to the files of another client.
func folderOf(s *site.Site, id string) (*os.Root, error) {
	folder := site.ClientsDir + "/" + id
	info, err := s.Root.Lstat(folder)
	if err != nil {
		return nil, fmt.Errorf("there is no folder %s: %w", folder, err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is no folder of its own, but a link or a file", folder)
	}
	return s.Root.OpenRoot(folder)
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

// pageFiles are the keys of the files that one page hands over, by their refs.
type pageFiles = map[string]gate.File

// attach makes the attachments of a portal whose pages are rendered: by their paths as
// they are published, and by their refs as each page holds their keys. What no page shows
// is not published, which is a warning.
func (b *Builder) attach(from *drawer, v *portal.View, pages map[string]render.Fragment, who *access.Sealer) (map[string]*Attached, map[string]pageFiles, diag.Problems) {
	if len(v.Attachments) == 0 {
		return nil, nil, nil
	}
	files, keys := map[string]*Attached{}, map[string]pageFiles{}
	var ps diag.Problems
	on := map[string][]string{} // the pages that show a ref
	for token, page := range pages {
		keys[token] = pageFiles{}
		for ref := range shown(page.Body) {
			on[ref] = append(on[ref], token)
		}
	}
	for _, a := range v.Attachments {
		if len(on[a.Ref]) == 0 {
			ps = append(ps, onNoPage(from.client, a.Source))
			continue
		}
		digest, size, err := b.digests.of(from, a.Source, who)
		if err != nil {
			return nil, nil, append(ps, notAttached(from.client, a.Source, err))
		}
		sealed := who.File(digest, size, on[a.Ref])
		files[sealed.Path()] = &Attached{
			file: sealed, client: from.client, source: a.Source, digests: &b.digests,
			open: func() (fs.File, error) { return from.take(a.Source) },
		}
		for _, token := range on[a.Ref] {
			keys[token][a.Ref] = gate.File{Key: sealed.Key().Encode(), Name: a.Name, Size: size, Picture: a.Picture}
		}
	}
	return files, keys, ps
}

// notAttached says that a file cannot be handed over.
func notAttached(client, name string, err error) diag.Problem {
	if errors.Is(err, seal.ErrChanged) {
		err = seal.ErrChanged // where it was to be published is nobody's concern
	}
	return diag.Problem{
		Pos: diag.Pos{File: site.ClientFile(client)}, Rule: rule.Attachment, Severity: diag.Error,
		Message: fmt.Sprintf("%q cannot be handed over: %v", name, err),
		Hint:    "see that it is whole and that nobody writes to it, and build again",
	}
}

// onNoPage says that a file is named, and no layout shows it.
func onNoPage(client, name string) diag.Problem {
	return diag.Problem{
		Pos: diag.Pos{File: site.ClientFile(client)}, Rule: rule.AttachmentOnNoPage, Severity: diag.Warning,
		Message: fmt.Sprintf("no page shows %q, so it is not published", name),
		Hint:    `a layout of your own leaves it out: show it with {{ partial "file.html" . }}, or write data-file="{{ .Ref }}"`,
	}
}

// refForm is how a page names what it shows.
var refForm = regexp.MustCompile(`\sdata-file="([0-9a-f]+)"`)

// shown returns the refs of the attachments that a page shows.
func shown(body []byte) map[string]bool {
	refs := map[string]bool{}
	for _, m := range refForm.FindAllSubmatch(body, -1) {
		refs[string(m[1])] = true
	}
	return refs
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

// forget has a file read again.
func (d *digests) forget(client, name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.known, client+"/"+name)
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
