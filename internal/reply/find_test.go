package reply

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"mime/quotedprintable"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"portalgen/internal/seal"
)

// keys are those of one credential.
func keys(t testing.TB) seal.ReplyKeys {
	t.Helper()
	return seal.NewLink().Root().ReplyKeys("acme", seal.HolderLink)
}

func sealed(t testing.TB, k seal.ReplyKeys, content string) []byte {
	t.Helper()
	b, err := k.Seal([]byte(content))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func quoted76(body string) string {
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b)
	_, _ = w.Write([]byte(body))
	_ = w.Close()
	return b.String()
}

func base6476(body string) string {
	text := base64.StdEncoding.EncodeToString([]byte(body))
	var b strings.Builder
	for len(text) > 76 {
		b.WriteString(text[:76] + "\r\n")
		text = text[76:]
	}
	return b.String() + text + "\r\n"
}

func quote(text string) string { return "> " + strings.ReplaceAll(text, "\n", "\n> ") }

func mailOf(kind, encoding, body string) string {
	return "From: Hanna <hanna@example.com>\r\nTo: priya@example.com\r\nSubject: Answer\r\nMIME-Version: 1.0\r\nContent-Type: " +
		kind + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + body
}

func htmlOf(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "&", "&amp;"), "\n", "<br>\r\n")
	return "<html><head><style>p{}</style></head><body><div>Hi,</div><div><span>" + text + "</span></div></body></html>"
}

// wide16 is a text as Notepad saves it.
func wide16(order binary.AppendByteOrder, text string) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		b = order.AppendUint16(b, unit)
	}
	return string(b)
}

// TestFindSurvivesMail reads a reply out of all that mail and chat make of its text.
func TestFindSurvivesMail(t *testing.T) {
	bytesOf := sealed(t, keys(t), strings.Repeat("yes ", 300))
	text := seal.ReplyText(bytesOf)
	prose := "Hi Priya,\n\nI agree to 4 December.\n\n" + text + "\nRegards,\nHanna\n"
	wide := strings.Join(strings.Fields(text), " ")
	forwarded := "---------- Forwarded message ---------\n" + quote("Fwd:\n"+quote(prose))
	multipart := "--B\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quoted76(prose) +
		"\r\n--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base6476(htmlOf(prose)) + "\r\n--B--\r\n"
	for name, data := range map[string]string{
		"text":                      text,
		"prose around it":           prose,
		"without its last line end": strings.TrimSuffix(text, "\n"),
		"Windows":                   strings.ReplaceAll(prose, "\n", "\r\n"),
		"on one line":               wide,
		"quoted":                    quote(prose),
		"quoted with initials":      "HS> " + strings.ReplaceAll(text, "\n", "\nHS> "),
		"quoted by bars":            "| " + strings.ReplaceAll(text, "\n", "\n| "),
		"forwarded twice":           forwarded,
		"zero-width characters":     strings.ReplaceAll(text, "\n", "\u200b\n\u00a0"),
		"mail":                      mailOf("text/plain; charset=utf-8", "7bit", prose),
		"quoted-printable":          mailOf("text/plain; charset=utf-8", "quoted-printable", quoted76(prose)),
		"base64":                    mailOf("text/plain; charset=utf-8", "base64", base6476(prose)),
		"HTML alone":                mailOf("text/html; charset=utf-8", "quoted-printable", quoted76(htmlOf(prose))),
		"HTML on one line":          mailOf("text/html", "8bit", htmlOf(wide)),
		"both":                      mailOf("multipart/alternative; boundary=B", "7bit", multipart),
		"a mail in a mail": mailOf("multipart/mixed; boundary=M", "7bit",
			"--M\r\nContent-Type: message/rfc822\r\n\r\n"+mailOf("text/plain", "base64", base6476(quote(prose)))+"\r\n--M--\r\n"),
		"mbox":                     "From hanna@example.com Fri Nov 20 09:30:00 2026\n" + mailOf("text/plain", "7bit", prose),
		"begins as an mbox does":   "From my phone: " + wide,
		"raw quoted-printable":     quoted76(prose),
		"HTML that was pasted":     htmlOf(prose),
		"a mail whose end is lost": mailOf("multipart/alternative; boundary=B", "7bit", strings.TrimSuffix(multipart, "--B--\r\n")),
		"the bytes":                string(bytesOf),
		"the bytes beside a mail": mailOf("multipart/mixed; boundary=M", "7bit",
			"--M\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"+base6476(string(bytesOf))+"\r\n--M--\r\n"),
		"a header with a line that is none": ">From hanna@example.com\r\n" + mailOf("text/plain", "base64", base6476(prose)),
		"a header that is broken within":    strings.Replace(mailOf("text/plain", "base64", base6476(prose)), "To: ", "This is\r\nTo: ", 1),
		"a mail in a digest": mailOf("multipart/digest; boundary=M", "7bit",
			"--M\r\n\r\n"+mailOf("text/plain", "base64", base6476(prose))+"\r\n--M--\r\n"),
		"UTF-16":             wide16(binary.LittleEndian, prose),
		"UTF-16, the other":  wide16(binary.BigEndian, prose),
		"other content type": mailOf("text/plain; charset", "", prose),
	} {
		found := Find([]byte(data))
		if len(found) != 1 || !bytes.Equal(found[0].Sealed, bytesOf) {
			t.Errorf("%s: found %d, cut: %v", name, len(found), len(found) > 0 && found[0].Cut)
		}
	}
}

