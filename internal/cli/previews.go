package cli

import (
	"slices"
	"sync"

	"portalgen/internal/diag"
	"portalgen/internal/pipeline"
	"portalgen/internal/serve"
	"portalgen/internal/ui"
	"portalgen/internal/watch"
)

// previews says in the terminal what a preview shows, and what is wrong with it.
type previews struct {
	term   *ui.Terminal
	server *serve.Server
	// root is the preview's address without a slash at its end.
	root string
	// only are the clients to name, all where there are none.
	only []string

	mu sync.Mutex // held while anything is said
	// told are the links of the portals without a problem, by client id.
	told map[string]string
	bad  bool // there were problems when last looked
}

func newPreviews(term *ui.Terminal, server *serve.Server, root string, only []string) *previews {
	p := &previews{term: term, server: server, root: root, only: only, told: map[string]string{}}
	server.Report = p.found
	return p
}

// begin says what there is at first. Without a provider's file that could be loaded
// nothing is known of the clients.
func (p *previews) begin(loaded bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.problems(p.server.Problems())
	if loaded && len(p.server.Entries()) == 0 {
		p.term.NoClients()
	}
	p.addresses()
	p.term.Previewing(p.root + "/")
}

// follow takes up changes until the watcher ends.
func (p *previews) follow(batches <-chan watch.Batch) {
	for batch := range batches {
		change := pipeline.Classify(batch.Paths)
		change.All = change.All || batch.All
		if !change.Empty() {
			p.change(change)
		}
	}
}

func (p *previews) change(change pipeline.Change) {
	ps, took := p.server.Change(change)
	p.mu.Lock()
	defer p.mu.Unlock()
	wasBad := p.bad
	p.problems(ps)
	switch {
	case p.bad:
	case wasBad:
		p.term.Mended()
	default:
		p.term.Rebuilt(change.Clients, took)
	}
	p.addresses()
}

// found says what came up when a portal was first made.
func (p *previews) found(ps diag.Problems) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.problems(ps)
	for _, e := range p.server.Entries() {
		if e.Problems.Err() != nil {
			delete(p.told, e.ID) // to be named once it is mended
		}
	}
}

func (p *previews) problems(ps diag.Problems) {
	p.bad = len(ps) > 0
	if p.bad {
		p.term.Problems(ps)
	}
}

// addresses names the portals that are new, newly mended or at another address.
func (p *previews) addresses() {
	if fresh := p.good(); len(fresh) > 0 {
		p.term.Previews(fresh, max(mostPreviews, len(p.only)))
	}
}

// good takes note of the portals without a problem, and returns those among them
// that are to be named and were not known, or not with that address.
func (p *previews) good() []ui.Preview {
	var fresh []ui.Preview
	now := map[string]string{}
	for _, e := range p.server.Entries() {
		if e.Problems.Err() != nil {
			continue
		}
		now[e.ID] = e.Link
		if p.told[e.ID] != e.Link && (len(p.only) == 0 || slices.Contains(p.only, e.ID)) {
			fresh = append(fresh, ui.Preview{
				ID: e.ID, Client: e.Client, Address: p.root + e.Path, Link: p.root + e.Link, Passphrase: e.Passphrase,
			})
		}
	}
	p.told = now
	return fresh
}
