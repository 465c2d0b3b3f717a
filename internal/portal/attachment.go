package portal

import (
	"path"
	"strings"
)

// An Attachment is a file that pages of a portal let the reader save. Pages with the same file share one
// Attachment.
type Attachment struct {
	// Name is the file's name without its folders, as the reader sees it.
	Name string
	// Ref identifies the file on a page; "" if there is only its name and no file.
	Ref string
	// Source is its path below the client's folder, as the provider wrote it.
	Source string
	FileInfo
}

// String returns the name, for layouts that show nothing else.
func (a Attachment) String() string { return a.Name }

// Kind returns the type of the file, from the ending of its name in capitals: PDF, DOCX. It is "" if the name
// has no such ending.
func (a Attachment) Kind() string {
	kind := strings.ToUpper(strings.TrimPrefix(path.Ext(a.Name), "."))
	if len(kind) > 5 {
		return ""
	}
	return kind
}

// A FileInfo is what a page shows of a file.
type FileInfo struct {
	Size int64
	// Picture is the media type of a picture that a page may show, such as image/png; "" for any other file.
	// Width and Height are its size in pixels, or 0.
	Picture       string
	Width, Height int
}

// Amount returns the size for a reader: in KB, MB or GB, rounded, at least 1.
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

// attachment returns the file with this name; nil if name is "".
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
		a.Ref, a.FileInfo = v.stableKey("file "+name), v.opt.File(name)
	}
	v.Attachments = append(v.Attachments, a)
	return a
}
