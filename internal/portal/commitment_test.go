package portal_test

import (
	"strings"
	"testing"

	"portalgen/internal/portal"
)

func TestShort(t *testing.T) {
	for _, tt := range []struct{ name, called, want string }{
		{"Nadia Ruiz", "", "Nadia"},
		{"Nadia", "", "Nadia"},
		{"Dr. Nadia Ruiz", "", "Nadia"},
		{"Dr Nadia Ruiz", "", "Nadia"},
		{"Prof. Dr.-Ing. Anna Weiss", "", "Anna"},
		{"Dipl.-Ing. Anna Weiss", "", "Anna"},
		{"Frau Prof. Dr. Anna Weiss", "", "Anna"},
		{"M. Jean Petit", "", "Jean"},
		{"M Jean Petit", "", "M"},
		{"Sra. Lívia Prates", "", "Lívia"},
		{"J. R. Hartley", "", "J. R. Hartley"},
		{"Frau Sato", "", "Frau Sato"},
		{"Dr. Rao", "", "Dr. Rao"},
		{"Keiko Sato", "Frau Sato", "Frau Sato"},
		{"عبد الرحمن الفاسي", "", "عبد الرحمن الفاسي"},
		{"ليلى الفاسي", "", "ليلى"},
		{"د. ليلى الفاسي", "", "ليلى"},
		{"الدكتورة ليلى الفاسي", "", "ليلى"},
	} {
		person := "{ name = \"" + tt.name + "\", called = \"" + tt.called + "\", side = \"client\" }"
		file := strings.Replace(head, "[people]\n", "[people]\nmia = "+person+"\n", 1) + asked("mia", "dev", strings.ReplaceAll(mariaAsks, "maria", "mia"))
		v := derive(t, file, north(), noon(t, "2026-11-20"))
		if got := v.Pages[1].Commitment.Customer.Short(); got != tt.want {
			t.Errorf("%q is called %q, want %q", tt.name, got, tt.want)
		}
	}
}

// In German, where the reader is a "Sie", nobody is called by a first name alone.
func TestShortInGerman(t *testing.T) {
	for language, want := range map[string]string{"de": "Maria Ruiz", "de-AT": "Maria Ruiz", "en": "Maria", "fr": "Maria"} {
		file := "language = \"" + language + "\"\n" + strings.Replace(head, `"Dev Patel",`, `"Dev Patel", called = "Dev",`, 1)
		v := derive(t, file+asked("maria", "dev", mariaAsks), north(), noon(t, "2026-11-20"))
		c := v.Pages[1].Commitment
		if c.Customer.Short() != want || c.Performer.Short() != "Dev" {
			t.Errorf("%s: they are called %q and %q", language, c.Customer.Short(), c.Performer.Short())
		}
	}
}

// Two people whose own words for them are the same are told apart too, and one who is called
// as another's first name.
func TestCalledAlike(t *testing.T) {
	for called, want := range map[string]string{"Frau Sato": "Maria Ruiz", "Theo": "Maria Ruiz", "Frau Ruiz": "Frau Ruiz"} {
		file := strings.NewReplacer(`"Maria Ruiz",`, `"Maria Ruiz", called = "`+called+`",`,
			`[people]`, "[people]\nsato = { name = \"Keiko Sato\", called = \"Frau Sato\", side = \"client\" }").Replace(head)
		v := derive(t, file+asked("maria", "dev", mariaAsks), north(), noon(t, "2026-11-20"))
		if got := v.Pages[1].Commitment.Customer.Short(); got != want {
			t.Errorf("called %q: %q, want %q", called, got, want)
		}
	}
}

// Two people who would be called the same are told apart.
func TestNamesakes(t *testing.T) {
	file := strings.Replace(head, "Theo Lund", "Maria Lund", 1) + asked("maria", "dev", mariaAsks)
	v, err := portal.New(read(t, file), options(noon(t, "2026-11-20")))
	if err != nil {
		t.Fatal(err)
	}
	c := v.Pages[1].Commitment
	if c.Customer.Short() != "Maria Ruiz" || c.Performer.Short() != "Dev" {
		t.Errorf("they are called %q and %q", c.Customer.Short(), c.Performer.Short())
	}
}

// How a commitment stands decides what is said of its date.
func TestWhatACommitmentIs(t *testing.T) {
	offers := `{ on = 2026-11-02, by = "dev", did = "offer", due = 2026-11-20 }`
	agrees := `{ on = 2026-11-03, by = "maria", did = "agree" }`
	accepts := `{ on = 2026-11-19, by = "maria", did = "accept" }`
	for _, tt := range []struct {
		name, file, origin string
		awaited, open      bool
		verdict, turn      string
	}{
		{"asked for", asked("maria", "dev", mariaAsks), "request", false, true, "", "promise"},
		{"offered", asked("maria", "dev", offers), "offer", false, true, "", "agree"},
		{"promised", asked("maria", "dev", offers, agrees), "promise", true, true, "", "deliver"},
		{"a new date is proposed", asked("maria", "dev", offers, agrees, newDate), "promise", true, true, "", "decide"},
		{"delivered", asked("maria", "dev", offers, agrees, deliver), "promise", false, true, "", "accept"},
		{"sent back", asked("maria", "dev", offers, agrees, deliver, sentBack), "promise", true, true, "", "deliver"},
		{"kept", asked("maria", "dev", offers, agrees, deliver, accepts), "promise", false, false, "on-time", ""},
		{
			"kept, late", asked("maria", "dev", offers, agrees, strings.Replace(deliver, "2026-11-18", "2026-11-21", 1), strings.Replace(accepts, "2026-11-19", "2026-11-22", 1)),
			"promise", false, false, "late", "",
		},
		{"taken back", asked("maria", "dev", offers, agrees, `{ on = 2026-11-04, by = "dev", did = "revoke", note = "Ill" }`), "promise", false, false, "broken", ""},
		{"withdrawn", asked("maria", "dev", offers, `{ on = 2026-11-04, by = "maria", did = "withdraw" }`), "offer", false, false, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := on(t, "2026-11-25", tt.file).Pages[1].Commitment
			if c.Origin() != tt.origin || c.Awaited() != tt.awaited || c.Open() != tt.open || c.Verdict != tt.verdict || c.Turn.Kind != tt.turn {
				t.Errorf("it is of %s, awaited %v, open %v, %q, to %q", c.Origin(), c.Awaited(), c.Open(), c.Verdict, c.Turn.Kind)
			}
		})
	}
}

// What one waits on is told with how it stands, under its title.
func TestNeeds(t *testing.T) {
	file := theirs() + strings.Replace(performedByDev(), "moves =", "needs = [\"photos\"]\nmoves =", 1)
	needs := on(t, "2026-11-20", file).Pages[2].Commitment.Needs
	if len(needs) != 1 || needs[0].Title != "The photos" || needs[0].State != "promised" || needs[0].Href != "/P/commitment-photos/" {
		t.Errorf("it waits on %v", needs)
	}
}
