package render

import (
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

// functions are those of Hugo's that a theme may call, by the names without a namespace.
// Any other is refused: it reads files, runs programs, uses the network, writes files beside
// the pages, or calls another function by a name that is known only when it runs. So is any
// that a later version of Hugo adds.
var functions = set(`
	T absLangURL absURL add after and anchorize append base64Decode base64Encode chomp complement cond countrunes
	countwords dateFormat default delimit dict div duration emojify eq errorf erroridf findRE findRESubmatch first float
	ge group gt hasPrefix hasSuffix highlight hmac html htmlEscape htmlUnescape humanize i18n in index inner int
	intersect isSet isset jsonify keyVals last le len lower lt markdownify md5 merge mod modBool mul ne newScratch not
	now or page partial partialCached plainify pluralize pow print printf println querify ref relLangURL relURL relref
	replace replaceRE return safeCSS safeHTML safeHTMLAttr safeJS safeJSStr safeURL seq sha1 sha256 shuffle singularize
	site slice slicestr sort split string sub substr symdiff time title trim truncate try union uniq upper urlize
	urlquery warnf warnidf where xxhash`)

// namespaces are the functions that a theme may call by NAMESPACE.NAME. A namespace alone is
// not a value, except for site and page, which are among functions too.
var namespaces = map[string]map[string]bool{
	"cast": set("ToFloat ToInt ToString"),
	"collections": set(`After Append Complement D Delimit Dictionary First Group In Index Intersect IsSet KeyVals Last
		Merge NewScratch Querify Reverse Seq Shuffle Slice Sort SymDiff Union Uniq Where`),
	"compare":  set("Conditional Default Eq Ge Gt Le Lt LtCollate Ne"),
	"crypto":   set("HMAC Hash MD5 SHA1 SHA256"),
	"css":      set("ChromaStyles Quoted Unquoted"),
	"debug":    set("Dump Timer"),
	"diagrams": set("Goat"),
	"encoding": set("Base64Decode Base64Encode HexDecode HexEncode Jsonify"),
	"fmt":      set("Errorf Erroridf Errormf Print Printf Println Warnf Warnidf Warnmf"),
	"hash":     set("FNV32a XxHash"),
	"hugo": set(`BuildDate CommitHash Context Environment Generator GoVersion IsDevelopment IsExtended IsMultihost
		IsMultilingual IsProduction IsServer Store Version`),
	"inflect": set("Humanize Pluralize Singularize"),
	"lang":    set(`FormatAccounting FormatCurrency FormatNumber FormatNumberCustom FormatPercent Merge Translate`),
	"math": set(`Abs Acos Add Asin Atan Atan2 Ceil Cos Counter Div Floor Log Max MaxInt64 Min Mod ModBool Mul Pi Pow
		Product Rand Round Sin Sqrt Sub Sum Tan ToDegrees ToRadians`),
	"partials": set("Include IncludeCached"),
	"path":     set("Base BaseName Clean Dir Ext Join Split"),
	"reflect": set(`IsImageResource IsImageResourceProcessable IsImageResourceWithMeta IsMap IsPage IsResource IsSite
		IsSlice`),
	"safe": set("CSS HTML HTMLAttr JS JSStr URL"),
	"site": set(`AllPages BaseURL BuildDrafts Config Copyright Data Dimension GetPage Home Hugo IsDefault Key Language
		LanguageCode LanguagePrefix Languages Lastmod MainSections Menus Pages Param Params RegularPages Role Sections
		ServerPort Sites Store String Taxonomies Title Version`),
	"strings": set(`Chomp Contains ContainsAny ContainsNonSpace Count CountRunes CountWords Diff FindRE FindRESubmatch
		FirstUpper HasPrefix HasSuffix Repeat Replace ReplacePairs ReplaceRE RuneCount SliceString Split Substr Title
		ToLower ToUpper Trim TrimLeft TrimPrefix TrimRight TrimSpace TrimSuffix Truncate`),
	"templates": set("Current Defer Exists Inner"),
	"time":      set("AsTime Duration Format In Now ParseDuration"),
	"transform": set(`CanHighlight Emojify HTMLEscape HTMLToMarkdown HTMLUnescape Highlight HighlightCodeBlock
		Markdownify Plainify PortableText XMLEscape`),
	"urls": set(`AbsLangURL AbsURL Anchorize JoinPath Parse PathEscape PathUnescape Ref RelLangURL RelRef RelURL URLize`),
}

// internals are the fields and methods by which a template could get from a page or a site to
// Hugo's internals: file systems, programs to run.
var internals = set("Current Deps ExecHelper Fs MkdirTemp")

// keyed are the functions and methods that are given the name of a field or method as a text,
// with the place of that text among their arguments.
var keyed = map[string]int{"where": 1, "sort": 1, "collections.Where": 1, "collections.Sort": 1, ".GroupBy": 0}

// pathForm matches a text that can be the name of a field, or of a field of a field.
var pathForm = regexp.MustCompile(`^[\pL\d_.]+$`)

func set(names string) map[string]bool {
	all := map[string]bool{}
	for _, name := range strings.Fields(names) {
		all[name] = true
	}
	return all
}

// refused returns a problem for each function that the templates of a theme call and may not
// call, and for each template that cannot be parsed, in all files but those that trusted reports.
func refused(theme Theme, trusted func(name string, text []byte) bool) diag.Problems {
	var ps diag.Problems
	for _, file := range slices.Sorted(maps.Keys(theme)) {
		if trusted != nil && trusted(file, theme[file]) {
			continue
		}
		switch text := string(theme[file]); {
		case strings.HasPrefix(file, "content/") && path.Ext(file) != ".gotmpl": // no template
		case strings.HasPrefix(file, "i18n/"):
			if path.Dir(file) != "i18n" || path.Ext(file) != ".toml" {
				ps = append(ps, refusal(file, text, 0, file))
				continue
			}
			ps = append(ps, refusedWords(file, text)...)
		default:
			ps = append(ps, refusedIn(file, text)...)
		}
	}
	return ps
}

func refusedIn(file, text string) diag.Problems {
	t := parse.New(file)
	t.Mode = parse.SkipFuncCheck
	trees := map[string]*parse.Tree{}
	// Hugo removes the byte order mark too.
	if _, err := t.Parse(strings.TrimPrefix(text, "\ufeff"), "", "", trees); err != nil {
		return diag.Problems{unparsed(file, text, err)}
	}
	w := &walker{file: file, text: text, skipped: len(text) - len(strings.TrimPrefix(text, "\ufeff"))}
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		visit(trees[name].Root, w.node)
	}
	return w.found.Sort()
}

