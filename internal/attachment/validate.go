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

// Validate returns an error where a file that a client names cannot be handed over: it is not
// there under that very name, leads out of the client's folder, is empty, too large, stands for one
// that git has not fetched, or has the name of a backup: changes of those are not looked for. Where the error is a diag.Problem, its hint says what helps.
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
	return content(folder, name)
}

// content returns an error where what a file holds cannot be handed over.
func content(folder *os.Root, name string) error {
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

// lfsPrefix is how the text begins that git keeps in place of a file in Large File Storage.
const lfsPrefix = "version https://git-lfs.github.com/spec/v1\n"

// hasNoCase reports whether the file system takes large and small letters of a name for the same.
// What is there under a name with another case is not there for the next one who clones the site.
func hasNoCase(folder *os.Root, name string) bool {
	other := strings.ToUpper(name)
	if other == name {
		other = strings.ToLower(name)
	}
	a, err := folder.Stat(name)
	b, otherErr := folder.Stat(other)
	return other != name && err == nil && otherErr == nil && os.SameFile(a, b)
}

// similarName returns the path of the file that is there where name is not: it differs in case, or
// has letters with their accents composed where those of name are not, or the other way round.
// It is "" where there is none, or where name is there.
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

// nearest returns name where it is among names, else the first of them that looks the same or
// differs only in case; "" where there is none.
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

// otherNameProblem is the problem of a file that is there under another name. Where the two look the same
// on a screen, the hint is a command, whose names differ.
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
