// Package keyring returns, for each client of a site, who has access and the key to seal under. It
// also reports problems of access files.
//
// It chooses among the site's master key, the samples' public key and the key of a preview. The
// package must not know what is sealed.
package keyring

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"portalgen/internal/access"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/sample"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// A Keyring returns, for each client, who has access and the key to seal under.
type Keyring interface {
	// For gets the texts of the client's file and the provider's file. Both together decide whether
	// the client is a sample.
	For(s *site.Site, id string, text, provider []byte) (*access.Client, seal.Master, error)
}

// SiteKeys seal each client under the site's master key, and samples under their public key, which
// seals nothing else.
type SiteKeys struct{ now atomic.Pointer[siteKey] }

// A siteKey is the master key, or the error of loading it.
type siteKey struct {
	master seal.Master
	err    error
	// opens reports whether the key opens any access file. It finds this out at the first call.
	opens func(siteDir string) bool
}

// NewSiteKeys returns SiteKeys with the master key, or with the error of loading it. The error
// stops a build only if a client needs the key.
func NewSiteKeys(m seal.Master, err error) *SiteKeys {
	k := new(SiteKeys)
	k.Set(m, err)
	return k
}

// Set replaces the master key or its error. A portal that is being built at this moment is sealed
// under the old or the new key.
func (k *SiteKeys) Set(m seal.Master, err error) {
	var once sync.Once
	var opens bool
	k.now.Store(&siteKey{m, err, func(siteDir string) bool {
		once.Do(func() { opens = Opens(siteDir, m) })
		return opens
	}})
}

// NoKey returns the problem of a site without a key. If the site has access files, they were sealed
// under a key that is now missing.
func NoKey(siteDir string) diag.Problem {
	p := diag.Problem{
		Pos: diag.Pos{File: access.KeyName}, Rule: rule.NoKey, Severity: diag.Error,
		Message: "there is no master key to seal portals with",
		Hint:    "make one with `portalgen init`, or copy yours into .portalgen/key, or set " + access.KeyVariable,
	}
	if sealed, err := OwnSealed(siteDir); err != nil || len(sealed) > 0 {
		p.Message = "the master key is not here, and what is in data/access can be opened with nothing else"
		p.Hint = "copy it here from where you keep it, your other machine or your host's settings, or set " +
			access.KeyVariable + " to it; " + lostKey
	}
	return p
}

// lostKey says what a lost key means, and which command helps.
const lostKey = "where it is lost for good, `portalgen init --new-key` makes another key: everybody then needs a new " +
	"passphrase, and each portal has a new address"

// OwnSealed returns the ids of the access files that are not sealed under the samples' public key.
func OwnSealed(siteDir string) ([]string, error) {
	ids, err := access.Sealed(siteDir)
	return slices.DeleteFunc(ids, func(id string) bool {
		_, err := access.Load(siteDir, id, access.SampleMaster())
		return err == nil
	}), err
}

// Opens reports whether m opens any access file.
func Opens(siteDir string, m seal.Master) bool {
	ids, _ := access.Sealed(siteDir)
	return slices.ContainsFunc(ids, func(id string) bool {
		_, err := access.Load(siteDir, id, m)
		return err == nil
	})
}

// publicKey returns the problem of a site whose master key is the samples' public key.
func publicKey(id string) diag.Problem {
	return diag.Problem{
		Pos: diag.Pos{File: site.ClientFile(id)}, Rule: rule.PublicKey, Severity: diag.Error,
		Message: "the master key is the samples' public one, with which anyone could open the portal of " + id,
		Hint: "take it out of .portalgen/key and " + access.KeyVariable + ", and make one of your own with " +
			"`portalgen init`",
	}
}

// Master returns the master key, or the error of loading it. It is for what stays on this machine.
func (k *SiteKeys) Master() (seal.Master, error) {
	now := k.now.Load()
	return now.master, now.err
}

// For returns the client's access from its access file.
func (k *SiteKeys) For(s *site.Site, id string, text, provider []byte) (*access.Client, seal.Master, error) {
	if sample.Is(id, text, provider) {
		c, err := sampleAccess(id)
		return c, access.SampleMaster(), err
	}
	now := k.now.Load()
	if errors.Is(now.err, access.ErrNoKey) {
		return nil, seal.Master{}, NoKey(s.Dir)
	}
	if now.err != nil {
		return nil, seal.Master{}, now.err
	}
	if now.master.Equal(access.SampleMaster()) {
		return nil, seal.Master{}, publicKey(id)
	}
	c, err := access.Load(s.Dir, id, now.master)
	if wrong, ok := errors.AsType[*access.WrongKeyError](err); ok {
		err = now.wrongKey(s, id, wrong)
	}
	return c, now.master, err
}

// wrongKey returns the problem of an access file that is sealed under another key.
func (k *siteKey) wrongKey(s *site.Site, id string, err *access.WrongKeyError) diag.Problem {
	p := diag.Problem{
		Pos: diag.Pos{File: err.File}, Rule: rule.WrongKey, Severity: diag.Error, Message: err.Error(),
		Hint: "copy the key that belongs to it into .portalgen/key, or set " + access.KeyVariable + " to it; " +
			lostKey,
	}
	again := fmt.Sprintf("where there is none, delete it and add people again with `portalgen access add %s PERSON`: "+
		"they need new passphrases and a new address", id)
	if k.opens(s.Dir) {
		p.Hint = "the key opens others: take this file back from version control, as it was sealed under this key; " +
			again
	}
	if old, none := access.OldMaster(s.Dir); none == nil {
		if _, err := access.Load(s.Dir, id, old); err == nil {
			p.Hint = "it is as it was before the last `portalgen key rotate`, under .portalgen/key.old: take it from " +
				"the commit after that; " + again
		}
	}
	if _, err := access.Load(s.Dir, id, access.SampleMaster()); err == nil {
		p.Hint = fmt.Sprintf("it is a sample's file, under the samples' public key, and %s or %s has been changed: "+
			"remove it, and add people again with `portalgen access add %s PERSON`",
			site.ClientFile(id), site.ProviderFile, id)
	}
	return p
}

// PreviewKeys seal everything under the preview's own key. They never read the master key. Each
// portal has one link that opens it; a sample's people can open the sample too.
type PreviewKeys struct {
	Master seal.Master
	// samples are the ids of clients that were samples; nil if none are remembered.
	samples *sync.Map
}

// NewPreviewKeys returns the keys of a preview with a new key. A sample keeps its address and
// people while it is edited, so that an open page stays valid.
func NewPreviewKeys() PreviewKeys { return PreviewKeys{seal.NewMaster(), new(sync.Map)} }

// Samples returns the ids of the clients that were samples in this preview.
func (k PreviewKeys) Samples() (ids []string) {
	k.samples.Range(func(id, _ any) bool {
		ids = append(ids, id.(string))
		return true
	})
	slices.Sort(ids)
	return ids
}

// OldPreviewKeys returns the keys of an earlier preview with the key m, in which clients with these
// ids were samples.
func OldPreviewKeys(m seal.Master, samples []string) PreviewKeys {
	k := PreviewKeys{m, new(sync.Map)}
	for _, id := range samples {
		k.samples.Store(id, true)
	}
	return k
}

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

// For returns the client's access in a preview.
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

// sampleAccess returns the access of a sample from the program. The passphrases of its people are
// public, like the key.
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
