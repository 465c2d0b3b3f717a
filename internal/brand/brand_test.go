package brand

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var sheet = regexp.MustCompile(`^:root \{ --accent: (#[0-9a-f]{6}); --on-accent: (#[0-9a-f]{6}); --wash: (#[0-9a-f]{6}); \}
@media \(prefers-color-scheme: dark\) \{ :root \{ --accent: (#[0-9a-f]{6}); --on-accent: (#[0-9a-f]{6}); --wash: (#[0-9a-f]{6}); \} \}
$`)

func TestAnyAccentCanBeRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accent := rgb{rapid.Uint8().Draw(t, "r"), rapid.Uint8().Draw(t, "g"), rapid.Uint8().Draw(t, "b")}
		css, err := CSS(accent.String())
		if err != nil {
			t.Fatal(err)
		}
		m := sheet.FindSubmatch(css)
		if m == nil {
			t.Fatalf("%s", css)
		}
		for i, grounds := range map[int][]string{1: {lightPaper, lightCard}, 4: {darkPaper, darkCard}} {
			text, on := mustParse(string(m[i])), mustParse(string(m[i+1]))
			for _, below := range []rgb{mustParse(grounds[0]), mustParse(grounds[1]), mustParse(string(m[i+2]))} {
				if c := contrast(text, below); c < minContrast {
					t.Errorf("%s on %s: contrast %.2f", text, below, c)
				}
			}
			if c := contrast(text, on); c < minContrast {
				t.Errorf("%s on %s: contrast %.2f", on, text, c)
			}
		}
	})
}

func TestAColourThatIsReadableIsKept(t *testing.T) {
	css, err := CSS("#1d5c73")
	if err != nil || !strings.Contains(string(css), "--accent: #1d5c73; --on-accent: #ffffff; ") {
		t.Errorf("%s %v", css, err)
	}
	if short, err := CSS("#fe0"); err != nil || strings.Contains(string(short), "--accent: #ffee00; --on-accent: #ffffff") {
		t.Errorf("%s %v", short, err)
	}
	for _, bad := range []string{"", "red", "#12345", "#gggggg", "1d5c73"} {
		if _, err := CSS(bad); err == nil {
			t.Errorf("%q is taken for a colour", bad)
		}
	}
}

// The style sheet's papers and cards are the ones that contrast is worked out for.
func TestGroundsAreTheStyleSheets(t *testing.T) {
	css, err := os.ReadFile("../../static/assets/css/portal.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"--paper: " + lightPaper, "--paper: " + darkPaper, "--card: " + lightCard, "--card: " + darkCard} {
		if !strings.Contains(string(css), want+";") {
			t.Errorf("no %s in the style sheet", want)
		}
	}
}
