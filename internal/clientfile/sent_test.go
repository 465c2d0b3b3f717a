package clientfile

import (
	"strings"
	"testing"

	"portalgen/internal/diag"
)

// TestSent holds what is refused of the keys that replies write.
func TestSent(t *testing.T) {
	const id = "AAECAwQFBgcICQoLDA0ODw"
	message := func(via string) string {
		return "[[message]]\nreceived = 2026-11-18\nby = \"a\"\nabout = \"Fog\"\nvia = \"" + via + "\"\n"
	}
	progress := func(day string) string {
		return "{ on = 2026-11-18, by = \"a\", did = \"progress\", note = \"Half\", via = \"" + id + " " + day + "\" },\n"
	}
	const move = "moves = [\n{ on = 2026-11-17, by = \"b\", did = \"request\", due = 2026-12-04 },\n{ on = 2026-11-17, by = \"a\", did = \"promise\" },\n"
	part := "b = { name = \"B\", side = \"provider\" }\n[[commitment]]\nid = \"c\"\ntitle = \"C\"\ncustomer = \"b\"\nperformer = \"a\"\n" + move +
		"]\n[[commitment.deliverable]]\nid = \"d\"\ntitle = \"D\"\ndue = 2026-12-01\nmoves = [\n" + progress("2026-11-20")
	head := "client = \"A\"\n[people]\na = { name = \"A\", side = \"client\" }\n"
	for text, want := range map[string]string{
		head + message(id+" 2026-11-20"):                             "",
		head + message(id):                                           "is not the id of a reply and a day",
		head + message("tomorrow"):                                   "is not the id of a reply and a day",
		head + message(id+" 2026-11-20") + message(id+" 2026-11-21"): "this reply was taken in on line 8 already",
		head + part + "]\n":                                          "",
		head + part + progress("2026-11-21") + "]\n":                 "this reply was taken in on line 19 already",
	} {
		_, ps := Client("a", Source{Name: "a.toml", Text: []byte(text)}, Options{})
		wantProblem(t, ps, want)
	}
}

func TestInboxAddress(t *testing.T) {
	for address, want := range map[string]string{
		"https://inbox.example.com":         "",
		"https://example.com/a/b/":          "",
		"http://127.0.0.1:8090/":            "",
		"http://localhost:8090":             "",
		"http://[::1]:8090":                 "",
		"http://inbox.example.com":          "is not sealed on the way",
		"inbox.example.com":                 "lacks its beginning",
		"ftp://inbox.example.com":           `cannot begin with \"ftp:\"`,
		"https://example.com/?a=b":          "is not the address of an inbox",
		"https://example.com/a;script-src":  "is not the address of an inbox",
		"https://user:pass@example.com/":    "is not an address",
		"https://127.0.0.1.example.com/, *": "is not an address",
	} {
		text := "name = \"A\"\ntimezone = \"UTC\"\ninbox = \"" + address + "\"\n"
		_, ps := Provider(Source{Name: "provider.toml", Text: []byte(text)})
		wantProblem(t, ps, strings.ReplaceAll(want, `\"`, `"`))
	}
}

// wantProblem wants one error whose message has a part, or none for "".
func wantProblem(t *testing.T, ps diag.Problems, part string) {
	t.Helper()
	errors := ps.Errors()
	if part == "" && len(errors) > 0 || part != "" && (len(errors) != 1 || !strings.Contains(errors[0].Message, part)) {
		t.Errorf("want %q, got %v", part, errors)
	}
}
