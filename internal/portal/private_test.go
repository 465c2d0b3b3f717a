package portal_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/portal"
)

// secret stands in every text of what is private in these tests.
const secret = "xyzzy"

// traces returns the texts of a view that hold the secret.
func traces(v *portal.View) []string {
	var found []string
	texts(reflect.ValueOf(v), func(s string) {
		if strings.Contains(s, secret) {
			found = append(found, s)
		}
	})
	return found
}

func TestNothingPrivateLeavesATrace(t *testing.T) {
	// Each file is also read without its "private = true", which must show the secret:
	// a test that looks in the wrong place would find nothing either way.
	for _, tt := range []struct {
		name, file string
		// promises has the table of promises hold the word.
		promises bool
	}{
		{name: "goal", file: `
[[goal]]
private = true
id = "g"
title = "xyzzy"
` + strings.Replace(performedByDev(), "[[commitment]]", "[[commitment]]\ngoal = \"g\"", 1)},
		{name: "about", file: "\n[about]\nprivate = true\nbusiness = \"xyzzy\"\n"},
		{name: "commitment", file: strings.Replace(promised("xyzzy", "maria", "dev"), "[[commitment]]", "[[commitment]]\nprivate = true", 1)},
		{name: "a commitment that others name", file: strings.Replace(promised("xyzzy", "maria", "dev"), "[[commitment]]", "[[commitment]]\nprivate = true", 1) +
			strings.Replace(performedByDev(), "[[commitment]]", "[[commitment]]\nneeds = [\"xyzzy\"]", 1) + `
[[risk]]
title = "It may rain"
affects = ["xyzzy", "booking"]
[[question]]
asked = 2026-11-01
by = "dev"
to = "maria"
text = "Which?"
commitment = "xyzzy"
[[message]]
received = 2026-11-01
by = "maria"
about = "The rain"
commitment = "xyzzy"
[[decision]]
on = 2026-11-01
text = "No rain"
commitment = "xyzzy"
[[assumption]]
on = 2026-11-01
text = "No rain"
commitment = "xyzzy"
[[change]]
on = 2026-11-01
by = "dev"
text = "No rain"
commitment = "xyzzy"
`},
		{name: "deliverable", file: performedByDev() + strings.Replace(interim("xyzzy", "2026-11-18"), "due =", "private = true\ndue =", 1)},
		{name: "move", file: performedByDev(`{ on = 2026-11-05, by = "dev", did = "progress", private = true, note = "xyzzy" }`)},
		{name: "move of a deliverable", file: performedByDev() + interim("A sketch", "2026-11-18",
			`{ on = 2026-11-05, by = "dev", did = "progress", private = true, note = "xyzzy" }`)},
		{name: "risk", file: "\n[[risk]]\nprivate = true\nid = \"xyzzy\"\ntitle = \"xyzzy\"\nmitigation = \"xyzzy\"\naffects = [\"booking\"]\n" + performedByDev()},
		{name: "entry of a risk", file: "\n[[risk]]\ntitle = \"It may rain\"\nlog = [{ on = 2026-11-01, private = true, note = \"xyzzy\" }]\n"},
		{name: "note", file: status("2026-11-09", "red", "private = true\nid = \"xyzzy\"\nwhy = \"xyzzy\"")},
		{name: "question", file: "\n[[question]]\nprivate = true\nasked = 2026-11-01\nby = \"dev\"\nto = \"maria\"\ntext = \"xyzzy\"\n"},
		{name: "message", file: "\n[[message]]\nprivate = true\nreceived = 2026-11-01\nby = \"maria\"\nabout = \"xyzzy\"\n"},
		{name: "decision", file: "\n[[decision]]\nprivate = true\non = 2026-11-01\ntext = \"xyzzy\"\n"},
		{name: "assumption", file: "\n[[assumption]]\nprivate = true\non = 2026-11-01\ntext = \"xyzzy\"\n"},
		{name: "change", file: "\n[[change]]\nprivate = true\non = 2026-11-01\nby = \"dev\"\ntext = \"xyzzy\"\n"},
		{name: "check-in", file: "\n[[check_in]]\nprivate = true\non = 2026-11-01\nrecap = \"xyzzy\"\n"},
		{name: "pulse", file: "\n[[pulse]]\nprivate = true\nasked = 2026-11-01\nquestion = \"xyzzy\"\n"},
		{name: "term", file: "\n[[term]]\nprivate = true\nword = \"xyzzy\"\nmeans = \"xyzzy\"\n"},
		{name: "file", file: "\n[[file]]\nprivate = true\non = 2026-11-01\ntitle = \"xyzzy\"\nlink = \"https://x.example/\"\n"},
		{name: "review", file: "\n[review]\nprivate = true\non = 2026-11-01\nclient_says = \"xyzzy\"\n"},
		{name: "promises", file: "", promises: true},
		{name: "person", file: "\n[people.xyzzy]\nprivate = true\nname = \"xyzzy\"\nside = \"provider\"\n" + promised("menu", "maria", "xyzzy") + `
[[risk]]
title = "It may rain"
owner = "xyzzy"
raised_by = "xyzzy"
[[question]]
asked = 2026-11-01
by = "maria"
to = "xyzzy"
text = "Which?"
[[decision]]
on = 2026-11-01
text = "No rain"
by = "xyzzy"
[[assumption]]
on = 2026-11-01
text = "No rain"
confirmed = 2026-11-02
confirmed_by = "xyzzy"
[[change]]
on = 2026-11-01
by = "xyzzy"
text = "No rain"
[[check_in]]
on = 2026-11-01
with = ["xyzzy", "maria"]
recap = "Said"
` + performedByDev(`{ on = 2026-11-05, by = "xyzzy", did = "progress", note = "I see xyzzy" }`)},
		{name: "person of the client's", file: "\n[people.xyzzy]\nprivate = true\nname = \"xyzzy\"\nside = \"client\"\n" + promised("menu", "xyzzy", "dev") + `
[[message]]
received = 2026-11-01
by = "xyzzy"
about = "xyzzy"
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			beginning := head
			if tt.promises {
				beginning = strings.Replace(head, "[promises]", "[promises]\nprivate = true\ncheck_in_why = \"xyzzy\"", 1)
			}
			for _, private := range []bool{true, false} {
				file := beginning + tt.file
				if !private {
					file = strings.NewReplacer("private = true, ", "", "private = true", "").Replace(file)
				}
				v, err := portal.New(read(t, file), options(noon(t, "2026-11-20")))
				if err != nil {
					t.Fatal(err)
				}
				found := traces(v)
				if private && len(found) > 0 {
					t.Errorf("it shows %q", found)
				}
				if !private && len(found) == 0 {
					t.Error("the public form does not show it either: the test looks in the wrong place")
				}
			}
		})
	}
}

// What is private has no weight either: not in colours, dates, counts or limits.
func TestNothingPrivateCounts(t *testing.T) {
	late := strings.Replace(performedByDev(), "[[commitment]]", "[[commitment]]\nprivate = true", 1)
	h := home(on(t, "2026-12-24", late+status("2026-11-09", "green", "")+status("2026-11-10", "red", "private = true")))
	if h.Standing.Colour != portal.Green || h.Lead != nil || h.Timeline != nil || len(h.Notes) != 1 || h.Note.Older != "" {
		t.Errorf("it counts: %+v", h)
	}
	beginning := strings.Replace(head, "[promises]", "[promises]\nprivate = true", 1)
	v, err := portal.New(read(t, beginning+performedByDev(newDate)), options(noon(t, "2026-11-20")))
	if err != nil {
		t.Fatal(err)
	}
	if by := home(v).Yours[0].By; !by.IsZero() {
		t.Errorf("a private promise gives a date, %s", by)
	}
}

func TestPrivatePeopleOfTheProvider(t *testing.T) {
	c := read(t, head+performedByDev())
	c.People["xyzzy"] = client.Person{Item: client.Item{Private: true}, ID: "xyzzy", Name: "xyzzy", Side: client.ProviderSide}
	c.Terms = append(c.Terms, client.Term{Item: client.Item{Private: true}, Word: "xyzzy", Means: "xyzzy"})
	v, err := portal.New(c, options(noon(t, "2026-11-20")))
	if err != nil {
		t.Fatal(err)
	}
	if found := traces(v); len(found) > 0 {
		t.Errorf("it shows %q", found)
	}
}

// The client that was given is the provider's, with all that is private in it.
func TestTheClientIsNotChanged(t *testing.T) {
	file := head + "\n[people.xyzzy]\nprivate = true\nname = \"xyzzy\"\nside = \"provider\"\n" +
		performedByDev(`{ on = 2026-11-05, by = "xyzzy", did = "progress", note = "xyzzy" }`) +
		interim("A sketch", "2026-11-18", `{ on = 2026-11-05, by = "dev", did = "progress", private = true, note = "xyzzy" }`) +
		"\n[[check_in]]\non = 2026-11-01\nwith = [\"xyzzy\", \"maria\"]\n" +
		"\n[[risk]]\ntitle = \"It may rain\"\nowner = \"xyzzy\"\nlog = [{ on = 2026-11-01, private = true, note = \"xyzzy\" }]\n"
	c, same := read(t, file), read(t, file)
	if _, err := portal.New(c, options(noon(t, "2026-11-20"))); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(c, same) {
		t.Error("deriving the view has changed the client")
	}
}

func TestAPrivateMoveThatTheRestNeeds(t *testing.T) {
	agree := `{ on = 2026-11-11, by = "maria", did = "agree" }`
	for _, tt := range []struct{ name, file, line, message string }{
		{
			"a proposal", performedByDev(strings.Replace(newDate, "{", "{ private = true,", 1), agree),
			agree, "without the private moves before it this one cannot be told",
		},
		{
			"by a private person", "\n[people.ghost]\nprivate = true\nname = \"Ghost\"\nside = \"provider\"\n" +
				performedByDev(strings.Replace(newDate, `"dev"`, `"ghost"`, 1), agree),
			agree, "without the private moves before it",
		},
		{
			"of a deliverable", performedByDev() + interim("A sketch", "2026-11-18",
				"\n{ on = 2026-11-05, by = \"dev\", did = \"deliver\", private = true }", "\n{ on = 2026-11-06, by = \"maria\", did = \"accept\" }"),
			`{ on = 2026-11-06, by = "maria", did = "accept" }`, "without the private moves before it",
		},
		{
			"the promise that a deliverable begins with",
			strings.Replace(performedByDev(), `did = "promise" }`, `did = "promise", private = true }`, 1) +
				interim("A sketch", "2026-11-18", "\n{ on = 2026-11-05, by = \"dev\", did = \"deliver\" }"),
			`{ on = 2026-11-05, by = "dev", did = "deliver" }`, "without the private moves before it",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := head + tt.file
			_, err := portal.New(read(t, file), options(noon(t, "2026-11-20")))
			p, ok := errors.AsType[diag.Problem](err)
			if !ok {
				t.Fatalf("got %v", err)
			}
			lines := strings.Split(file, "\n")
			want := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, tt.line) }) + 1
			if p.Rule != "private-move" || p.Severity != diag.Error || p.File != "acme.toml" || p.Line != want {
				t.Errorf("got %s at %v, want line %d", p.Rule, p.Pos, want)
			}
			if !strings.Contains(p.Message, tt.message) || p.Hint == "" {
				t.Errorf("it says %q, %q", p.Message, p.Hint)
			}
		})
	}
}
