package serve

import (
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// idle is how long a connection may be open without a request.
const idle = time.Minute

// manyConnections is from how many open connections on their memory is given back to the system.
const manyConnections = 500

// A connectionPeak notices when many connections were open at once and are closed again. The memory
// that they used is then given back to the system; the runtime would do that late or never.
type connectionPeak struct {
	open atomic.Int64
	high atomic.Bool
	// giveBack gives memory back to the system.
	giveBack func()
}

// connection receives each change of state of a connection.
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
