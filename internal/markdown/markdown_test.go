package markdown_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"

	"portalgen/internal/letters"
	"portalgen/internal/markdown"
)

func TestMarkdown(t *testing.T) {
	for _, tt := range []struct{ name, text, html, line, label string }{
		{"nothing", "", "", "", ""},
		{"plain", "On track.", "<p>On track.</p>", "On track.", "On track."},
		{"emphasis", "*Live* on **3 April**", "<p><em>Live</em> on <strong>3 April</strong></p>", "<em>Live</em> on <strong>3 April</strong>", "Live on 3 April"},
		{"struck", "~~27 March~~", "<p><del>27 March</del></p>", "<del>27 March</del>", "27 March"},
		{"two paragraphs", "One\n\nTwo", "<p>One</p>\n<p>Two</p>", "<p>One</p>\n<p>Two</p>", "One Two"},
		{"a line is a line", "One\nTwo", "<p>One<br>\nTwo</p>", "One<br>\nTwo", "One Two"},
		{"list", "- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "a b"},
		{"a number at the beginning", "30. The rest is ours.", "<p>30. The rest is ours.</p>", "30. The rest is ours.", "30. The rest is ours."},
		{"two of them", "1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>", "a b"},
		{"paragraphs around a list", "a\n\n- b\n\nc", "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n<p>c</p>", "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n<p>c</p>", "a b c"},
		{"code", "Say `<b>`", "<p>Say <code>&lt;b&gt;</code></p>", "Say <code>&lt;b&gt;</code>", "Say <b>"},
		{"block of code", "```\nx < y\n```", "<pre><code>x &lt; y\n</code></pre>", "<pre><code>x &lt; y\n</code></pre>", "x < y"},
		{"an entity is its character", "Fish &amp; chips", "<p>Fish &amp; chips</p>", "Fish &amp; chips", "Fish & chips"},
		{"heading", "# Loud *news*", "<p><strong>Loud <em>news</em></strong></p>", "<strong>Loud <em>news</em></strong>", "Loud news"},
		{"underlined heading", "Loud\n====", "<p><strong>Loud</strong></p>", "<strong>Loud</strong>", "Loud"},
		{"attributes are text", "# Loud {onclick=x}", "<p><strong>Loud {onclick=x}</strong></p>", "<strong>Loud {onclick=x}</strong>", "Loud {onclick=x}"},
		{"image", "![The sign](sign.png \"T\")", `<p><a href="sign.png" title="T">The sign</a></p>`, `<a href="sign.png" title="T">The sign</a>`, "The sign"},
		{"image in a link", "[![The sign](sign.png)](https://a.example)", `<p><a href="https://a.example">The sign</a></p>`, `<a href="https://a.example">The sign</a>`, "The sign"},
		{"link", "[here](https://a.example/?a=1&b=2)", `<p><a href="https://a.example/?a=1&amp;b=2">here</a></p>`, `<a href="https://a.example/?a=1&amp;b=2">here</a>`, "here"},
		{"mail", "[us](mailto:a@b.example), <a@b.example>", `<p><a href="mailto:a@b.example">us</a>, <a href="mailto:a@b.example">a@b.example</a></p>`, `<a href="mailto:a@b.example">us</a>, <a href="mailto:a@b.example">a@b.example</a>`, "us, a@b.example"},
		{"call", "[us](TEL:+4411)", `<p><a href="TEL:+4411">us</a></p>`, `<a href="TEL:+4411">us</a>`, "us"},
		{"relative", "[up](../a:b)", `<p><a href="../a:b">up</a></p>`, `<a href="../a:b">up</a>`, "up"},
		{"bare address", "See https://a.example.", `<p>See <a href="https://a.example">https://a.example</a>.</p>`, `See <a href="https://a.example">https://a.example</a>.`, "See https://a.example."},
		{"script", "<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"},
		{"block of HTML", "<div onclick=\"x\">\n\nHi\n\n</div>", "<p>&lt;div onclick=&quot;x&quot;&gt;</p>\n<p>Hi</p>\n<p>&lt;/div&gt;</p>", "<p>&lt;div onclick=&quot;x&quot;&gt;</p>\n<p>Hi</p>\n<p>&lt;/div&gt;</p>", `<div onclick="x"> Hi </div>`},
		{"HTML in a line", "a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>", "a &lt;b&gt;c&lt;/b&gt;", "a <b>c</b>"},
		{"comment", "a <!-- b -->", "<p>a &lt;!-- b --&gt;</p>", "a &lt;!-- b --&gt;", "a <!-- b -->"},
		{"svg", "<svg/onload=alert(1)>", "<p>&lt;svg/onload=alert(1)&gt;</p>", "&lt;svg/onload=alert(1)&gt;", "<svg/onload=alert(1)>"},
		{"declaration", "<?php x ?> <!DOCTYPE a> <![CDATA[b]]>", "<p>&lt;?php x ?&gt; &lt;!DOCTYPE a&gt; &lt;![CDATA[b]]&gt;</p>", "&lt;?php x ?&gt; &lt;!DOCTYPE a&gt; &lt;![CDATA[b]]&gt;", "<?php x ?> <!DOCTYPE a> <![CDATA[b]]>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := markdown.Text(tt.text)
			if got := string(text.HTML()); got != tt.html {
				t.Errorf("HTML: got  %q\nwant %q", got, tt.html)
			}
			if got := string(text.Line()); got != tt.line {
				t.Errorf("Line: got  %q\nwant %q", got, tt.line)
			}
			if got := text.Label(); got != tt.label {
				t.Errorf("Label: got %q, want %q", got, tt.label)
			}
		})
	}
}

