package gate

import (
	"fmt"
	"net/url"
	"strings"
)

// A Header is one header of a response.
type Header struct {
	Name, Value string
}

// A Host tells where a site is published, as far as headers depend on it.
type Host struct {
	// Prefix is the path of the site on its host, such as "/" or "/clients/".
	Prefix string
	// Inbox is the address to which pages send replies: of another origin, or a path on this host;
	// "" for none.
	Inbox string
}

// MetaPolicy returns the content security policy for a page's head, where frame-ancestors is not
// allowed. It permits only the site's own scripts, styles, images and requests, and requests to the
// inbox. No form is ever sent. Markup enters the page only through the one Trusted Types policy of
// the module that unseals.
func (h Host) MetaPolicy() string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self'",
		"img-src 'self' blob:", // pictures that were opened
		strings.TrimSpace("connect-src 'self' " + h.inboxOrigin()),
		"base-uri 'none'",
		"object-src 'none'",
		"form-action 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types portalgen",
	}, "; ")
}

// inboxOrigin returns the origin of the inbox; "" if there is no inbox or it is on the site's own
// origin.
func (h Host) inboxOrigin() string {
	u, err := url.Parse(h.Inbox)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// A headerRule sets headers for all paths that match a pattern.
type headerRule struct {
	// For is the pattern: * matches any rest, :name one folder.
	For     string
	Headers []Header
}

// headerRules returns the headers of a published site. For each path a header is in one rule only,
// since hosts join the values of two rules. The patterns reveal no page.
func (h Host) headerRules() []headerRule {
	noCache := []Header{{"Cache-Control", "no-cache"}}
	// The address of such a file derives from its bytes, so the file never changes.
	forever := []Header{{"Cache-Control", "public, max-age=31536000, immutable"}}
	return []headerRule{
		{"/*", []Header{
			{"Content-Security-Policy", h.MetaPolicy() + "; frame-ancestors 'none'"},
			{"Cross-Origin-Opener-Policy", "same-origin"},
			{"Cross-Origin-Resource-Policy", "same-origin"},
			{"Referrer-Policy", "no-referrer"},
			{"Strict-Transport-Security", "max-age=63072000"},
			{"X-Content-Type-Options", "nosniff"},
			{"X-Frame-Options", "DENY"},
			{"X-Robots-Tag", "noindex, nofollow"},
		}},
		{h.Prefix, noCache},
		{h.Prefix + ":portal/", noCache},
		{h.Prefix + ":portal/:page/", noCache},
		{h.Prefix + ":portal/files/:file", forever},
		{h.Prefix + "assets/*", forever},
	}
}

// HeadersFile returns the file _headers, which several static hosts read from the published folder.
func (h Host) HeadersFile() []byte {
	var b strings.Builder
	h.Prefix = (&url.URL{Path: h.Prefix}).EscapedPath()
	for _, r := range h.headerRules() {
		fmt.Fprintln(&b, r.For)
		for _, h := range r.Headers {
			fmt.Fprintf(&b, "  %s: %s\n", h.Name, h.Value)
		}
	}
	return []byte(b.String())
}

// Match returns the headers that a host that reads _headers sends for a path, which includes the
// prefix.
func (h Host) Match(path string) []Header {
	var all []Header
	for _, r := range h.headerRules() {
		if matches(r.For, path) {
			all = append(all, r.Headers...)
		}
	}
	return all
}

func matches(form, path string) bool {
	if rest, ok := strings.CutSuffix(form, "*"); ok {
		return strings.HasPrefix(path, rest)
	}
	forms, parts := strings.Split(form, "/"), strings.Split(path, "/")
	if len(forms) != len(parts) {
		return false
	}
	for i, f := range forms {
		if f != parts[i] && (!strings.HasPrefix(f, ":") || parts[i] == "") {
			return false
		}
	}
	return true
}
