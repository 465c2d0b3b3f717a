// Package week is the provider's weekly round through all clients: which client comes next, and which of
// their items.
//
// It knows only the steps. It must not know of files, of the terminal, or of how an item is settled: the
// caller builds today's list again after a step, and Show reads the result from it.
package week

import (
	"slices"
	"strings"

	"portalgen/internal/today"
)

// A Round goes through the clients that need something, and through the items of each.
type Round struct {
	clients []string
	at      int
	items   []today.Item // of the current client
	// left are, by client, the items that were left undone, in the order of leaving.
	left map[string][]string
}

// New returns the round over the clients of a list, in the order of the list. It begins after the clients in
// passed.
func New(list today.List, passed []string) *Round {
	r := &Round{left: map[string][]string{}}
	var rest []string
	for _, i := range list.Items {
		if all := &rest; !slices.Contains(rest, i.Client) && !slices.Contains(r.clients, i.Client) {
			if slices.Contains(passed, i.Client) {
				all = &r.clients
			}
			*all = append(*all, i.Client)
		}
	}
	r.at = len(r.clients)
	r.clients = append(r.clients, rest...)
	r.Show(list)
	return r
}

// Over reports whether all clients were passed.
func (r *Round) Over() bool { return r.at >= len(r.clients) }

// Client returns the id of the current client; the round must not be over.
func (r *Round) Client() string { return r.clients[r.at] }

// Place returns the number of the current client, from 1, and the number of clients.
func (r *Round) Place() (n, of int) { return r.at + 1, len(r.clients) }

// Passed returns the clients before the current one.
func (r *Round) Passed() []string { return r.clients[:r.at] }

// Show takes the items of the current client from list.
func (r *Round) Show(list today.List) {
	r.items = nil
	if !r.Over() {
		r.items = list.OfClients([]string{r.Client()}).Items
	}
}

// Items returns all items of the current client.
func (r *Round) Items() []today.Item { return r.items }

// Item returns the next item that a command can settle and that was not left. If there is none, ok is false:
// only a summary of the client remains.
func (r *Round) Item() (item today.Item, ok bool) {
	for _, i := range r.items {
		if len(i.Ways) > 0 && !slices.Contains(r.left[r.Client()], keyOf(i)) {
			return i, true
		}
	}
	return today.Item{}, false
}

// Leave leaves the current item undone and goes to the next. Without a current item it is Next.
func (r *Round) Leave() {
	if i, ok := r.Item(); ok {
		r.left[r.Client()] = append(r.left[r.Client()], keyOf(i))
		return
	}
	r.Next()
}

// Next goes to the next client.
func (r *Round) Next() { r.at++ }

// Back goes to the item that was left last or, if there is none, to the client before. It reports whether the
// client changed.
func (r *Round) Back() (other bool) {
	if r.Over() || len(r.left[r.Client()]) == 0 {
		if r.at == 0 {
			return false
		}
		r.at--
		return true
	}
	for id := r.Client(); len(r.left[id]) > 0; {
		last := r.left[id][len(r.left[id])-1]
		r.left[id] = r.left[id][:len(r.left[id])-1]
		if slices.ContainsFunc(r.items, func(i today.Item) bool { return keyOf(i) == last }) {
			return false
		}
	}
	return false
}

// keyOf identifies an item in another list of the same day.
func keyOf(i today.Item) string {
	return strings.Join(append([]string{i.Kind, i.What}, slices.Concat(i.Ways...)...), "\x00")
}