func TestLinksThatCouldRunSomething(t *testing.T) {
	for _, address := range []string{
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "data:image/svg+xml,x", "data:image/png;base64,x",
		"VBScript:x", "file:///etc/passwd", "blob:x", "ftp://a.example",
		"java&#115;cript:x", "&#x6a;avascript:x", "javascript&colon;x", "javascript&#58;x", "javascript&#0000058;x",
		"java&#9;script:x", "java&Tab;script:x", "&#1;javascript:x", "&NewLine;javascript:x", "%6aavascript:x", "\\javascript:x",
	} {
		for _, text := range []string{
			"[a](" + address + ")", "![a](" + address + ")", "[a][r]\n\n[r]: " + address, "[a](<" + address + ">)",
			"[a](<java\tscript:x>)", "[a](< javascript:x>)", "<" + address + ">",
		} {
			h := string(markdown.Text(text).HTML())
			for n := range nodes(t, h) {
				for _, a := range n.Attr {
					if a.Key == "href" && !harmless(a.Val) {
						t.Errorf("%q gives %s", text, h)
					}
				}
			}
			if strings.HasPrefix(text, "[a](") && !strings.Contains(h, "a") {
				t.Errorf("%q loses its text: %s", text, h)
			}
		}
	}
}

// A mail link leads to one address. Who wrote the text cannot have a reader's mail sent
// to somebody else too, or say what is in it.
func TestMailLinksHaveNothingButAnAddress(t *testing.T) {
	for _, text := range []string{
		"[a](mailto:a@b.example?bcc=evil@x.example)", "[a](MAILTO:a@b.example?subject=x)", "![a](mailto:a@b.example?body=x)",
		"[a](mailto:a@b.example,evil@x.example)", "[a](mailto:a@b.example%2Cevil@x.example)", "[a](mailto:a@b.example%3Fbcc=evil@x.example)",
		"[a](mailto:a@b.example&#63;bcc=evil@x.example)", "[a](mailto:)", "[a](mailto://a@b.example)",
		"<mailto:a@b.example?bcc=evil@x.example>", "<a?bcc=evil@x.example>", "a?bcc=evil@x.example", "x/?to=a@b.example",
	} {
		h := string(markdown.Text(text).HTML())
		for n := range nodes(t, h) {
			for _, a := range n.Attr {
				if a.Key == "href" && !harmless(a.Val) {
					t.Errorf("%q gives %s", text, h)
				}
			}
		}
		if !strings.Contains(h, "a") {
			t.Errorf("%q loses its text: %s", text, h)
		}
	}
}

