package site

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"text/template"

	"portalgen/internal/civil"
)

//go:embed all:starter
var starter embed.FS

// firstClient is the starter's example of a client's file. It is written only
// where there is no client yet.
const firstClient = ClientsDir + "/first-client.toml"

// Init writes the files of a new site into dir, which may exist and hold other files; existing
// files are not changed. Dates in the new files are around today. It returns the paths of the
// files that it wrote.
func Init(dir string, today civil.Date) ([]string, error) {
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
		// In the starter "dot" stands for a dot at the beginning of a name, so that git and
		// editors do not use these files.
		to := strings.Replace(strings.TrimPrefix(name, "starter/"), "dot", ".", 1)
		if to == firstClient && len(clients) > 0 {
			return nil
		}
		text, err := filled(name, today)
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

// filled returns a file of the starter with its dates, written as {{day -3}}.
func filled(name string, today civil.Date) ([]byte, error) {
	text, err := starter.ReadFile(name)
	if err != nil {
		return nil, err
	}
	t, err := template.New(path.Base(name)).Funcs(template.FuncMap{
		"day": func(n int) string { return today.AddDays(n).String() },
	}).Parse(string(text))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, nil)
	return b.Bytes(), err
}

// writeNew writes a file that is not there yet.
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
