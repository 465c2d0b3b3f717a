package clientfile

import (
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/language"

	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/disk"
	"portalgen/internal/email"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// The forms of values that are not free text.
var (
	idForm     = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)
	portalForm = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)
	colorForm  = regexp.MustCompile(`^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`)
	viaForm    = regexp.MustCompile(`^[A-Za-z0-9_-]{22} [0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	clockForm  = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)
)

// reservedPortals are the names beside the portals that are taken: the folder of scripts and styles, and the
// names under which hosts serve index.html and 404.html.
var reservedPortals = []string{"assets", "index", "404"}

// personKeys take ids of people, referenceKeys ids of something else.
var (
	personKeys    = []string{"customer", "performer", "by", "to", "with", "owner", "raised_by", "confirmed_by", "lead"}
	referenceKeys = []string{"commitment", "goal", "needs", "affects", "reopens"}
)

// valueChecks check the texts of keys that need a form: they return what is wrong and what to do; the message
// is empty if nothing is wrong.
var valueChecks = map[string]func(*validator, string) (message, hint string){
	"id":       func(_ *validator, s string) (string, string) { return form(idForm, s, "an id", hintID) },
	"email":    func(_ *validator, s string) (string, string) { return badEmail(s, hintEmail) },
	"accent":   func(_ *validator, s string) (string, string) { return form(colorForm, s, "a colour", hintColor) },
	"portal":   func(_ *validator, s string) (string, string) { return badPortal(s) },
	"timezone": func(_ *validator, s string) (string, string) { return badZone(s) },
	"language": (*validator).badLanguage,
	"link":     func(_ *validator, s string) (string, string) { return badURL(s, "http", "https", "mailto") },
	"inbox":    func(_ *validator, s string) (string, string) { return badInbox(s) },
	"via": func(_ *validator, s string) (string, string) {
		return form(viaForm, s, "the id of a reply and a day", hintVia)
	},
	"base_url": func(_ *validator, s string) (string, string) { return badBase(s) },
	"file":     (*validator).badFile,
	"picture":  (*validator).badPicture,
	"logo":     (*validator).badFile,
}

func isFileKey(key string) bool { return key == "file" || key == "picture" || key == "logo" }

func form(re *regexp.Regexp, s, what, hint string) (string, string) {
	if re.MatchString(s) {
		return "", ""
	}
	return fmt.Sprintf("%s is not %s", tomltext.Quoted(s), what), hint
}

// badEmail allows one plain address.
func badEmail(s, hint string) (string, string) {
	if email.Valid(s) {
		return "", ""
	}
	return tomltext.Quoted(s) + " is not an e-mail address", hint
}

// badClientID refuses what cannot be the name of a client's file on every system.
func badClientID(id string) (string, string) {
	message, hint := fmt.Sprintf("%q cannot be the name of a client's file", id), hintID
	if idForm.MatchString(id) {
		why := disk.NoWindowsName(id)
		if why == "" {
			return "", ""
		}
		message, hint = message+": "+why, fmt.Sprintf("choose another, such as %s-client", id)
	}
	return message, hint
}

func badPortal(s string) (string, string) {
	if why := disk.NoWindowsName(s); why != "" {
		return fmt.Sprintf("%q cannot be a folder: %s", s, why), "choose another path"
	}
	if slices.Contains(reservedPortals, s) {
		return fmt.Sprintf("%q is taken by the portal's own files", s), "choose another path"
	}
	return form(portalForm, s, "a path", hintPortal)
}

func badZone(s string) (string, string) {
	if _, err := loadZone(s); err != nil {
		return tomltext.Quoted(s) + " is not a time zone", hintZone
	}
	return "", ""
}

// loadZone is time.LoadLocation without the names that mean the zone of this machine.
func loadZone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, errors.New("no time zone")
	}
	return time.LoadLocation(name)
}

// badLanguage allows a language of the interface, or a variant of one: de-AT if there is de.
func (c *validator) badLanguage(s string) (string, string) {
	tag, err := language.Parse(s)
	if err == nil && strings.Contains(s, "_") {
		return tomltext.Quoted(s) + " is not how a language is written", "write " + tag.String()
	}
	if err != nil {
		return tomltext.Quoted(s) + " is not a language", hintLanguage
	}
	base, _ := tag.Base()
	has := func(l string) bool { return strings.EqualFold(l, s) || l == base.String() }
	if len(c.opt.Languages) == 0 || slices.ContainsFunc(c.opt.Languages, has) {
		return "", ""
	}
	return "the interface is not available in " + tomltext.Quoted(s), hintOf("", "available: ", c.opt.Languages)
}

// badURL allows absolute addresses with the given schemes. A javascript: link would run with the rights of
// the page.
func badURL(s string, schemes ...string) (string, string) {
	hint := "write the whole address, such as https://example.com/page"
	u, err := url.Parse(s)
	switch {
	case err != nil || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		return tomltext.Quoted(s) + " is not an address", hint
	case u.Scheme == "":
		return tomltext.Quoted(s) + " lacks its beginning, https://", hint
	case !slices.Contains(schemes, u.Scheme):
		return fmt.Sprintf("an address cannot begin with %q", u.Scheme+":"), "allowed: " + either(schemes)
	case u.Scheme == "mailto":
		return badEmail(s[len("mailto:"):], "write mailto: and the address, with nothing behind it")
	case u.Hostname() == "" || u.User != nil:
		return tomltext.Quoted(s) + " is not an address", hint
	}
	return "", ""
}

// badBase allows addresses below which a site can be published: a portal's path can be added to them, and
// they do not lead into the folder of scripts.
func badBase(s string) (string, string) {
	message, hint := badURL(s, "http", "https")
	if message != "" {
		return message, hint
	}
	u, err := url.Parse(s)
	if err != nil {
		return tomltext.Quoted(s) + " is not an address", hintBase
	}
	steps := strings.Split(u.Path, "/")
	switch {
	case strings.ContainsAny(s, "?#"):
		return fmt.Sprintf("%s has more than a path: nothing can follow a ? or a #", tomltext.Quoted(s)), hintBase
	case slices.Contains(steps, "..") || slices.Contains(steps, "."):
		return tomltext.Quoted(s) + ` has "." or ".." in its path`, hintBase
	case len(steps) > 1 && steps[1] == "assets":
		return tomltext.Quoted(s) + " begins with /assets, which is taken by the portal's own files",
			"choose another path"
	}
	return "", ""
}

// badInbox allows addresses that protect what a page sends on its way: https, or http on this machine.
func badInbox(s string) (string, string) {
	if message, hint := badURL(s, "http", "https"); message != "" {
		return message, hint
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || strings.ContainsAny(s, "?#'\";,"):
		return tomltext.Quoted(s) + " is not the address of an inbox", hintInbox
	case u.Scheme == "http" && u.Hostname() != "localhost" && !isLoopback(u.Hostname()):
		return tomltext.Quoted(s) + " is not sealed on the way", hintInbox
	}
	return "", ""
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// badFile checks the name of a file. A client's file must also exist.
func (c *validator) badFile(s string) (string, string) {
	if err := Resolve(nil, s); err != nil {
		return fmt.Sprintf("%s cannot be used as a file: %s", tomltext.Quoted(s), err), hintFile
	}
	if c.opt.FileExists == nil || c.c == nil {
		return "", ""
	}
	err := c.opt.FileExists(s)
	switch {
	case err == nil:
		return "", ""
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Sprintf("there is no file %s", tomltext.Quoted(s)), "put it into data/clients/" + c.c.ID + "/"
	}
	if p, ok := errors.AsType[diag.Problem](err); ok { // its own message and hint are better
		return fmt.Sprintf("%s cannot be used as a file: %s", tomltext.Quoted(s), p.Message), p.Hint
	}
	return fmt.Sprintf("%s cannot be used as a file: %s", tomltext.Quoted(s), err),
		"put the file itself into data/clients/" + c.c.ID + "/"
}

// badPicture also refuses a picture of a term in provider.toml: files are in the folders of clients.
func (c *validator) badPicture(s string) (string, string) {
	if c.c == nil {
		return "a term of all clients cannot have a picture",
			"files lie in a client's folder: explain the term, with its picture, in the client's file"
	}
	return c.badFile(s)
}

// score checks a score of a pulse.
func (c *validator) score(n *tomltext.Node, key string, v int64) {
	if !n.Flawed && (v < 1 || v > 5) {
		c.value(n, rule.BadValue, fmt.Sprintf("%q cannot be %d", key, v),
			"a score goes from 1 to 5; leave the line out until there is one")
	}
}

// workingHours checks the days and the hours of the provider.
func (c *validator) workingHours(n *tomltext.Node, w client.WorkingHours) {
	days := []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
	for i, day := range w.Days {
		if item := n.Child("days").Item(i); !slices.Contains(days, day) && item != nil && !item.Flawed {
			c.value(item, rule.BadValue, tomltext.Quoted(day)+" is not a day",
				hintOf(weekday(day, days), "allowed: ", days))
		}
	}
	clocks := true
	for _, f := range []struct{ key, value string }{{"from", w.From}, {"to", w.To}} {
		if f.value == "" {
			clocks = false
		} else if message, hint := form(clockForm, f.value, "a time of day", `write such as "09:00"`); message != "" {
			c.value(n.Child(f.key), rule.BadValue, message, hint)
			clocks = false
		}
	}
	if clocks && w.From >= w.To {
		c.value(n.Child("to"), rule.BadValue,
			fmt.Sprintf("working hours cannot end at %s, they begin at %s", w.To, w.From), "")
	}
}

// weekday returns the day whose name s begins with, in any case.
func weekday(s string, days []string) string {
	if len(s) >= 3 && slices.Contains(days, strings.ToLower(s[:3])) {
		return strings.ToLower(s[:3])
	}
	return ""
}

// personIDs checks the ids of the people of this file.
func (c *validator) personIDs(n *tomltext.Node) {
	if n == nil {
		return
	}
	for _, id := range n.Names {
		if message, hint := form(idForm, id, "an id", hintID); message != "" {
			c.at(n.Child(id), n.Child(id).Key, rule.BadValue, message, hint)
		}
	}
}
