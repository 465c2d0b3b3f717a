package email_test

import (
	"strings"
	"testing"

	"portalgen/internal/email"
)

func TestValid(t *testing.T) {
	for _, s := range []string{
		"maria@example.com", "m@example", "maria.ruiz+portal@mail.example.co.uk", "o'neil_x-1@a-b.example", "josé@müller.example", "a@xn--mller-kva.example",
	} {
		if !email.Valid(s) {
			t.Errorf("%q is refused", s)
		}
	}
	for _, s := range []string{
		"", "maria", "@example.com", "maria@", "a@b?bcc=evil@x", "a?bcc=evil@x.example", "a@b&cc=evil@x", "a%40b@example.com",
		"a@b%3Fbcc=evil", "a@b@c", "a,b@example.com", "a@b,c@d", "a@b;c@d", "a b@example.com", "a@b c", "a@b\r\nbcc: c@d", "a@b\n",
		"<a@b>", "Maria <a@b>", `"a"@b`, "mailto:a@b", "a@b/c", "a@b#c", "a=b@c", ".a@b", "a.@b", "a..b@c", "a@.b", "a@b.", "a@b..c",
		"a@-b", "a@b-", "a@b.-c", "a@\u202eb", "a@b\x00", "a@" + strings.Repeat("b", 254),
	} {
		if email.Valid(s) {
			t.Errorf("%q is taken", s)
		}
	}
}
