package brand

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var sheet = regexp.MustCompile(`^:root \{ (.*) \}
@media screen and \(prefers-color-scheme: dark\) \{ :root \{ (.*) \} \}
$`)

// colours returns the properties of one scheme by name.
func colours(t *rapid.T, text string) map[string]rgb {
	found := map[string]rgb{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(text, -1) {
		found[m[1]] = mustParse(m[2])
	}
	if len(found) != 6 {
		t.Fatalf("%s", text)
	}
	return found
}

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
		for i, grounds := range map[int][]string{1: {lightPaper, lightCard}, 2: {darkPaper, darkCard}} {
			got := colours(t, string(m[i]))
			for _, ground := range []rgb{mustParse(grounds[0]), mustParse(grounds[1]), got["accent-wash"]} {
				for name, enough := range map[string]float64{"accent": 4.5, "link": 7, "bar": 3, "bar-pale": 3} {
					if c := contrast(got[name], ground); c < enough {
						t.Errorf("%s, %s on %s: contrast %.2f", name, got[name], ground, c)
					}
				}
			}
			if c := contrast(got["accent"], got["on-accent"]); c < 4.5 {
				t.Errorf("%s on %s: contrast %.2f", got["on-accent"], got["accent"], c)
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
	css, err := os.ReadFile("../../static/assets/css/parts/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"--paper: " + lightPaper, "--paper: " + darkPaper, "--card: " + lightCard, "--card: " + darkCard} {
		if !strings.Contains(string(css), want+";") {
			t.Errorf("no %s in the style sheet", want)
		}
	}
}