func TestFindTellsWhatIsCut(t *testing.T) {
	k := keys(t)
	one, another := sealed(t, k, "one"), sealed(t, k, strings.Repeat("another", 200))
	text := seal.ReplyText(one)
	at := strings.LastIndex(text, "[portalgen end")
	for name, data := range map[string]string{
		"the end is missing":      text[:at],
		"a line is missing":       text[:30] + text[100:],
		"a letter is another":     text[:40] + map[bool]string{true: "B", false: "A"}[text[40] == 'A'] + text[41:],
		"the end mark is cut":     text[:at+10],
		"something stands in it":  text[:60] + "…" + text[60:],
		"cut within a mail":       mailOf("text/plain", "quoted-printable", quoted76(text[:at])),
		"nothing but a beginning": "[portalgen reply 1]",
	} {
		found := Find([]byte(data))
		if len(found) != 1 || !found[0].Cut {
			t.Errorf("%s: %d found", name, len(found))
		}
	}
	both := Find([]byte(text + seal.ReplyText(another)[:300]))
	if len(both) != 2 || both[0].Cut || !both[1].Cut {
		t.Errorf("one whole and one cut: %d found", len(both))
	}
	if all := Find([]byte(text + "\n\n" + quote(text) + seal.ReplyText(another))); len(all) != 2 || all[0].Cut || all[1].Cut {
		t.Errorf("two, one of them twice: %d found", len(all))
	}
	if none := Find([]byte("Hi, I agree. [portalgen reply 2] AAAA")); len(none) != 0 {
		t.Errorf("found %d where there is none", len(none))
	}
}

