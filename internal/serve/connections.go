package serve

import (
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// idle is how long a connection may be open without a request.
const idle = time.Minute

// manyConnections is the number of open connections above which memory is given back to the system
// afterwards.
const manyConnections = 500

// A connectionPeak detects when many connections were open and are closed again. It then gives the
// memory that they used back to the system, which the runtime would do late or never.
type connectionPeak struct {
	open atomic.Int64
	high atomic.Bool
	// giveBack gives memory back to the system.
	giveBack func()
}

// connection is called for each change of state of a connection.
func (w *connectionPeak) connection(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		if w.open.Add(1) > manyConnections {
			w.high.Store(true)
		}
	case http.StateClosed, http.StateHijacked:
		if w.open.Add(-1) < manyConnections/10 && w.high.CompareAndSwap(true, false) {
			go w.giveBack()
		}
	}
}
