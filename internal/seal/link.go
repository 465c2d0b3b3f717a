package seal

import "errors"

// A Link is the secret of a link. It is the fragment of the link's address.
type Link struct{ secret }

// NewLink draws the secret of a link.
func NewLink() Link { return Link{newSecret(random(keySize))} }

// PreviewLink returns the link with which a preview under m opens a client's portal. It is the same
// on every run, so that bookmarks keep working.
func (m Master) PreviewLink(clientID string) Link {
	return Link{m.derive("preview-link", []byte(clientID))}
}

// PreviewID returns the credential id of PreviewLink.
func (m Master) PreviewID(clientID string) ID {
	return ID(m.bytes(idSize, "preview-id", []byte(clientID)))
}

// Fragment returns the secret as it follows the # in an address: base64url without padding.
func (l Link) Fragment() string { return base64URL.EncodeToString(l.raw()) }

// Root returns the root of the link, which is the secret itself.
func (l Link) Root() Root { return Root(l) }

// ParseLink parses a secret that Fragment returned.
func ParseLink(fragment string) (Link, error) {
	s, ok := parseSecret(fragment)
	if !ok {
		return Link{}, errors.New("not the secret of a link: that has 43 letters, digits, hyphens and underscores")
	}
	return Link{s}, nil
}
