package share

import (
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

	"portalgen/internal/civil"
)

// english are the program's own strings.
func english(t *testing.T) map[string]string {
	t.Helper()
	return wordsOf(t, "en")
}

// wordsOf are the program's strings in a language.
func wordsOf(t *testing.T, language string) map[string]string {
	t.Helper()
	var all map[string]any
	if _, err := toml.DecodeFile("../../i18n/"+language+".toml", &all); err != nil {
		t.Fatal(err)
	}
	words := map[string]string{}
	for name, text := range all {
		if s, ok := text.(string); ok {
			words[name] = s
		}
	}
	return words
}

func day(d int) civil.Date { return civil.Date{Year: 2026, Month: time.November, Day: d} }

func full(t *testing.T) Message {
	t.Helper()
	return Message{
		Strings: english(t), Language: "en", Dir: "ltr", Client: "Harbour & Sons", Provider: "Pine Works",
		Title: "Launch moves", Link: "https://portal.example.com/a/b/#k=SECRET", Until: day(30),
		Note: &Note{
			On: day(18), Colour: "amber", Headline: "Launch <moves>",
			Acknowledges: Text{"You had told the desk.", "<p>You had told the <em>desk</em>.</p>"},
			Doing:        Text{"Testing.", "<p>Testing.</p>"},
			Need:         []Text{{"Ana: agree", "Ana: <strong>agree</strong>"}}, NextUpdate: day(24),
		},
	}
}

