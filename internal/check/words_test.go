package check_test

import (
	"slices"
	"strings"
	"testing"

	"portalgen/internal/clientfile"
)

func headline(s string) string {
	return "[[status]]\non = 2026-11-03\nrag = \"green\"\nheadline = \"" + s + "\"\n"
}

var wordCases = []ruleCase{
	{
		name: "a phrase that hushes", rule: "tone", now: "2026-11-04T12:00", broken: headline("Please be patient, it is coming"),
		place: "headline", message: "“Please be patient” asks for patience",
		mended: []string{headline("It comes on Friday")},
	},
	{
		name: "an abbreviation", rule: "jargon", now: "2026-11-04T12:00", broken: headline("The CMS is set up"),
		place: "headline", message: `"CMS" is an abbreviation that nothing explains`,
		mended: []string{
			headline("The CMS (what you write the pages in) is set up"), headline("What you write the pages in is set up"),
			headline("The CMS is set up") + "[[term]]\nword = \"CMS\"\nmeans = \"What you write the pages in\"\n",
			headline("The CMS is set up") + "[[message]]\nreceived = 2026-11-03T09:00:00\nby = \"maria\"\nabout = \"Our CMS\"\nacknowledged = 2026-11-03T09:10:00\n",
		},
	},
}

// A word is pointed at where it stands.
func TestWordsAreLocated(t *testing.T) {
	file := head + headline("Well") + "body = \"\"\"\nFirst line.\nAs we already said, the CMS waits.\n\"\"\"\n"
	want := map[string]int{"tone": 0, "jargon": 24}
	for _, p := range find(t, file, la(t, "2026-11-04T12:00"), nil) {
		line := strings.Split(file, "\n")[p.Line-1]
		if from, ok := want[p.Rule]; !ok || !strings.HasPrefix(line, "As we already said") || p.Column != from+1 {
			t.Errorf("%s blames %s: %q", p.Rule, p.Pos, line)
		}
		delete(want, p.Rule)
	}
	if len(want) > 0 {
		t.Errorf("silent: %v", want)
	}
}

// wordRules returns what tone and jargon say of a text.
func wordRules(t *testing.T, text string) []string {
	t.Helper()
	file := head + "\n[[status]]\non = 2026-11-03\nrag = \"green\"\nheadline = '''" + text + "'''\n"
	var all []string
	for _, p := range find(t, file, la(t, "2026-11-04T12:00"), nil) {
		if p.Rule == "tone" || p.Rule == "jargon" {
			all = append(all, p.Message)
		}
	}
	return all
}

func TestToneSpeaks(t *testing.T) {
	for _, text := range []string{
		"please be patient", "Bear with us for a week", "Thank you for your patience!", "You should understand that this takes time",
		"You have to realise that it is hard", "As I already said, it is late", "as we told you", "As we stated earlier, no", "The work stopped when you failed to answer", "as we've mentioned before", "As already discussed, no",
		"As per my last email", "per our previous message", "We have already told you", "We did warn you", "I have already warned you", "You failed to send it",
		"You forgot to sign", "You never answered", "That was your own fault", "because of your delay", "Due to your mistake we wait",
		"It is not our problem", "It isn’t my fault", "This has nothing to do with us", "If you had only told us", "Calm down", "Please calm down", "no need to panic",
		"You are mistaken", "for the umpteenth time", "As everyone knows, it rains", "Obviously it rains", "Needless to say, it failed", "There is nothing we can do",
		"We are sorry for any inconvenience", "the inconvenience caused",
	} {
		if got := wordRules(t, text); len(got) != 1 {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestToneIsSilent(t *testing.T) {
	for _, text := range []string{
		"You asked for a rope; turning the till does the same", "We said 20 November and need until 4 December",
		"You said “please be patient” to your own customers, and they were", "If you have the texts, send them", "You told us on Monday that it is dry",
		"What you need to know", "The patient signs in at the desk", "Is it your turn? See below", "We forgot to ask you", "It was our fault",
		"Your mistake-proof list", "There is nothing to do for you this week", "The patients were told", "You should hear from us on Friday",
		"You have to sign here, by Friday", "It is mentioned above", "an obvious choice", "Nothing is waiting on you",
	} {
		if got := wordRules(t, text); len(got) > 0 {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestJargonSpeaks(t *testing.T) {
	for text, want := range map[string]string{
		"The API is slow": "API", "Our KPIs": "KPI", "CMS-based pages": "CMS", "The SLA’s limits": "SLA", "M&E begins": "M&E",
		"The API (again), an API": "", "The (API) of it": "", "The API CMS": "API CMS",
	} {
		var got []string
		for _, m := range wordRules(t, text) {
			got = append(got, strings.Split(m, `"`)[1])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestJargonIsSilent(t *testing.T) {
	for _, text := range []string{
		"A PDF of the VAT return, at 9 AM", "Do NOT press it", "PLEASE READ THIS NOW", "See A4, B12 and MP3", "https://API.example/CMS", "the file `API`",
		"[the page](https://x.example/API)", "Mail API@north.example", "Henry VIII", "Acme", "II", "The plan (B)", "I saw it",
		"www.API.example", "and/or CMS/API", "iPhone", "McDonald", "ÉÀ1", "500 EUR", "North Studio",
	} {
		if got := wordRules(t, text); len(got) > 0 {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// A word that the client cannot look up is not explained to them.
func TestAPrivateTermExplainsNothing(t *testing.T) {
	file := head + headline("The CMS is set up") + "[[term]]\nword = \"CMS\"\nmeans = \"What you write the pages in\"\nprivate = true\n"
	if ps := only(find(t, file, la(t, "2026-11-04T12:00"), nil), "jargon"); len(ps) != 1 {
		t.Error(ps)
	}
}

// Rules about words know one language.
func TestOtherLanguages(t *testing.T) {
	file := strings.Replace(head, "timezone", "language = \"de\"\ntimezone", 1) + headline("Das API. Please be patient")
	c, ps := clientfile.Client("acme", clientfile.Source{Name: "acme.toml", Text: []byte(file)}, clientfile.Options{Provider: provider(nil)})
	if ps.Err() != nil || c.Language != "de" {
		t.Fatal(ps)
	}
	found := rules(find(t, file, la(t, "2026-11-04T12:00"), nil))
	if slices.Contains(found, "jargon") || slices.Contains(found, "tone") {
		t.Error(found)
	}
}
