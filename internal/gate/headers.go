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

// policy is the content security policy: nothing but the site's own scripts,
// styles, images and requests; no form is ever sent, and markup reaches the page
// only through the one Trusted Types policy of the module that unseals.
var policy = []string{
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' blob:", // pictures that were opened
	"connect-src 'self'",
	"base-uri 'none'",
	"object-src 'none'",
	"form-action 'none'",
	"require-trusted-types-for 'script'",
	"trusted-types portalgen",
}

// MetaPolicy returns the policy for a page's head, where frame-ancestors is not allowed.
func MetaPolicy() string { return strings.Join(policy, "; ") }

// A Rule gives headers to all paths of one form.
type Rule struct {
	// For is the form: * matches any rest, :name one folder.
	For     string
	Headers []Header
}

// Rules returns the headers of a published site. For each path a header is in one rule only,
// since hosts join the values of two rules. The forms reveal no page. prefix is the path of
// the site on its host, such as "/" or "/clients/".
func Rules(prefix string) []Rule {
	noCache := []Header{{"Cache-Control", "no-cache"}}
	// A file whose address is derived from its bytes never changes.
	forever := []Header{{"Cache-Control", "public, max-age=31536000, immutable"}}
	return []Rule{
		{"/*", []Header{
			{"Content-Security-Policy", MetaPolicy() + "; frame-ancestors 'none'"},
			{"Cross-Origin-Opener-Policy", "same-origin"},
			{"Cross-Origin-Resource-Policy", "same-origin"},
			{"Referrer-Policy", "no-referrer"},
			{"Strict-Transport-Security", "max-age=63072000"},
			{"X-Content-Type-Options", "nosniff"},
			{"X-Frame-Options", "DENY"},
			{"X-Robots-Tag", "noindex, nofollow"},
		}},
		{prefix, noCache},
		{prefix + ":portal/", noCache},
		{prefix + ":portal/:page/", noCache},
		{prefix + ":portal/files/:file", forever},
		{prefix + "assets/*", forever},
	}
}

// HeadersFile returns the file _headers, which several static hosts read in the published
// folder.
func HeadersFile(prefix string) []byte {
	var b strings.Builder
	for _, r := range Rules((&url.URL{Path: prefix}).EscapedPath()) {
		fmt.Fprintln(&b, r.For)
		for _, h := range r.Headers {
			fmt.Fprintf(&b, "  %s: %s\n", h.Name, h.Value)
		}
	}
	return []byte(b.String())
}

// Match returns the headers that a host that reads _headers gives for a path, which includes
// the prefix.
func Match(prefix, path string) []Header {
	var all []Header
	for _, r := range Rules(prefix) {
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
