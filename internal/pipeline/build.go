package pipeline

import (
	"context"
	"fmt"
	"maps"
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
		Hint:    "give someone a passphrase: portalgen access add " + ids[0] + " PERSON",
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

// Build builds the portals of ids, or of all clients where ids is empty, and publishes them
// into out. Nothing is published where anything has an error. A build of some clients keeps
// the assets of earlier builds, to which the portals of others refer. done is called after
// each client, from one goroutine at a time; it may be nil.
func (b *Builder) Build(ctx context.Context, out string, ids []string, done func()) (publish.Result, diag.Problems) {
	all, err := b.Clients()
	if err != nil {
		return publish.Result{}, diag.Of(err, site.ClientsDir, rule.Unreadable)
	}
	whole := len(ids) == 0
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
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	// A client that was removed has no portal to stage; its folder is pruned.
	existing := slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		_, ok := slices.BinarySearch(all, id)
		return !ok
	})
	var held diag.Problems
	existing = slices.DeleteFunc(existing, func(id string) bool {
		ps := b.copyProblems(id)
		held = append(held, ps...)
		return len(ps) > 0
	})
	if len(held) > 0 {
		// The published portals of these clients stay unchanged: only the others are built.
		whole, ids = false, slices.DeleteFunc(ids, func(id string) bool { return len(b.copyProblems(id)) > 0 })
	}
	built, ps := b.stage(ctx, stage, existing, done)
	if whole {
		ps = append(ps, b.overbooked(built.owed)...)
		ps = append(ps, b.withoutClient(all, nil)...)
		ps = append(ps, b.sharedOrigin()...)
		ps = append(ps, b.warnRepository(out)...)
	} else {
		ps = append(ps, b.withoutClient(all, ids)...)
		ps = append(ps, Clashes(b.withOthers(built.folders, all))...).Sort()
	}
	if ps.Err() != nil {
		return publish.Result{}, append(ps, held...).Sort()
	}
	for name, text := range b.SiteFiles() {
		if err := stage.Add(name, text); err != nil {
			return publish.Result{}, append(ps, diag.Of(err, name, rule.Output)...)
		}
	}
	var result publish.Result
	if whole {
		stage.Changed = b.site.Changed
		result, err = stage.Commit()
	} else {
		result, err = stage.CommitPart(b.prunable(ids, built.folders, built.tokens))
	}
	if err != nil {
		return result, append(ps, diag.Of(err, out, rule.Output)...)
	}
	b.setFolders(ids, built.folders)
	return result, append(ps, held...).Sort()
}

// staged describes the portals that were added to a stage.
type staged struct {
	// folders is the folder of each client, tokens what it would be without a friendly
	// name.
	folders, tokens map[string]string
	owed            []check.Owed
	names           map[string]string
}

// stage builds the portals of ids in parallel and adds their files to stage.
func (b *Builder) stage(ctx context.Context, stage *publish.Stage, ids []string, done func()) (staged, diag.Problems) {
	var mu sync.Mutex
	var closed []string
	var ps diag.Problems
	built := staged{folders: map[string]string{}, tokens: map[string]string{}, names: map[string]string{}}
	claimed := &claims{by: map[string]string{}}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, id := range ids {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			p, found := b.stageOne(stage, id, claimed)
			mu.Lock()
			defer mu.Unlock()
			ps = append(ps, found...)
			if p != nil {
				built.folders[id], built.tokens[id], built.names[id] = p.Folder, p.token, p.Client.Name
				built.owed = append(built.owed, p.owed...)
				if p.Sealer.Opens() == 0 {
					closed = append(closed, id)
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
	ps = append(ps, Clashes(built.folders)...)
	ps = append(ps, b.sameClients(built.names)...)
	return built, append(ps.Sort(), warnNoAccess(closed)...)
}

// stageOne returns nil where there is no portal to add.
func (b *Builder) stageOne(stage *publish.Stage, id string, claimed *claims) (*Portal, diag.Problems) {
	p, ps := b.Portal(id)
	if ps.Err() != nil {
		return nil, ps
	}
	if !claimed.take(p.Folder, id) {
		p.Files, p.Attached = nil, nil // the problem is reported when all folders are known
	}
	for name, text := range p.Files {
		if err := stage.Add(name, text); err != nil {
			return nil, append(ps, diag.Of(err, site.ClientFile(id), rule.Output)...)
		}
	}
	for name, file := range p.Attached {
		if err := stage.AddStream(name, file.Size(), file.Seal); err != nil {
			return nil, append(ps, file.Problem(err))
		}
	}
	p.Files, p.Attached = nil, nil // staged; a thousand portals must not stay in memory
	return p, ps
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
