package inbox

import (
	"fmt"
	"testing"
)

// BenchmarkPost leaves replies in an inbox on this machine, each synced to the disk.
func BenchmarkPost(b *testing.B) {
	c, _ := open(b)
	i := 0
	for b.Loop() {
		i++
		if err := c.Post(b.Context(), sealedReply(b, fmt.Sprint(i))); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFetch takes 10,000 replies out of an inbox on this machine.
func BenchmarkFetch(b *testing.B) {
	c, _ := open(b)
	for i := range 10_000 {
		if err := c.Post(b.Context(), sealedReply(b, fmt.Sprint(i))); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if all, err := c.Fetch(b.Context()); err != nil || len(all) != 10_000 {
			b.Fatal(len(all), err)
		}
	}
}