func compose(t *testing.T, m Message) Mail {
	t.Helper()
	out, err := Compose(m)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestMessageOfANote(t *testing.T) {
	m := full(t)
	m.Reader, m.Whole = "Ana Ruiz", "https://portal.example.com/a/"
	got := compose(t, m)
	want := `Hello Ana Ruiz,

How it stands on 18 November 2026: Needs care.

You had told the desk.

What we are doing: Testing.

What we need:
- Ana: agree

You hear from us again on 24 November 2026.

The whole note:
https://portal.example.com/a/b/#k=SECRET

The link works until 30 November 2026. The link opens this one page without a passphrase. Please do not pass it on.

With your passphrase you see everything:
https://portal.example.com/a/

Pine Works
`
	if d := cmp.Diff(want, got.Text); d != "" {
		t.Error(d)
	}
	if got.Subject != "Harbour & Sons: Launch <moves>" {
		t.Errorf("the subject is %q", got.Subject)
	}
	if n := strings.Count(got.HTML, "Launch"); n != 1 {
		t.Errorf("the headline is told %d times", n)
	}
	for _, part := range []string{
		"<title>Harbour &amp; Sons: Launch &lt;moves&gt;</title>", "<p>Hello Ana Ruiz,</p>", `<a href="https://portal.example.com/a/">`,
		"<p>You had told the <em>desk</em>.</p>", "<li>Ana: <strong>agree</strong></li>",
		`<a href="https://portal.example.com/a/b/#k=SECRET">`,
	} {
		if !strings.Contains(got.HTML, part) {
			t.Errorf("no %s in\n%s", part, got.HTML)
		}
	}
}

func TestMessageWithoutANote(t *testing.T) {
	m := full(t)
	m.Note, m.Until, m.From = nil, civil.Date{}, "Ada Pine"
	got := compose(t, m)
	want := "Hello,\n\nHere is the page “Launch moves”:\nhttps://portal.example.com/a/b/#k=SECRET\n\n" +
		"The link opens this one page without a passphrase. Please do not pass it on.\n\nAda Pine\n"
	if d := cmp.Diff(want, got.Text); d != "" {
		t.Error(d)
	}
	m.Portal = true
	if got := compose(t, m); !strings.Contains(got.Text, "Your page, which always says how things stand:") || !strings.Contains(got.Text, "your whole portal") {
		t.Errorf("of the portal: %s", got.Text)
	}
}

// A message of Home leads to Home, and says more than a colour.
func TestMessageOfHome(t *testing.T) {
	m := full(t)
	m.Home, m.Until, m.Note = true, civil.Date{}, &Note{On: day(18), Colour: "green", Headline: "Launch <moves>"}
	got := compose(t, m)
	want := "Hello,\n\nHow it stands on 18 November 2026: On track.\n\nLaunch <moves>\n\n" +
		"Your page, which always says how things stand:\nhttps://portal.example.com/a/b/#k=SECRET\n\n" +
		"The link opens this one page without a passphrase. Please do not pass it on.\n\nPine Works\n"
	if d := cmp.Diff(want, got.Text); d != "" {
		t.Error(d)
	}
	if !strings.Contains(got.HTML, "Launch &lt;moves&gt;</p>") {
		t.Errorf("no headline in\n%s", got.HTML)
	}
	m.Note = nil
	if got := compose(t, m); strings.Contains(got.Text, "Here is the page") {
		t.Errorf("without a note: %s", got.Text)
	}
}

// The months are the language's, and a subject is one line whatever a headline holds.
func TestWordsOfTheLanguage(t *testing.T) {
	m := full(t)
	m.Strings["share_months"] = "jan feb mars april mai juni juli august sept okt nov des"
	m.Strings["layout_day_year"] = "2. January 2006"
	m.Note.Headline = "Launch\r\nBcc: everyone@example.com"
	got := compose(t, m)
	if !strings.Contains(got.Text, "on 18. nov 2026:") || strings.ContainsAny(got.Subject, "\r\n") {
		t.Errorf("subject %q, text\n%s", got.Subject, got.Text)
	}
}

// The first of a month is written as the pages write it.
func TestFirstOfAMonth(t *testing.T) {
	m := Message{Until: civil.Date{Year: 2026, Month: time.December, Day: 1}}
	for language, want := range map[string]string{
		"en": " 1 December 2026", "de": " 1.\u00a0Dezember 2026", "es": " 1 de diciembre de 2026", "fr": " 1er\u00a0décembre 2026",
	} {
		m.Strings = wordsOf(t, language)
		if got := compose(t, m).Text; !strings.Contains(got, want) {
			t.Errorf("in %s there is no %q in\n%s", language, want, got)
		}
	}
	m.Strings = wordsOf(t, "fr")
	m.Until.Day = 21
	if got := compose(t, m).Text; !strings.Contains(got, " 21\u00a0décembre 2026") {
		t.Errorf("the 21st is written so:\n%s", got)
	}
	m.Until.Day = 1
	delete(m.Strings, "layout_first")
	if got := compose(t, m).Text; !strings.Contains(got, " 1\u00a0décembre 2026") {
		t.Errorf("without a form of its own the first is written so:\n%s", got)
	}
}

// Every string of a message is one of the program's, and each of those is said.
func TestStringsAreSaid(t *testing.T) {
	source, err := os.ReadFile("share.go")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	words := english(t)
	for _, m := range regexp.MustCompile(`"(share_\w+)"`).FindAllStringSubmatch(string(source), -1) {
		said[m[1]] = true
		if words[m[1]] == "" {
			t.Errorf("%s is not in i18n/en.toml", m[1])
		}
	}
	for name := range words {
		if strings.HasPrefix(name, "share_") && !said[name] {
			t.Errorf("nothing says %s", name)
		}
	}
}

func TestEML(t *testing.T) {
	m := compose(t, full(t))
	m.Subject = "Ærlig talt: ny dato"
	text, err := m.EML(mail.Address{Name: "Ada Pine", Address: "ada@pine.example"}, mail.Address{}, time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(text), "\n") != strings.Count(string(text), "\r\n") {
		t.Error("not every line ends with CR LF")
	}
	got, err := mail.ReadMessage(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != m.Subject || got.Header.Get("X-Unsent") != "1" || got.Header.Get("To") != "" {
		t.Errorf("the headers are %v (%q, %v)", got.Header, subject, err)
	}
	if from, err := got.Header.AddressList("From"); err != nil || len(from) != 1 || from[0].Address != "ada@pine.example" {
		t.Errorf("it is from %v, %v", from, err)
	}
	_, params, err := mime.ParseMediaType(got.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(got.Body, params["boundary"])
	for _, want := range []struct{ kind, text string }{{"text/plain", m.Text}, {"text/html", m.HTML}} {
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil || !strings.HasPrefix(part.Header.Get("Content-Type"), want.kind) || strings.ReplaceAll(string(body), "\r\n", "\n") != want.text {
			t.Errorf("%s: %v\n%s", want.kind, err, body)
		}
	}
	if none, err := m.EML(mail.Address{}, mail.Address{}, time.Now()); err != nil || strings.Contains(string(none), "From:") {
		t.Errorf("without an address: %v\n%s", err, none)
	}
}

// A header is in lines of at most 76 bytes (RFC 2047), and what is read of it is what was
// written.
func TestHeadersOfADraft(t *testing.T) {
	t.Parallel()
	arabic := strings.Repeat("تأخر إطلاق الحجز ", 11)[:len("تأخر إطلاق الحجز ")*11-2]
	for _, tt := range []struct {
		name, subject, who, address string
		want                        string // of the address; "" for none
	}{
		{"plain", "Launch moves", "Ana Ruiz", "ana@ferries.example", "ana@ferries.example"},
		{"no name", "Launch moves", "", "ana@ferries.example", "ana@ferries.example"},
		{"Arabic", arabic, "آنا رويز " + arabic, "ana@ferries.example", "ana@ferries.example"},
		{"long", strings.Repeat("Launch moves ", 14) + "on", strings.Repeat("Ana de Ruiz ", 7) + "y Paz", "ana@ferries.example", "ana@ferries.example"},
		{"looks encoded", "=?utf-8?b?QmNjOg==?=", "=?utf-8?q?Bcc?=", "ana@ferries.example", "ana@ferries.example"},
		{"international domain", "Grüße", "Jürgen Müller", "j.m@Müller.example", "j.m@xn--mller-kva.example"},
		{"Arabic domain", "Grüße", "", "info@مثال.إختبار", "info@xn--mgbh0fb.xn--kgbechtv"},
		{"a name that no header can hold", "Hello", "José", "josé@müller.example", ""},
		{"a quoted name", "Hello", `Ana "Captain" Ruiz, Owner`, "ana@ferries.example", "ana@ferries.example"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := Mail{Subject: tt.subject, Text: "text", HTML: "<p>text</p>"}
			to := mail.Address{Name: tt.who, Address: tt.address}
			text, err := m.EML(mail.Address{Name: "Ada Pine", Address: "ada@pine.example"}, to, time.Unix(0, 0))
			if err != nil {
				t.Fatal(err)
			}
			head, _, _ := strings.Cut(string(text), "\r\n\r\n")
			for line := range strings.SplitSeq(head, "\r\n") {
				if len(line) > 76 && strings.Contains(line, "=?") || len(line) > 78 && !strings.HasPrefix(line, "To:") {
					t.Errorf("a line of %d bytes: %s", len(line), line)
				}
				if strings.IndexFunc(line, func(r rune) bool { return r > '~' }) >= 0 || strings.TrimSpace(line) == "" {
					t.Errorf("not a line of a header: %q", line)
				}
			}
			got, err := mail.ReadMessage(strings.NewReader(string(text)))
			if err != nil {
				t.Fatal(err)
			}
			if subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject")); err != nil || subject != tt.subject {
				t.Errorf("the subject is read as %q, %v", subject, err)
			}
			if tt.want == "" {
				if got.Header.Get("To") != "" {
					t.Errorf("it is to %s", got.Header.Get("To"))
				}
				return
			}
			all, err := got.Header.AddressList("To")
			if err != nil || len(all) != 1 || *all[0] != (mail.Address{Name: tt.who, Address: tt.want}) {
				t.Errorf("it is to %v, %v", all, err)
			}
		})
	}
}

// A webmail takes the elements html and body away, so that what says language and direction
// stands on an element below them.
func TestDirectionOfADraft(t *testing.T) {
	t.Parallel()
	m := full(t)
	m.Language, m.Dir = "ar", "rtl"
	if got := compose(t, m).HTML; !strings.Contains(got, "<body lang=\"ar\" dir=\"rtl\">\n<div lang=\"ar\" dir=\"rtl\">") {
		t.Error(got)
	}
}
