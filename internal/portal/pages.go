package portal

import "slices"

// A MenuItem leads to a section or a content page.
type MenuItem struct {
	Kind string
	// Title is the title of a content page; for a section it is the string page_Kind of i18n.
	Title string
	Href  string
}

// To returns the address of a section; "" if there is no such page.
func (v *View) To(kind string) string {
	for _, m := range slices.Concat(v.Menu, v.Foot) {
		if m.Kind == kind {
			return m.Href
		}
	}
	return ""
}

func (v *View) pages() []*Page {
	home := &Page{Kind: KindHome, Title: v.Client, Href: v.opt.Base, Home: v.home()}
	if v.opt.Facts {
		return []*Page{home}
	}
	notes := v.statusPages()
	promised := slices.Concat(v.commitmentPages(), v.receiptPages())
	pages := slices.Concat([]*Page{home}, promised, notes)
	for _, s := range v.sections(home.Home) {
		if s.Kind != KindContent {
			s.Path = v.path(s.Kind, "")
		}
		s.Href = v.opt.Base + s.Path + "/"
		item := MenuItem{s.Kind, s.Title, s.Href}
		if slices.Contains([]string{KindHistory, KindContent, KindEverything}, s.Kind) {
			v.Foot = append(v.Foot, item)
		} else {
			v.Menu = append(v.Menu, item)
		}
		pages = append(pages, s)
	}
	for _, p := range promised {
		p.Section = v.To(KindPromises)
	}
	for _, p := range notes {
		p.Section = v.To(KindNotes)
	}
	return pages
}

func (v *View) commitmentPages() []*Page {
	var pages []*Page
	for _, cm := range v.commitments {
		pages = append(pages, &Page{
			Kind: KindCommitment, Title: cm.Title, Commitment: cm,
			Path: v.path(KindCommitment, cm.ID), Href: cm.Href,
		})
	}
	return pages
}

func (v *View) receiptPages() []*Page {
	var pages []*Page
	for _, cm := range v.commitments {
		if r := cm.Receipt; r != nil {
			pages = append(pages, &Page{
				Kind: KindReceipt, Title: cm.Title, Receipt: r, Path: v.path(KindReceipt, cm.ID), Href: r.Href,
			})
		}
	}
	return pages
}

func (v *View) statusPages() []*Page {
	var pages []*Page
	for _, s := range v.statuses {
		pages = append(pages, &Page{
			Kind: KindStatus, Title: s.Headline, Status: s,
			Path: v.path(KindStatus, s.ID), Href: s.Href,
		})
	}
	return pages
}

// sections returns the sections that have content, and the content pages, in the order of the menu.
func (v *View) sections(home *Home) []*Page {
	all := &Everything{
		Home: home, Promises: v.promisesPage(), Commitments: v.inOrder(), Notes: v.notesPage(), Files: v.filesPage(),
		Agreed: v.agreedPage(), Risks: v.risksPage(), People: v.peoplePage(),
	}
	var pages []*Page
	add := func(there bool, p *Page) {
		if there {
			pages = append(pages, p)
		}
	}
	add(all.Promises != nil, &Page{Kind: KindPromises, Promises: all.Promises})
	add(all.Notes != nil, &Page{Kind: KindNotes, Notes: all.Notes})
	add(all.Files != nil, &Page{Kind: KindFiles, Files: all.Files})
	add(all.Agreed != nil, &Page{Kind: KindAgreed, Agreed: all.Agreed})
	add(all.Risks != nil, &Page{Kind: KindRisks, Risks: all.Risks})
	add(all.People != nil, &Page{Kind: KindPeople, People: all.People})
	history := v.historyPage()
	add(history != nil, &Page{Kind: KindHistory, History: history})
	said := len(v.commitments) > 0 || len(pages) > 0
	for i := range v.opt.Content {
		c := &v.opt.Content[i]
		all.Content = append(all.Content, c)
		add(true, &Page{Kind: KindContent, Title: c.Title, Path: v.path(KindContent, c.ID), Content: c})
	}
	add(said, &Page{Kind: KindEverything, Everything: all})
	return pages
}
