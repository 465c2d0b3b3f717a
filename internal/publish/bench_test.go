package publish

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

const (
	benchPortals = 1000
	benchPages   = 20
	benchSize    = 12_000
)

// run publishes 20,000 files of 12 KB from two goroutines, as a build does.
func run(b *testing.B, dir string, data []byte, pages int, scope ...string) Result {
	s, err := Begin(dir, ours)
	must(b, err)
	defer s.Abort()
	portals := benchPortals
	if len(scope) > 0 {
		portals = len(scope)
	}
	var wg sync.WaitGroup
	for g := range 2 {
		wg.Go(func() {
			for p := g; p < portals; p += 2 {
				for i := range pages {
					name := fmt.Sprintf("portal%04d/token%02d/index.html", p, i)
					if i == 0 {
						name = fmt.Sprintf("portal%04d/index.html", p)
					}
					if err := s.Add(name, data); err != nil {
						b.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	res, err := s.Commit(scope...)
	must(b, err)
	return res
}

func benchData(seed byte) []byte {
	data := make([]byte, benchSize)
	r := rand.NewChaCha8([32]byte{seed})
	_, _ = r.Read(data)
	copy(data, mark)
	return data
}

func BenchmarkFirst20000(b *testing.B) {
	base, data := b.TempDir(), benchData(1)
	for i := 0; b.Loop(); i++ {
		dir := filepath.Join(base, fmt.Sprint(i))
		same(b, "result", run(b, dir, data, benchPages), Result{Written: benchPortals * benchPages})
		b.StopTimer()
		must(b, os.RemoveAll(dir))
		b.StartTimer()
	}
}

func BenchmarkUnchanged20000(b *testing.B) {
	dir, data := b.TempDir(), benchData(1)
	run(b, dir, data, benchPages)
	for b.Loop() {
		same(b, "result", run(b, dir, data, benchPages), Result{Unchanged: benchPortals * benchPages})
	}
}

func BenchmarkAllChanged20000(b *testing.B) {
	dir, versions := b.TempDir(), [][]byte{benchData(1), benchData(2)}
	run(b, dir, versions[1], benchPages)
	for i := 0; b.Loop(); i++ {
		same(b, "result", run(b, dir, versions[i%2], benchPages), Result{Written: benchPortals * benchPages})
	}
}

// BenchmarkOneOf1000 is one portal's edit as `build` publishes it after a watch
// event: twenty files, in the scope of that portal.
func BenchmarkOneOf1000(b *testing.B) {
	dir, versions := b.TempDir(), [][]byte{benchData(1), benchData(2)}
	run(b, dir, versions[1], benchPages)
	for i := 0; b.Loop(); i++ {
		same(b, "result", run(b, dir, versions[i%2], benchPages, "portal0000"), Result{Written: benchPages})
	}
}
