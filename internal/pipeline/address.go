package pipeline

import (
	"portalgen/internal/access"
	"portalgen/internal/diag"
	"portalgen/internal/keyring"
	"portalgen/internal/rule"
	"portalgen/internal/sample"
	"portalgen/internal/site"
)

// An Address is that of one client's portal.
type Address struct {
	// Name is the client's.
	Name string
	// Folder is the first part of the portal's addresses.
	Folder string
	// Fragment is the secret of the preview's link, after #k=; "" if there is none.
	Fragment string
	// Example says that no build publishes it.
	Example bool
	// Passphrase opens a sample, in a preview also one that is being edited; "" for any other
	// portal.
	Passphrase string
}

// Address reads one client's file and returns the address of its portal, without building it.
// Where the file has errors, the folder is that of a client without a friendly name.
func (b *Builder) Address(id string) (Address, diag.Problems) {
	base := b.base.Load()
	c, text, ps := b.read(base, id)
	who, _, err := b.opt.Keys.For(b.site, id, text, base.text)
	if err != nil {
		return Address{}, append(ps, diag.Of(err, site.ClientFile(id), rule.Build)...)
	}
	a := Address{Folder: who.Portal("")}
	if c != nil && ps.Err() == nil {
		a.Name, a.Example, a.Folder = c.Name, c.Example, who.Portal(c.Portal)
	}
	_, previews := b.opt.Keys.(keyring.PreviewKeys)
	if sample.Is(id, text, base.text) || previews && len(who.People()) > 0 { // which only samples have there
		a.Passphrase = sample.Passphrase
	}
	for _, l := range who.Links() {
		a.Fragment = l.Fragment()
	}
	return a, ps
}

// Published returns the address at which a folder is published, with a slash at the end; the
// path alone where provider.toml has no base_url.
func (b *Builder) Published(folder string) string {
	base, path := b.base.Load(), b.Prefix()+folder+"/"
	if base.provider.BaseURL == "" {
		return path
	}
	return base.origin + path
}

// PublishedAt returns the address at which this Builder has published a client's portal; "" if it has not.
func (b *Builder) PublishedAt(id string) string {
	b.mu.Lock()
	folder := b.folders[id]
	b.mu.Unlock()
	if folder == "" {
		return ""
	}
	return b.Published(folder)
}

// IsSample reports whether a client is one of the program's samples, by the text of its file
// and that of the provider's file when it was last loaded.
func (b *Builder) IsSample(id string, text []byte) bool {
	return sample.Is(id, text, b.base.Load().text)
}

// Access returns who has access to the portal of a client, by the text of its file. The
// error is the problem with which a build would refuse to seal it, such as a missing key.
func (b *Builder) Access(id string, text []byte) (*access.Client, error) {
	who, _, err := b.opt.Keys.For(b.site, id, text, b.base.Load().text)
	return who, err
}
