package edit

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
)

// A NewClient is what is known of a client who has no file yet. Empty values are inherited from the provider.
type NewClient struct {
	Name, Timezone, Language string
	// People are the people of the client's side, in the order in which they were given.
	People []client.Person
}

// ParsePerson reads a person as `id=Full Name`, or as a name alone, whose first word then becomes the id.
func ParsePerson(s string) (client.Person, error) {
	id, name, ok := strings.Cut(s, "=")
	if !ok {
		first, _, _ := strings.Cut(strings.TrimSpace(s), " ")
		id, name = ID(first), s
	}
	p := client.Person{ID: strings.TrimSpace(id), Name: strings.TrimSpace(name), Side: client.ClientSide}
	if p.ID == "" || p.Name == "" {
		return p, fmt.Errorf("%q is not a person; write such as \"maria=Maria Ruiz\"", s)
	}
	return p, nil
}

// New returns the first text of a client's file called name. It fails with the reader's problems if a value
// is not valid.
func New(name, id string, n NewClient, opt clientfile.Options) (*Change, error) {
	src := clientfile.Source{Name: name, Text: n.text()}
	c, ps := clientfile.Client(id, src, opt)
	if err := ps.Err(); err != nil {
		return nil, ps.Errors()
	}
	for _, p := range n.People {
		if c.People[p.ID].Name != p.Name {
			return nil, ErrWider
		}
	}
	return &Change{Name: name, New: src.Text, Warnings: ps, Client: c}, nil
}

// Create writes the text of a new file below root. It fails with ErrExists if there is one.
func (c *Change) Create(root *os.Root) error {
	if err := root.MkdirAll(path.Dir(c.Name), 0o777); err != nil {
		return fmt.Errorf("cannot make %s: %w", path.Dir(c.Name), err)
	}
	return create(root, c.Name, c.New)
}

func (n NewClient) text() []byte {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("#:schema ../schema/client.json")
	line("# Everything that %s sees. A new fact is a new line; a line that no longer holds", comment(n.Name))
	line("# is told by another, so that the story stays whole. docs/format.md has every key.")
	width := len("client")
	if n.Timezone+n.Language != "" {
		width = len("timezone") // longer than "client", and as long as "language"
	}
	line("%-*s = %s", width, "client", basicString(n.Name))
	for _, kv := range [][2]string{{"timezone", n.Timezone}, {"language", n.Language}} {
		if kv[1] != "" {
			line("%-*s = %s", width, kv[0], basicString(kv[1]))
		}
	}
	line("# A word of welcome, at the foot of their page:")
	line("# welcome = \"What we promised each other, and how it stands. If a line is not what we said, tell us.\"")
	line("")
	n.people(line)
	line("")
	line("# What they asked of you, or you offered. From here on the program can write for you:")
	line("#   portalgen add commitment CLIENT    a first promise, and portalgen move for all that follows")
	line("#   portalgen add status CLIENT        how it stands, in your words")
	return []byte(b.String())
}

func (n NewClient) people(line func(string, ...any)) {
	line("# Who they are. Left of the = is the short name by which lines below call them.")
	line("[people]")
	if len(n.People) == 0 {
		line(`# maria = { name = "Maria Ruiz", side = "client", role = "Practice manager", email = "maria@example.com" }`)
	}
	width := 0
	for _, p := range n.People {
		width = max(width, len(key(p.ID)))
	}
	for _, p := range n.People {
		line("%-*s = { name = %s, side = \"client\" }", width, key(p.ID), basicString(p.Name))
	}
}

// key returns s as a key: without quotes if possible.
func key(s string) string {
	bare := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_'
	}
	if s != "" && !slices.ContainsFunc([]rune(s), func(r rune) bool { return !bare(r) }) {
		return s
	}
	return basicString(s)
}

// comment returns s in a form for a comment.
func comment(s string) string { return diag.Printable(strings.Join(strings.Fields(s), " ")) }
