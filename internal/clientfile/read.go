package clientfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"portalgen/internal/diag"
	"portalgen/internal/disk"
	"portalgen/internal/letters"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// A Source is one file as it was read. Name is the path to show, relative to the site and with forward
// slashes.
type Source struct {
	Name string
	Text []byte
}

// ReadFile reads the file called name, a path below root. It refuses a symbolic link that leads out of root
// and a file larger than MaxSize.
func ReadFile(root *os.Root, name string) (Source, diag.Problems) {
	src := Source{Name: filepath.ToSlash(name)}
	fail := func(rule, message, hint string) (Source, diag.Problems) {
		return src, diag.Problems{{
			Pos: diag.Pos{File: src.Name}, Rule: rule, Severity: diag.Error, Message: message, Hint: hint,
		}}
	}
	info, err := root.Stat(name)
	switch {
	case disk.Escapes(root, err):
		return fail(rule.OutsideSite, "this path leads out of the site's folder", hintOutsideSite)
	case errors.Is(err, fs.ErrNotExist):
		return fail(rule.Unreadable, "there is no such file", "")
	case err != nil:
		return fail(rule.Unreadable, "the file cannot be read: "+cause(err), "")
	case !info.Mode().IsRegular():
		return fail(rule.Unreadable, "this is not a file but a "+kindOf(info.Mode()), "")
	case info.Size() > tomltext.MaxSize:
		return src, diag.Problems{tomltext.TooLarge(src.Name, info.Size())}
	}
	f, err := root.Open(name)
	if err != nil {
		return fail(rule.Unreadable, "the file cannot be read: "+cause(err), "")
	}
	defer f.Close()
	src.Text, err = io.ReadAll(io.LimitReader(f, tomltext.MaxSize+1))
	switch {
	case err != nil:
		return fail(rule.Unreadable, "the file cannot be read: "+cause(err), "")
	case len(src.Text) > tomltext.MaxSize:
		return src, diag.Problems{tomltext.TooLarge(src.Name, int64(len(src.Text)))}
	}
	return src, nil
}

// Resolve reports why name, the value of a `file` or `picture`, is not a regular file within root: ".." and
// absolute paths, backslashes, drives and symbolic links that lead out are refused. If root is nil, only the
// name is checked.
func Resolve(root *os.Root, name string) error {
	switch {
	case name == "" || strings.TrimSpace(name) != name:
		return errors.New("a file's name neither begins nor ends with a space, and is not empty")
	case strings.ContainsAny(name, "\\:"):
		return errors.New("folders are separated by / and a drive cannot be named")
	case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return errors.New("a file's name cannot hold control characters")
	case strings.ContainsFunc(name, letters.Turns):
		return errors.New("a file's name cannot hold signs that turn the direction of text: it would not read as " +
			"what it is")
	case strings.HasPrefix(name, "/"):
		return errors.New("it begins with /, but the name must be relative to the folder")
	case !fs.ValidPath(name) || name == ".":
		return errors.New(`it leaves its folder or is not plain: ".", ".." and empty parts are not allowed`)
	}
	for part := range strings.SplitSeq(name, "/") {
		if why := disk.NoWindowsName(part); why != "" {
			return fmt.Errorf("%s: %s", part, why)
		}
	}
	if root == nil {
		return nil
	}
	info, err := root.Stat(name)
	switch {
	case disk.Escapes(root, err):
		return errors.New("it is a link that leads out of its folder")
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no such file: %w", fs.ErrNotExist)
	case err != nil:
		return errors.New(cause(err))
	case !info.Mode().IsRegular():
		return fmt.Errorf("it is not a file but a %s", kindOf(info.Mode()))
	}
	return nil
}

// cause returns the reason of a file error, without operation and path.
func cause(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

func kindOf(m fs.FileMode) string {
	if m.IsDir() {
		return "folder"
	}
	return "device or pipe"
}
