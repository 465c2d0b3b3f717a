package portal_test

import (
	"fmt"
	"time"

	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/portal"
)

// The first page of a client whose provider has promised something.
func Example() {
	c, problems := clientfile.Client("acme", clientfile.Source{Name: "acme.toml", Text: []byte(`
client = "Acme Dental"
timezone = "UTC"
[people]
maria = { name = "Maria Ruiz", side = "client" }
dev = { name = "Dev Rao", side = "provider" }
[[commitment]]
title = "Online booking"
customer = "maria"
performer = "dev"
moves = [
  { on = 2026-11-02, by = "maria", did = "request", due = 2026-11-20 },
  { on = 2026-11-03, by = "dev", did = "promise" },
]
`)}, clientfile.Options{})
	if err := problems.Err(); err != nil {
		fmt.Println(err)
		return
	}
	view, err := portal.New(c, portal.Options{
		Provider: &client.Provider{Name: "North", Timezone: "UTC"},
		Now:      time.Date(2026, 11, 5, 9, 0, 0, 0, time.UTC),
		Base:     "/acme/",
		Path:     func(kind, id string) string { return kind + "-" + id },
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	lead := view.Pages[0].Home.Lead
	fmt.Println(lead.Title, "is", lead.State, "for", lead.Agreed)
	// Output:
	// Online booking is promised for 2026-11-20
}