// unparsed is the problem of a template that cannot be parsed.
func unparsed(file, text string, err error) diag.Problem {
	p := diag.Problem{Pos: diag.Pos{File: file}, Rule: rule.Layout, Severity: diag.Error, Message: err.Error()}
	if m := faultAtForm.FindStringSubmatch(err.Error()); m != nil {
		p.Line, p.Message = number(m[2]), m[4]
		p.Text = lineOf(text, p.Line)
		p.Column = 1 + len(p.Text) - len(strings.TrimLeft(p.Text, " \t"))
	}
	return p
}

// A walker checks one file.
type walker struct {
	file, text string
	skipped    int // bytes of text before what was parsed
	found      diag.Problems
}

func (w *walker) node(n parse.Node) bool {
	switch n := n.(type) {
	case *parse.PipeNode:
		for i, c := range n.Cmds {
			w.key(c, i > 0)
		}
	case *parse.StringNode:
		if pathForm.MatchString(n.Text) {
			for name := range strings.SplitSeq(n.Text, ".") {
				if internals[name] {
					w.refuse(n, n.Quoted)
				}
			}
		}
	case *parse.ChainNode:
		return w.chain(n)
	case *parse.IdentifierNode:
		w.function(n, n.Ident)
	case *parse.FieldNode:
		w.names(n, n.Ident)
	case *parse.VariableNode:
		w.names(n, n.Ident[1:])
	}
	return true
}

