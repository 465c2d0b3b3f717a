package inbox

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// A rate counts what each address has left lately.
type rate struct {
	mu    sync.Mutex
	since time.Time
	count map[string]int
}

// window is the time in which replies are counted.
const window = time.Minute

// wait counts a reply of an address, and returns after which time it may be tried again: 0 where
// it may be left now.
func (r *rate) wait(address string, most int, now time.Time) time.Duration {
	if most <= 0 {
		return 0
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if age := now.Sub(r.since); age >= window || age < 0 {
		r.since, r.count = now, map[string]int{}
	}
	if r.count[address] >= most {
		return window - now.Sub(r.since)
	}
	r.count[address]++
	return 0
}

// address returns where a request comes from. Of IPv6 it is the network, of which one house has
// all addresses.
func (s *Server) address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if s.BehindProxy {
		// The last one is what the proxy itself has added; those before it anybody can write.
		all := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if last := strings.TrimSpace(all[len(all)-1]); last != "" {
			host = last
		}
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return ""
	}
	if ip = ip.Unmap(); ip.Is6() {
		if p, err := ip.WithZone("").Prefix(64); err == nil {
			return p.String()
		}
	}
	return ip.String()
}
