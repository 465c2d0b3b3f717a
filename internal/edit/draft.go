package edit

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/disk"
)

// A Draft is a status note that is being written in an editor. It is in the site's hidden folder, which is
// only for this machine, and is neither published nor under version control: no other place may hold
// plaintext of a portal.
type Draft struct {
	root *os.Root
	// Name is its path below the site, with slashes.
	Name string
	// Begun is the first text of a draft that was begun now; "" for an earlier one.
	Begun string
}

// The folder of drafts, and the hidden folder that contains it.
const (
	hiddenDir = ".portalgen"
	DraftsDir = hiddenDir + "/drafts"
)

// NewDraft returns the draft of a client's status note. Call Begin, unless Left reports an earlier one to
// continue.
func NewDraft(root *os.Root, id string) *Draft {
	return &Draft{root: root, Name: DraftsDir + "/" + id + "-status.toml"}
}

// Left reports whether there is an earlier draft.
func (d *Draft) Left() bool {
	_, err := d.root.Lstat(d.Name)
	return err == nil
}

// Begin writes a new draft. It keeps an earlier one under another name.
func (d *Draft) Begin(text string) error {
	if err := MakeDrafts(d.root); err != nil {
		return err
	}
	if d.Left() {
		if err := disk.RenameIn(d.root, d.Name, d.freeName()); err != nil {
			return err
		}
	}
	d.Begun = text
	// A temporary file would stay if the process is killed.
	f, err := d.root.OpenFile(d.Name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, disk.Secret)
	if err != nil {
		return err
	}
	return disk.WriteAndClose(f, []byte(text))
}

// freeName returns a name beside the draft that no file has yet.
func (d *Draft) freeName() string {
	for n := 1; ; n++ {
		if _, err := d.root.Lstat(d.earlier(n)); err != nil {
			return d.earlier(n)
		}
	}
}

// earlier returns the name of the nth earlier draft, from 1.
func (d *Draft) earlier(n int) string {
	stem := strings.TrimSuffix(d.Name, ".toml") + "-before"
	if n > 1 {
		stem += fmt.Sprintf("-%d", n)
	}
	return stem + ".toml"
}

// MakeDrafts makes the folder of drafts, which only its owner can open.
func MakeDrafts(root *os.Root) error {
	if err := root.MkdirAll(DraftsDir, 0o700); err != nil {
		return fmt.Errorf("cannot make %s: %w", DraftsDir, err)
	}
	if err := root.Chmod(DraftsDir, 0o700); err != nil {
		return err
	}
	ignore := hiddenDir + "/.gitignore"
	if _, err := root.Lstat(ignore); errors.Is(err, fs.ErrNotExist) {
		return root.WriteFile(ignore, []byte("*\n"), 0o644)
	}
	return nil
}

// Secure sets the permissions of the draft again, so that only its owner can read it: many editors replace
// the file with a new one.
func (d *Draft) Secure() error {
	info, err := d.root.Lstat(d.Name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is not a file", d.Name)
	}
	return d.root.Chmod(d.Name, 0o600)
}

// ErrNoNote is the error of a draft without a headline, or one that was not changed.
var ErrNoNote = errors.New("there is no headline")

// Read returns the change that the draft makes to f. It fails with ErrNoNote if nothing was written, or with
// the reader's problems.
func (d *Draft) Read(f *File) (*Change, error) {
	src, ps := clientfile.ReadFile(d.root, d.Name)
	if ps.Err() != nil {
		return nil, ps
	}
	if string(src.Text) == d.Begun || strings.TrimSpace(string(src.Text)) == "" {
		return nil, ErrNoNote
	}
	note, fields, ps := clientfile.StatusDraft(src)
	if note != nil && strings.TrimSpace(note.Headline) == "" && len(ps.Errors()) <= 1 {
		return nil, ErrNoNote
	}
	if ps.Err() != nil {
		return nil, ps.Errors()
	}
	change, err := f.add("status", fields)
	var found diag.Problems
	if errors.As(err, &found) {
		return nil, toDraft(found, src)
	}
	return change, err
}

// toDraft moves problems of the whole file to the lines of the draft with the same text, except for blanks
// and a comment.
func toDraft(ps diag.Problems, src clientfile.Source) diag.Problems {
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for i, p := range ps {
		for n, line := range strings.Split(string(src.Text), "\n") {
			line = strings.TrimSuffix(line, "\r")
			if p.Text != "" && strings.HasPrefix(squeeze(line), squeeze(p.Text)) {
				ps[i].Pos = diag.Pos{File: src.Name, Line: n + 1, Column: 1, Width: len([]rune(line))}
				ps[i].Text = line
			}
		}
	}
	return ps
}

// Untouched reports whether the draft is unchanged since Begin.
func (d *Draft) Untouched() bool {
	src, ps := clientfile.ReadFile(d.root, d.Name)
	return ps.Err() == nil && d.Begun != "" && string(src.Text) == d.Begun
}

// Remove removes the draft, and keeps earlier ones.
func (d *Draft) Remove() error {
	err := d.root.Remove(d.Name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Done removes the draft, now that its note is in the client's file, and the earlier ones that it replaced.
func (d *Draft) Done() error {
	errs := []error{d.Remove()}
	for n := 1; ; n++ {
		name := d.earlier(n)
		if _, err := d.root.Lstat(name); err != nil {
			return errors.Join(errs...) // they are numbered without a gap
		}
		errs = append(errs, d.root.Remove(name))
	}
}

// Path returns the draft's path for an editor; site is the site's folder.
func (d *Draft) Path(site string) string { return filepath.Join(site, filepath.FromSlash(d.Name)) }
