package pipeline

import (
	"bytes"
	"sync"
	"time"

	"portalgen/internal/diag"
	"portalgen/internal/site"
)

// ahead builds a portal while its change settles. It is only a shortcut: what was built is used where
// all that it was made of is still the same, and else forgotten.
type ahead struct {
	mu      sync.Mutex
	wait    *time.Timer
	running bool
	last    *early
}

// An early portal is one that was built, or is being built, before it was asked for.
type early struct {
	id   string
	base *base
	text []byte
	done chan struct{}
	// portal and problems are there once done is closed.
	portal   *Portal
	problems diag.Problems
}

// aheadAfter is how long a file must have been left alone: programs that write one make several events.
const aheadAfter = 2 * time.Millisecond

// Ahead is told of each path that may have changed, as soon as it may have. Where it is a client's file
// it begins to build the portal, for a Build that comes later.
func (b *Builder) Ahead(path string) {
	a := &b.ahead
	a.mu.Lock()
	defer a.mu.Unlock()
	a.last = nil
	if a.wait != nil {
		a.wait.Stop()
	}
	if id := site.ClientOf(path); id != "" && path == site.ClientFile(id) && b.Loaded() {
		a.wait = time.AfterFunc(aheadAfter, func() { b.buildAhead(id) })
	}
}

func (b *Builder) buildAhead(id string) {
	a := &b.ahead
	e := &early{id: id, base: b.base.Load(), done: make(chan struct{})}
	src, ps := e.base.Source(id)
	a.mu.Lock()
	if a.running || ps.Err() != nil {
		a.mu.Unlock()
		return
	}
	e.text, a.running, a.last = src.Text, true, e
	a.mu.Unlock()
	if b.opt.Published != "" {
		go func() { _, _ = b.record() }() // so that it is at hand; who needs it looks at the error
	}
	e.portal, e.problems = b.portalOf(id, false)
	close(e.done)
	a.mu.Lock()
	a.running = false
	a.mu.Unlock()
}

// builtAhead returns the portal of a client that was built ahead; nil where there is none, where it has
// errors, and where anything is another now.
func (b *Builder) builtAhead(id string) (*Portal, diag.Problems) {
	b.ahead.mu.Lock()
	e := b.ahead.last
	if e != nil && e.id == id {
		b.ahead.last = nil
	}
	b.ahead.mu.Unlock()
	if e == nil || e.id != id || e.base != b.base.Load() {
		return nil, nil
	}
	src, ps := e.base.Source(id)
	if ps.Err() != nil || !bytes.Equal(src.Text, e.text) {
		return nil, nil
	}
	<-e.done
	if e.portal == nil || e.problems.Err() != nil {
		return nil, nil
	}
	_, m, err := b.opt.Keys.For(b.site, id, src.Text, e.base.text)
	now := e.base.in(e.portal.Client.Timezone)
	if err != nil || !m.Equal(e.portal.master) || now.Before(e.portal.from) || !now.Before(e.portal.until) {
		return nil, nil
	}
	return e.portal, e.problems
}
