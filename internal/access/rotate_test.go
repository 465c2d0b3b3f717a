package access

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/seal"
)

// keyed makes a site with a key, a client with an access file, and one without.
func keyed(t *testing.T) (dir string, m seal.Master) {
	t.Helper()
	dir = t.TempDir()
	return dir, keyedIn(t, dir)
}

func keyedIn(t *testing.T, dir string) seal.Master {
	t.Helper()
	m, err := CreateMaster(dir)
	if err != nil {
		t.Fatal(err)
	}
	err = Update(dir, "one", m, func(c *Client) error {
		for _, p := range crowd().people {
			p.root.sealed = nil
			c.people = append(c.people, p)
		}
		for _, kind := range []string{PortalLink, PageLink} {
			if _, err := c.AddLink(Link{Kind: kind, Created: today}); err != nil {
				return err
			}
		}
		return c.RemovePerson("cy")
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var both = []string{"one", "two"}

func bothOf() ([]string, error) { return both, nil }

// identity is all of the clients that must outlive a change of the key.
func identity(t *testing.T, dir string, m seal.Master) string {
	t.Helper()
	var all strings.Builder
	for _, id := range both {
		c, err := Load(dir, id, m)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&all, "%s %x %x %s", c.Portal(""), c.epoch, c.salt, c.PageToken("status", "x"))
		for _, p := range c.people {
			fmt.Fprintf(&all, " %s %s %s", p.ID, p.Person, p.ended)
			if p.ended == "" {
				// A key is never printed: what is told is whether it is the one of before.
				fmt.Fprintf(&all, " %t", crowdRoot(p.Person).Equal(p.root.key))
			}
		}
		for _, l := range c.Links() {
			fmt.Fprintf(&all, " %s %s", l.ID, l.Fragment())
		}
	}
	return all.String()
}

func crowdRoot(person string) seal.Root {
	for _, p := range crowd().people {
		if p.Person == person {
			return p.root.key
		}
	}
	panic(person)
}

func TestKeyChange(t *testing.T) {
	dir, m := keyed(t)
	was := identity(t, dir, m)
	if done, err := (KeyChange{SiteDir: dir, Master: m, Clients: bothOf}).Run(); done || err != nil {
		t.Fatal(done, err)
	}
	now, err := LoadMaster(dir, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if now.Equal(m) || identity(t, dir, now) != was {
		t.Error("the key is the same, or a client is not")
	}
	var wrong *WrongKeyError
	for _, id := range both {
		if _, err := Load(dir, id, m); !errors.As(err, &wrong) {
			t.Errorf("%s with the old key: %v", id, err)
		}
	}
	old, err := readKey(filepath.Join(dir, keyDir, oldKey))
	if err != nil || !old.Equal(m) {
		t.Errorf("the old key is not kept: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, keyDir, "key-change*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if _, err := (KeyChange{SiteDir: dir, Master: now, Clients: bothOf}).Run(); !errors.Is(err, ErrOldKey) {
		t.Errorf("once more with the old key there: %v", err)
	}
}

// A folder's name means nothing but itself.
func TestKeyChangeInAFolderOfAnOddName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a[b]*")
	m := keyedIn(t, dir)
	was := identity(t, dir, m)
	if ids, err := Sealed(dir); err != nil || strings.Join(ids, " ") != "one" {
		t.Errorf("sealed: %v, %v", ids, err)
	}
	if _, err := (KeyChange{SiteDir: dir, Master: m, Clients: bothOf}).Run(); err != nil {
		t.Fatal(err)
	}
	if now, err := LoadMaster(dir, "", ""); err != nil || identity(t, dir, now) != was {
		t.Errorf("not everything is under the new key: %v", err)
	}
}

var errKilled = errors.New("killed")

// Wherever a change is cut off, the site is as before, or says that the change is to
// be completed; and running it again ends in a whole new key.
func TestKeyChangeCutOffAnywhere(t *testing.T) {
	t.Parallel()
	var steps []string
	dir, m := keyed(t)
	note := func(step string) error { steps = append(steps, step); return nil }
	if _, err := (KeyChange{SiteDir: dir, Master: m, Clients: bothOf, fail: note}).Run(); err != nil {
		t.Fatal(err)
	}
	if len(steps) < 8 {
		t.Fatalf("only the steps %q", steps)
	}
	for _, at := range steps {
		t.Run(at, func(t *testing.T) {
			dir, m := keyed(t)
			was := identity(t, dir, m)
			cut := func(step string) error {
				if step == at {
					return errKilled
				}
				return nil
			}
			if _, err := (KeyChange{SiteDir: dir, Master: m, Clients: bothOf, fail: cut}).Run(); !errors.Is(err, errKilled) {
				t.Fatalf("it ends with %v", err)
			}
			between, err := LoadMaster(dir, "", "")
			begun := errors.Is(err, ErrChanging)
			if !begun && (err != nil || identity(t, dir, between) != was) {
				t.Fatalf("neither whole nor to be completed: %v", err)
			}
			next := KeyChange{SiteDir: dir, Master: between, Clients: bothOf}
			if at == "tidy" { // the key has changed
				if between.Equal(m) {
					t.Error("the old key is still in use")
				}
				return
			}
			if completed, err := next.Run(); err != nil || completed != begun {
				t.Fatalf("the next attempt: %t, %v", completed, err)
			}
			now, err := LoadMaster(dir, "", "")
			if err != nil || now.Equal(m) || identity(t, dir, now) != was {
				t.Errorf("after the next attempt: %v", err)
			}
		})
	}
}

// What someone else did to an access file in the middle is not written over.
func TestKeyChangeLeavesWhatOthersWrote(t *testing.T) {
	dir, m := keyed(t)
	before, err := os.ReadFile(filePath(dir, "one"))
	if err != nil {
		t.Fatal(err)
	}
	cut := func(step string) error {
		if step == "swap one" {
			return errKilled
		}
		return nil
	}
	if _, err := (KeyChange{SiteDir: dir, Master: m, Clients: bothOf, fail: cut}).Run(); !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	theirs := append(bytes.Clone(before), "# theirs\n"...)
	if err := os.WriteFile(filePath(dir, "one"), theirs, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := (KeyChange{SiteDir: dir}).Run(); err == nil || !strings.Contains(err.Error(), "data/access/one.toml was changed while the master key was: put .portalgen/key-change/one.after") {
		t.Fatalf("got %v", err)
	}
	if text, err := os.ReadFile(filePath(dir, "one")); err != nil || !bytes.Equal(text, theirs) {
		t.Error("it was written over")
	}
	if err := os.WriteFile(filePath(dir, "one"), before, 0o600); err != nil {
		t.Fatal(err)
	}
	if completed, err := (KeyChange{SiteDir: dir}).Run(); !completed || err != nil {
		t.Errorf("once it is back: %t, %v", completed, err)
	}
}

// cutOff makes a site in which a change of the key was cut off before its first file was replaced.
func cutOff(t *testing.T) (dir, was string) {
	t.Helper()
	dir, m := keyed(t)
	was = identity(t, dir, m)
	cut := func(step string) error {
		if step == "swap one" {
			return errKilled
		}
		return nil
	}
	if _, err := (KeyChange{SiteDir: dir, Master: m, Clients: bothOf, fail: cut}).Run(); !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	return dir, was
}

// What a change needs is in its own folder: it is completed where the old key, or a copy of an old
// file, is lost meanwhile.
func TestKeyChangeIsCompletedWithoutTheOldKey(t *testing.T) {
	dir, was := cutOff(t)
	check(t, os.Remove(filepath.Join(dir, keyDir, keyFile)))
	after, err := os.ReadFile(filepath.Join(dir, keyDir, changing, "one.after"))
	check(t, err)
	check(t, os.WriteFile(filePath(dir, "one"), after, 0o600))
	check(t, os.Remove(filepath.Join(dir, keyDir, changing, "one.before")))
	if _, err := ReplaceLostKey(dir, both); !errors.Is(err, ErrChanging) {
		t.Errorf("a key that is not lost is given up: %v", err)
	}
	if completed, err := (KeyChange{SiteDir: dir}).Run(); !completed || err != nil {
		t.Fatalf("completed %t, %v", completed, err)
	}
	if now, err := LoadMaster(dir, "", ""); err != nil || identity(t, dir, now) != was {
		t.Errorf("not everything is under the new key: %v", err)
	}
}

// A damaged new key is never put in the place of the old one, and does not keep anybody from
// beginning anew.
func TestKeyChangeWithADamagedKey(t *testing.T) {
	dir, _ := cutOff(t)
	old, err := os.ReadFile(filepath.Join(dir, keyDir, keyFile))
	check(t, err)
	check(t, os.WriteFile(filepath.Join(dir, keyDir, changing, keyFile), nil, 0o600))
	_, loadErr := LoadMaster(dir, "", "")
	_, runErr := (KeyChange{SiteDir: dir}).Run()
	for _, err := range []error{loadErr, runErr} {
		if damaged, ok := errors.AsType[*DamagedKeyError](err); !ok || !strings.HasSuffix(damaged.Where, "/key-change/key") {
			t.Errorf("got %v", err)
		}
	}
	if now, err := os.ReadFile(filepath.Join(dir, keyDir, keyFile)); err != nil || !bytes.Equal(now, old) {
		t.Errorf("the old key is not there any more: %v", err)
	}
	aside, err := ReplaceLostKey(dir, []string{"one"})
	check(t, err)
	if got := strings.Join(names(t, filepath.Join(dir, aside)), " "); got != "key key-change one.toml" {
		t.Errorf("set aside: %s", got)
	}
	if _, err := LoadMaster(dir, "", ""); err != nil {
		t.Error(err)
	}
}

// What was prepared is read back before it becomes what there is: nothing is sealed under
// a key that nobody has.
func TestKeyChangeReadsBack(t *testing.T) {
	for name, write := range map[string]struct {
		file string
		text func() []byte
	}{
		"an access file under another key": {"one.after", func() []byte { return Default(other, "one").text(other) }},
		"an access file cut short":         {"two.after", func() []byte { return []byte("version = 1\n") }},
		"another key":                      {keyFile, func() []byte { return []byte(seal.NewMaster().Reveal() + "\n") }},
		"a key cut short":                  {keyFile, func() []byte { return nil }},
	} {
		t.Run(name, func(t *testing.T) {
			dir, m := keyed(t)
			was := identity(t, dir, m)
			spoil := func(step string) error {
				if step != "check" {
					return nil
				}
				return os.WriteFile(filepath.Join(dir, keyDir, preparing, write.file), write.text(), 0o600)
			}
			if _, err := (KeyChange{SiteDir: dir, Master: m, Clients: bothOf, fail: spoil}).Run(); err == nil {
				t.Error("it is not noticed")
			}
			if now, err := LoadMaster(dir, "", ""); err != nil || !now.Equal(m) || identity(t, dir, m) != was {
				t.Errorf("the site is not as before: %v", err)
			}
			if left, err := filepath.Glob(filepath.Join(dir, keyDir, "key*")); err != nil || len(left) != 1 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

func TestKeyChangeWithAnotherKey(t *testing.T) {
	dir, m := keyed(t)
	was := identity(t, dir, m)
	if _, err := (KeyChange{SiteDir: dir, Master: other, Clients: bothOf}).Run(); !errors.Is(err, errKeyChanged) {
		t.Errorf("a key that is not the site's: %v", err)
	}
	if _, err := (KeyChange{SiteDir: dir}).Run(); !errors.Is(err, errKeyChanged) {
		t.Errorf("nothing to complete: %v", err)
	}
	if err := os.WriteFile(filePath(dir, "two"), Default(other, "two").text(other), 0o600); err != nil {
		t.Fatal(err)
	}
	var wrong *WrongKeyError
	if _, err := (KeyChange{SiteDir: dir, Master: m, Clients: bothOf}).Run(); !errors.As(err, &wrong) {
		t.Errorf("a file under another key: %v", err)
	}
	if err := os.Remove(filePath(dir, "two")); err != nil {
		t.Fatal(err)
	}
	if identity(t, dir, m) != was || changeBegun(dir) {
		t.Error("something has changed")
	}
	if ids, err := Sealed(dir); err != nil || strings.Join(ids, " ") != "one" {
		t.Errorf("sealed: %v, %v", ids, err)
	}
}
