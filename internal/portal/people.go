package portal

import (
	"slices"
	"strings"

	"portalgen/internal/client"
)

// A Person is someone of either side.
type Person struct {
	ID, Name, Side, Role, Email, Phone string

	namesake bool // another person's name begins with the same word
}

// beginnings are first words that are no name by themselves: "servant of", "father of",
// "mother of", "son of", "daughter of".
var beginnings = []string{"عبد", "أبو", "ابو", "أم", "ام", "ابن", "بن", "بنت"}

// Short returns the first word of the name, as people call each other, or all of it where
// that word is a title such as "Dr.", is only the beginning of a name, or would be
// another person's too.
func (p Person) Short() string {
	first, _, _ := strings.Cut(p.Name, " ")
	if p.namesake || strings.HasSuffix(first, ".") || slices.Contains(beginnings, first) {
		return p.Name
	}
	return first
}

// Ours reports whether the person is of the provider's side.
func (p Person) Ours() bool { return p.Side == client.ProviderSide }

func people(c *client.Client) map[string]Person {
	all, called := make(map[string]Person, len(c.People)), map[string]int{}
	for id, p := range c.People {
		all[id] = Person{ID: id, Name: p.Name, Side: p.Side, Role: p.Role, Email: p.Email, Phone: p.Phone}
		called[all[id].Short()]++
	}
	for id, p := range all {
		p.namesake = called[p.Short()] > 1
		all[id] = p
	}
	return all
}
