package seal_test

import (
	"fmt"
	"log"

	"portalgen/internal/seal"
)

// A page is sealed for one person, and opened with the passphrase.
func Example() {
	check := func(err error) {
		if err != nil {
			log.Fatal(err)
		}
	}
	const passphrase = "correct horse battery staple"
	master, salt := seal.NewMaster(), make([]byte, seal.SaltSize) // take random bytes as the salt
	root, err := seal.PersonRoot(passphrase, salt)
	check(err)
	client := master.ClientKey(seal.Access{
		Client: "acme", Portal: "acme", Salt: salt, Epoch: seal.NewEpoch(),
		Entries: []seal.Entry{{ID: seal.NewID(), Person: "maria", Live: true}},
	})
	maker := seal.SlotsMaker{Master: master, Client: "acme", Portal: "acme", Salt: salt}
	slots, err := maker.Seal(client, []seal.Holder{{Root: root, Person: "maria"}})
	check(err)
	page := seal.PageContext{Portal: "acme", Slots: slots}
	page.Nav, err = client.NavKey(page).Seal(page, []byte("Home"))
	check(err)
	body, err := client.PageKey(page).Seal(page, []byte("It is on the way."))
	check(err)

	// The reader has the page as published, and the passphrase.
	published, err := seal.ParseSlots(page.Slots)
	check(err)
	root, err = seal.PersonRoot(passphrase, published.Salt())
	check(err)
	opened, person, err := published.OpenPerson(root, "acme")
	check(err)
	text, err := opened.PageKey(page).Open(page, body)
	check(err)
	fmt.Printf("%s reads: %s\n", person, text)
	// Output: maria reads: It is on the way.
}
