package share

import (
	"bytes"
	"fmt"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"time"
)

// EML returns the mail as a file that a mail program opens as a draft (RFC 5322 and
// 2046). from is an address, "" where there is none; whom it goes to is for the
// writer to say.
func (m Mail) EML(name, from string, now time.Time) ([]byte, error) {
	var b bytes.Buffer
	parts := multipart.NewWriter(&b)
	header := func(key, value string) { fmt.Fprintf(&b, "%s: %s\r\n", key, value) }
	header("Subject", mime.QEncoding.Encode("utf-8", m.Subject))
	if from != "" {
		header("From", (&mail.Address{Name: name, Address: from}).String())
	}
	header("Date", now.Format(time.RFC1123Z))
	header("MIME-Version", "1.0")
	header("X-Unsent", "1")
	header("Content-Type", mime.FormatMediaType("multipart/alternative",
		map[string]string{"boundary": parts.Boundary()}))
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
