package watch

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"portalgen/internal/disk"
)

// A poller finds changes by scanning at intervals.
type poller struct {
	root  string
	sel   selection
	every time.Duration
	last  map[string]fs.FileInfo
}

func newPoller(root string, sel selection, every time.Duration) *poller {
	p := &poller{root: root, sel: sel, every: every}
	p.last = p.scan()
	return p
}

func (p *poller) run(ctx context.Context, hints chan<- hint) {
	tick := time.NewTicker(p.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := p.scan()
		for name, info := range now {
			if old, ok := p.last[name]; !ok || changed(old, info) {
				hints <- hint{path: name}
			}
		}
		for name := range p.last {
			if _, ok := now[name]; !ok {
				hints <- hint{path: name}
			}
		}
		p.last = now
	}
}

// scan returns the infos of all files to report; for a symlink the info of its target.
func (p *poller) scan() map[string]fs.FileInfo {
	found := map[string]fs.FileInfo{}
	w := walk{
		root: p.root, sel: p.sel,
		folder: func(string) error { return nil },
		file: func(name string, _ fs.DirEntry) {
			full := filepath.Join(p.root, filepath.FromSlash(name))
			info, err := os.Stat(full)
			if err != nil {
				info, err = os.Lstat(full)
			}
			if err == nil {
				found[name] = info
			}
		},
	}
	_ = w.from(".") // only the function folder could fail
	return found
}

// changed reports whether two infos of a file differ in a way that its bytes or permissions may
// differ. A file saved by a rename is a different file, even with the same times.
func changed(a, b fs.FileInfo) bool { return disk.StateOf(a) != disk.StateOf(b) || !os.SameFile(a, b) }
