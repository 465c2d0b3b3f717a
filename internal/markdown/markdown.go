// Package markdown turns the texts of a client's file into HTML. A text can say
// anything and do nothing: what it holds of HTML is shown as text, and a link leads to
// a page, a mail address or a telephone number, or is no link.
//
// It must not know which text it is, nor where that is shown.
package markdown

import (
	"bytes"
	"fmt"
	stdhtml "html"
	"html/template"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"portalgen/internal/email"
	"portalgen/internal/letters"
)

// Text is a text field of a client's file: Markdown in which raw HTML counts as
// text.
type Text string

// markdown is CommonMark with tables, strikethrough and bare links, without the
// parsers for raw HTML, so that HTML comes out as the text it is. Headings below a
// note must not compete with the page's own, and images would be requests.
var markdown = newMarkdown(plainer{})

func newMarkdown(t plainer) goldmark.Markdown {
	return goldmark.New(goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewEmphasisParser(), 500),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
		),
		parser.WithASTTransformers(util.Prioritized(t, 100)),
	)),
		goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
			extension.Strikethrough,
			extension.Linkify,
		),
		goldmark.WithRendererOptions(html.WithHardWraps()))
}

// plainer keeps what a text says and drops what would disturb the page around it:
// headings become bold paragraphs, images the links they stand for, and a link that
// leads to anything but a page, a mail or a call becomes its text.
type plainer struct {
	// headings is the level that the highest heading gets, the others following; 0 for
	// bold paragraphs.
	headings int
}

func (p plainer) Transform(doc *ast.Document, r text.Reader, _ parser.Context) {
	var all []ast.Node
	// The walk's function returns no error.
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			all = append(all, n)
		}
		return ast.WalkContinue, nil
	})
	highest := 6
	for _, n := range all {
		if h, ok := n.(*ast.Heading); ok {
			highest = min(highest, h.Level)
		}
	}
	for _, n := range all {
		switch n := n.(type) {
		case *ast.Heading:
			if p.headings > 0 {
				n.Level = min(n.Level-highest+p.headings, 6)
				continue
			}
			strong := ast.NewEmphasis(2)
			moveChildren(strong, n)
			paragraph := ast.NewParagraph()
			paragraph.AppendChild(paragraph, strong)
			n.Parent().ReplaceChild(n.Parent(), n, paragraph)
		case *ast.List:
			oneNumber(n)
		case *ast.Image:
			plainImage(n)
		case *ast.Link:
			if !mayLead(util.URLEscape(n.Destination, true)) {
				unwrap(n)
			}
		case *ast.AutoLink:
			if !mayLead(target(n, r.Source())) || inLink(n) {
				label := ast.NewString(n.Label(r.Source()))
				label.SetRaw(true)
				n.Parent().ReplaceChild(n.Parent(), n, label)
			}
		}
	}
}

// oneNumber makes a paragraph of a numbered list of one item: it is a sentence that begins with a
// number, such as "30. December is too late".
func oneNumber(list *ast.List) {
	item := list.FirstChild()
	if !list.IsOrdered() || list.ChildCount() != 1 {
		return
	}
	number := ast.NewString(fmt.Appendf(nil, "%d%c ", list.Start, list.Marker))
	first := item.FirstChild()
	if text, ok := first.(*ast.TextBlock); ok {
		paragraph := ast.NewParagraph()
		moveChildren(paragraph, text)
		item.ReplaceChild(item, text, paragraph)
		first = paragraph
	}
	if _, ok := first.(*ast.Paragraph); !ok {
		return
	}
	first.InsertBefore(first, first.FirstChild(), number)
	for c := item.FirstChild(); c != nil; c = item.FirstChild() {
		list.Parent().InsertBefore(list.Parent(), list, c)
	}
	list.Parent().RemoveChild(list.Parent(), list)
}

func plainImage(n *ast.Image) {
	if inLink(n) || !mayLead(util.URLEscape(n.Destination, true)) {
		unwrap(n)
		return
	}
	link := ast.NewLink()
	link.Destination, link.Title = n.Destination, n.Title
	moveChildren(link, n)
	n.Parent().ReplaceChild(n.Parent(), n, link)
}

// target returns the address of a bare link, as it will be written.
func target(n *ast.AutoLink, source []byte) []byte {
	address := n.URL(source)
	if n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower(address), []byte("mailto:")) {
		return append([]byte("mailto:"), address...)
	}
	return address
}

