package serve

import (
	"net/http"
	"testing"
)

// Memory is given back after each wave of connections, and not for as many as a browser opens.
func TestAWaveOfConnections(t *testing.T) {
	t.Parallel()
	given := make(chan struct{})
	peak := &connectionPeak{giveBack: func() { given <- struct{}{} }}
	wave := func(n int) {
		for range n {
			peak.connection(nil, http.StateNew)
			peak.connection(nil, http.StateActive)
			peak.connection(nil, http.StateIdle)
		}
		for range n {
			peak.connection(nil, http.StateClosed)
		}
	}
	wave(manyConnections)
	if peak.high.Load() {
		t.Error("few connections count as a wave")
	}
	for range 2 {
		wave(manyConnections + 1)
		<-given
	}
}
