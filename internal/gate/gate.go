// Package gate makes the public part of a portal: the page around the sealed bytes, the root page,
// and the headers of both.
//
// The package must not know anything about a client. Its inputs are the provider's name and
// contact, opaque tokens and sealed bytes. A site's own layouts cannot change it.
package gate

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"regexp"
	"slices"
	"strings"
)

var (
	//go:embed gate.html
	gateText string
	//go:embed root.html
	rootText string
	//go:embed ask.html
	askText string

	gateTemplate = template.Must(template.Must(template.New("gate").Parse(gateText)).Parse(askText))
	rootTemplate = template.Must(template.Must(template.New("root").Parse(rootText)).Parse(askText))
)

// The scripts of the pages, below Options.Assets.
const (
	Script     = "js/gate.js"
	RootScript = "js/root.js"
)

// A Contact tells how to reach the provider.
type Contact struct {
	Name, Initials, Email, Phone string
}

// Dial returns the phone number in the form that a phone dials.
func (c Contact) Dial() string {
	return strings.Map(func(r rune) rune {
		if r == '+' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, c.Phone)
}

// Options are the values that all gates of a site share.
type Options struct {
	Provider string
	Contact  Contact
	// Logo is the address of the provider's logo; "" for none.
	Logo string
	// Prefix is the path of the site on its host, with a slash at both ends.
	Prefix string
	// Inbox is the address to which pages send replies; "" for none.
	Inbox string
	// Assets is the address of the folder of scripts and styles, with a slash at its end.
	Assets string
	// Styles are the names of the style sheets below Assets; later ones override earlier ones.
	Styles []string
	// Preload are the names, below Assets, of the modules that Script imports at once, so that the
	// browser fetches all of them in parallel.
	Preload []string
	// Language is the language to show until the browser's languages are known.
	Language string
	// Strings are the strings of the gate by language, made by the function Strings.
	Strings map[string]map[string]string
	// Scripts are the addresses of further module scripts, only for previews. They run before the
	// page's own scripts, which remove the secret from the address.
	Scripts []string
}

// A Gate makes pages for one site. It is safe for concurrent use.
type Gate struct {
	opt Options
	// before and after are the HTML before and after the portal's token, the only part in which
	// gates differ.
	before, after []byte
	root          []byte
}

// A SealedPage is the input for one gate.
type SealedPage struct {
	// Portal and Token are the parts of the page's address; Token is "" for Home.
	Portal, Token string
	// Slots, Body and Nav are sealed.
	Slots, Body, Nav []byte
	// Links is the page's list of link tokens and LinkSlots the block of their slots. Both are
	// empty for a page that never had links of its own.
	Links, LinkSlots []byte
}

type shell struct {
	Options
	Lang, Dir, Policy, Portal string
	T                         map[string]string
	Script, RootScript        string
	Ask, AskAtRoot            ask
}

// ask is the card that tells whom to ask.
type ask struct {
	Contact
	// Key names the string of Title, so that the browser can show it in the reader's language.
	Key, Title string
}

// tokenPlaceholder stands for the portal's token in the template. It needs no escaping in HTML.
const tokenPlaceholder = "PORTALGEN-PORTAL-TOKEN"

// New prepares the gate of a site.
func New(opt Options) (*Gate, error) {
	words, ok := opt.Strings[opt.Language]
	if !ok {
		return nil, fmt.Errorf("the gate has no words in %q", opt.Language)
	}
	s := shell{
		Options: opt, Lang: opt.Language, Dir: Direction(opt.Language),
		Policy: Host{opt.Prefix, opt.Inbox}.MetaPolicy(), Portal: tokenPlaceholder, T: words,
		Script: Script, RootScript: RootScript,
		Ask: ask{opt.Contact, "gate_help", words["gate_help"]}, AskAtRoot: ask{opt.Contact, "", words["root_help"]},
	}
	var page, root bytes.Buffer
	if err := gateTemplate.Execute(&page, s); err != nil {
		return nil, fmt.Errorf("the gate: %w", err)
	}
	if err := rootTemplate.Execute(&root, s); err != nil {
		return nil, fmt.Errorf("the root page: %w", err)
	}
	g := &Gate{opt: opt, root: root.Bytes()}
	g.before, g.after, _ = bytes.Cut(page.Bytes(), []byte(tokenPlaceholder))
	return g, nil
}

// Page returns the published form of one page.
func (g *Gate) Page(p SealedPage) []byte {
	var b bytes.Buffer
	b.Grow(len(g.before) + len(g.after) + 2*(len(p.Slots)+len(p.Body)+len(p.Nav)))
	b.Write(g.before)
	b.WriteString(template.HTMLEscapeString(p.Portal))
	b.Write(g.after)
	attr := func(name, value string) {
		fmt.Fprintf(&b, "\n data-%s=\"%s\"", name, template.HTMLEscapeString(value))
	}
	b.WriteString(`<div id="sealed" hidden`)
	attr("prefix", g.opt.Prefix)
	attr("portal", p.Portal)
	attr("token", p.Token)
	attr("slots", base64.StdEncoding.EncodeToString(p.Slots))
	if len(p.LinkSlots) > 0 {
		attr("links", base64.StdEncoding.EncodeToString(p.Links))
		attr("link-slots", base64.StdEncoding.EncodeToString(p.LinkSlots))
	}
	attr("nav", base64.StdEncoding.EncodeToString(p.Nav))
	attr("body", base64.StdEncoding.EncodeToString(p.Body))
	b.WriteString("></div>\n")
	b.WriteString("</body>\n</html>\n")
	return b.Bytes()
}

// Root returns the page at the site's root, which is also shown for missing pages. It names the
// provider but no client.
func (g *Gate) Root() []byte { return g.root }

// ownMark is near the start of every gate, in every language.
var ownMark = []byte(`data-portalgen="1"`)

// IsGate reports whether a published page is a gate. The folder of a gate may be pruned.
func IsGate(page []byte) bool {
	return bytes.HasPrefix(page, []byte("<!doctype html>")) && bytes.Contains(page[:min(len(page), 200)], ownMark)
}

// Content is the sealed body of a page: the fragment, and the values for the document around it.
type Content struct {
	// Path is the sealed path. The browser compares it with its own address.
	Path  string `json:"path"`
	Title string `json:"title"`
	Lang  string `json:"lang"`
	Dir   string `json:"dir"`
	HTML  string `json:"html"`
	// Files are the attachments that the fragment shows, by their refs in it.
	Files map[string]File `json:"files,omitempty"`
}

// A File is an attachment of a page.
type File struct {
	// Key opens the attachment. Its address derives from the key.
	Key  string `json:"key"`
	Name string `json:"name"`
	// Size is the length in bytes.
	Size int64 `json:"size"`
	// Picture is the media type of a picture that the page may show; "" for any other file, which
	// the reader can only save.
	Picture string `json:"picture,omitempty"`
}

// Encode returns the JSON of c, which is then sealed.
func (c Content) Encode() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(c); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Direction returns "rtl" for languages written from right to left, else "ltr".
func Direction(language string) string {
	base, _, _ := strings.Cut(language, "-")
	if slices.Contains([]string{"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}, base) {
		return "rtl"
	}
	return "ltr"
}

// shownPrefixes are prefixes of the names of the strings that scripts show, at the gate and while a
// reader answers. Of the moves they are those of the client.
var shownPrefixes = []string{
	"gate_", "root_", "asking_", "replying_", "says_", "mail_text", "send", "colon",
	"move_accept", "move_agree", "move_answer", "move_ask", "move_commit", "move_confirm", "move_correct",
	"move_counter", "move_decline", "move_deliver", "move_progress", "move_promise", "move_reject",
	"move_renegotiate", "move_revoke", "move_withdraw",
}

// placeholder matches a placeholder in a string.
var placeholder = regexp.MustCompile(`{{ \.([A-Za-z]+) }}`)

// Strings returns the strings that scripts show, in one language. It fills in the provider's name;
// any other placeholder becomes %name. A missing string is taken from fallback. The string "dir" is
// the direction of the language.
func Strings(language string, strs, fallback map[string]string, provider string) map[string]string {
	words := map[string]string{"dir": Direction(language)}
	for _, name := range slices.Sorted(maps.Keys(fallback)) {
		if !slices.ContainsFunc(shownPrefixes, func(of string) bool { return strings.HasPrefix(name, of) }) {
			continue
		}
		text := fallback[name]
		if own, ok := strs[name]; ok {
			text = own
		}
		words[name] = placeholder.ReplaceAllStringFunc(text, func(p string) string {
			if of := strings.ToLower(placeholder.FindStringSubmatch(p)[1]); of != "provider" {
				return "%" + of
			}
			return provider
		})
	}
	return words
}

// withoutScript are the strings in the HTML of public pages that no script shows.
var withoutScript = []string{"gate_late", "gate_script", "gate_title", "root_help", "root_text"}

// atTheGate are prefixes of the names of the strings that the first scripts need. All others are those of forms,
// whose scripts are loaded only by pages that have one.
var atTheGate = []string{"dir", "gate_", "root_"}

// StringsModules returns the strings of all languages as two modules for the browser, by the names of their files.
// It shows the gate in the reader's language and answers in the page's language.
func StringsModules(words map[string]map[string]string) (map[string][]byte, error) {
	first, later := map[string]map[string]string{}, map[string]map[string]string{}
	for language, strs := range words {
		first[language], later[language] = map[string]string{}, map[string]string{}
		for name, text := range strs {
			has := func(prefix string) bool { return strings.HasPrefix(name, prefix) }
			switch {
			case slices.Contains(withoutScript, name):
			case slices.ContainsFunc(atTheGate, has):
				first[language][name] = text
			default:
				later[language][name] = text
			}
			if name == "send" { // it is also that of a form whose script could not be loaded
				first[language][name] = text
			}
		}
	}
	modules := map[string][]byte{}
	for name, sent := range map[string]any{"js/words.js": first, "js/answer-words.js": later} {
		text, err := json.MarshalIndent(sent, "", " ")
		if err != nil {
			return nil, err
		}
		const head = "// What the browser says, by language.\n/** @type {Record<string, Record<string, string>>} */\n"
		modules[name] = fmt.Appendf(nil, head+"export const words = %s;\n", text)
	}
	return modules, nil
}
