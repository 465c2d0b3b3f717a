package pipeline_test

import (
	"cmp"
	"errors"
	"os"
	"strconv"
	"testing"

	"portalgen/internal/diag"
	"portalgen/internal/testsite"
)

// What tests share, under the names that they use.
var (
	clientFile  = testsite.ClientFile
	folder      = testsite.Folder
	write       = testsite.Write
	remove      = testsite.Remove
	clients     = testsite.Clients
	master      = testsite.Master
	unloaded    = testsite.Unloaded
	load        = testsite.Load
	publishInto = testsite.PublishInto
	tree        = testsite.Tree
	one         = testsite.One
	sampleSite  = testsite.SampleSite
	noKey       = testsite.NoKey
	clockDay    = testsite.Day
	giveAccess  = testsite.GiveAccess
)

const provider = testsite.Provider

// problems returns err as the problems that it is.
func problems(err error) diag.Problems {
	ps, _ := errors.AsType[diag.Problems](err)
	return ps
}

// The variables that say how many changes tests with random ones make, and what they are drawn from.
const (
	editsOf = "PORTALGEN_EDITS"
	seedOf  = "PORTALGEN_SEED"
)

// number returns a variable of the environment.
func number(t *testing.T, name, otherwise string) int {
	t.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv(name), otherwise))
	must(t, err)
	return n
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
