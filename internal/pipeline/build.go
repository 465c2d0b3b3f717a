package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"portalgen/internal/check"
	"portalgen/internal/diag"
	"portalgen/internal/gate"
	"portalgen/internal/publish"
	"portalgen/internal/rule"
	"portalgen/internal/site"
)

// warnNoAccess warns of portals that nobody can open.
func warnNoAccess(ids []string) diag.Problems {
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	p := diag.Problem{
		Pos: diag.Pos{File: site.ClientFile(ids[0])}, Rule: rule.NobodyHasAccess, Severity: diag.Warning,
		Message: "nobody can open the portal of " + ids[0],
		Hint:    "give someone a passphrase: `portalgen access add " + ids[0] + " PERSON`",
	}
	if more := len(ids) - 1; more > 0 {
		p.File = site.AccessDir
		first := strings.Join(ids[:min(3, len(ids))], ", ")
		p.Message = fmt.Sprintf("nobody can open %d of the portals: %s", len(ids), first)
		if len(ids) > 3 {
			p.Message += ", …"
		}
	}
	return diag.Problems{p}
}

// Build builds the portals of ids, or of all clients where ids is nil, and publishes them
// into out. Nothing is published where anything has an error. A build of some clients keeps
// the assets of earlier builds, to which the portals of others refer. done is called after
// each client, from one goroutine at a time; it may be nil.
func (b *Builder) Build(ctx context.Context, out string, ids []string, done func()) (publish.Result, diag.Problems) {
	all, err := b.Clients()
	if err != nil {
		return publish.Result{}, diag.Of(err, site.ClientsDir, rule.Unreadable)
	}
	whole := ids == nil
	if whole {
		ids = all
	}
	if err := b.refuse(out); err != nil {
		return publish.Result{}, diag.Of(err, out, rule.Output)
	}
	stage, err := publish.Begin(out, gate.IsGate)
	if err != nil {
		return publish.Result{}, diag.Of(err, out, rule.Output)
	}
	defer func() { _ = stage.Abort() }() // after a commit it does nothing
	if own := b.ownDir(); own != "" {
		stage.Aside = own
		if err := publish.Sweep(own); err != nil {
			return publish.Result{}, diag.Of(err, own, rule.Output)
		}
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	// A client that was removed has no portal to stage; its folder is pruned.
	existing := slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		_, ok := slices.BinarySearch(all, id)
		return !ok
	})
	// What these have published stays as it is, and the others are built.
	held := b.held(ids)
	if whole {
		held = b.held(nil)
	}
	isHeld := func(id string) bool { return slices.Contains(held, id) }
	existing, ids = slices.DeleteFunc(existing, isHeld), slices.DeleteFunc(ids, isHeld)
	survey := b.survey(out, whole, ids)
	made, ps := b.stage(ctx, stage, existing, survey, done)
	if whole {
		ps = append(ps, b.overbooked(made.owed)...)
		ps = append(ps, b.withoutClient(slices.Concat(all, held), nil)...)
		ps = append(ps, b.sharedOrigin()...)
		ps = append(ps, b.notForReal(all)...)
		ps = append(ps, b.warnRepository(out)...)
	} else {
		ps = append(ps, b.withoutClient(all, ids)...)
	}
	if !whole || len(held) > 0 {
		ps = append(ps, Clashes(b.withOthers(made.folders, all))...).Sort()
	}
	var copies diag.Problems
	for _, id := range held {
		copies = append(copies, b.copyProblems(id)...)
	}
	if ps.Err() != nil {
		return publish.Result{}, append(ps, copies...).Sort()
	}
	for name, text := range b.SiteFiles() {
		if err := stage.Add(name, text); err != nil {
			return publish.Result{}, append(ps, diag.Of(err, name, rule.Output)...)
		}
	}
	if whole {
		stage.Changed = b.site.Changed
	}
	var result publish.Result
	keep, known := b.foldersOf(held)
	switch {
	case !whole || !known:
		result, err = stage.CommitPart(b.prunable(ids, made.folders, made.tokens))
	case len(held) > 0:
		result, err = stage.CommitBut(keep)
	default:
		result, err = stage.Commit()
	}
	if err != nil {
		return result, append(ps, diag.Of(err, out, rule.Output)...)
	}
	folders := b.prunable(ids, made.folders, made.tokens)
	for name := range b.SiteFiles() {
		if top, _, inside := strings.Cut(name, "/"); inside {
			folders = append(folders, top)
		}
	}
	b.setFolders(ids, made.folders)
	named := ids
	if whole {
		named = held
	}
	err = survey.record(named, folders, result, stage.Time())
	if err = cmp.Or(err, survey.save(made.built, made.tokens)); err != nil {
		return result, append(ps, diag.Of(err, recordFile, rule.Output)...)
	}
	return result, append(ps, copies...).Sort()
}

// held returns those of ids, or of all where ids is nil, that are not built since there are
// copies of their files.
func (b *Builder) held(ids []string) []string {
	if b.opt.Samples {
		return nil
	}
	return slices.DeleteFunc(b.site.Copied(), func(id string) bool { return ids != nil && !slices.Contains(ids, id) })
}

// portalForm matches where a client's file gives its portal a friendly name, also where the
// file as a whole is no TOML.
var portalForm = regexp.MustCompile(`(?m)^\x{FEFF}?[ \t]*portal[ \t]*=[ \t]*["']([^"'\r\n]+)["']`)

