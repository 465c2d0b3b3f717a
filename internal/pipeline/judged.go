package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"portalgen/internal/access"
	"portalgen/internal/check"
	"portalgen/internal/civil"
	"portalgen/internal/diag"
	"portalgen/internal/disk"
	"portalgen/internal/keyring"
	"portalgen/internal/publish"
	"portalgen/internal/seal"
	"portalgen/internal/site"
	"portalgen/internal/today"
)

// A judged client is all that check and today say of one client.
type judged struct {
	// Files is a digest of all that it was made of, as filesOf has it. The rest is valid as long as that is the
	// same, from the moment From until before Until. Zone is the client's.
	Files       publish.Sum
	From, Until time.Time
	Zone        string

	// The problems of the client's file, of the rules, of the access file and of the private notes.
	File, Rules, Access, Notes diag.Problems
	Owed                       []check.Owed
	// Portal is the friendly name of the portal, Name the name of the client.
	Portal, Name string
	// Part is nil if the file has an error.
	Part *today.Part
}

// problems returns all problems of the client.
func (j *judged) problems() diag.Problems { return slices.Concat(j.File, j.Rules, j.Access, j.Notes) }

// part returns what is to be done for the client. A rule that [check] makes an error does not leave a
// client out.
func (j *judged) part() (today.Part, diag.Problems) {
	switch {
	case j.File.Err() != nil:
		return today.Part{}, j.File
	case j.Part == nil:
		return today.Part{}, j.Rules
	}
	return *j.Part, j.Notes
}

// judgeClient reads one client and judges it.
func (b *Builder) judgeClient(base *base, id string) *judged {
	c, text, ps := b.read(base, id)
	out := &judged{File: ps}
	if c != nil {
		out.Portal, out.Name, out.Zone = c.Portal, c.Name, c.Timezone
	}
	out.From = base.in(out.Zone)
	notes, private, ps := b.notes(id)
	out.Notes = ps
	var dues []civil.Moment
	if out.File.Err() == nil {
		found, ps := b.judge(base, c, text, nil)
		out.Rules, out.Owed = ps, found.Owed
		if found.View != nil {
			part := today.ForClient(today.Subject{Client: c, Notes: notes, Findings: found})
			if shown := c.Public(); shown != c { // a private note is for the provider, and no standing
				if seen, _ := b.judge(base, shown, text, func(check.Rule) bool { return false }); seen.View != nil {
					part.Standing = today.StandingOf(seen.View)
				}
			}
			out.Part = &part
			for _, r := range found.View.Replies.All {
				dues = append(dues, r.Due)
			}
		}
	}
	if !b.opt.Samples {
		out.Access = keyring.AccessProblems(b.site, id, c)
	}
	out.Until = until(out.From, Location(base.provider.Timezone), dues, text, base.text, private)
	return out
}

// judgeAll judges all clients of the site, in the order of ids. What is known from the last time, and is
// still valid, is not worked out again.
func (b *Builder) judgeAll(ids []string) []*judged {
	base := b.base.Load()
	known := b.remembered()
	out := make([]*judged, len(ids))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, id := range ids {
		g.Go(func() error {
			if out[i] = known.of(base, id); out[i] == nil {
				out[i] = b.judgeClient(base, id)
			}
			return nil
		})
	}
	_ = g.Wait() // none of them fails
	known.save(ids, out)
	return out
}

// judgedFile holds the judged clients, sealed under the master key. It is only a shortcut: without it, or
// if it does not open, or cannot be written, all clients are judged again.
const judgedFile = ".portalgen/judged"

// judgedOf are the folders and files that clients are judged by.
var judgedOf = []string{site.ClientsDir, site.AccessDir, site.PrivateDir, site.ProviderFile, "i18n"}

// remembered is what was judged before.
type remembered struct {
	*survey
	master seal.Master
	// By has the clients by id; In is as in record.
	By map[string]*judged
	In map[string]input
}

// remembered returns what was judged before; nil if nothing can be kept.
func (b *Builder) remembered() *remembered {
	keys, ok := b.opt.Keys.(*keyring.SiteKeys)
	if !ok || b.opt.Samples || b.ownDir() == "" {
		return nil
	}
	m, err := keys.Master()
	if err != nil || m.Equal(access.SampleMaster()) {
		return nil
	}
	k := &remembered{survey: &survey{b: b, names: judgedOf}, master: m}
	if sealed, err := b.site.Root.ReadFile(judgedFile); err == nil {
		text, _ := m.OpenLocal(judgedFile, sealed)
		if gob.NewDecoder(bytes.NewReader(text)).Decode(k) != nil {
			k.By, k.In = nil, nil
		}
	}
	if k.now, err = k.look(k.In); err != nil {
		return nil
	}
	k.sums = byOwner(k.now, bytesOf)
	return k
}

// of returns what is known of a client; nil if it is to be judged. One whose file has copies is never
// known, since the names of other files decide what is wrong with it.
func (k *remembered) of(base *base, id string) *judged {
	if k == nil || k.By[id] == nil || len(k.b.site.Copies(id)) > 0 {
		return nil
	}
	j, now := k.By[id], base.in(k.By[id].Zone)
	if j.Files != k.filesOf(id) || now.Before(j.From) || !now.Before(j.Until) {
		return nil
	}
	return j
}

// filesOf returns a digest of all that a client is judged by.
func (k *remembered) filesOf(id string) publish.Sum {
	return sha256.Sum256(fmt.Appendf(nil, "%s %x %x", program(), k.sums[digest("")], k.sums[digest(id)]))
}

// save writes what is known now, if that is more or less than before.
func (k *remembered) save(ids []string, all []*judged) {
	if k == nil {
		return
	}
	was := k.By
	k.By, k.In = map[string]*judged{}, k.now
	changed := len(was) != len(ids)
	for i, id := range ids {
		changed = changed || all[i] != was[id]
		k.By[id] = all[i]
	}
	if !changed {
		return
	}
	same, err := k.unchanged()
	if err != nil {
		return
	}
	for id, j := range k.By {
		if j == was[id] {
			continue
		}
		if j.Files = k.filesOf(id); !same(id) || len(k.b.site.Copies(id)) > 0 {
			delete(k.By, id)
		}
	}
	var text bytes.Buffer
	if gob.NewEncoder(&text).Encode(k) == nil {
		file := filepath.Join(k.b.site.Dir, filepath.FromSlash(judgedFile))
		_ = disk.Write(file, k.master.SealLocal(judgedFile, text.Bytes()), disk.Secret) // a shortcut
	}
}
