package site

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"portalgen"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/tomlbound"
)

// Content is a file of content/ that becomes a page of every portal.
type Content struct {
	// Name is the file's name without its extension. Language is from the name NAME.LANGUAGE.md; ""
	// for a page in all languages.
	Name, Language string
	Title          string
	// Weight orders the pages: lower weights first, then by title.
	Weight int
	Body   string // Markdown
}

// contentName matches the files from which pages are made.
var contentName = regexp.MustCompile(`^content/([A-Za-z0-9][A-Za-z0-9_-]*)(?:\.([a-z]{2,3}(?:-[A-Za-z0-9]+)*))?\.md$`)

// reservedNames are the names of other pages in the arguments of commands such as share.
var reservedNames = []string{
	"agreed", "archive", "commitment", "content", "everything", "files", "history", "home", "note", "notes", "people",
	"promise", "promises", "receipt", "risks", "status", "understanding", "working",
}

// Content reads the additional pages of every portal: the program's files, replaced by the site's
// files of the same names. An empty file makes no page, so a site can remove a page of the program
// with it.
func (s *Site) Content() ([]Content, diag.Problems) {
	files, err := s.layered("content")
	own := map[string][]byte{}
	if err == nil {
		err = s.readOwn("content", own)
	}
	if err != nil {
		return nil, diag.Of(err, "content", rule.Unreadable)
	}
	hideTranslations(files, own)
	return contentOf(files)
}

// ProgramContent returns only the program's pages.
func ProgramContent() ([]Content, error) {
	files := map[string][]byte{}
	program, err := fs.Sub(portalgen.Defaults, "content")
	if err == nil {
		err = readAll(program, "content", files)
	}
	if err != nil {
		return nil, err
	}
	all, ps := contentOf(files)
	return all, ps.Err()
}

func contentOf(files map[string][]byte) ([]Content, diag.Problems) {
	var all []Content
	var ps diag.Problems
	for _, file := range slices.Sorted(maps.Keys(files)) {
		name := contentName.FindStringSubmatch(file)
		switch {
		case file == adapter:
		case name == nil:
			ps = append(ps, diag.Problem{
				Pos: diag.Pos{File: file}, Rule: rule.UnusedContent, Severity: diag.Warning,
				Message: "no page is made of this file: pages are files such as content/travel.md, in no folder below",
				Hint:    "take it out, or give it such a name",
			})
		case strings.TrimSpace(string(files[file])) != "":
			c, err := parseContent(file, string(files[file]))
			if err != nil {
				ps = append(ps, diag.Of(err, file, rule.Syntax)...)
				continue
			}
			if slices.Contains(reservedNames, name[1]) {
				ps = append(ps, reservedProblem(file, name[1]))
				continue
			}
			c.Name, c.Language = name[1], name[2]
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b Content) int {
		return cmp.Or(cmp.Compare(a.Weight, b.Weight), cmp.Compare(a.Title, b.Title))
	})
	return all, ps
}

// hideTranslations removes the program's translations of pages that the site replaces or removes.
func hideTranslations(files, own map[string][]byte) {
	for file := range files {
		name := contentName.FindStringSubmatch(file)
		if name == nil || name[2] == "" || own[file] != nil {
			continue
		}
		if _, replaced := own["content/"+name[1]+".md"]; replaced {
			delete(files, file)
		}
	}
}

// parseContent reads the title, and the front matter if there is one.
func parseContent(file, text string) (Content, error) {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	head, body, line, err := frontMatter(file, text)
	if err != nil {
		return Content{}, err
	}
	c := Content{Body: body, Title: head.Title, Weight: head.Weight}
	if c.Title == "" {
		c.Title, c.Body = firstHeading(body)
	}
	if c.Title == "" {
		return c, contentProblem(file, 1, "this page has no title", "begin it with a line such as: # Travel")
	}
	for _, mark := range []string{"{{<", "{{%"} {
		if before, _, found := strings.Cut(body, mark); found {
			return c, contentProblem(file, line+strings.Count(before, "\n"),
				mark+" begins a shortcode of Hugo, and a portal has none", "write it in plain Markdown")
		}
	}
	return c, nil
}

