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
