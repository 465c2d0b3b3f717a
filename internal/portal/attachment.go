package portal

import (
	"path"
	"strings"
)

// An Attachment is a file that a portal hands over. Pages of one portal that hand over
// the same file share one.
type Attachment struct {
	// Name is what the reader calls it, who knows no folders of the provider's.
	Name string
	// Ref is what a page calls it; "" where there is no file to be had, but its name.
	Ref string
	// Source is its name as the provider wrote it, below the client's folder.
	Source string
	FileInfo
}

// String returns the name, for layouts that show no more of it.
func (a Attachment) String() string { return a.Name }

// Kind is what sort of file it is, by the ending of its name in capitals: PDF, DOCX. It is ""
// where the name has no ending that says so.
func (a Attachment) Kind() string {
	kind := strings.ToUpper(strings.TrimPrefix(path.Ext(a.Name), "."))
	if len(kind) > 5 {
		return ""
	}
	return kind
}

// A FileInfo tells of a file what a page shows.
type FileInfo struct {
	// Size is its length in bytes.
	Size int64
	// Picture is the media type of a picture that a page may show, such as image/png;
	// "" for anything else. Width and Height are its size in pixels, or 0.
	Picture       string
	Width, Height int
}

// Amount is the size as a reader wants to know it: to the nearest whole number of KB, MB
// or GB, but never nothing.
func (i FileInfo) Amount() Amount {
	size, unit := int64(1000), "KB"
	for _, next := range []string{"MB", "GB"} {
		if i.Size < 1000*size {
			break
		}
		size, unit = 1000*size, next
	}
	return Amount{max(1, (i.Size+size/2)/size), unit}
}

// An Amount is a number of units of data.
type Amount struct {
	N    int64
	Unit string
}

// attachment returns the file of that name; nil where none is named.
func (v *View) attachment(name string) *Attachment {
	if name == "" {
		return nil
	}
	for _, a := range v.Attachments {
		if a.Source == name {
			return a
		}
	}
	a := &Attachment{Name: path.Base(name), Source: name}
	if v.opt.File != nil {
		a.Ref, a.FileInfo = v.mark("file "+name), v.opt.File(name)
	}
	v.Attachments = append(v.Attachments, a)
	return a
}
