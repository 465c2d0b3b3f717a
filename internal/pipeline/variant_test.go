package pipeline_test

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

// A variant of a language, such as German of Austria, has the words of that language and one
// kind of digits: in a client's file, and in provider.toml for all.
func TestAVariantOfALanguage(t *testing.T) {
	t.Parallel()
	for variant, want := range map[string]string{"de-AT": "Sie sind am Zug", "ar-EG": "دوركم", "de": "Sie sind am Zug"} {
		question := "[[question]]\nasked = 2026-11-12\nby = \"dev\"\nto = \"maria\"\ntext = \"Which?\"\n"
		language := "language = \"" + variant + "\"\n"
		for name, files := range map[string]map[string]string{
			"client":   {site.ClientFile("a"): language + clientFile("Client a", "") + question},
			"provider": {site.ClientFile("a"): clientFile("Client a", "") + question, site.ProviderFile: strings.Replace(provider, "language = \"en\"\n", language, 1)},
		} {
			b := load(t, folder(t, files), pipeline.Options{Keys: keyring.PreviewKeys{Master: master}})
			pages, ps := b.Plain("a")
			if ps.Err() != nil {
				t.Fatalf("%s, %s: %v", variant, name, ps)
			}
			body := string(pages[""].Body)
			if !strings.Contains(body, want) || strings.ContainsAny(body, "٠١٢٣٤٥٦٧٨٩") {
				t.Errorf("%s, %s: the page is\n%s", variant, name, body)
			}
			if d, ps := b.Derive("a"); ps.Err() != nil || d.Words["your_turn"] == "" || d.Words["write"] == "E-mail" {
				t.Errorf("%s, %s: the words are %.200v, %v", variant, name, d.Words, ps)
			}
		}
	}
}

// The mail that an answer begins without its text, which is copied where it is too long, stays short
// enough for a link in every language, also where each letter takes twelve bytes of it.
func TestMailsAreShort(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("🎉", 200)
	question := "[[question]]\nasked = 2026-11-12\nby = \"dev\"\nto = \"maria\"\ntext = \"" + long + "\"\n"
	for _, language := range []string{"ar", "de", "en", "es", "fr"} {
		file := "language = \"" + language + "\"\n" + clientFile("Client a", "") + question
		b := load(t, folder(t, map[string]string{
			site.ClientFile("a"): file, site.ProviderFile: "contact = { email = \"hello@north.example\" }\n" + provider,
		}), pipeline.Options{Keys: keyring.PreviewKeys{Master: master}})
		pages, ps := b.Plain("a")
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		forms := answerForm.FindAllString(string(pages[""].Body), -1)
		if len(forms) == 0 {
			t.Fatalf("%s: no mail can be begun", language)
		}
		for _, form := range forms {
			m := regexp.MustCompile(`data-subject="([^"]*)"`).FindStringSubmatch(form)
			if m == nil || m[1] == "" {
				t.Fatalf("%s: a mail has no subject: %s", language, form)
			}
			if n := len("mailto:hello@north.example?subject=&body=" + url.PathEscape(html.UnescapeString(m[1]))); n > 2000 {
				t.Errorf("%s: a link has %d bytes: %s", language, n, form)
			}
		}
	}
}
