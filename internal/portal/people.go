package portal

import (
	"strings"

	"portalgen/internal/client"
)

// A Person is someone of either side.
type Person struct {
	ID, Name, Side, Role, Email, Phone string
}

// Short returns the first word of the name, as people call each other, or all of
// it where that word is a title such as "Dr.".
func (p Person) Short() string {
	first, _, _ := strings.Cut(p.Name, " ")
	if strings.HasSuffix(first, ".") {
		return p.Name
	}
	return first
}

// Ours reports whether the person is of the provider's side.
func (p Person) Ours() bool { return p.Side == client.ProviderSide }

func people(c *client.Client) map[string]Person {
	all := make(map[string]Person, len(c.People))
	for id, p := range c.People {
		all[id] = Person{id, p.Name, p.Side, p.Role, p.Email, p.Phone}
	}
	return all
}
