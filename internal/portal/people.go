package portal

import (
	"strings"

	"portalgen/internal/client"
	"portalgen/internal/letters"
)

// A Person is someone of either side.
type Person struct {
	ID, Name, Side, Role, Email, Phone string

	short string // what they are called in a sentence; "" for the full name
}

// Short returns what the person is called in a sentence, see client.Person.Short. It is the full name if
// another person is called the same, or if the language requires full names and no called is written.
func (p Person) Short() string {
	if p.short == "" {
		return p.Name
	}
	return p.short
}

// Initials returns the first letters of the first and the last word of the name.
func (p Person) Initials() string {
	words := strings.Fields(p.Name)
	if len(words) == 0 {
		return ""
	}
	initials := letters.First(words[0])
	if last := len(words) - 1; last > 0 {
		initials += letters.First(words[last])
	}
	return initials
}

// Ours reports whether the person is of the provider's side.
func (p Person) Ours() bool { return p.Side == client.ProviderSide }

// calledInFull reports whether a language calls people by their full names, as German does when it addresses
// the reader as "Sie".
func calledInFull(language string) bool {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	return base == "de"
}

func people(c *client.Client) map[string]Person {
	all, called := make(map[string]Person, len(c.People)), map[string]int{}
	for id, p := range c.People {
		all[id] = Person{
			ID: id, Name: p.Name, Side: p.Side, Role: p.Role, Email: p.Email, Phone: p.Phone, short: p.Short(),
		}
		called[p.Short()]++
	}
	for id, p := range all {
		if called[p.short] > 1 || calledInFull(c.Language) && c.People[id].Called == "" {
			p.short = ""
			all[id] = p
		}
	}
	return all
}

// speaker returns who said something. A sender who used a link and is not in the file has the name that they
// gave.
func (v *View) speaker(id string, s client.Sent) Person {
	p := v.people[id]
	if s.Called != "" {
		p.Name, p.short = s.Called, s.Called
	}
	return p
}

// lead returns who looks after the client: lead of the client's file, else the contact of provider.toml,
// which is one of the people if they have the same name. A lead without e-mail and phone gets those of the
// contact.
func (v *View) lead() Person {
	at := v.opt.Provider.Contact
	if p, ok := v.people[v.c.Lead]; ok {
		if p.Email == "" && p.Phone == "" {
			p.Email, p.Phone = at.Email, at.Phone
		}
		return p
	}
	contact := Person{Name: at.Name, Email: at.Email, Phone: at.Phone, Side: client.ProviderSide}
	for _, p := range v.peopleOf(client.ProviderSide) {
		if at.Name != "" && strings.EqualFold(p.Name, at.Name) {
			contact.ID, contact.Role, contact.short = p.ID, p.Role, p.short
			break
		}
	}
	if contact.Name == "" {
		contact.Name = v.opt.Provider.Name
	}
	return contact
}
