package watch

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

const ms = time.Millisecond

// A sent is a batch with the time since the start at which it was received.
type sent struct {
	At    time.Duration
	Batch Batch
}

// A step is a hint at a time since the start.
type step struct {
	at time.Duration
	hint
}

func change(at time.Duration, name string) step { return step{at, hint{path: name}} }

func TestGather(t *testing.T) {
	steady := func(n int) (steps []step) {
		for i := range n {
			steps = append(steps, change(time.Duration(i)*20*ms, "a"))
		}
		return steps
	}
	tests := []struct {
		name  string
		steps []step
		busy  time.Duration // how long the receiver looks away at first
		want  []sent
	}{
		{
			name:  "one",
			steps: []step{change(0, "a")},
			want:  []sent{{30 * ms, Batch{Paths: []string{"a"}}}},
		},
		{
			name:  "several are sorted and reported once",
			steps: []step{change(0, "b"), change(5*ms, "a"), change(29*ms, "b"), change(30*ms, "c")},
			want:  []sent{{60 * ms, Batch{Paths: []string{"a", "b", "c"}}}},
		},
		{
			name:  "a pause makes two",
			steps: []step{change(0, "a"), change(31*ms, "b")},
			want:  []sent{{30 * ms, Batch{Paths: []string{"a"}}}, {61 * ms, Batch{Paths: []string{"b"}}}},
		},
		{
			name:  "no end of hints",
			steps: steady(17),
			want:  []sent{{300 * ms, Batch{Paths: []string{"a"}}}, {350 * ms, Batch{Paths: []string{"a"}}}},
		},
		{
			name:  "lost",
			steps: []step{change(0, "a"), {10 * ms, hint{all: true}}, change(50*ms, "b")},
			want: []sent{
				{40 * ms, Batch{Paths: []string{"a"}, All: true}},
				{80 * ms, Batch{Paths: []string{"b"}}},
			},
		},
		{
			name:  "lost and nothing else",
			steps: []step{{0, hint{all: true}}},
			want:  []sent{{30 * ms, Batch{All: true}}},
		},
		{
			name:  "a busy receiver gets one batch",
			busy:  200 * ms,
			steps: []step{change(0, "a"), change(100*ms, "b"), change(190*ms, "c")},
			want:  []sent{{220 * ms, Batch{Paths: []string{"a", "b", "c"}}}},
		},
		{
			name:  "a receiver busy beyond the longest wait",
			busy:  500 * ms,
			steps: []step{change(0, "a"), change(490*ms, "b")},
			want:  []sent{{500 * ms, Batch{Paths: []string{"a", "b"}}}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got := play(t, tt.steps, tt.busy)
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("batches differ (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// play gives gather the hints at their times and returns what it sends.
func play(t *testing.T, steps []step, busy time.Duration) (got []sent) {
	start := time.Now()
	ctx, cancel := context.WithCancel(t.Context())
	hints, batches := make(chan hint), make(chan Batch)
	go gather(ctx, hints, batches, Options{Settle: 30 * ms})
	go func() {
		defer close(hints)
		for _, s := range steps {
			<-time.After(time.Until(start.Add(s.at)))
			hints <- s.hint
		}
		<-time.After(time.Second)
		cancel()
	}()
	<-time.After(busy)
	for b := range batches {
		got = append(got, sent{time.Since(start), b})
	}
	return got
}

// TestGatherEnds ends the context while a batch is waiting and hints are coming.
func TestGatherEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		hints, batches := make(chan hint), make(chan Batch)
		go gather(ctx, hints, batches, Options{Settle: 30 * ms})
		hints <- hint{path: "a"}
		<-time.After(time.Second)
		cancel()
		synctest.Wait()
		hints <- hint{path: "b"}
		close(hints)
		if b, ok := <-batches; ok {
			t.Errorf("got %v after the end", b)
		}
	})
}

// TestEarly hears of a path before its batch has settled.
func TestEarly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		hints, batches := make(chan hint), make(chan Batch)
		var early []string
		go gather(ctx, hints, batches, Options{Settle: 30 * ms, Early: func(path string) { early = append(early, path) }})
		hints <- hint{path: "a"}
		hints <- hint{all: true}
		synctest.Wait()
		if !slices.Equal(early, []string{"a"}) {
			t.Errorf("heard early of %q", early)
		}
		<-batches
		cancel()
		close(hints)
	})
}
