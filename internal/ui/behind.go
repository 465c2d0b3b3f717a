package ui

import (
	"fmt"
	"strings"

	"portalgen/internal/diag"
)

// NoClient says how to begin a client's file in a site that has none.
func (t *Terminal) NoClient() {
	t.Note("There is no client here yet: `portalgen new client NAME` begins the file of one.")
}

// Behind says that the published files in out are older than the files of these clients or, if shared is
// true, than files of all clients.
func (t *Terminal) Behind(out string, clients []string, shared bool) {
	whose := "the files"
	if !shared {
		whose = "the files of " + strings.Join(clients[:min(3, len(clients))], ", ")
		if more := len(clients) - 3; more > 0 {
			whose += fmt.Sprintf(" and %d more", more)
		}
	}
	t.Note("%s/ is older than %s: `portalgen build`", out, diag.Printable(whose))
}
