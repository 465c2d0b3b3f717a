package pipeline

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"fmt"
	"maps"
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
	// HasPart is false if the file has an error.
	HasPart bool
	// Portal is the friendly name of the portal, Name the name of the client.
	Portal, Name string

	// todo is what there is to do, without Owed, which is above. Only today needs it, so it is kept beside the rest,
	// without what is later.
	todo today.Part
}

// problems returns all problems of the client.
func (j *judged) problems() diag.Problems { return slices.Concat(j.File, j.Rules, j.Access, j.Notes) }

// part returns what is to be done for the client. A rule that [check] makes an error does not leave a
// client out.
func (j *judged) part() (today.Part, diag.Problems) {
	switch {
	case j.File.Err() != nil:
		return today.Part{}, j.File
	case !j.HasPart:
		return today.Part{}, j.Rules
	}
	part := j.todo
	part.Owed = j.Owed
	return part, j.Notes
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
			part.Owed = nil
			if shown := c.Public(); shown != c { // a private note is for the provider, and no standing
				if seen, _ := b.judge(base, shown, text, func(check.Rule) bool { return false }); seen.View != nil {
					part.Standing = today.StandingOf(seen.View)
				}
			}
			out.todo, out.HasPart = part, true
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
// still valid, is not worked out again. The todo of what was known may be missing unless it is asked for.
func (b *Builder) judgeAll(ids []string, todo bool) []*judged {
	base := b.base.Load()
	var known *remembered
	if begun := b.begun.Swap(nil); begun != nil {
		known = (<-*begun).with(todo)
	} else {
		known = b.remembered(todo)
	}
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

// Remember begins to read what was judged before, for a Check or, if todo is true, a Today that follows at once.
// It need not be called, but saves time where Load is called after it.
func (b *Builder) Remember(todo bool) {
	begun := make(chan *remembered, 1)
	b.begun.Store(&begun)
	go func() { begun <- b.remembered(todo) }()
}

// judgedFile holds the judged clients, sealed under the master key. It is only a shortcut: without it, or
// if it does not open, or cannot be written, all clients are judged again. Its text is the length of what
// follows, the inputs and the clients, and after that the todo of each client.
const judgedFile = ".portalgen/judged"

// judgedOf are the folders and files that clients are judged by.
var judgedOf = []string{site.ClientsDir, site.AccessDir, site.PrivateDir, site.ProviderFile, "i18n"}

// remembered is what was judged before.
type remembered struct {
	*survey
	master seal.Master
	// in is as in record. by has the clients by id; todo is that of each, encoded, until it was taken over.
	in   map[string]input
	by   map[string]*judged
	todo []byte
}

// remembered returns what was judged before, with the todo of each client if that is asked for; nil if
// nothing can be kept.
func (b *Builder) remembered(todo bool) *remembered {
	keys, ok := b.opt.Keys.(*keyring.SiteKeys)
	if !ok || b.opt.Samples || b.ownDir() == "" {
		return nil
	}
	m, err := keys.Master()
	if err != nil || m.Equal(access.SampleMaster()) {
		return nil
	}
	k := &remembered{survey: &survey{b: b, names: judgedOf}, master: m}
	var g, files errgroup.Group // files are looked at meanwhile
	if text := k.open(); len(text) >= 8 {
		rest := text[8:]
		n := min(binary.BigEndian.Uint64(text), uint64(len(rest)))
		k.todo = rest[n:]
		d := gob.NewDecoder(bytes.NewReader(rest[:n]))
		if d.Decode(&k.in) == nil {
			g.Go(func() error { return d.Decode(&k.by) })
		}
	}
	files.Go(func() (err error) {
		k.now, err = k.look(k.in)
		k.sums = byOwner(k.now, bytesOf)
		return err
	})
	if g.Wait() != nil {
		k.by = nil
	}
	if files.Wait() != nil {
		return nil
	}
	return k.with(todo)
}

// with returns what was judged before with the todo of each client, if that is asked for.
func (k *remembered) with(todo bool) *remembered {
	if todo && k != nil && k.takeTodo() != nil {
		k.by = nil
	}
	return k
}

// open returns the text of judgedFile; nil if there is none that opens.
func (k *remembered) open() []byte {
	sealed, err := k.b.site.Root.ReadFile(judgedFile)
	if err != nil {
		return nil
	}
	text, _ := k.master.OpenLocal(judgedFile, sealed)
	return text
}

// takeTodo takes over the todo of each client.
func (k *remembered) takeTodo() error {
	if len(k.todo) == 0 {
		return nil
	}
	var all map[string]today.Part
	if err := gob.NewDecoder(bytes.NewReader(k.todo)).Decode(&all); err != nil {
		return err
	}
	for id, j := range k.by {
		j.todo = all[id]
	}
	k.todo = nil
	return nil
}

// of returns what is known of a client; nil if it is to be judged. One whose file has copies is never
// known, since the names of other files decide what is wrong with it.
func (k *remembered) of(base *base, id string) *judged {
	if k == nil || k.by[id] == nil || len(k.b.site.Copies(id)) > 0 {
		return nil
	}
	j, now := k.by[id], base.in(k.by[id].Zone)
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
	now := map[string]*judged{}
	changed := len(k.by) != len(ids) || !maps.Equal(k.in, k.now) // files of the same bytes would be read each time
	for i, id := range ids {
		changed = changed || all[i] != k.by[id]
		now[id] = all[i]
	}
	if !changed || k.takeTodo() != nil {
		return
	}
	same, err := k.unchanged()
	if err != nil {
		return
	}
	todo := map[string]today.Part{}
	for id, j := range now {
		if j != k.by[id] {
			if j.Files = k.filesOf(id); !same(id) || len(k.b.site.Copies(id)) > 0 {
				delete(now, id)
				continue
			}
		}
		todo[id] = j.todo.Near()
	}
	text := bytes.NewBuffer(make([]byte, 8))
	e := gob.NewEncoder(text)
	if cmp.Or(e.Encode(k.now), e.Encode(now)) != nil {
		return
	}
	binary.BigEndian.PutUint64(text.Bytes(), uint64(text.Len()-8))
	if gob.NewEncoder(text).Encode(todo) == nil {
		file := filepath.Join(k.b.site.Dir, filepath.FromSlash(judgedFile))
		_ = disk.Write(file, k.master.SealLocal(judgedFile, text.Bytes()), disk.Secret) // a shortcut
	}
}
