package tomltext

// A Shape is the way in which a node is written. It decides what may be added to the node later.
type Shape int

// The shapes of a node.

const (
	Leaf     Shape = iota // a value that is neither table nor list
	List                  // [ … ]
	Inline                // { … }
	Table                 // made by [x]
	Tables                // made by [[x]]; its items are the tables
	Implicit              // named only on the way to another table
	dotted                // named only as the first part of a.b = …
)

// A Node is the place of a value and its key. A nil node has no children, so that callers can walk
// down the tree without checks.
type Node struct {
	Shape    Shape
	Key      Span // the key, or the whole heading of an item of [[x]]
	At       Span // the value; for a table its heading or opening brace
	Parent   *Node
	Names    []string // of the children, in the file's order
	Children map[string]*Node
	Items    []*Node
	// Flawed says that this node or one below it has a problem.
	Flawed bool
}

// Child returns the node of the key name, or nil.
func (n *Node) Child(name string) *Node {
	if n == nil {
		return nil
	}
	return n.Children[name]
}

// Item returns the i-th item of a list, or nil.
func (n *Node) Item(i int) *Node {
	if n == nil || i < 0 || i >= len(n.Items) {
		return nil
	}
	return n.Items[i]
}

// Field returns the node of the key name, or n itself if there is none, so that a problem always
// has a place.
func (n *Node) Field(name string) *Node {
	if c := n.Child(name); c != nil {
		return c
	}
	return n
}

// HasProblem reports whether the node of the key name, or one below it, has a problem.
func (n *Node) HasProblem(name string) bool {
	c := n.Child(name)
	return c != nil && c.Flawed
}

func (n *Node) add(name string, s Shape, key Span) *Node {
	c := &Node{Shape: s, Key: key, At: key, Parent: n}
	if n.Children == nil {
		n.Children = map[string]*Node{}
	}
	n.Names = append(n.Names, name)
	n.Children[name] = c
	return c
}

func (n *Node) addItem(s Shape, at Span) *Node {
	c := &Node{Shape: s, Key: at, At: at, Parent: n}
	n.Items = append(n.Items, c)
	return c
}

// MarkFlawed sets Flawed in n and in every node above it.
func (n *Node) MarkFlawed() {
	for ; n != nil && !n.Flawed; n = n.Parent {
		n.Flawed = true
	}
}
