// Package attachment makes the attachments of a portal: the files that a client's file names,
// sealed. It reads them from the client's folder, returns their size and type for the pages, and
// finds out which rendered page shows which of them.
//
// A file is never completely in memory. The package must not know how pages are rendered or where
// they are published.
package attachment

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // for the size in pixels
	_ "image/jpeg" // of pictures of
	_ "image/png"  // these forms
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
	"portalgen/internal/disk"
	"portalgen/internal/gate"
	"portalgen/internal/portal"
	"portalgen/internal/rule"
	"portalgen/internal/sample"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// A File is an attachment of a portal. Seal reads and seals it, one chunk at a time.
type File struct {
	sealed         *seal.File
	client, source string
	open           func() (fs.File, error)
	digests        *Digests
}

// Size returns the length of the sealed file, in bytes.
func (f *File) Size() int64 { return f.sealed.SealedSize() }

// Seal writes the sealed file to w. The error wraps seal.ErrChanged if the file has changed since
// the portal was built. The next portal then reads it again.
func (f *File) Seal(w io.Writer) error {
	in, err := f.open()
	if err != nil {
		return err
	}
	defer in.Close()
	if err := f.sealed.Seal(w, in); err != nil {
		f.digests.forget(f.client, f.source)
		return fmt.Errorf("%s/%s: %w", f.client, f.source, err)
	}
	return nil
}

// Problem returns an error of Seal as a problem of the client's file.
func (f *File) Problem(err error) diag.Problem { return notAttachedProblem(f.client, f.source, err) }

// A Source gives access to the files of one client.
type Source struct {
	client string
	// open opens a file by its name in the client's folder.
	open func(name string) (fs.File, error)
	// err is the first error of Info.
	err error
}

// FromSample returns the files of a sample. They come from the program, not from the site: a file
// of the site must not be published under a public key.
func FromSample(id string) *Source {
	return &Source{client: id, open: func(name string) (fs.File, error) {
		return sample.Open(folderOf(id) + "/" + name)
	}}
}

