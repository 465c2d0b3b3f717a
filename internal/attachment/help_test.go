package attachment_test

import "portalgen/internal/testsite"

// What tests share, under the names that they use.
var (
	clientFile  = testsite.ClientFile
	folder      = testsite.Folder
	write       = testsite.Write
	load        = testsite.Load
	publishInto = testsite.PublishInto
	tree        = testsite.Tree
	one         = testsite.One
	noKey       = testsite.NoKey
	sampleSite  = testsite.SampleSite
	handing     = testsite.WithFiles
	attached    = testsite.Attached
)
