// Package keyring gives, for each client of a site, who has access and the key to seal
// under, and tells what is wrong with access files.
//
// It decides between the site's master key, the samples' public one and that of a preview.
// It must not know what is sealed.
package keyring

import (
	"errors"
	"fmt"
	"sync"

	"portalgen/internal/access"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/sample"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// A Keyring gives, for each client, who has access and the key to seal under.
type Keyring interface {
	// For takes the text of the client's file and of the provider's: together they
	// say whether the client is a sample.
	For(s *site.Site, id string, text, provider []byte) (*access.Client, seal.Master, error)
}

// SiteKeys seal each client under the site's master key, and samples under
// their own public one, which seals nothing else.
type SiteKeys struct {
	master seal.Master
	err    error
}

// NewSiteKeys takes the master key, or the error of loading it, which stops a build only where
// a client needs the key.
func NewSiteKeys(m seal.Master, err error) *SiteKeys { return &SiteKeys{m, err} }

// noKey is the problem of a client for which there is no key.
func noKey(id string) diag.Problem {
	return diag.Problem{
		Pos: diag.Pos{File: site.ClientFile(id)}, Rule: rule.NoKey, Severity: diag.Error,
		Message: "there is no master key to seal the portal of " + id + " with",
		Hint:    "make one with `portalgen init`, or copy yours into .portalgen/key, or set " + access.KeyVariable,
	}
}

// publicKey is the problem of a site whose master key is the samples' public one.
func publicKey(id string) diag.Problem {
	return diag.Problem{
		Pos: diag.Pos{File: site.ClientFile(id)}, Rule: rule.PublicKey, Severity: diag.Error,
		Message: "the master key is the samples' public one, with which anyone could open the portal of " + id,
		Hint: "take it out of .portalgen/key and " + access.KeyVariable + ", and make one of your own with " +
			"`portalgen init`",
	}
}

// For returns the client's access from its access file.
func (k *SiteKeys) For(s *site.Site, id string, text, provider []byte) (*access.Client, seal.Master, error) {
	if sample.Is(id, text, provider) {
		c, err := sampleAccess(id)
		return c, access.SampleMaster(), err
	}
	if errors.Is(k.err, access.ErrNoKey) {
		return nil, seal.Master{}, noKey(id)
	}
	if k.err != nil {
		return nil, seal.Master{}, k.err
	}
	if k.master.Equal(access.SampleMaster()) {
		return nil, seal.Master{}, publicKey(id)
	}
	c, err := access.Load(s.Dir, id, k.master)
	if wrong, ok := errors.AsType[*access.WrongKeyError](err); ok {
		err = wrongKey(s, id, wrong)
	}
	return c, k.master, err
}

// wrongKey is the problem of an access file that is sealed under another key.
func wrongKey(s *site.Site, id string, err *access.WrongKeyError) diag.Problem {
	p := diag.Problem{
		Pos: diag.Pos{File: err.File}, Rule: rule.WrongKey, Severity: diag.Error, Message: err.Error(),
		Hint: "take the key that belongs to it into .portalgen/key, or set " + access.KeyVariable,
	}
	if _, err := access.Load(s.Dir, id, access.SampleMaster()); err == nil {
		p.Hint = fmt.Sprintf("it is a sample's file, under the samples' public key, and %s or %s has been changed: "+
			"remove it, and add people anew with `portalgen access add %s PERSON`",
			site.ClientFile(id), site.ProviderFile, id)
	}
	return p
}

// PreviewKeys seal everything under the preview's own key; the master key is never
// read. Each portal has one link that opens it, and a sample its people too.
type PreviewKeys struct {
	Master seal.Master
	// samples are the ids of clients that were samples; nil where none is remembered.
	samples *sync.Map
}

// NewPreviewKeys returns the keys of a preview under a new key. What was a sample keeps its address
// and its people while it is edited, so that a page that is open stays at its place.
func NewPreviewKeys() PreviewKeys { return PreviewKeys{seal.NewMaster(), new(sync.Map)} }

// wasSample reports whether a client is a sample, or was one in this preview.
func (k PreviewKeys) wasSample(id string, text, provider []byte) bool {
	is := sample.Is(id, text, provider)
	if k.samples == nil {
		return is
	}
	if is {
		k.samples.Store(id, true)
	}
	_, was := k.samples.Load(id)
	return was
}

// For returns the access of a preview.
func (k PreviewKeys) For(_ *site.Site, id string, text, provider []byte) (*access.Client, seal.Master, error) {
	c := access.Default(k.Master, id)
	if k.wasSample(id, text, provider) {
		var err error
		if c, err = sampleAccess(id); err != nil {
			return nil, seal.Master{}, err
		}
	}
	c.AddPreviewLink(k.Master)
	return c, k.Master, nil
}

// sampleAccess returns the access of a sample from the program: the passphrases of its people
// are public, like the key.
func sampleAccess(id string) (*access.Client, error) {
	name := access.FileName(id)
	text, err := sample.Read(name)
	if err != nil {
		return nil, fmt.Errorf("the sample has no access file: %w", err)
	}
	f, err := access.Parse(id, text)
	if err != nil {
		return nil, err
	}
	return f.Open(access.SampleMaster())
}
