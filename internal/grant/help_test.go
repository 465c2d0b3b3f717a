package grant_test

import "portalgen/internal/testsite"

// What tests share, under the names that they use.
var (
	clientFile  = testsite.ClientFile
	folder      = testsite.Folder
	write       = testsite.Write
	clients     = testsite.Clients
	master      = testsite.Master
	load        = testsite.Load
	publishInto = testsite.PublishInto
	tree        = testsite.Tree
	one         = testsite.One
	noKey       = testsite.NoKey
	giveAccess  = testsite.GiveAccess
)