// harmless reports whether a browser would take an address for one that runs
// nothing: it drops what is below a space at the beginning, and tabs and line ends
// anywhere.
func harmless(address string) bool {
	seen := strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(strings.TrimLeftFunc(address, func(r rune) bool { return r <= ' ' }))
	i := strings.IndexAny(seen, ":/?#")
	if i >= 0 && seen[i] == ':' && strings.EqualFold(seen[:i], "mailto") {
		return !strings.ContainsAny(seen[i+1:], ":/?#&,;= ") && strings.Count(seen, "@") == 1
	}
	return i < 0 || seen[i] != ':' || slices.Contains([]string{"http", "https", "tel"}, strings.ToLower(seen[:i]))
}

func TestTablesWithoutStyles(t *testing.T) {
	h := string(markdown.Text("| What | When |\n|:-----|-----:|\n| *Sign* | 3 April |").HTML())
	if strings.Contains(h, "style") || !strings.Contains(h, `<td align="right">3 April</td>`) || !strings.Contains(h, "<em>Sign</em>") {
		t.Error(h)
	}
}

// nodes yields every element of an HTML fragment as a browser's parser builds it.
func nodes(t interface{ Fatal(...any) }, fragment string) func(func(*html.Node) bool) {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	roots, err := html.ParseFragment(strings.NewReader(fragment), body)
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(*html.Node) bool) {
		for _, root := range roots {
			if root.Type == html.ElementNode && !yield(root) {
				return
			}
			for n := range root.Descendants() {
				if n.Type != html.TextNode && !yield(n) {
					return
				}
			}
		}
	}
}

// plain are all elements that a text may become, with their attributes.
var plain = map[string][]string{
	"p": nil, "br": nil, "em": nil, "strong": nil, "del": nil, "ul": nil, "li": nil, "blockquote": nil, "hr": nil, "pre": nil,
	"ol": {"start"}, "code": {"class"}, "a": {"href", "title"},
	"table": nil, "thead": nil, "tbody": nil, "tr": nil, "th": {"align"}, "td": {"align"},
}

// pieces are what a text is made of in the tests that look for a way out.
var pieces = []string{
	"a", " ", "\n", "\n\n", "    ", "\t", "- ", "1. ", "# ", "> ", "*", "**", "~~", "`", "```\n", "|", "|-|-|\n", "[", "]", "(", ")", "![", "<", ">", "\"", "'", "\\",
	"&", "&lt;", "&quot;", "&#60;", "&colon;", "&#106;", "\x00", "\x01", "\u00a0", "\u2028",
	"<script>", "</script>", "<script", "<svg onload=x>", "<img src=x onerror=x>", "<b style=x>", "<!--", "-->", "<style>", "</p>", "<a href=", " onclick=x", "=", "/>", "<a@b.example>",
	"javascript:", "JAVAscript:", "data:text/html,", "vbscript:", "https://a.example/", "www.a.example", "mailto:a@b.example", "[r]: ", "[a](", " \"t\")", "{.x onclick=y}", "---\n", "===\n",
}

