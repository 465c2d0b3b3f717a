package cli

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"portalgen/internal/disk"
	"portalgen/internal/inbox"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/seal"
	"portalgen/internal/sender"
	"portalgen/internal/site"
	"portalgen/internal/takein"
)

// previewEnd is the suffix of a file with the key of a preview in which replies were sent. A
// preview draws a new key in each run, and only that key opens its replies.
const previewEnd = ".preview"

// previewInbox opens the inbox of previews. It returns nil if no reply was ever sent in a preview.
func previewInbox(dir string) (*inbox.Folder, error) {
	dir = filepath.Join(dir, filepath.FromSlash(site.InboxDir))
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return inbox.OpenFolder(dir)
}

// inPreview passes each reply that was sent in a preview to take.
func (t *taking) inPreview(take func(arrived)) error {
	if t.preview == nil {
		return nil
	}
	return t.preview.All(func(w inbox.Waiting) {
		take(arrived{Waiting: w, remove: func() error { return t.preview.Delete(w.Name) }})
	})
}

// closePreview closes the inbox of previews. If the inbox is empty, it first removes the keys of
// previews.
func (t *taking) closePreview() {
	if t.preview == nil {
		return
	}
	if !t.opt.dryRun {
		_ = removeOldKeys(t.dir, t.preview) // old keys do no harm, and the next run tries again
	}
	_ = t.preview.Close() // nothing is written through it any more
}

// removeOldKeys removes the keys of previews if no reply is left. The lock prevents that one
// arrives meanwhile.
func removeOldKeys(dir string, folder *inbox.Folder) error {
	unlock, err := lockPreviews(dir, 0)
	if err != nil {
		return err
	}
	names, err := folder.Names()
	if err == nil && len(names) == 0 {
		for _, name := range previewFiles(dir) {
			err = errors.Join(err, os.Remove(name))
		}
	}
	return errors.Join(err, unlock())
}

// lockPreviews takes the lock under which a reply and the key that opens it are written together.
func lockPreviews(dir string, wait time.Duration) (unlock func() error, err error) {
	return disk.LockFile(filepath.Join(dir, filepath.FromSlash(site.InboxDir), "lock"), "keeping a reply", wait)
}

func previewFiles(dir string) []string {
	pattern := filepath.Join(dir, filepath.FromSlash(site.InboxDir), "*"+previewEnd)
	names, _ := filepath.Glob(pattern) // the pattern is well formed
	return names
}

// previewKeys returns the keys of the previews in which replies were sent.
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

// A receiver is the inbox of a running preview.
type receiver struct {
	*app
	b    *pipeline.Builder
	keys keyring.PreviewKeys

	mu     sync.Mutex    // one reply is written at a time
	folder *inbox.Folder // nil before the first reply
}

// ServeHTTP writes a reply and the key that opens it, and prints who sent what. A request without
// the token of this preview's pages, such as from another site's page, writes nothing.
func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	tokens := inbox.TokensOf(r.keys.Master.InboxTokens())
	if !tokens.MayPost(q) {
		http.Error(w, http.StatusText(http.StatusUnauthorized), http.StatusUnauthorized)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	folder, unlock, err := r.open()
	if err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	defer func() { _ = unlock() }() // the lock ends with the process at the latest
	(&inbox.Server{Folder: folder, Tokens: tokens, Came: r.report}).ServeHTTP(w, q)
}

// lockPatience is how long a reply waits for another process that removes old keys, which is quick.
const lockPatience = 10 * time.Second

// open makes the folder at the first reply, and writes the file with the key. The key stays at
// least until unlock is called.
func (r *receiver) open() (folder *inbox.Folder, unlock func() error, err error) {
	dir := filepath.Join(r.dir, filepath.FromSlash(site.InboxDir))
	if r.folder == nil {
		if r.folder, err = inbox.OpenFolder(dir); err != nil {
			return nil, nil, err
		}
	}
	if unlock, err = lockPreviews(r.dir, lockPatience); err != nil {
		return nil, nil, err
	}
	text := r.keys.Master.Reveal() + "\n" + strings.Join(r.keys.Samples(), "\n") + "\n"
	name := filepath.Join(dir, r.keys.Master.PreviewID("").String()+previewEnd)
	if err := disk.Write(name, []byte(text), disk.Secret); err != nil {
		return nil, nil, errors.Join(err, unlock())
	}
	return r.folder, unlock, nil
}

// report prints who sent what.
func (r *receiver) report(w inbox.Waiting) {
	ids, err := r.b.Clients()
	if err != nil {
		return
	}
	senders, _ := sender.All(r.b, ids, r.keys) // the preview shows their problems
	o, said, err := sender.Open(w.Sealed, senders)
	if err != nil {
		r.term.RepliesUnopened(1, err.Error())
		return
	}
	subject, err := sender.Subject(r.b, o)
	if err != nil {
		return
	}
	if j, err := takein.Judge(subject, said, o.Credential, w.At); err == nil {
		r.term.ReplyCame(j.Who, o.Client, said.Sentence)
	}
}
