package build

import (
	"errors"
	"fmt"
	"io/fs"

	"portalgen/internal/access"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
)

// strangers warns of those among people, who can open the portal of c, whom the
// client's file does not know any more.
func strangers(c *client.Client, people []string) diag.Problems {
	var ps diag.Problems
	file := access.FileName(c.ID)
	for _, person := range people {
		if _, known := c.People[person]; known {
			continue
		}
		ps = append(ps, diag.Problem{
			Pos: diag.Pos{File: file}, Rule: "access-of-unknown-person", Severity: diag.Warning,
			Message: fmt.Sprintf("%s can open the portal of %s, and is not among its people any more", person, c.ID),
			Hint:    fmt.Sprintf("take it away with `portalgen access remove %s %s`, or put %[2]s back into [people]", c.ID, person),
		})
	}
	return ps
}

// returned warns of those among people who can open the portal of a client although
// they were removed.
func returned(id string, people []string) diag.Problems {
	var ps diag.Problems
	for _, person := range people {
		ps = append(ps, diag.Problem{
			Pos: diag.Pos{File: access.FileName(id)}, Rule: "access-after-removal", Severity: diag.Warning,
			Message: fmt.Sprintf("%s was removed and can open the portal of %s all the same: one branch removed them, another gave them a new passphrase", person, id),
			Hint:    fmt.Sprintf("run `portalgen access remove %s %s` if they are to go, or `portalgen access reissue %[1]s %[2]s` if they are to stay", id, person),
		})
	}
	return ps
}

// checkAccess returns what is wrong in a client's access file, as far as it can be
// seen without the key. c is nil where the client's own file cannot be read.
func (b *Builder) checkAccess(id string, c *client.Client) diag.Problems {
	name := access.FileName(id)
	if _, err := b.site.Root.Lstat(name); b.opt.Samples || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	src, ps := clientfile.ReadFile(b.site.Root, name)
	if ps.Err() != nil {
		return ps
	}
	f, err := access.Parse(id, src.Text)
	if err != nil {
		return withLines(diag.Of(err, name, "access-file"), name, src.Text)
	}
	ps = returned(id, f.Returned())
	if c == nil {
		return ps
	}
	return append(ps, strangers(c, f.People())...)
}
