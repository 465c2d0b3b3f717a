package keyring

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"portalgen/internal/access"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/site"
)

// Strangers warns of each of people who is no longer in the client's file. people are the ids of
// those who can open the portal of c.
func Strangers(c *client.Client, people []string) diag.Problems {
	var ps diag.Problems
	file := access.FileName(c.ID)
	for _, person := range strangers(c, people) {
		ps = append(ps, diag.Problem{
			Pos: diag.Pos{File: file}, Rule: rule.AccessOfUnknownPerson, Severity: diag.Warning,
			Message: fmt.Sprintf("%s can open the portal of %s, and is not among its people any more", person, c.ID),
			Hint: fmt.Sprintf("end it with `%s`, or put %s back into [people]",
				diag.Command("access", "remove", c.ID, person), person),
		})
	}
	return ps
}

// Returned warns of each of people, the ids of those who were removed but can still open the
// portal.
func Returned(id string, people []string) diag.Problems {
	var ps diag.Problems
	for _, person := range people {
		ps = append(ps, diag.Problem{
			Pos: diag.Pos{File: access.FileName(id)}, Rule: rule.AccessAfterRemoval, Severity: diag.Warning,
			Message: fmt.Sprintf("%s was removed and can open the portal of %s all the same: "+
				"one branch removed them, another gave them a new passphrase", person, id),
			Hint: fmt.Sprintf("run `%s` if they are to go, or `%s` if they are to stay",
				diag.Command("access", "remove", id, person), diag.Command("access", "reissue", id, person)),
		})
	}
	return ps
}

// Exposed warns of a key file that others on this machine may read, if the owner cannot prevent it
// by permissions.
func Exposed(s *site.Site) diag.Problems {
	if !access.Exposed(s.Dir) {
		return nil
	}
	return diag.Problems{{
		Pos: diag.Pos{File: ".portalgen/key"}, Rule: rule.OpenKey, Severity: diag.Warning,
		Message: "others on this machine may read the master key: the file system that it lies on keeps no permissions",
		Hint: "keep the site on a disk of the system's own, such as below your home; or under Windows Subsystem for " +
			"Linux write [automount] and options = \"metadata\" into /etc/wsl.conf; or keep the key elsewhere and set " +
			access.KeyVariable,
	}}
}

// WithoutClient warns of access files whose client is not among clients. It looks only at the ids
// in asked; nil means all.
func WithoutClient(s *site.Site, clients, asked []string) diag.Problems {
	ids, err := access.Sealed(s.Dir)
	if err != nil {
		return diag.Of(err, site.AccessDir, rule.AccessFile)
	}
	var ps diag.Problems
	for _, id := range ids {
		if asked != nil && !slices.Contains(asked, id) || slices.Contains(clients, id) {
			continue
		}
		p := diag.Problem{
			Pos: diag.Pos{File: access.FileName(id)}, Rule: rule.AccessWithoutClient, Severity: diag.Warning,
			Message: fmt.Sprintf("it is no client's any more: there is no %s", site.ClientFile(id)),
			Hint: fmt.Sprintf("renamed? rename it back, or run `%s NEW`, which keeps address and access; "+
				"where the client has left, delete it: a new client of that id would be opened by the people and links in it",
				diag.Command("rename", id)),
		}
		if i := slices.IndexFunc(clients, func(other string) bool { return samePortal(s, id, other) }); i >= 0 {
			p.Message = fmt.Sprintf("a rename was cut off in the middle: it has the portal of %s", clients[i])
			p.Hint = fmt.Sprintf("run it again; or `%s`, which leaves all to %s",
				diag.Command("rename", id, clients[i]), clients[i])
		}
		ps = append(ps, p)
	}
	return ps
}

// RenamedFrom returns the id that c may have had before its file was renamed by hand, or "". c must
// have no access file. The result is a client that no longer exists and whose access file has no
// people, or people of c.
func RenamedFrom(s *site.Site, clients []string, c *client.Client) string {
	if _, err := s.Root.Lstat(access.FileName(c.ID)); !errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	ids, _ := OwnSealed(s.Dir) // an unreadable file belongs to no former client
	for _, id := range ids {
		if slices.Contains(clients, id) {
			continue
		}
		people := peopleOf(s, id)
		if len(people) == 0 || len(strangers(c, people)) < len(people) {
			return id
		}
	}
	return ""
}

// StrangersOf returns the ids of those who can open the portal of the former client id and are not
// people of c.
func StrangersOf(s *site.Site, id string, c *client.Client) []string {
	return strangers(c, peopleOf(s, id))
}

func peopleOf(s *site.Site, id string) []string {
	text, _ := s.Root.ReadFile(access.FileName(id))
	f, err := access.Parse(id, text)
	if err != nil {
		return nil
	}
	return f.People()
}

func strangers(c *client.Client, people []string) []string {
	return slices.DeleteFunc(slices.Clone(people), func(person string) bool {
		_, known := c.People[person]
		return known
	})
}

func samePortal(s *site.Site, id, other string) bool {
	read := func(id string) *access.File {
		text, _ := s.Root.ReadFile(access.FileName(id))
		f, _ := access.Parse(id, text)
		return f
	}
	one, another := read(id), read(other)
	return one != nil && another != nil && one.SamePortal(another)
}

// AccessProblems returns the problems of a client's access file that can be found without the key.
// c is nil if the client's own file cannot be read.
func AccessProblems(s *site.Site, id string, c *client.Client) diag.Problems {
	name := access.FileName(id)
	if _, err := s.Root.Lstat(name); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	src, ps := clientfile.ReadFile(s.Root, name)
	if ps.Err() != nil {
		return ps
	}
	f, err := access.Parse(id, src.Text)
	if err != nil {
		return diag.Of(err, name, rule.AccessFile).WithText(name, src.Text)
	}
	ps = Returned(id, f.Returned())
	if c == nil {
		return ps
	}
	return append(ps, Strangers(c, f.People())...)
}