// foldersOf returns the folders that clients which are not built may have published, by their
// files and the copies of these. known is false where that cannot be told.
func (b *Builder) foldersOf(ids []string) (folders []string, known bool) {
	base := b.base.Load()
	for _, id := range ids {
		var text []byte
		for _, name := range append(b.site.Copies(id), id) {
			if name == id && !b.site.HasClient(id) {
				continue
			}
			src, ps := b.source(site.ClientFile(name))
			if ps.Err() != nil {
				return nil, false
			}
			text = src.Text // that of the file itself comes last
			for _, m := range portalForm.FindAllStringSubmatch(string(text), -1) {
				folders = append(folders, m[1])
			}
		}
		who, _, err := b.opt.Keys.For(b.site, id, text, base.text)
		if err != nil {
			return nil, false
		}
		b.mu.Lock()
		folders = append(folders, who.Portal(""), b.folders[id])
		b.mu.Unlock()
	}
	return folders, true
}

// staged describes the portals that were added to a stage.
type staged struct {
	// folders is the folder of each client, tokens what it would be without a friendly
	// name.
	folders, tokens map[string]string
	owed            []check.Owed
	names           map[string]string
	// built are those that were built now, to be recorded.
	built []*built
}

// stage builds the portals of ids in parallel and adds their files to stage.
func (b *Builder) stage(
	ctx context.Context, stage *publish.Stage, ids []string, survey *survey, done func(),
) (staged, diag.Problems) {
	var mu sync.Mutex
	var closed []string
	var ps diag.Problems
	made := staged{folders: map[string]string{}, tokens: map[string]string{}, names: map[string]string{}}
	claimed := &claims{by: map[string]string{}}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, id := range ids {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			p, found := b.stageOne(stage, id, claimed, survey)
			mu.Lock()
			defer mu.Unlock()
			ps = append(ps, found...)
			if p != nil {
				made.folders[id], made.tokens[id], made.names[id] = p.Folder, p.Token, p.Name
				made.owed = append(made.owed, p.Owed...)
				if p.Opens == 0 {
					closed = append(closed, id)
				}
				if p.fresh {
					made.built = append(made.built, p)
				}
			}
			if done != nil {
				done()
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		ps = append(ps, diag.Of(err, site.ClientsDir, rule.Interrupted)...)
	}
	ps = append(ps, Clashes(made.folders)...)
	ps = append(ps, b.sameClients(made.names)...)
	return made, append(withoutRepeats(ps.Sort()), warnNoAccess(closed)...)
}

// stageOne adds the files of one portal: those that are published where nothing has changed that they
// are made of, else new ones. It returns nil where there is no portal to add.
func (b *Builder) stageOne(
	stage *publish.Stage, id string, claimed *claims, survey *survey,
) (*built, diag.Problems) {
	if k := survey.recall(stage, id, claimed); k != nil {
		return k, k.Problems
	}
	p, ps := b.builtAhead(id)
	if p != nil {
		survey = nil // it was made before, and is not recorded
	} else {
		p, ps = b.portalOf(id, false)
	}
	if p == nil || ps.Err() != nil {
		return nil, ps
	}
	k := survey.begin(p, ps)
	if !claimed.take(p.Folder, id) {
		return k, ps // the problem is reported when all folders are known
	}
	for name, text := range p.Files {
		if err := stage.Add(name, text); err != nil {
			return nil, append(ps, diag.Of(err, site.ClientFile(id), rule.Output)...)
		}
		k.Files[name] = sha256.Sum256(text)
	}
	for name, file := range p.Attached {
		sum := sha256.New()
		err := stage.AddStream(name, file.Size(), func(w io.Writer) error {
			sum.Reset()
			return file.Seal(io.MultiWriter(w, sum))
		})
		if err != nil {
			return nil, append(ps, file.Problem(err))
		}
		k.Files[name] = publish.Sum(sum.Sum(nil))
	}
	return k, ps
}

// prunable returns the folders that a build of some clients may prune: their present ones,
// those that they have without a friendly name, and those in which this Builder published them
// last. Earlier friendly names are not known.
func (b *Builder) prunable(ids []string, folders, tokens map[string]string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var names []string
	for _, id := range ids {
		for _, f := range []string{folders[id], tokens[id], b.folders[id]} {
			if f != "" && !slices.Contains(names, f) {
				names = append(names, f)
			}
		}
	}
	return names
}

// setFolders records the folders of the portals of ids. A folder that another client had before
// no longer belongs to that client, whose next build must not prune it.
func (b *Builder) setFolders(ids []string, folders map[string]string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := slices.Sorted(maps.Values(folders))
	maps.DeleteFunc(b.folders, func(_, folder string) bool {
		_, taken := slices.BinarySearch(now, folder)
		return taken
	})
	for _, id := range ids {
		if f := folders[id]; f != "" {
			b.folders[id] = f
		} else {
			delete(b.folders, id)
		}
	}
}

// withoutRepeats leaves one of the problems with the key that are the same for several clients.
func withoutRepeats(ps diag.Problems) diag.Problems {
	first := map[string]int{}
	var out diag.Problems
	for _, p := range ps {
		ofKey := p.Rule == rule.NoKey || p.Rule == rule.WrongKey || p.Rule == rule.PublicKey
		if _, told := first[p.Hint]; ofKey && told {
			first[p.Hint]++
			continue
		}
		if ofKey {
			first[p.Hint] = 0
		}
		out = append(out, p)
	}
	for i := range out {
		if n := first[out[i].Hint]; n > 0 && out[i].Rule != rule.NoKey {
			out[i].Message += fmt.Sprintf(", and so for %d more", n)
		}
	}
	return out
}
