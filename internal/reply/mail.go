package reply

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"portalgen/internal/seal"
)

// maxDepth is how deep parts of a mail are read, and forwarded mails in them.
const maxDepth = 20

// Find returns the sealed replies in the bytes of a file or of what was pasted: a sealed reply
// itself, a mail, several mails of an mbox file, HTML or text.
func Find(data []byte) []Found {
	var all []Found
	for _, one := range mails(data) {
		all = append(all, findIn(one)...)
	}
	if !slices.ContainsFunc(all, isWhole) { // what begins as an mbox file does can be none
		all = append(all, findLoose(string(data))...)
	}
	return bytesOr(data, unique(all))
}

// bytesOr returns what was found in bytes or, where that is nothing whole and they have the form of a
// sealed reply, the bytes themselves: a text around a reply can have that form, too.
func bytesOr(data []byte, found []Found) []Found {
	if !slices.ContainsFunc(found, isWhole) && seal.ValidateReply(data) == nil {
		return []Found{{Sealed: data}}
	}
	return found
}

// fromLine is the line that begins a mail in an mbox file.
var fromLine = regexp.MustCompile(`(?m)^From \S+.*\r?\n`)

// mails returns the mails of an mbox file; all of the bytes where it is none.
func mails(data []byte) [][]byte {
	if !bytes.HasPrefix(data, []byte("From ")) {
		return [][]byte{data}
	}
	var all [][]byte
	places := append(fromLine.FindAllIndex(data, -1), []int{len(data), len(data)})
	for i := range places[:len(places)-1] {
		all = append(all, data[places[i][1]:places[i+1][0]])
	}
	return all
}

// findIn returns the replies in one mail or text. Where a mail cannot be taken apart, its bytes
// are read as text.
func findIn(data []byte) []Found {
	var all []Found
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err == nil && len(m.Header) > 0 {
		body, _ := io.ReadAll(m.Body) // it is in memory
		all = findPart(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), body, 0)
	}
	if slices.ContainsFunc(all, isWhole) {
		return all
	}
	return append(all, findLoose(string(data))...)
}

func isWhole(f Found) bool { return !f.Cut }

// findLoose returns the replies in a text of which it is not known what it is.
func findLoose(text string) []Found {
	all := FindText(text)
	if strings.Contains(text, "<") {
		all = append(all, FindText(textOf(text))...)
	}
	if strings.Contains(text, "=") {
		all = append(all, FindText(string(unquote([]byte(text))))...)
	}
	return all
}

// findPart returns the replies in a part of a mail.
func findPart(contentType, encoding string, body []byte, depth int) []Found {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil && kind == "" {
		kind = "text/plain"
	}
	switch {
	case depth > maxDepth:
		return nil
	case strings.HasPrefix(kind, "multipart/"):
		return findParts(multipart.NewReader(bytes.NewReader(body), params["boundary"]), depth)
	}
	body = decoded(encoding, body)
	switch {
	case kind == "message/rfc822":
		m, err := mail.ReadMessage(bytes.NewReader(body))
		if err != nil {
			return findLoose(string(body))
		}
		inner, _ := io.ReadAll(m.Body) // it is in memory
		return findPart(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), inner, depth+1)
	case kind == "text/html":
		return FindText(textOf(string(body)))
	case strings.HasPrefix(kind, "text/"):
		return findLoose(string(body))
	}
	return findFile(body)
}

// findFile returns the reply that a file beside a mail is; none for any other file.
func findFile(body []byte) []Found {
	return bytesOr(body, FindText(string(body)))
}

func findParts(r *multipart.Reader, depth int) []Found {
	var all []Found
	for {
		p, err := r.NextRawPart()
		if err != nil {
			return all // the end, also where it is missing
		}
		body, _ := io.ReadAll(p) // what a cut mail has of it
		all = append(all, findPart(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), body, depth+1)...)
	}
}

// decoded undoes the encoding of a part; what cannot be decoded is returned unchanged.
func decoded(encoding string, body []byte) []byte {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		letters := bytes.Map(func(r rune) rune {
			if r <= ' ' {
				return -1
			}
			return r
		}, body)
		out := make([]byte, base64.StdEncoding.DecodedLen(len(letters)))
		n, _ := base64.StdEncoding.Decode(out, letters) // what a cut part has of it
		return out[:n]
	case "quoted-printable":
		return unquote(body)
	}
	return body
}

func unquote(body []byte) []byte {
	out, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body)))
	if err != nil {
		return body
	}
	return out
}

// newLine are the elements of HTML that begin a line.
var newLine = map[string]bool{
	"p": true, "div": true, "br": true, "li": true, "tr": true, "blockquote": true, "pre": true, "td": true, "hr": true,
}

// textOf returns the text of HTML.
func textOf(source string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	hidden := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if hidden == "" {
				b.WriteString(z.Token().Data)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			if tag := string(name); newLine[tag] {
				b.WriteByte('\n')
			} else if tag == "style" || tag == "script" || tag == "title" {
				hidden = tag
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == hidden {
				hidden = ""
			} else if newLine[string(name)] {
				b.WriteByte('\n')
			}
		case html.CommentToken, html.DoctypeToken:
		}
	}
}
