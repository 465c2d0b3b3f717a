package verify_test

import (
	"portalgen/internal/testsite"
)

// What tests share, under the names that they use.
var (
	folder      = testsite.Folder
	write       = testsite.Write
	clients     = testsite.Clients
	load        = testsite.Load
	publishInto = testsite.PublishInto
	tree        = testsite.Tree
	giveAccess  = testsite.GiveAccess
	handing     = testsite.WithFiles
	attached    = testsite.Attached
)

const provider = testsite.Provider
