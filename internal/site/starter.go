package site

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"text/template"
	"unicode"

	"portalgen/internal/civil"
)

//go:embed all:starter
var starter embed.FS

// exampleClient is the starter's example of a client's file.
const exampleClient = ClientsDir + "/first-client.toml"

// forNetlify are the files for an inbox on Netlify.
var forNetlify = []string{"netlify/functions/inbox.mjs", "package.json"}

// A Start has the values for the first files of a new site. For an empty value the files have an
// example to be filled in.
type Start struct {
	// Today is the day to which the dates of the example are relative.
	Today civil.Date
	// Example adds an example of a client's file, if there is no client yet. No build publishes it.
	Example bool
	// Netlify adds an inbox on Netlify for clients' replies.
	Netlify bool
	// Name is the name of the provider's business. Person and Email belong to the person who leads
	// it. Timezone is an IANA name and Accent a colour, in the form of provider.toml.
	Name, Person, Email, Timezone, Accent string
}

// Provider returns the text of the provider's file.
func (s Start) Provider() ([]byte, error) { return s.fill("starter/" + ProviderFile) }

// Unnamed reports whether the provider's file still has the name or the address of the example.
func (s *Site) Unnamed() bool {
	text, err := s.Root.ReadFile(ProviderFile)
	has := func(example string) bool { return bytes.Contains(text, []byte(example)) }
	return err == nil && (has(`"Your firm"`) || has(`"you@example.com"`))
}

// Init writes the files of a new site into dir, which may already exist and contain other files.
// Existing files are not changed. It returns the paths of the written files.
func Init(dir string, start Start) ([]string, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	s, err := Open(dir)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	clients, err := s.Clients()
	if err != nil {
		return nil, err
	}
	var wrote []string
	err = fs.WalkDir(starter, "starter", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		// In the starter, "dot" at the start of a name stands for a dot, so that git and editors do
		// not use these files.
		to := strings.Replace(strings.TrimPrefix(name, "starter/"), "dot", ".", 1)
		if to == exampleClient && (len(clients) > 0 || !start.Example) {
			return nil
		}
		if slices.Contains(forNetlify, to) && !start.Netlify {
			return nil
		}
		text, err := start.fill(name)
		if err != nil {
			return err
		}
		made, err := s.writeNew(to, text)
		if made {
			wrote = append(wrote, to)
		}
		return err
	})
	if err != nil {
		return wrote, err
	}
	more, err := s.startSchemas()
	return append(wrote, more...), err
}

// fill returns a file of the starter with its dates, written as {{day -3}}, and values, written as
// {{or .Name "Your firm" | quote}}, filled in.
func (s Start) fill(name string) ([]byte, error) {
	text, err := starter.ReadFile(name)
	if err != nil {
		return nil, err
	}
	t, err := template.New(path.Base(name)).Funcs(template.FuncMap{
		"day":   func(n int) string { return s.Today.AddDays(n).String() },
		"quote": quote,
	}).Parse(string(text))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, s)
	return b.Bytes(), err
}

// quote returns s as a TOML string, without control characters.
func quote(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// writeNew writes a file unless it exists.
func (s *Site) writeNew(name string, text []byte) (made bool, err error) {
	if err := s.Root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return false, fmt.Errorf("cannot make %s: %w", path.Dir(name), err)
	}
	f, err := s.Root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("cannot write %s: %w", name, err)
	}
	_, err = f.Write(text)
	return true, errors.Join(err, f.Close())
}
