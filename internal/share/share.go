// Package share writes the message that is sent with a link, instead of a status e-mail: as text, as HTML,
// and as a file for a mail program.
//
// It must not know what a portal, a key or a page is: it takes words, a note and an address, and returns
// text.
package share

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"
	"time"

	"portalgen/internal/civil"
)

// A Message is the content of the message that goes with a link.
type Message struct {
	// Strings are the strings of the client's language by their names in i18n.
	Strings map[string]string
	// Language is the BCP 47 tag of that language, Dir "ltr" or "rtl".
	Language, Dir string
	// Client and Provider are names. From is the person who signs, "" for the provider. Reader is the person
	// who gets the message, "" if unknown.
	Client, Provider, From, Reader string
	// Title is the title of the page. It is not used for Home, nor with a note, whose headline is used
	// instead.
	Title string
	// Link is the full address, with its secret.
	Link string
	// Portal says that the link opens the whole portal, Home that it opens the first page.
	Portal, Home bool
	// Whole is the portal's address, for readers with a passphrase; "" if there are none.
	Whole string
	// Until is the last day on which the link works; zero if it does not end.
	Until civil.Date
	// Note is the status note in the message; nil for none.
	Note *Note
}

// A Note is the part of a status note that goes into a message.
type Note struct {
	On civil.Date
	// Colour is green, amber or red; "" for none.
	Colour   string
	Headline string
	// Acknowledges, MeansForYou, Doing and Need are paragraphs.
	Acknowledges, MeansForYou, Doing Text
	Need                             []Text
	// NextUpdate is zero if none is promised.
	NextUpdate civil.Date
}

// A Text is the same text as plain text and as HTML.
type Text struct {
	Plain string
	HTML  template.HTML
}

// A Mail is a message, ready to be sent.
type Mail struct {
	Subject, Text, HTML string
}

//go:embed mail.html
var mailText string

var mailTemplate = template.Must(template.New("mail").Parse(mailText))

func Compose(m Message) (Mail, error) {
	s := m.sentences()
	var b bytes.Buffer
	if err := mailTemplate.Execute(&b, s); err != nil {
		return Mail{}, err
	}
	return Mail{Subject: s.Subject, Text: s.text(), HTML: b.String()}, nil
}

// sentences is the content of a message in its language.
type sentences struct {
	Language, Dir, Subject string
	Hello                  string
	Stands                 string
	Paragraphs             []paragraph
	NeedTitle              string
	Need                   []Text
	Next, Leads, Link      string
	Until, Care, From      string
	WholeTitle, Whole      string
}

// A paragraph may begin with a few words of the program.
type paragraph struct {
	Begin string
	Text
}

func (m Message) sentences() sentences {
	title := m.Title
	if m.Note != nil {
		title = m.Note.Headline
	}
	s := sentences{
		Language: m.Language, Dir: m.Dir, Link: m.Link, From: m.From, Hello: m.say("share_hello"),
		Subject: oneLine(m.say("share_subject", "Client", m.Client, "Title", title)),
		Leads:   m.say("share_page", "Title", m.Title), Care: m.say("share_care"),
	}
	if m.Reader != "" {
		s.Hello = m.say("share_hello_to", "Name", oneLine(m.Reader))
	}
	if m.Whole != "" {
		s.Whole, s.WholeTitle = m.Whole, m.say("share_whole")
	}
	if s.From == "" {
		s.From = m.Provider
	}
	if m.Portal {
		s.Care = m.say("share_care_portal")
	}
	switch {
	case m.Portal || m.Home:
		s.Leads = m.say("share_portal")
	case m.Note != nil:
		s.Leads = m.say("share_rest")
	}
	if !m.Until.IsZero() {
		s.Until = m.say("share_until", "Day", m.day(m.Until))
	}
	if m.Note != nil {
		m.tell(&s)
	}
	return s
}

// tell puts the note into s, with what it costs the reader first. The headline is the subject; it is in the
// text only if the note says nothing else.
func (m Message) tell(s *sentences) {
	n := m.Note
	if n.Colour != "" {
		s.Stands = m.say("share_stands", "Day", m.day(n.On), "Colour", m.say("colour_"+n.Colour))
	}
	for _, p := range []paragraph{{"", n.Acknowledges}, {"", n.MeansForYou}, {m.say("share_doing"), n.Doing}} {
		if p.Plain != "" {
			s.Paragraphs = append(s.Paragraphs, p)
		}
	}
	s.Need, s.NeedTitle = n.Need, m.say("share_need")
	if !n.NextUpdate.IsZero() {
		s.Next = m.say("share_next", "Day", m.day(n.NextUpdate))
	}
	if len(s.Paragraphs) == 0 && len(s.Need) == 0 { // a colour alone says too little
		html := "<p>" + template.HTML(template.HTMLEscapeString(n.Headline)) + "</p>"
		s.Paragraphs = []paragraph{{Text: Text{n.Headline, html}}}
	}
}

func (s sentences) text() string {
	parts := []string{s.Hello, s.Stands}
	for _, p := range s.Paragraphs {
		parts = append(parts, strings.TrimSpace(p.Begin+" "+p.Plain))
	}
	if len(s.Need) > 0 {
		need := []string{s.NeedTitle}
		for _, n := range s.Need {
			need = append(need, "- "+n.Plain)
		}
		parts = append(parts, strings.Join(need, "\n"))
	}
	parts = append(parts, s.Next, s.Leads+"\n"+s.Link, strings.TrimSpace(s.Until+" "+s.Care),
		strings.TrimSpace(s.WholeTitle+"\n"+s.Whole), s.From)
	var b strings.Builder
	for _, p := range parts {
		if p != "" {
			b.WriteString(p + "\n\n")
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// say returns a string of the language with values filled in, given as names and values in turn.
func (m Message) say(name string, values ...string) string {
	pairs := make([]string, 0, len(values))
	for i := 0; i+1 < len(values); i += 2 {
		pairs = append(pairs, "{{ ."+values[i]+" }}", values[i+1])
	}
	return strings.NewReplacer(pairs...).Replace(m.Strings[name])
}

// day writes a date in the language; some languages have another word for the first of a month. Go knows the
// months in English only.
func (m Message) day(d civil.Date) string {
	layout := m.Strings["layout_day_year"]
	if first := m.Strings["layout_first"]; d.Day == 1 && first != "" {
		layout = strings.Replace(layout, "2", first, 1)
	}
	text := civil.On(d).In(time.UTC).Format(layout)
	if months := strings.Fields(m.Strings["share_months"]); len(months) == 12 {
		text = strings.Replace(text, d.Month.String(), months[d.Month-1], 1)
	}
	return text
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