type contentHead struct {
	Title  string
	Weight int
}

// frontMatter returns the front matter of a page, the text after it, and the first line of that
// text.
func frontMatter(file, text string) (head contentHead, body string, line int, err error) {
	var fence string
	var read func(string) (contentHead, error)
	switch {
	case strings.HasPrefix(text, "+++\n"):
		fence, read = "+++", tomlHead
	case strings.HasPrefix(text, "---\n"):
		fence, read = "---", yamlHead
	default:
		return head, text, 1, nil
	}
	// The line break is kept, so that the end of an empty front matter is found too.
	above, body, ok := strings.Cut(text[len(fence):], "\n"+fence+"\n")
	if !ok {
		above, ok = strings.CutSuffix(text[len(fence):], "\n"+fence)
	}
	if !ok {
		return head, "", 1, contentProblem(file, 1, "the front matter has no end", "close it with a line of "+fence)
	}
	head, err = read(above)
	if err != nil {
		return head, "", 1, contentProblem(file, 1, "the front matter cannot be read: "+err.Error(),
			"portals read title and weight from it, such as: title = \"Travel\"")
	}
	return head, body, 2 + strings.Count(above, "\n") + 1, nil
}

func tomlHead(text string) (head contentHead, err error) {
	var fields struct {
		Title  string `toml:"title"`
		Weight int    `toml:"weight"`
	}
	if err = tomlbound.Validate(text); err == nil {
		_, err = toml.Decode(text, &fields)
	}
	return contentHead{fields.Title, fields.Weight}, err
}

// yamlHead reads title and weight, each on one line.
func yamlHead(text string) (head contentHead, err error) {
	for line := range strings.Lines(text) {
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch key {
		case "title":
			head.Title, err = yamlText(value)
		case "weight":
			head.Weight, err = strconv.Atoi(value)
			if err != nil {
				err = errors.New("weight is no whole number")
			}
		}
		if err != nil {
			return head, err
		}
	}
	return head, nil
}

func yamlText(value string) (string, error) {
	switch {
	case strings.HasPrefix(value, `"`):
		text, err := strconv.Unquote(value)
		if err != nil {
			return "", errors.New("title is not closed by a quote, or has something behind it")
		}
		return text, nil
	case strings.HasPrefix(value, "'"):
		text, ok := strings.CutSuffix(value[1:], "'")
		if !ok {
			return "", errors.New("title is not closed by a quote, or has something behind it")
		}
		return strings.ReplaceAll(text, "''", "'"), nil
	}
	return value, nil
}

// headingForm matches a heading of level 1 or 2 at the beginning.
var headingForm = regexp.MustCompile(`^\s*##?[ \t]+([^\n]*?)[ \t]*#*[ \t]*(?:\n|$)`)

// firstHeading returns the heading at the start of a text, and the text after it.
func firstHeading(text string) (title, rest string) {
	m := headingForm.FindStringSubmatch(text)
	if m == nil {
		return "", text
	}
	return m[1], text[len(m[0]):]
}

func contentProblem(file string, line int, message, hint string) error {
	return diag.Problem{
		Pos: diag.Pos{File: file, Line: line}, Rule: rule.Syntax, Severity: diag.Error, Message: message, Hint: hint,
	}
}

func reservedProblem(file, name string) diag.Problem {
	return diag.Problem{
		Pos: diag.Pos{File: file}, Rule: rule.ReservedName, Severity: diag.Error,
		Message: fmt.Sprintf("a page of every portal is called %q already, so `portalgen share CLIENT %[1]s` "+
			"could mean two", name),
		Hint: fmt.Sprintf("give the file another name, such as content/our-%s.md; the title that readers "+
			"see may stay", name),
	}
}

// ContentFor returns the pages for a portal in a language: for each name the page in that language,
// else the one for all languages.
func ContentFor(all []Content, language string) []Content {
	var own []Content
	for _, c := range all {
		translated := slices.ContainsFunc(all, func(x Content) bool {
			return x.Name == c.Name && x.Language == language
		})
		if c.Language == language || c.Language == "" && !translated {
			own = append(own, c)
		}
	}
	return own
}