func checkPlain(t interface {
	Fatal(...any)
	Errorf(string, ...any)
}, text string,
) {
	for _, h := range []string{string(markdown.Text(text).HTML()), string(markdown.Text(text).Line())} {
		links := 0
		for n := range nodes(t, h) {
			attrs, ok := plain[n.Data]
			if n.Type != html.ElementNode || !ok {
				t.Errorf("%q becomes a %v %q in %s", text, n.Type, n.Data, h)
			}
			for _, a := range n.Attr {
				if !slices.Contains(attrs, a.Key) || a.Key == "href" && !harmless(a.Val) {
					t.Errorf("%q gets the attribute %s=%q in %s", text, a.Key, a.Val, h)
				}
			}
			if n.Data == "a" {
				links++
			}
		}
		if n := strings.Count(h, "<a "); n != links {
			t.Errorf("%q: links within links in %s", text, h)
		}
	}
	label := markdown.Text(text).Label()
	if strings.ContainsAny(label, "\n\t") {
		t.Errorf("%q has the label %q, which is not one line", text, label)
	}
	brief := markdown.Text(text).Brief()
	begin, cut := strings.CutSuffix(brief, "…")
	if brief != label && (!cut || !strings.HasPrefix(label, begin) || letters.Cut(brief, 120) != brief) {
		t.Errorf("%q is cut to %q", label, brief)
	}
}

func TestBrief(t *testing.T) {
	words, flags := strings.Repeat("ninechars ", 12), strings.Repeat("\U0001F469\u200d\U0001F527", 60)
	for _, tt := range []struct{ name, text, want string }{
		{"short", "Two *weeks* more", "Two weeks more"},
		{"as long as may be", words[:len(words)-1] + "x", words[:len(words)-1] + "x"},
		{"longer by a letter", words + "xx", words[:len(words)-1] + "…"},
		{"a list", "- The first\n- The second\n", "The first The second"},
		{"within a word", words[:len(words)-2] + "-and-more of it", words[:len(words)-11] + "…"},
		{"behind a comma", strings.Repeat("ninecharsx ", 10)[:108] + ", and this, which is long", strings.Repeat("ninecharsx ", 10)[:108] + ", and this…"},
		{"behind a dash", words[:len(words)-11] + " – and-more-of-it-at-length", words[:len(words)-11] + "…"},
		{"without a space", strings.Repeat("字", 200), strings.Repeat("字", 119) + "…"},
		{"with what belongs together", flags + flags + flags, (flags + flags)[:119*11] + "…"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := markdown.Text(tt.text).Brief(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestNoTextBecomesMoreThanText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkPlain(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "pieces"), ""))
	})
}

func FuzzNoTextBecomesMoreThanText(f *testing.F) {
	for _, p := range pieces {
		f.Add(p + "[x](" + p + ")")
	}
	f.Fuzz(func(t *testing.T, text string) { checkPlain(t, text) })
}

// Indentation that a text has in its file is not part of it.
func TestSharedIndentation(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"behind the quotes", "One\n    two\n    three", "<p>One<br>\ntwo<br>\nthree</p>"},
		{"all lines", "    One\n    two\n    ", "<p>One<br>\ntwo</p>"},
		{"one line alone", "      One\n   ", "<p>One</p>"},
		{"a line without words", "One\n\n    two\n \n    three", "<p>One</p>\n<p>two</p>\n<p>three</p>"},
		{"tabs", "One\n\n\t\ttwo", "<p>One</p>\n<p>two</p>"},
		{"Windows", "One\r\n\r\n    two\r\n    three\r\n", "<p>One</p>\n<p>two<br>\nthree</p>"},
		{"a list", "Buy:\n    - milk\n      and cream\n    - eggs", "<p>Buy:</p>\n<ul>\n<li>milk<br>\nand cream</li>\n<li>eggs</li>\n</ul>"},
		{"code on purpose", "So:\n\n  Write\n\n      x = 1\n", "<p>So:</p>\n<p>Write</p>\n<pre><code>x = 1\n</code></pre>"},
		{"a line at the edge", "So:\n\n    x = 1\n\nand more", "<p>So:</p>\n<pre><code>x = 1\n</code></pre>\n<p>and more</p>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(markdown.Text(tt.text).HTML()); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}
