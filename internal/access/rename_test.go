package access

import (
	"errors"
	"os"
	"strings"
	"testing"

	"portalgen/internal/seal"
)

func noMove() error { return nil }

// told is all of a client that must outlive a rename.
func told(t *testing.T, dir, id string, m seal.Master) string {
	t.Helper()
	c, err := Load(dir, id, m)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString(c.Portal("") + c.PageToken("status", "x") + string(c.salt) + string(c.epoch) + strings.Join(c.People(), " "))
	for _, p := range c.Holders() {
		if !crowdRoot(p.Person).Equal(p.root.key) {
			t.Errorf("%s has another passphrase", p.Person)
		}
	}
	for _, l := range c.Links() {
		b.WriteString(l.Fragment())
	}
	return b.String()
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func TestRename(t *testing.T) {
	dir, m := keyed(t)
	was := told(t, dir, "one", m)
	// The last name is the first again.
	for _, step := range [][2]string{{"one", "uno"}, {"uno", "eins"}, {"eins", "one"}} {
		if err := Rename(dir, step[0], step[1], m, noMove); err != nil {
			t.Fatal(err)
		}
		if exists(filePath(dir, step[0])) {
			t.Errorf("the access file of %s is still there", step[0])
		}
		if now := told(t, dir, step[1], m); now != was {
			t.Errorf("as %s it is another portal: %q, was %q", step[1], now, was)
		}
		text, _ := os.ReadFile(filePath(dir, step[1]))
		if has, want := strings.Contains(string(text), `address_id = "one"`), step[1] != "one"; has != want {
			t.Errorf("%s:\n%s", step[1], text)
		}
	}
	// One that has no access file keeps the address that follows from its name.
	want := Default(m, "two").Portal("")
	if err := Rename(dir, "two", "due", m, noMove); err != nil {
		t.Fatal(err)
	}
	if c, err := Load(dir, "due", m); err != nil || c.Portal("") != want {
		t.Errorf("its address is another: %v", err)
	}
}

// What the address is made of is sealed with the rest.
func TestAddressOfAnotherIsRefused(t *testing.T) {
	dir, m := keyed(t)
	if err := Rename(dir, "one", "uno", m, noMove); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filePath(dir, "uno"))
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{`address_id = "two"`, ``} {
		changed := strings.Replace(string(text), `address_id = "one"`, other, 1)
		if err := os.WriteFile(filePath(dir, "uno"), []byte(changed), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(dir, "uno", m); err == nil || !strings.Contains(err.Error(), "changed by hand") {
			t.Errorf("with %q: %v", other, err)
		}
	}
}

// Where it was cut off, the same call completes it; so does one after renames by hand.
func TestRenameIsCompleted(t *testing.T) {
	cut := errors.New("cut off")
	for name, before := range map[string]func(t *testing.T, dir string, m seal.Master){
		"before anything was moved": func(t *testing.T, dir string, m seal.Master) {
			if err := Rename(dir, "one", "uno", m, func() error { return cut }); !errors.Is(err, cut) {
				t.Fatal(err)
			}
			one, _ := os.ReadFile(filePath(dir, "one"))
			uno, _ := os.ReadFile(filePath(dir, "uno"))
			a, err := Parse("one", one)
			b, err2 := Parse("uno", uno)
			if err != nil || err2 != nil || !a.SamePortal(b) || !b.SamePortal(a) {
				t.Errorf("nothing tells that both are of one portal: %v, %v", err, err2)
			}
		},
		"when all was done": func(t *testing.T, dir string, m seal.Master) {
			if err := Rename(dir, "one", "uno", m, noMove); err != nil {
				t.Fatal(err)
			}
		},
		"by hand": func(t *testing.T, dir string, _ seal.Master) {
			if err := os.Rename(filePath(dir, "one"), filePath(dir, "uno")); err != nil {
				t.Fatal(err)
			}
			_, err := Load(dir, "uno", seal.Master{})
			if err == nil || !strings.Contains(err.Error(), `of the client "one"`) {
				t.Errorf("it says %v", err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, m := keyed(t)
			was := told(t, dir, "one", m)
			before(t, dir, m)
			if err := Rename(dir, "one", "uno", m, noMove); err != nil {
				t.Fatal(err)
			}
			if exists(filePath(dir, "one")) || told(t, dir, "uno", m) != was {
				t.Error("it is not what it was")
			}
		})
	}
}

func TestRenameIsRefused(t *testing.T) {
	dir, m := keyed(t)
	if err := Update(dir, "two", m, func(*Client) error { return nil }); err != nil {
		t.Fatal(err)
	}
	was := told(t, dir, "one", m)
	for name, tt := range map[string]struct {
		from, to string
		m        seal.Master
		want     error
	}{
		"the other has access":                {"one", "two", m, ErrTaken},
		"there is none, and the other has":    {"three", "two", m, ErrTaken},
		"another key, when it was read first": {"one", "uno", seal.NewMaster(), errKeyChanged},
	} {
		err := Rename(dir, tt.from, tt.to, tt.m, func() error { t.Error("it moves"); return nil })
		if !errors.Is(err, tt.want) || exists(filePath(dir, "uno")) || told(t, dir, "one", m) != was {
			t.Errorf("%s: %v", name, err)
		}
	}
}