func TestParse(t *testing.T) {
	good := `{"id":"AAECAwQFBgcICQoLDA0ODw","at":"2026-11-20T09:30:00+01:00","portal":"p","by":"","about":"5d3f","kind":"decide_due",` +
		`"seen":"2026-12-04","choice":"yes_due","date":"","texts":{"word":" a\r\nb\u0007 ","empty":" "},"sentence":"S.","lang":"en","more":[1]}`
	r, err := Parse([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	if r.Text("word") != "a\nb\ufffd" || len(r.Texts) != 1 || r.Seen.String() != "2026-12-04" || r.Sent.UTC().Hour() != 8 {
		t.Errorf("read %+v", r)
	}
	for old, wrong := range map[string]string{
		`AAECAwQFBgcICQoLDA0ODw`:    `AAECAwQFBgcICQoLDA0OD`,
		`2026-11-20T09:30:00+01:00`: `2026-11-20`,
		`"decide_due"`:              `""`,
		`"yes_due"`:                 `"yes due"`,
		`"seen":"2026-12-04"`:       `"seen":"tomorrow"`,
		`"date":""`:                 `"date":"+7"`,
		`"empty":" "`:               `"empty":1`,
		`"sentence":"S."`:           fmt.Sprintf(`"sentence":"%s"`, strings.Repeat("s", maxLine+1)),
		`"word":" a\r\nb\u0007 "`:   fmt.Sprintf(`"word":"%s"`, strings.Repeat("s", maxText+1)),
		`"lang":"en","more":[1]}`:   `"lang":"en"`,
		`"by":""`:                   fmt.Sprintf(`"by":"%s"`, strings.Repeat("b", maxName+1)),
		`"about":"5d3f"`:            fmt.Sprintf(`"about":"%s"`, strings.Repeat("b", maxName+1)),
		`"portal":"p"`:              `"portal":` + "\"\xff\"",
	} {
		if _, err := Parse([]byte(strings.Replace(good, old, wrong, 1))); err == nil {
			t.Errorf("%s in place of %s was taken", wrong, old)
		}
	}
}

// What is longer than any reply does not hide the one behind it, and what is cut many times over is told
// once.
func TestFindPassesOverWhatIsCut(t *testing.T) {
	whole := sealed(t, keys(t), "one")
	long := "[portalgen reply 1]\n" + strings.Repeat("A", 50_000)
	cut := strings.Repeat("[portalgen reply 1]\n", 50_000)
	found := Find([]byte(long + "\n" + cut + seal.ReplyText(whole)))
	if len(found) != 2 || !bytes.Equal(found[0].Sealed, whole) || !found[1].Cut {
		t.Errorf("found %d", len(found))
	}
	if found = Find([]byte(cut)); len(found) != 1 || !found[0].Cut {
		t.Errorf("found %d that are cut", len(found))
	}
}

// TestFindAboveAMail wants both replies where one stands above a mail that has another.
func TestFindAboveAMail(t *testing.T) {
	k := seal.NewLink().Root().ReplyKeys("acme", seal.HolderLink)
	var texts []string
	for range 2 {
		sealed, err := k.Seal([]byte(`{"id":"AAECAwQFBgcICQoLDA0ODw"}`))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, seal.ReplyText(sealed))
	}
	found := Find([]byte(texts[0] + mailOf("text/plain", "7bit", texts[1])))
	if len(found) != 2 || found[0].Cut || found[1].Cut {
		t.Errorf("found %v", found)
	}
}

// FuzzReply holds that a reply is found whatever stands before or behind it, that nothing else opens,
// that whatever is sealed opens again as what it was, also out of its text, and that what is read says
// the same when it is written and read again.
func FuzzReply(f *testing.F) {
	k := seal.NewLink().Root().ReplyKeys("acme", seal.HolderLink)
	one, err := k.Seal([]byte(`{"id":"AAECAwQFBgcICQoLDA0ODw"}`))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		string(one), seal.ReplyText(one), mailOf("text/html", "quoted-printable", quoted76(htmlOf(seal.ReplyText(one)))),
		mailOf("multipart/mixed; boundary=B", "", "--B\r\n\r\n[portalgen reply 1]\r\n"), "> HS> [portalgen reply 1] AAAA",
		`{"id":"AAECAwQFBgcICQoLDA0ODw","at":"2026-11-20T09:30:00+01:00","kind":"message","texts":{"a":"b\r\u2028\u0000"}}`,
	} {
		f.Add([]byte(seed))
	}
	is := func(f Found) bool { return bytes.Equal(f.Sealed, one) }
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, found := range Find(data) {
			if _, err := k.Open(found.Sealed); err == nil && !is(found) {
				t.Errorf("%q opens", found.Sealed)
			}
		}
		for _, around := range []string{
			string(data) + "\n" + seal.ReplyText(one), seal.ReplyText(one) + string(data), mailOf("text/plain", "7bit", quote(seal.ReplyText(one))) + string(data),
		} {
			if !slices.ContainsFunc(Find([]byte(around)), is) {
				t.Errorf("not found in %q", around)
			}
		}
		mine := data[:min(len(data), seal.MaxReply)]
		again, err := k.Seal(mine)
		if err != nil {
			t.Fatal(err)
		}
		if found := FindText(seal.ReplyText(again)); len(found) != 1 || !bytes.Equal(found[0].Sealed, again) {
			t.Errorf("%d found in the text of %q", len(found), mine)
		}
		if got, err := k.Open(again); err != nil || !bytes.Equal(got, mine) {
			t.Errorf("%q opens as %q, %v", mine, got, err)
		}
		wantSameAgain(t, data)
	})
}

// wantSameAgain wants what is read of a reply to be the same once it is written and read again.
func wantSameAgain(t *testing.T, data []byte) {
	r, err := Parse(data)
	if err != nil {
		return
	}
	text, err := json.Marshal(struct {
		*Reply
		At    string            `json:"at"`
		Seen  string            `json:"seen"`
		Date  string            `json:"date"`
		Texts map[string]string `json:"texts"`
	}{r, r.Sent.Format(time.RFC3339), r.Seen.String(), r.Date.String(), r.Texts})
	if err != nil {
		t.Fatal(err)
	}
	again, err := Parse(text)
	if err != nil || again.Seen.Compare(r.Seen) != 0 || again.Date != r.Date || !maps.Equal(again.Texts, r.Texts) ||
		again.ID != r.ID || again.By != r.By || again.About != r.About || again.Sentence != r.Sentence || again.Sent.Unix() != r.Sent.Unix() {
		t.Errorf("%q is read as %+v and then as %+v, %v", data, r, again, err)
	}
}