// mayLead reports whether an address, as it will be written, is relative or has one
// of the schemes that a note needs. All others are left out, not only those that are
// known to run something. A mail goes to one address, with nothing in it that a text
// has chosen.
func mayLead(address []byte) bool {
	i := bytes.IndexAny(address, ":/?#")
	if i < 0 || address[i] != ':' {
		return true
	}
	switch strings.ToLower(string(address[:i])) {
	case "http", "https", "tel":
		return true
	case "mailto":
		to, err := url.PathUnescape(string(address[i+1:]))
		return err == nil && email.Valid(to)
	}
	return false
}

func inLink(n ast.Node) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == ast.KindLink {
			return true
		}
	}
	return false
}

// unwrap puts n's children in its place.
func unwrap(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		n.Parent().InsertBefore(n.Parent(), n, c)
	}
	n.Parent().RemoveChild(n.Parent(), n)
}

func moveChildren(to, from ast.Node) {
	for c := from.FirstChild(); c != nil; c = from.FirstChild() {
		to.AppendChild(to, c)
	}
}

// HTML returns the text as HTML blocks, without the indentation that it has in its file. Of
// a link with a scheme that could run something only the text is left.
func (t Text) HTML() template.HTML {
	return made.of(t, func(t Text) template.HTML { return t.flush().html(markdown) })
}

var made known

// flush returns the text without the indentation that all its lines share, so that a text
// that was lined up with the lines around it is no block of code. Its first line does not
// count: it may follow the quotes directly. Lines without words do not count either.
func (t Text) flush() Text {
	first, rest, _ := strings.Cut(string(t), "\n")
	shared, begun := "", false
	for line := range strings.SplitSeq(rest, "\n") {
		switch blanks := indentation(line); {
		case strings.TrimSpace(line) == "":
		case begun:
			shared = sharedStart(shared, blanks)
		default:
			shared, begun = blanks, true
		}
	}
	if !begun {
		return Text(strings.TrimLeft(string(t), blank))
	}
	lines := []string{strings.TrimPrefix(first, sharedStart(shared, indentation(first)))}
	for line := range strings.SplitSeq(rest, "\n") {
		lines = append(lines, strings.TrimPrefix(line, sharedStart(shared, indentation(line))))
	}
	return Text(strings.Join(lines, "\n"))
}

// blank are the characters that indent a line.
const blank = " \t"

func indentation(line string) string { return line[:len(line)-len(strings.TrimLeft(line, blank))] }

// sharedStart returns the beginning that a and b share.
func sharedStart(a, b string) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return a[:n]
}

// Sections returns the text as HTML with its headings, the highest at a level.
func (t Text) Sections(level int) template.HTML {
	k, _ := sections.LoadOrStore(level, new(known))
	return k.(*known).of(t, func(t Text) template.HTML { return t.html(newMarkdown(plainer{level})) })
}

var sections sync.Map // by level: *known

func (t Text) html(m goldmark.Markdown) template.HTML {
	var b bytes.Buffer
	if err := m.Convert([]byte(t), &b); err != nil {
		// Only writing to b could fail, and that never does.
		panic(err)
	}
	return template.HTML(strings.TrimSpace(b.String()))
}

// Line returns the text as HTML without a paragraph around it, for places that
// hold a single line.
func (t Text) Line() template.HTML {
	h := strings.TrimSpace(string(t.HTML()))
	if inner, ok := strings.CutPrefix(h, "<p>"); ok {
		if inner, ok = strings.CutSuffix(inner, "</p>"); ok && !strings.Contains(inner, "<p>") {
			return template.HTML(inner)
		}
	}
	return template.HTML(h)
}

var (
	blockTag = regexp.MustCompile(`</?(?:p|ul|ol|li|blockquote|pre|table|thead|tbody|tr|th|td|hr|br)\b[^>]*>`)
	anyTag   = regexp.MustCompile(`<[^>]*>`)
)

// Label returns what the text says without its markup, on one line: for links,
// titles and mail.
func (t Text) Label() string {
	words := string(t.Line())
	if strings.ContainsAny(words, "<&") {
		// Whatever the text itself has of < and > was escaped, so what is left are tags.
		words = blockTag.ReplaceAllString(words, " ")
		words = stdhtml.UnescapeString(anyTag.ReplaceAllString(words, ""))
	}
	return strings.Join(strings.Fields(words), " ")
}

// briefly is how many characters Brief has at most.
const briefly = 120

// Brief returns the label, cut where it is too long for a line that names it.
func (t Text) Brief() string { return t.Cut(briefly) }

// Cut returns the label, cut to a number of letters as [letters.Cut] does.
func (t Text) Cut(most int) string { return letters.Cut(t.Label(), most) }
