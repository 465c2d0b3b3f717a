package attachment

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/leftover"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// Validate returns an error if a file that a client names cannot be attached. The file does not
// exist under exactly this name, is outside the client's folder, is empty or too large, or is a
// pointer of Git LFS to a file that was not fetched. Or it has the name of a backup, whose changes
// are not watched. If the error is a diag.Problem, its hint says what to do.
func Validate(s *site.Site, id, name string) error {
	if err := clientfile.Resolve(nil, name); err != nil {
		return err
	}
	if slices.ContainsFunc(strings.Split(name, "/"), leftover.Is) {
		return diag.Problem{Message: "by its name it is a backup or a system's file", Hint: "give it another name"}
	}
	folder, err := openFolder(s, id)
	if err != nil {
		return err
	}
	defer folder.Close()
	err = clientfile.Resolve(folder, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err != nil || hasNoCase(folder, name) {
		near := similarName(folder, name)
		if looksSame := norm.NFC.String(near) == norm.NFC.String(name); near != "" && (err != nil || !looksSame) {
			return otherNameProblem(folderOf(id), name, near, looksSame)
		}
	}
	if err != nil {
		return err
	}
	return validateContent(folder, name)
}

// validateContent returns an error if the content of a file cannot be attached.
func validateContent(folder *os.Root, name string) error {
	f, err := folder.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	switch size := info.Size(); {
	case size > seal.MaxFile:
		return errors.New("it is larger than 2 GiB, the most that a browser is asked to open; give a link in its place")
	case size == 0:
		return diag.Problem{Message: "it is empty", Hint: "save it again where it was made, and copy it again"}
	}
	head := make([]byte, len(lfsPrefix))
	if _, err := io.ReadFull(f, head); err == nil && bytes.Equal(head, []byte(lfsPrefix)) {
		return diag.Problem{
			Message: "it is a pointer of Git LFS, and the file itself has not been fetched",
			Hint:    "fetch it with: git lfs pull",
		}
	}
	return nil
}

// lfsPrefix begins the text that git stores in place of a file in Large File Storage.
const lfsPrefix = "version https://git-lfs.github.com/spec/v1\n"

// hasNoCase reports whether the file system ignores case in a name. A file found under a name in
// another case is missing for the next person who clones the site.
func hasNoCase(folder *os.Root, name string) bool {
	other := strings.ToUpper(name)
	if other == name {
		other = strings.ToLower(name)
	}
	a, err := folder.Stat(name)
	b, otherErr := folder.Stat(other)
	return other != name && err == nil && otherErr == nil && os.SameFile(a, b)
}

// similarName returns the path of an existing file whose name differs from name only in case or in
// how accents are encoded; "" if there is none, or if name exists.
func similarName(folder *os.Root, name string) string {
	near := "."
	for part := range strings.SplitSeq(name, "/") {
		entries, err := fs.ReadDir(folder.FS(), near)
		if err != nil {
			return ""
		}
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		if part = nearest(names, part); part == "" {
			return ""
		}
		near = path.Join(near, part)
	}
	if near == name {
		return ""
	}
	return near
}

// nearest returns name if names contains it, else the first of names that looks the same or differs
// only in case; "" if there is none.
func nearest(names []string, name string) string {
	found := ""
	for _, n := range names {
		if n == name {
			return n
		}
		if found == "" && folded(n) == folded(name) {
			found = n
		}
	}
	return found
}

func folded(name string) string { return norm.NFC.String(cases.Fold().String(norm.NFC.String(name))) }

// otherNameProblem returns the problem of a file that exists under another name. If both names look
// the same on a screen, the hint is a command that renames the file.
func otherNameProblem(folder, name, near string, looksSame bool) error {
	if !looksSame {
		return diag.Problem{
			Message: fmt.Sprintf("it is called %q there, and large and small letters differ", near),
			Hint:    fmt.Sprintf("write %q", near),
		}
	}
	quoted := func(name string) string { return "'" + strings.ReplaceAll(folder+"/"+name, "'", `'\''`) + "'" }
	return diag.Problem{
		Message: "one is there whose name looks the same, but has its accents written in another way",
		Hint:    "rename it: mv " + quoted(near) + " " + quoted(name),
	}
}
