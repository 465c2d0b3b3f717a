package publish

import (
	"errors"
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
func run(b *testing.B, dir string, data []byte, scope ...string) Result {
	s, err := Begin(dir, isOwn)
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
				for i := range benchPages {
					if err := s.Add(benchName(p, i), data); err != nil {
						b.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	res, err := commit(s, scope)
	must(b, err)
	return res
}

func benchName(portal, page int) string {
	if page == 0 {
		return fmt.Sprintf("portal%04d/index.html", portal)
	}
	return fmt.Sprintf("portal%04d/token%02d/index.html", portal, page)
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
		same(b, "result", run(b, dir, data), Result{Written: benchPortals * benchPages})
		b.StopTimer()
		must(b, os.RemoveAll(dir))
		b.StartTimer()
	}
}

// BenchmarkPlainWrite20000 is what the others are to be compared with: the same
// files written where they go, with nothing compared, flushed or renamed.
func BenchmarkPlainWrite20000(b *testing.B) {
	base, data := b.TempDir(), benchData(1)
	for i := 0; b.Loop(); i++ {
		dir := filepath.Join(base, fmt.Sprint(i))
		var wg sync.WaitGroup
		for g := range 2 {
			wg.Go(func() {
				for p := g; p < benchPortals; p += 2 {
					for i := range benchPages {
						name := filepath.Join(dir, benchName(p, i))
						if err := errors.Join(os.MkdirAll(filepath.Dir(name), dirMode), os.WriteFile(name, data, fileMode)); err != nil {
							b.Error(err)
						}
					}
				}
			})
		}
		wg.Wait()
		b.StopTimer()
		must(b, os.RemoveAll(dir))
		b.StartTimer()
	}
}

func BenchmarkUnchanged20000(b *testing.B) {
	dir, data := b.TempDir(), benchData(1)
	run(b, dir, data)
	for b.Loop() {
		same(b, "result", run(b, dir, data), Result{Unchanged: benchPortals * benchPages})
	}
}

func BenchmarkAllChanged20000(b *testing.B) {
	dir, versions := b.TempDir(), [][]byte{benchData(1), benchData(2)}
	run(b, dir, versions[1])
	for i := 0; b.Loop(); i++ {
		same(b, "result", run(b, dir, versions[i%2]), Result{Written: benchPortals * benchPages})
	}
}

// BenchmarkOneOf1000 is one portal's edit as `build` publishes it after a watch
// event: twenty files, in the scope of that portal.
func BenchmarkOneOf1000(b *testing.B) {
	dir, versions := b.TempDir(), [][]byte{benchData(1), benchData(2)}
	run(b, dir, versions[1])
	for i := 0; b.Loop(); i++ {
		same(b, "result", run(b, dir, versions[i%2], "portal0000"), Result{Written: benchPages})
	}
}
