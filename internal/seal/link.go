package seal

import "errors"

// A Link is the secret of a link, which stands in the fragment of its address.
type Link struct{ secret }

// NewLink draws the secret of a link.
func NewLink() Link { return Link{newSecret(random(keySize))} }

// PreviewLink returns the link with which a preview under m shows a client's
// portal. It is the same on every run, so a bookmark keeps working.
func (m Master) PreviewLink(clientID string) Link {
	return Link{m.derive("preview-link", []byte(clientID))}
}

// PreviewID returns the credential id of PreviewLink.
func (m Master) PreviewID(clientID string) ID {
	return ID(m.bytes(IDSize, "preview-id", []byte(clientID)))
}

// Fragment returns the link's secret as it stands after the #: base64url without
// padding.
func (l Link) Fragment() string { return base64URL.EncodeToString(l.raw()) }

// Root returns the root of the link, which is the secret itself.
func (l Link) Root() Root { return Root(l) }

// ParseLink reads what Fragment wrote.
func ParseLink(fragment string) (Link, error) {
	s, ok := parseSecret(fragment)
	if !ok {
		return Link{}, errors.New("not the secret of a link: that has 43 letters, digits, hyphens and underscores")
	}
	return Link{s}, nil
}
