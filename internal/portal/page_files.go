package portal

import (
	"cmp"
	"slices"
	"strings"

	"portalgen/internal/civil"
)

// Files are what a client can save or open.
type Files struct {
	Items []FileItem // newest first, those without a date last
}

// A FileItem is something to save or to open.
type FileItem struct {
	Title string
	// On is when the client got it; zero if it is available but not delivered yet.
	On civil.Moment
	// Link and File are where it is: one of them, or both.
	Link string
	File *Attachment
	Note Text
	// About is the commitment that it is a result of; nil for a file of the client's [[file]] tables.
	About *Link
	// Earlier are the versions that it replaced, newest first; Replaced is when a newer version replaced this
	// one, zero if none did.
	Earlier  []FileItem
	Replaced civil.Moment

	of *Deliverable // nil for a file of the client's [[file]] tables
}

// replaces reports whether an item is a later version of another: the client got both, with the same title,
// the same file or the same address.
func (f FileItem) replaces(old FileItem) bool {
	sameFile := f.File != nil && old.File != nil && f.File.Source == old.File.Source
	return !f.On.IsZero() && !old.On.IsZero() &&
		(strings.EqualFold(f.Title, old.Title) || sameFile || f.Link != "" && f.Link == old.Link)
}

// filesPage is nil if there is nothing to save or open. It sets Newer of the results that a later file replaced.
func (v *View) filesPage() *Files {
	all := v.papers()
	for _, c := range v.commitments {
		for _, d := range c.Deliverables {
			if d.Href != "" || d.File != nil {
				all = append(all,
					FileItem{Title: d.Title, On: d.Delivered, Link: d.Href, File: d.File, About: c.Link(), of: d})
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b FileItem) int {
		return cmp.Or(compareBool(a.On.IsZero(), b.On.IsZero()), compareMoments(b.On, a.On, false))
	})
	f := &Files{}
	for _, item := range all {
		i := slices.IndexFunc(f.Items, func(newer FileItem) bool {
			return newer.replaces(item) ||
				slices.ContainsFunc(newer.Earlier, func(old FileItem) bool { return old.replaces(item) })
		})
		if i < 0 {
			f.Items = append(f.Items, item)
			continue
		}
		newer := &f.Items[i]
		item.Replaced = newer.On
		if n := len(newer.Earlier); n > 0 {
			item.Replaced = newer.Earlier[n-1].On
		}
		newer.Earlier = append(newer.Earlier, item)
	}
	for i := range f.Items {
		for _, old := range f.Items[i].Earlier {
			if old.of != nil {
				old.of.Newer = &f.Items[i]
			}
		}
	}
	return f
}

// papers are the items of the [[file]] tables; on one day, what is further down in the file comes first.
func (v *View) papers() []FileItem {
	var all []FileItem
	for _, p := range v.c.Files {
		all = append(all,
			FileItem{Title: p.Title, On: p.On, Link: p.Link, File: v.attachment(p.File), Note: Text(p.Note)})
	}
	slices.Reverse(all)
	return all
}
