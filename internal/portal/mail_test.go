package portal_test

import (
	"net/url"
	"strings"
	"testing"

	"portalgen/internal/portal"
)

// A link that begins a mail has no more than 2,000 bytes, in no script and however long a
// name is, and nothing of it is cut within a letter.
func TestMailIsShortEnough(t *testing.T) {
	t.Parallel()
	p := portal.Person{Email: "ana@example.com"}
	for _, letter := range []string{"a", "ü", "م", "字", "👩\u200d👩\u200d👧", "e\u0301"} {
		for _, n := range []int{1, 79, 1000} {
			what := strings.Repeat(letter, n)
			for name, text := range map[string]string{
				"short":  "Hello Sam,\n\n" + what + ": yes.\n\nAna",
				"long":   strings.Repeat("ملاحظة ", 40) + what + "\n\nAna",
				"no end": strings.Repeat(letter, 3000),
			} {
				subject := "Agree: " + what
				link := p.Mail(subject, text, what)
				if len(link) > 2000 {
					t.Errorf("%q, %d letters, %s: the link has %d bytes", letter, n, name, len(link))
				}
				u, err := url.Parse(link)
				if err != nil {
					t.Fatal(err)
				}
				q := u.Query()
				for _, said := range []string{q.Get("subject"), q.Get("body")} {
					rest := strings.NewReplacer(letter, "", "Agree: ", "", "…", "").Replace(said)
					if strings.ContainsAny(rest, "\u200d\u0301\ufffd") {
						t.Errorf("%q was cut within a letter: %q", letter, said)
					}
				}
				if name == "short" && !strings.HasSuffix(q.Get("body"), ": yes.\r\n\r\nAna") {
					t.Errorf("%q, %d letters: the answer was cut: %q", letter, n, q.Get("body"))
				}
			}
		}
	}
	if got, want := p.Mail("A & B?", "é\n+1%", "A"), "mailto:ana@example.com?subject=A%20%26%20B%3f&body=%c3%a9%0d%0a%2b1%25"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
