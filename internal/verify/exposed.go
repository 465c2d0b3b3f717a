package verify

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"portalgen/internal/access"
	"portalgen/internal/client"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// A secretFile is a file of the provider that no host may serve. is recognizes its text.
type secretFile struct {
	name, client string
	is           func(text string) bool
}

// secretFiles returns the files to request. A host serves them if it publishes a whole repository
// or the folder of a site.
func secretFiles(ids []string) []secretFile {
	all := []secretFile{
		{name: site.ProviderFile, is: tomlWith(reflect.TypeFor[client.Provider]())},
		{name: ".portalgen/key", is: isKeyFile},
		{name: ".portalgen/key.old", is: isKeyFile},
		{name: ".git/config", is: gitConfig.MatchString},
	}
	isClient := tomlWith(reflect.TypeFor[client.Client]())
	isPrivate := tomlWith(reflect.TypeFor[client.PrivateFile]())
	for _, id := range ids {
		all = append(all,
			secretFile{site.ClientFile(id), id, isClient},
			secretFile{site.PrivateFile(id), id, isPrivate},
			secretFile{access.FileName(id), id, accessFile.MatchString})
	}
	return all
}

// accessFile matches a line that every file of data/access has.
var accessFile = regexp.MustCompile(`(?m)^[ \t]*(?:salt|epoch|path_key)[ \t]*=[ \t]*"`)

var gitConfig = regexp.MustCompile(`(?m)^[ \t]*\[core\][ \t]*\r?$`)

// isKeyFile reports whether a line of text is a master key, of any site.
func isKeyFile(text string) bool {
	return slices.ContainsFunc(strings.Split(text, "\n"), func(line string) bool {
		_, err := seal.ParseMaster(line)
		return err == nil
	})
}

// tomlLine matches a line that sets a key or begins a table. The groups capture the first name.
var tomlLine = regexp.MustCompile(`(?m)^[ \t]*(?:["']?([a-z_]+)["']?[ \t]*(?:\.[^=\n]*)?=[ \t]*\S` +
	`|\[\[?[ \t]*["']?([a-z_]+)[^\]\n]*\]\]?[ \t]*(?:#.*)?\r?$)`)

// tomlWith returns a function that recognizes a file of type typ: at least one line sets a key or
// begins a table of typ. The file may have mistakes.
func tomlWith(typ reflect.Type) func(string) bool {
	var keys []string
	for i := range typ.NumField() {
		name, _, _ := strings.Cut(typ.Field(i).Tag.Get("toml"), ",")
		keys = append(keys, name)
	}
	return func(text string) bool {
		return slices.ContainsFunc(tomlLine.FindAllStringSubmatch(text, -1), func(m []string) bool {
			return slices.Contains(keys, cmp.Or(m[1], m[2]))
		})
	}
}

// exposed requests the provider's own files from a host, below the address of the site and below
// each folder above it.
func (v *verifier) exposed(ctx context.Context, h host, all []secretFile) {
	var g errgroup.Group
	g.SetLimit(parallel)
	for _, base := range h.foldersAbove() {
		// A host that serves text for a file that cannot exist does so for every file.
		anything, err := h.text(ctx, base, site.ClientFile("no-such-client-"+seal.NewID().String()))
		if err != nil {
			v.found(Finding{What: Unread, Path: base.String(), Detail: err.Error()})
		}
		for _, s := range all {
			g.Go(func() error {
				address := base.JoinPath(s.name).String()
				text, err := h.text(ctx, base, s.name)
				switch {
				case err != nil:
					detail := address + ": " + err.Error()
					v.found(Finding{What: Unread, Path: s.name, Client: s.client, Detail: detail})
				case !isSecret(s, text):
				case isSecret(s, anything):
					v.found(Finding{
						What: Unread, Path: s.name, Client: s.client,
						Detail: address + ": the host serves such a text for every address, " +
							"so it cannot be told whether this is yours",
					})
				default:
					detail := "anybody can read it at " + address
					v.found(Finding{What: Exposed, Path: s.name, Client: s.client, Detail: detail})
				}
				return nil
			})
		}
	}
	_ = g.Wait() // none of them fails
}

// isSecret reports whether text is the file s. An HTML page is not, whatever it contains.
func isSecret(s secretFile, text string) bool {
	text = strings.TrimPrefix(text, "\ufeff")
	return !strings.HasPrefix(strings.TrimSpace(text), "<") && s.is(text)
}

// foldersAbove returns the address of the site and the addresses of all folders above it.
func (h host) foldersAbove() []*url.URL {
	var all []*url.URL
	path := strings.Trim(h.root.EscapedPath(), "/")
	for {
		all = append(all, h.root.ResolveReference(&url.URL{Path: "/"}).JoinPath(path, "/"))
		if path == "" {
			return all
		}
		path = path[:max(strings.LastIndexByte(path, '/'), 0)]
	}
}

// maxAnswer is how much of an answer is read, in bytes.
const maxAnswer = 1 << 20

// text returns the text that the host serves under a name; "" if it serves nothing.
func (h host) text(ctx context.Context, base *url.URL, name string) (string, error) {
	is, err := h.get(ctx, base.JoinPath((&url.URL{Path: name}).EscapedPath()))
	if err != nil {
		return "", err
	}
	defer is.Body.Close()
	switch is.StatusCode {
	case http.StatusOK, http.StatusPartialContent:
		text, err := io.ReadAll(io.LimitReader(is.Body, maxAnswer))
		return string(text), err
	case http.StatusNotFound, http.StatusGone, http.StatusForbidden, http.StatusUnauthorized,
		http.StatusBadRequest, http.StatusUnavailableForLegalReasons:
		return "", nil
	}
	return "", fmt.Errorf("the host answers %s", is.Status)
}
