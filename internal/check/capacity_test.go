package check_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/check"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
)

// owes returns what the provider owes the client called id.
func owes(t *testing.T, id, file string, p *client.Provider) []check.Owed {
	t.Helper()
	c, ps := clientfile.Client(id, clientfile.Source{Name: id + ".toml", Text: []byte(file)}, clientfile.Options{Provider: p})
	if err := ps.Err(); err != nil {
		t.Fatal(err)
	}
	found, err := check.Client(c, check.Options{Provider: p, Now: la(t, "2026-11-18T12:00")}) // a Wednesday
	if err != nil {
		t.Fatal(err)
	}
	return found.Owed
}

// due is a commitment by dev, promised on a day of November for a date.
func due(title, promised, date string) string {
	return "\n[[commitment]]\ntitle = \"" + title + "\"\ncustomer = \"maria\"\nperformer = \"dev\"\nmoves = [\n" +
		"{ on = 2026-11-01, by = \"maria\", did = \"request\", due = " + date + " },\n{ on = " + promised + ", by = \"dev\", did = \"promise\" },\n]\n"
}

func TestOwed(t *testing.T) {
	file := head + due("Overdue", "2026-11-02", "2026-11-10") + due("This week", "2026-11-02", "2026-11-22") + due("Next week", "2026-11-02", "2026-11-23") +
		strings.Replace(due("Delivered", "2026-11-02", "2026-11-23"), "\n]\n", "\n{ on = 2026-11-05, by = \"dev\", did = \"deliver\" }]\n", 1) +
		strings.Replace(due("Moved", "2026-11-02", "2026-11-23"), "\n]\n", "\n{ on = 2026-11-05, by = \"dev\", did = \"renegotiate\", due = 2026-12-04, note = \"Ill\" }]\n", 1) +
		strings.ReplaceAll(strings.Replace(due("Theirs", "2026-11-02", "2026-11-23"), `customer = "maria"
performer = "dev"`, `customer = "dev"
performer = "maria"`, 1), `by = "maria", did = "request"`, `by = "dev", did = "request"`)
	file = strings.Replace(file, "{ on = 2026-11-02, by = \"dev\", did = \"promise\" },\n]\n"+"", "{ on = 2026-11-02, by = \"dev\", did = \"promise\" },\n]\n", 1)
	theirs := strings.LastIndex(file, `by = "dev", did = "promise"`)
	file = file[:theirs] + `by = "maria", did = "promise"` + file[theirs+len(`by = "dev", did = "promise"`):]
	file += "[[commitment.deliverable]]\ntitle = \"Not ours\"\ndue = 2026-11-20\n"
	weeks := map[string]string{}
	for _, o := range owes(t, "acme", file, provider(nil)) {
		weeks[o.Title] = o.Week.String()
		if o.Person != "acme/dev" || o.Name != "Dev Patel" || o.Client != "Acme Dental" || o.Since.String() != "2026-11-02" || o.Pos.File != "acme.toml" {
			t.Errorf("%+v", o)
		}
	}
	want := map[string]string{"Overdue": "2026-11-16", "This week": "2026-11-16", "Next week": "2026-11-23", "Moved": "2026-11-30"}
	if diff := cmp.Diff(want, weeks); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCapacity(t *testing.T) {
	p := provider(nil)
	p.People = client.People{"dev": {ID: "dev", Name: "Dev Patel", Side: "provider"}}
	shared := strings.Replace(head, "dev   = { name = \"Dev Patel\",  side = \"provider\" }\n", "", 1)
	all := owes(t, "acme", shared+due("A", "2026-11-02", "2026-11-19")+due("B", "2026-11-03", "2026-11-20"), p)
	all = append(all, owes(t, "zinc", shared+due("C", "2026-11-12", "2026-11-18")+due("D", "2026-11-02", "2026-12-18"), p)...)
	all = append(all, owes(t, "alone", strings.ReplaceAll(head, "dev ", "ann ")+strings.ReplaceAll(due("E", "2026-11-02", "2026-11-20"), `"dev"`, `"ann"`), p)...)
	for most, want := range map[int64]string{
		2: `zinc.toml:10:1: Dev Patel owes 3 things in the week of 2026-11-16: "C" for Acme Dental, "A" for Acme Dental, "B" for Acme Dental`,
		3: "",
	} {
		got := check.Capacity(all, map[string]client.Check{"capacity": {Limits: map[string]int64{"per_week": most}}}).Error()
		if got != want {
			t.Errorf("at most %d: got %q, want %q", most, got, want)
		}
	}
	if ps := check.Capacity(all, map[string]client.Check{"capacity": {Severity: "off", Limits: map[string]int64{"per_week": 0}}}); ps != nil {
		t.Errorf("off, and yet %v", ps)
	}
}

// What is owed beyond a few is counted.
func TestCapacityIsShort(t *testing.T) {
	var all []check.Owed
	for i := range 9 {
		all = append(all, check.Owed{Person: "dev", Name: "Dev", Client: "Acme", Title: "A", Due: civil.On(civil.Date{Year: 2026, Month: 11, Day: 10 + i})})
	}
	if got := check.Capacity(all, nil).Error(); !strings.HasSuffix(got, `"A" for Acme, "A" for Acme, and 5 more`) {
		t.Error(got)
	}
}

// One week is one across zones: that of the provider, though it is still Sunday where
// the client is.
func TestTheWeekIsTheProviders(t *testing.T) {
	file := head + due("Overdue", "2026-11-02", "2026-11-10") + due("Today", "2026-11-02", "2026-11-22") + due("Tomorrow", "2026-11-02", "2026-11-23")
	c, ps := clientfile.Client("acme", clientfile.Source{Name: "acme.toml", Text: []byte(file)}, clientfile.Options{Provider: provider(nil)})
	if err := ps.Err(); err != nil {
		t.Fatal(err)
	}
	for now, want := range map[string][]string{
		"2026-11-22T15:59": {"2026-11-16", "2026-11-16", "2026-11-23"},
		"2026-11-22T16:00": {"2026-11-23", "2026-11-23", "2026-11-23"},
	} {
		found, err := check.Client(c, check.Options{Provider: provider(nil), Now: la(t, now)})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, o := range found.Owed {
			got = append(got, o.Week.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("at %s (-want +got):\n%s", now, diff)
		}
	}
}

// Of promises given on one day the one that is due last is blamed, not one that is late
// already.
func TestCapacityBlamesWhatCanBeMoved(t *testing.T) {
	p := provider(nil)
	all := owes(t, "acme", head+due("A", "2026-11-02", "2026-11-10")+due("B", "2026-11-02", "2026-11-20")+due("C", "2026-11-02", "2026-11-19"), p)
	ps := check.Capacity(all, map[string]client.Check{"capacity": {Limits: map[string]int64{"per_week": 1}}})
	if len(ps) != 1 || ps[0].Pos != all[1].Pos {
		t.Errorf("%v, want one at %v", ps, all[1].Pos)
	}
}
