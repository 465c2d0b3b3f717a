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

// previews prints the addresses and problems of a preview in the terminal.
type previews struct {
	term   *ui.Terminal
	server *serve.Server
	// root is the address of the preview, without a slash at the end.
	root string
	// only are the clients whose portals are printed; empty means all.
	only []string

	mu sync.Mutex // held while anything is printed
	// printed are the links of the portals without a problem, by client id.
	printed map[string]string
	bad     bool // there were problems at the last look
}

func newPreviews(term *ui.Terminal, server *serve.Server, root string, only []string) *previews {
	p := &previews{term: term, server: server, root: root, only: only, printed: map[string]string{}}
	server.Report = p.found
	return p
}

// begin prints the first state. If loaded is false, the provider's file could not be loaded, so
// there are no clients yet.
func (p *previews) begin(loaded bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.term.Desk(p.root + p.server.Desk())
	p.problems(p.server.Problems())
	if loaded && len(p.server.Entries()) == 0 {
		p.term.NoClients()
	}
	p.addresses()
	p.term.Previewing(p.root + "/")
}

// follow handles changes until the watcher ends, or until inPlace returns an error because the site
// is gone.
func (p *previews) follow(batches <-chan watch.Batch, inPlace func() error) error {
	for batch := range batches {
		if err := inPlace(); err != nil {
			return err
		}
		change := pipeline.Classify(batch.Paths)
		change.All = change.All || batch.All
		switch {
		case !change.Empty():
			p.change(change)
		case len(change.Notes) > 0:
			p.server.Change(change)
		}
	}
	return nil
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
		p.term.ProblemsGone()
	default:
		p.term.Rebuilt(change.Clients, took)
	}
	p.addresses()
}

// found prints the problems of a portal at its first build.
func (p *previews) found(ps diag.Problems) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.problems(ps)
	for _, e := range p.server.Entries() {
		if e.Problems.Err() != nil {
			delete(p.printed, e.ID) // print it when its problems are gone
		}
	}
}

func (p *previews) problems(ps diag.Problems) {
	p.bad = len(ps) > 0
	if p.bad {
		p.term.Problems(ps)
	}
}

// addresses prints the portals that are new, have no problems any more, or have a new address.
func (p *previews) addresses() {
	if fresh := p.good(); len(fresh) > 0 {
		p.term.Previews(fresh, max(maxPreviews, len(p.only)))
	}
}

// good records the portals without a problem, and returns those to print: those that were not
// recorded with this address.
func (p *previews) good() []ui.Preview {
	var fresh []ui.Preview
	now := map[string]string{}
	for _, e := range p.server.Entries() {
		if e.Problems.Err() != nil {
			continue
		}
		now[e.ID] = e.Link
		if p.printed[e.ID] != e.Link && (len(p.only) == 0 || slices.Contains(p.only, e.ID)) {
			fresh = append(fresh, ui.Preview{
				ID: e.ID, Client: e.Client, Address: p.root + e.Path, Link: p.root + e.Link, Passphrase: e.Passphrase,
			})
		}
	}
	p.printed = now
	return fresh
}
