package portal

import (
	"bytes"
	"html/template"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Text is a text field of a client's file: Markdown in which raw HTML counts as
// text.
type Text string

// markdown is CommonMark with tables, strikethrough and bare links, without the
// parsers for raw HTML, so that HTML comes out as the text it is. Headings below a
// note must not compete with the page's own, and images would be requests.
var markdown = goldmark.New(
	goldmark.WithParser(parser.NewParser(
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
		parser.WithASTTransformers(util.Prioritized(plainer{}, 100)),
	)),
	goldmark.WithExtensions(
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
		extension.Strikethrough,
		extension.Linkify,
	),
	goldmark.WithRendererOptions(html.WithHardWraps()),
)

// plainer keeps what a text says and drops what would disturb the page around it:
// headings become bold paragraphs, images the links they stand for.
type plainer struct{}

func (plainer) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	var headings []*ast.Heading
	var images []*ast.Image
	// The walk's function returns no error.
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			headings = append(headings, n)
		case *ast.Image:
			images = append(images, n)
		}
		return ast.WalkContinue, nil
	})
	for _, h := range headings {
		strong := ast.NewEmphasis(2)
		moveChildren(strong, h)
		p := ast.NewParagraph()
		p.AppendChild(p, strong)
		h.Parent().ReplaceChild(h.Parent(), h, p)
	}
	for _, i := range images {
		link := ast.NewLink()
		link.Destination, link.Title = i.Destination, i.Title
		moveChildren(link, i)
		i.Parent().ReplaceChild(i.Parent(), i, link)
	}
}

func moveChildren(to, from ast.Node) {
	for c := from.FirstChild(); c != nil; c = from.FirstChild() {
		to.AppendChild(to, c)
	}
}

// HTML returns the text as HTML blocks. Links with a scheme that could run
// something lose their destination.
func (t Text) HTML() template.HTML {
	var b bytes.Buffer
	if err := markdown.Convert([]byte(t), &b); err != nil {
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

// Label returns what the text says without its markup, on one line: for links,
// titles and mail.
func (t Text) Label() string {
	source := []byte(t)
	var b strings.Builder
	// The walk's function returns no error.
	_ = ast.Walk(markdown.Parser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				b.Write(n.Value(source))
				if n.SoftLineBreak() || n.HardLineBreak() {
					b.WriteByte(' ')
				}
			}
		case *ast.String:
			if entering {
				b.Write(n.Value)
			}
		case *ast.AutoLink:
			if entering {
				b.Write(n.Label(source))
			}
		default:
			if !entering && n.Type() == ast.TypeBlock {
				b.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return strings.Join(strings.Fields(b.String()), " ")
}
