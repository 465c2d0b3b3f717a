package pipeline

import (
	"testing"

	"portalgen/internal/keyring"
	"portalgen/internal/sample"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// BenchmarkPortal builds each sample's portal once, in memory.
func BenchmarkPortal(b *testing.B) {
	s, err := site.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	builder := New(s, Options{Samples: true, Keys: keyring.PreviewKeys{Master: seal.NewMaster()}})
	if ps := builder.Load(); ps.Err() != nil {
		b.Fatal(ps)
	}
	b.ReportAllocs()
	for b.Loop() {
		pages := 0
		for _, id := range sample.IDs() {
			p, ps := builder.Portal(id)
			if ps.Err() != nil {
				b.Fatal(ps)
			}
			pages += len(p.Files)
		}
		b.ReportMetric(float64(pages), "pages/op")
	}
}
