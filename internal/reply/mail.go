package reply

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"golang.org/x/net/html"

	"portalgen/internal/seal"
)

// maxDepth is how deep parts of a mail are read, and forwarded mails in them.
const maxDepth = 20

// Find returns the sealed replies in the bytes of a file or of what was pasted: a sealed reply
// itself, a mail, several mails of an mbox file, HTML or text.
func Find(data []byte) []Found {
	data = narrow(data)
	var all []Found
	for _, one := range mails(data) {
		all = append(all, findIn(one)...)
	}
	if !slices.ContainsFunc(all, isWhole) { // what begins as an mbox file does can be none
		all = append(all, findLoose(string(data))...)
	}
	return bytesOr(data, unique(all))
}

// narrow returns a text that begins with the mark of UTF-16 as UTF-8, and all else unchanged.
func narrow(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	default:
		return data
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return []byte(string(utf16.Decode(units[1:])))
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
	if header, body, passed, ok := readMail(data); ok {
		all = findPart(header.Get("Content-Type"), header.Get("Content-Transfer-Encoding"), body, 0)
		all = append(all, FindText(passed)...) // the mail may stand below a text that has a reply, too
	}
	if slices.ContainsFunc(all, isWhole) {
		return all
	}
	return append(all, findLoose(string(data))...)
}

// headerLine begins a line of the header of a mail, or goes on with the one before.
var headerLine = regexp.MustCompile(`^(?:[!-9;-~]+:|[ \t])`)

// readMail takes the header of a mail from its body. Lines of the header that are none are passed over, as mail
// programs do, and returned as passed; ok is false where no line is one.
func readMail(data []byte) (header mail.Header, body []byte, passed string, ok bool) {
	var good, bad bytes.Buffer
	for rest := data; len(rest) > 0; {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		rest = after
		if line = bytes.TrimRight(line, "\r"); len(line) == 0 {
			body = rest
			break
		}
		if isOne := headerLine.Match(line); isOne && (good.Len() > 0 || line[0] > ' ') {
			good.Write(append(bytes.Clone(line), '\n'))
		} else {
			bad.Write(append(bytes.Clone(line), '\n'))
		}
	}
	m, err := mail.ReadMessage(io.MultiReader(&good, strings.NewReader("\n")))
	if err != nil || len(m.Header) == 0 {
		return nil, nil, "", false
	}
	return m.Header, body, bad.String(), true
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
		most := map[string]string{"multipart/digest": "message/rfc822"}[kind]
		return findParts(multipart.NewReader(bytes.NewReader(body), params["boundary"]), most, depth)
	}
	body = decoded(encoding, body)
	switch {
	case kind == "message/rfc822":
		header, inner, _, ok := readMail(body)
		if !ok {
			return findLoose(string(body))
		}
		return findPart(header.Get("Content-Type"), header.Get("Content-Transfer-Encoding"), inner, depth+1)
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

// findParts returns the replies in the parts of a mail; most is the type of a part that names none.
func findParts(r *multipart.Reader, most string, depth int) []Found {
	var all []Found
	for {
		p, err := r.NextRawPart()
		if err != nil {
			return all // the end, also where it is missing
		}
		body, _ := io.ReadAll(p) // what a cut mail has of it
		kind := cmp.Or(p.Header.Get("Content-Type"), most)
		all = append(all, findPart(kind, p.Header.Get("Content-Transfer-Encoding"), body, depth+1)...)
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
