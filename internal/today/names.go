package today

import "strings"

// tellApart adds the id to a name that two clients have, or two people of the provider's side. The same id in
// two clients' files counts as one person.
func (d *List) tellApart() {
	clients, people := namesakes{}, namesakes{}
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

// namesakes holds, for each name, the ids that have it.
type namesakes map[string]map[string]bool

func (a namesakes) add(name, id string) {
	if a[name] == nil {
		a[name] = map[string]bool{}
	}
	a[name][id] = true
}

// apart returns the name, followed by the id if several ids have the name.
func (a namesakes) apart(name, id string) string {
	if name == "" || len(a[name]) < 2 {
		return name
	}
	return name + " (" + id + ")"
}

// local returns the person's id in a client's file.
func local(person string) string {
	if _, id, found := strings.Cut(person, "/"); found {
		return id
	}
	return person
}
