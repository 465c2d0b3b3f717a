package clientfile

// A shape is how a node came to be. It decides what may be added to it later.
type shape int

const (
	leaf     shape = iota // a value that is neither table nor list
	list                  // [ … ]
	inline                // { … }
	table                 // made by [x]
	tables                // made by [[x]]; its items are the tables
	implicit              // named only as the way to another table
	dotted                // named only as the first part of a.b = …
)

// A node is the place of a value and of the key it stands under. A nil node has
// no children, so that a way through the tree needs no checks.
type node struct {
	shape    shape
	key      span // the key, or the whole heading of an item of [[x]]
	at       span // the value; for a table its heading or opening brace
	parent   *node
	names    []string // of the children, in the file's order
	children map[string]*node
	items    []*node
	// flawed is set where a problem lies here or further down.
	flawed bool
}

// child returns what stands under the key name, or nil.
func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	return n.children[name]
}

// item returns the i-th item of a list, or nil.
func (n *node) item(i int) *node {
	if n == nil || i < 0 || i >= len(n.items) {
		return nil
	}
	return n.items[i]
}

// field returns what stands under the key name, or n itself if nothing does, so
// that a problem always has a place.
func (n *node) field(name string) *node {
	if c := n.child(name); c != nil {
		return c
	}
	return n
}

// bad reports whether a problem lies at or below the key name.
func (n *node) bad(name string) bool {
	c := n.child(name)
	return c != nil && c.flawed
}

func (n *node) add(name string, s shape, key span) *node {
	c := &node{shape: s, key: key, at: key, parent: n}
	if n.children == nil {
		n.children = map[string]*node{}
	}
	n.names = append(n.names, name)
	n.children[name] = c
	return c
}

func (n *node) addItem(s shape, at span) *node {
	c := &node{shape: s, key: at, at: at, parent: n}
	n.items = append(n.items, c)
	return c
}

// blame marks n and everything above it.
func (n *node) blame() {
	for ; n != nil && !n.flawed; n = n.parent {
		n.flawed = true
	}
}
