package share

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// EML returns the mail as a file that a mail program opens as a draft (RFC 5322 and 2046). from and to are
// left out if they have no address, or one that a header cannot have.
func (m Mail) EML(from, to mail.Address, now time.Time) ([]byte, error) {
	var b bytes.Buffer
	parts := multipart.NewWriter(&b)
	header := func(key, value string) { fmt.Fprintf(&b, "%s: %s\r\n", key, value) }
	header("Subject", encodedWords(m.Subject, len("Subject: ")))
	for _, who := range []struct {
		key string
		mail.Address
	}{{"From", from}, {"To", to}} {
		if address, ok := asciiAddress(who.Address.Address); ok {
			header(who.key, mailbox(who.Name, address, len(who.key)+len(": ")))
		}
	}
	header("Date", now.Format(time.RFC1123Z))
	header("MIME-Version", "1.0")
	header("X-Unsent", "1")
	header("Content-Type", "multipart/alternative;\r\n boundary="+parts.Boundary())
	b.WriteString("\r\n")
	for _, p := range []struct{ kind, text string }{{"text/plain", m.Text}, {"text/html", m.HTML}} {
		w, err := parts.CreatePart(textproto.MIMEHeader{
			"Content-Type":              {p.kind + "; charset=utf-8"},
			"Content-Transfer-Encoding": {"quoted-printable"},
		})
		if err != nil {
			return nil, err
		}
		q := quotedprintable.NewWriter(w)
		if _, err := q.Write([]byte(p.text)); err != nil {
			return nil, err
		}
		if err := q.Close(); err != nil {
			return nil, err
		}
	}
	if err := parts.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// The longest encoded word, and the longest line with one, in bytes (RFC 2047, 2).
const (
	maxWord = 75
	maxLine = 76
)

// encodedWords returns a text for a header; used is the number of bytes before it on its line. A short plain
// text stays as it is, any other becomes encoded words, each on its own line.
func encodedWords(text string, used int) string {
	if isPlain(text) && used+len(text) <= maxLine {
		return text
	}
	var lines []string
	const begin, end = "=?utf-8?b?", "?="
	for text != "" {
		room := base64.StdEncoding.DecodedLen(min(maxWord, maxLine-used) - len(begin+end))
		cut := min(room/3*3, len(text))
		for cut < len(text) && !utf8.RuneStart(text[cut]) {
			cut--
		}
		lines = append(lines, begin+base64.StdEncoding.EncodeToString([]byte(text[:cut]))+end)
		text, used = text[cut:], len(" ")
	}
	return strings.Join(lines, "\r\n ")
}

// isPlain reports whether a text is printable ASCII that cannot be read as an encoded word.
func isPlain(text string) bool {
	return !strings.Contains(text, "=?") && strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}

// mailbox returns a name and an address for a header; for used see encodedWords.
func mailbox(name, address string, used int) string {
	if !isPlain(name) {
		return encodedWords(name, used) + "\r\n <" + address + ">"
	}
	text := (&mail.Address{Name: name, Address: address}).String()
	if used+len(text) > maxLine {
		text = strings.Replace(text, " <", "\r\n <", 1)
	}
	return text
}

// asciiAddress returns an address with its domain in ASCII, such as xn--mller-kva.example for müller.example.
// The part before the @ has no such form: ok is false if it is not ASCII.
func asciiAddress(address string) (ascii string, ok bool) {
	at := strings.LastIndexByte(address, '@')
	if at < 0 || !isPlain(address[:at]) {
		return "", false
	}
	domain, err := idna.Lookup.ToASCII(address[at+1:])
	return address[:at+1] + domain, err == nil
}
