package clientfile

import (
	"strings"
	"testing"
)

// Files lie in the folders of clients, so what all clients share has none.
func TestAProvidersTermHasNoPicture(t *testing.T) {
	text := "name = \"North\"\ntimezone = \"UTC\"\nlanguage = \"en\"\n[[term]]\nword = \"draft\"\nmeans = \"not yet\"\npicture = \"draft.png\"\n"
	_, ps := Provider(Source{"data/provider.toml", []byte(text)})
	if len(ps) != 1 || ps[0].Line != 7 || !strings.Contains(ps[0].Message, "cannot have a picture") {
		t.Errorf("got %v", ps)
	}
}

func TestNamesThatTurnTextAreRefused(t *testing.T) {
	for _, name := range []string{"na\u202efdp.exe", "plan\u2066.pdf"} {
		if err := Resolve(nil, name); err == nil {
			t.Errorf("%q is taken", name)
		}
	}
	for _, name := range []string{"plan.pdf", "مخطط.pdf", "plan \u200fb.pdf"} {
		if err := Resolve(nil, name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}