// visit calls f for a node and for all below it; where f returns false, for none below it.
func visit(n parse.Node, f func(parse.Node) bool) {
	if reflect.ValueOf(n).IsNil() || !f(n) {
		return
	}
	switch n := n.(type) {
	case *parse.ListNode:
		for _, x := range n.Nodes {
			visit(x, f)
		}
	case *parse.ActionNode:
		visit(n.Pipe, f)
	case *parse.IfNode:
		visitBranch(&n.BranchNode, f)
	case *parse.RangeNode:
		visitBranch(&n.BranchNode, f)
	case *parse.WithNode:
		visitBranch(&n.BranchNode, f)
	case *parse.TemplateNode:
		visit(n.Pipe, f)
	case *parse.PipeNode:
		for _, x := range n.Cmds {
			visit(x, f)
		}
	case *parse.CommandNode:
		for _, x := range n.Args {
			visit(x, f)
		}
	case *parse.ChainNode:
		visit(n.Node, f)
	}
}

func visitBranch(n *parse.BranchNode, f func(parse.Node) bool) {
	visit(n.Pipe, f)
	visit(n.List, f)
	visit(n.ElseList, f)
}

// key looks at what a call is given as the name of a field. It must be written out, since a
// name that is only made when the template runs cannot be looked at. piped says that the last
// argument comes from the command before.
func (w *walker) key(c *parse.CommandNode, piped bool) {
	name := ""
	switch n := c.Args[0].(type) {
	case *parse.IdentifierNode:
		name = n.Ident
	case *parse.FieldNode:
		name = "." + n.Ident[len(n.Ident)-1]
	case *parse.VariableNode:
		name = "." + n.Ident[len(n.Ident)-1]
	case *parse.ChainNode:
		name = "." + n.Field[len(n.Field)-1]
		if id, named := n.Node.(*parse.IdentifierNode); named && len(n.Field) == 1 && id.Ident == "collections" {
			name = id.Ident + name
		}
	}
	at, is := keyed[name]
	if !is {
		return
	}
	args := c.Args[1:]
	if at < len(args) {
		if _, text := args[at].(*parse.StringNode); text {
			return
		}
		w.refuse(c, c.String())
	} else if piped && at == len(args) {
		w.refuse(c, c.String())
	}
}

// chain looks at NAMESPACE.NAME, and at what is asked of any other value; it reports whether
// that value is to be looked at too.
func (w *walker) chain(n *parse.ChainNode) bool {
	id, named := n.Node.(*parse.IdentifierNode)
	if !named {
		w.names(n, n.Field)
		return true
	}
	members, isNamespace := namespaces[id.Ident]
	switch {
	case isNamespace && !members[n.Field[0]]:
		w.refuse(id, id.Ident+"."+n.Field[0])
	case isNamespace:
		w.names(n, n.Field[1:])
	default:
		w.function(id, id.Ident+"."+n.Field[0])
		w.names(n, n.Field)
	}
	return false
}

// function checks a function's name; shown is how the file writes it.
func (w *walker) function(n *parse.IdentifierNode, shown string) {
	if !functions[n.Ident] {
		w.refuse(n, shown)
	}
}

func (w *walker) names(n parse.Node, names []string) {
	for _, name := range names {
		if internals[name] {
			w.refuse(n, "."+name)
		}
	}
}

func (w *walker) refuse(n parse.Node, what string) {
	w.found = append(w.found, refusal(w.file, w.text, w.skipped+int(n.Position()), what))
}

// refusal is the problem of a name at an offset of a text, in bytes.
func refusal(file, text string, at int, what string) diag.Problem {
	before := text[:min(at, len(text))]
	line := 1 + strings.Count(before, "\n")
	p := diag.Problem{
		Pos:  diag.Pos{File: file, Line: line, Column: 1, Width: len([]rune(what))},
		Rule: rule.Layout, Severity: diag.Error, Text: lineOf(text, line),
		Message: what + " cannot be used here: a portal is made of its client's file and these templates alone",
		Hint:    "take it out; docs/theming.md says what of Hugo a layout cannot use",
	}
	// The position of a chain is the one after its first name.
	p.Column += len([]rune(before[strings.LastIndex(before, "\n")+1:]))
	if i := strings.Index(p.Text, what); i >= 0 && !strings.HasPrefix(text[len(before):], what) {
		p.Column = 1 + len([]rune(p.Text[:i]))
	}
	return p
}

func lineOf(text string, n int) string {
	lines := strings.Split(text, "\n")
	if n < 1 || n > len(lines) {
		return ""
	}
	return strings.TrimSuffix(lines[n-1], "\r")
}
