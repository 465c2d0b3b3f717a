package today

import "strings"

// tellApart adds the id to the names of clients, and of people of the provider's side,
// that another one has too. One id in two clients' files is taken for one person.
func (d *List) tellApart() {
	clients, people := alike{}, alike{}
	for _, i := range d.Items {
		clients.add(i.Name, i.Client)
		if i.Group != Waiting {
			people.add(i.Who, i.Person)
		}
	}
	for _, l := range d.Loads {
		people.add(l.Who, local(l.Person))
	}
	for _, w := range d.Weeks {
		people.add(w.Who, local(w.Person))
	}
	for n := range d.Items {
		i := &d.Items[n]
		i.Name = clients.apart(i.Name, i.Client)
		if i.Group != Waiting {
			i.Who = people.apart(i.Who, i.Person)
		}
	}
	for n := range d.Loads {
		l := &d.Loads[n]
		l.Who = people.apart(l.Who, local(l.Person))
	}
	for n := range d.Weeks {
		w := &d.Weeks[n]
		w.Who = people.apart(w.Who, local(w.Person))
	}
}

// alike holds the ids of all who have a name.
type alike map[string]map[string]bool

func (a alike) add(name, id string) {
	if a[name] == nil {
		a[name] = map[string]bool{}
	}
	a[name][id] = true
}

// apart returns the name, with the id where it is not the name of one alone.
func (a alike) apart(name, id string) string {
	if name == "" || len(a[name]) < 2 {
		return name
	}
	return name + " (" + id + ")"
}

// local returns the id that somebody has in a client's file.
func local(person string) string {
	if _, id, found := strings.Cut(person, "/"); found {
		return id
	}
	return person
}
