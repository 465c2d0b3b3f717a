package cli

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"portalgen/internal/disk"
	"portalgen/internal/inbox"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/seal"
	"portalgen/internal/site"
	"portalgen/internal/takein"
)

// previewEnd ends the name of a file that holds the key of a preview in which something was sent:
// the preview draws a key of its own in each run, and its replies open with no other.
const previewEnd = ".preview"

// previewInbox opens the inbox of previews; it returns nil where nothing was ever sent in one.
func previewInbox(dir string) (*inbox.Folder, error) {
	dir = filepath.Join(dir, filepath.FromSlash(site.InboxDir))
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return inbox.OpenFolder(dir)
}

// inPreview hands over what was sent in a preview.
func (t *taking) inPreview(take func(arrived)) error {
	if t.preview == nil {
		return nil
	}
	return t.preview.All(func(w inbox.Waiting) {
		take(arrived{Waiting: w, remove: func() error { return t.preview.Delete(w.Name) }})
	})
}

// closePreview closes the inbox of previews. Once nothing is in it, the keys of the previews are
// of no more use.
func (t *taking) closePreview() {
	if t.preview == nil {
		return
	}
	if names, err := t.preview.Names(); err == nil && len(names) == 0 && !t.opt.dryRun {
		for _, name := range previewFiles(t.dir) {
			_ = os.Remove(name) // it is of no use, and does no harm
		}
	}
	_ = t.preview.Close() // nothing is written through it any more
}

func previewFiles(dir string) []string {
	names, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(site.InboxDir), "*"+previewEnd)) // the pattern is good
	return names
}

// previewKeys returns the keys of the previews in which something was sent.
func previewKeys(dir string) []keyring.PreviewKeys {
	var all []keyring.PreviewKeys
	for _, name := range previewFiles(dir) {
		text, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		key, samples, _ := strings.Cut(string(text), "\n")
		if m, err := seal.ParseMaster(key); err == nil {
			all = append(all, keyring.OldPreviewKeys(m, strings.Fields(samples)))
		}
	}
	return all
}

// A receiver is the inbox of a preview.
type receiver struct {
	*app
	b    *pipeline.Builder
	keys keyring.PreviewKeys

	mu     sync.Mutex
	folder *inbox.Folder // nil before the first reply
}

// ServeHTTP keeps a reply, and the key that opens it beside it, and says who sent what. Whoever has no
// page of the preview, as a page of another site, has nothing written.
func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	tokens := inbox.TokensOf(r.keys.Master.InboxTokens())
	if !tokens.MayPost(q) {
		http.Error(w, http.StatusText(http.StatusUnauthorized), http.StatusUnauthorized)
		return
	}
	folder, err := r.open()
	if err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	(&inbox.Server{Folder: folder, Tokens: tokens, Came: r.came}).ServeHTTP(w, q)
}

// open makes the folder at the first reply, and the file with the key wherever it is not there.
func (r *receiver) open() (*inbox.Folder, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	dir := filepath.Join(r.dir, filepath.FromSlash(site.InboxDir))
	if r.folder == nil {
		var err error
		if r.folder, err = inbox.OpenFolder(dir); err != nil {
			return nil, err
		}
	}
	text := r.keys.Master.Reveal() + "\n" + strings.Join(r.keys.Samples(), "\n") + "\n"
	name := filepath.Join(dir, r.keys.Master.PreviewID("").String()+previewEnd)
	return r.folder, disk.Write(name, []byte(text), disk.Secret)
}

// came says who sent what.
func (r *receiver) came(w inbox.Waiting) {
	ids, err := r.b.Clients()
	if err != nil {
		return
	}
	owners, _ := takein.Owners(r.b, ids, r.keys) // the preview shows their problems
	o, said, err := takein.Open(w.Sealed, owners)
	if err != nil {
		r.term.RepliesUnopened(1, err.Error())
		return
	}
	subject, err := takein.SubjectOf(r.b, o)
	if err != nil {
		return
	}
	if j, err := takein.Judge(subject, said, o.Credential, w.At); err == nil {
		r.term.ReplyCame(j.Who, o.Client, said.Sentence)
	}
}