// FromSite returns the files of a client in a site.
func FromSite(s *site.Site, id string) *Source {
	return &Source{client: id, open: func(name string) (fs.File, error) {
		folder, err := openFolder(s, id)
		if err != nil {
			return nil, err
		}
		defer folder.Close()
		if err := clientfile.Resolve(folder, name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return folder.Open(name)
	}}
}

func folderOf(id string) string { return site.ClientsDir + "/" + id }

// openFolder opens the folder with a client's files. It refuses a link, which might lead to the
// files of another client.
func openFolder(s *site.Site, id string) (*os.Root, error) {
	folder := folderOf(id)
	info, err := s.Root.Lstat(folder)
	if err != nil {
		return nil, fmt.Errorf("there is no folder %s: %w", folder, err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is no folder of its own, but a link or a file", folder)
	}
	return s.Root.OpenRoot(folder)
}

// Info returns the size and type of a file, for pages. Err returns its first error.
func (s *Source) Info(name string) portal.FileInfo {
	info, err := s.inspect(name)
	if err != nil && s.err == nil {
		s.err = err
	}
	return info
}

// Err returns the first error of Info. After an error the portal cannot be built.
func (s *Source) Err() error { return s.err }

// inlineTypes are the media types of pictures that a page may show.
var inlineTypes = []string{"image/gif", "image/jpeg", "image/png", "image/webp"}

// maxInline is the greatest size of such a picture, in bytes.
const maxInline = 16 << 20

func (s *Source) inspect(name string) (portal.FileInfo, error) {
	f, err := s.open(name)
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
	if info.Size > maxInline || !slices.Contains(inlineTypes, kind) {
		return info, nil
	}
	info.Picture = kind
	if config, _, err := image.DecodeConfig(io.MultiReader(bytes.NewReader(head[:n]), f)); err == nil {
		info.Width, info.Height = config.Width, config.Height
	}
	return info, nil
}

// Keys are the attachments that one page shows, by the refs in its body.
type Keys = map[string]gate.File

// Attach makes the attachments of a portal whose pages are rendered. bodies are the pages by token.
// It returns the files by their published paths, and for each page, by token, the keys of the
// attachments that it shows. A file that no page shows is not published, and gives a warning.
func (d *Digests) Attach(
	from *Source, all []*portal.Attachment, bodies map[string][]byte, who *access.Sealer,
) (map[string]*File, map[string]Keys, diag.Problems) {
	if len(all) == 0 {
		return nil, nil, nil
	}
	files, keys := map[string]*File{}, map[string]Keys{}
	var ps diag.Problems
	on := map[string][]string{} // the pages that show a ref
	for token, body := range bodies {
		keys[token] = Keys{}
		for ref := range refsIn(body) {
			on[ref] = append(on[ref], token)
		}
	}
	for _, a := range all {
		if len(on[a.Ref]) == 0 {
			ps = append(ps, onNoPageProblem(from.client, a.Source))
			continue
		}
		digest, size, err := d.of(from, a.Source, who)
		if err != nil {
			return nil, nil, append(ps, notAttachedProblem(from.client, a.Source, err))
		}
		sealed := who.File(digest, size, on[a.Ref])
		files[sealed.Path()] = &File{
			sealed: sealed, client: from.client, source: a.Source, digests: d,
			open: func() (fs.File, error) { return from.open(a.Source) },
		}
		for _, token := range on[a.Ref] {
			keys[token][a.Ref] = gate.File{Key: sealed.Key().Encode(), Name: a.Name, Size: size, Picture: a.Picture}
		}
	}
	return files, keys, ps
}

// notAttachedProblem returns the problem of a file that cannot be read or sealed.
func notAttachedProblem(client, name string, err error) diag.Problem {
	if errors.Is(err, seal.ErrChanged) {
		err = seal.ErrChanged // omits the path below which it is published
	}
	return diag.Problem{
		Pos: diag.Pos{File: site.ClientFile(client)}, Rule: rule.Attachment, Severity: diag.Error,
		Message: fmt.Sprintf("%q cannot be handed over: %v", name, err),
		Hint:    "see that it is whole and that nobody writes to it, and build again",
	}
}

// onNoPageProblem returns the problem of a file that the client's file names and no page shows.
func onNoPageProblem(client, name string) diag.Problem {
	return diag.Problem{
		Pos: diag.Pos{File: site.ClientFile(client)}, Rule: rule.AttachmentOnNoPage, Severity: diag.Warning,
		Message: fmt.Sprintf("no page shows %q, so it is not published", name),
		Hint: `a layout of your own leaves it out: show it with {{ partial "file.html" . }}, ` +
			`or write data-file="{{ .Ref }}"`,
	}
}

// refForm matches the attribute with which a page shows an attachment. It begins with plain text: package regexp
// looks for such a beginning alone, where it would try to match at each byte of a page, a twelfth of an edit's time.
var refForm = regexp.MustCompile(`data-file="([0-9a-f]+)"`)

// refsIn returns the refs of the attachments that a page shows.
func refsIn(body []byte) map[string]bool {
	refs := map[string]bool{}
	for _, m := range refForm.FindAllSubmatchIndex(body, -1) {
		if m[0] > 0 && bytes.IndexByte([]byte(" \t\n\f\r"), body[m[0]-1]) >= 0 { // and not the end of another's name
			refs[string(body[m[2]:m[3]])] = true
		}
	}
	return refs
}

// Digests stores the digests of files, so that an edit of a client's text does not read the
// attachments again. The zero value is ready to use. It is safe for concurrent use.
type Digests struct {
	mu    sync.Mutex
	known map[string]digested
}

// digested is a file with a known digest. As long as its state is the same, its bytes are assumed
// to be the same.
type digested struct {
	disk.State
	epoch  string
	digest []byte
}

// minAge is the age from which on the digest of a file is stored. The clock of a file system may
// give two changes within this time the same time.
const minAge = 2 * time.Second

func (d *Digests) of(from *Source, name string, who *access.Sealer) ([]byte, int64, error) {
	f, err := from.open(name)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	stat, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	now := digested{State: disk.StateOf(stat), epoch: string(who.EpochToken())}
	key := from.client + "/" + name
	d.mu.Lock()
	old, known := d.known[key]
	d.mu.Unlock()
	if known && old.same(now) {
		return old.digest, old.Size, nil
	}
	if now.digest, err = who.Digest(f, now.Size); err != nil {
		return nil, 0, err
	}
	if time.Since(stat.ModTime()) > minAge {
		d.mu.Lock()
		if d.known == nil {
			d.known = map[string]digested{}
		}
		d.known[key] = now
		d.mu.Unlock()
	}
	return now.digest, now.Size, nil
}

// forget removes the digest of a file, so that the file is read again.
func (d *Digests) forget(client, name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.known, client+"/"+name)
}

func (d digested) same(now digested) bool {
	return d.State == now.State && d.epoch == now.epoch
}
