package cli

import (
	"slices"
	"testing"
	"time"

	"portalgen/internal/diag"
	"portalgen/internal/pipeline"
	"portalgen/internal/rule"
	"portalgen/internal/watch"
)

// What the output refused is tried again without a further change, and nothing else is.
func TestARefusedOutputIsTriedAgain(t *testing.T) {
	t.Parallel()
	refused := diag.Problems{{Rule: rule.Output, Severity: diag.Error}}
	broken := diag.Problems{{Rule: rule.UnknownKey, Severity: diag.Error}, refused[0]}
	said := []diag.Problems{refused, refused, broken, nil}
	batches := make(chan watch.Batch)
	var got [][]string
	a := &app{}
	err := a.follow(t.Context(), batches, time.Millisecond, func(change pipeline.Change) (diag.Problems, error) {
		got = append(got, change.Clients)
		if len(got) == 3 { // it waits for a change now
			go func() {
				batches <- watch.Batch{Paths: []string{"data/clients/a.toml"}}
				close(batches)
			}()
		}
		return said[len(got)-1], nil
	})
	if err != nil {
		t.Error(err)
	}
	if want := [][]string{nil, nil, nil, {"a"}}; !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("published %v, want %v", got, want)
	}
}
