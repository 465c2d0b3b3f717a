package access

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"portalgen/internal/seal"
)

func TestFirstWriteMovesNoAddress(t *testing.T) {
	dir := site(t, nil)
	before, err := Load(dir, clientID, master)
	if err != nil {
		t.Fatal(err)
	}
	token := sealer(t, before, master, today).EpochToken()
	if err := Update(dir, clientID, master, func(*Client) error { return nil }); err != nil {
		t.Fatal(err)
	}
	after, err := Load(dir, clientID, master)
	if err != nil {
		t.Fatal(err)
	}
	if after.Portal("") != before.Portal("") || after.PageToken("risk", "x") != before.PageToken("risk", "x") ||
		!bytes.Equal(after.salt, before.salt) || !bytes.Equal(sealer(t, after, master, today).EpochToken(), token) {
		t.Error("addresses, salt or epoch are others after the first write")
	}
	if after.Portal("acme") != "acme" || len(after.Portal("")) != 26 || len(after.PageToken("risk", "x")) != 16 {
		t.Errorf("addresses are %q, %q", after.Portal(""), after.PageToken("risk", "x"))
	}
}

func TestUpdateKeepsWhatDidNotChange(t *testing.T) {
	t.Parallel()
	dir := site(t, withMaria())
	err := Update(dir, clientID, master, func(c *Client) error {
		_, err := c.AddLink(Link{Kind: PageLink, Page: "abc", Created: today, Expires: today.AddDate(0, 1, 0), Note: "for \"Theo\"\n\x7f"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filePath(dir, clientID))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(text, withMaria()) || bytes.Contains(text, []byte(passphrase)) {
		t.Errorf("the old part changed:\n%s", text)
	}
	links := opened(t, text).Links()
	if len(links) != 1 || links[0].Note != "for \"Theo\"\n\x7f" || links[0].Page != "abc" ||
		!links[0].Expires.Equal(today.AddDate(0, 1, 0)) || links[0].Created.Format(time.DateOnly) != "2026-11-20" {
		t.Errorf("the link reads back as %+v", links)
	}
}

func TestUpdateFails(t *testing.T) {
	stop := errors.New("stop")
	tests := []struct {
		name   string
		key    seal.Master
		change func(dir string) func(*Client) error
		want   string
	}{
		{"change fails", master, func(string) func(*Client) error { return func(*Client) error { return stop } }, "stop"},
		{"another key", other, func(string) func(*Client) error { return func(*Client) error { return nil } }, "this key does not open data/access/acme-dental.toml"},
		{"changed meanwhile", master, func(dir string) func(*Client) error {
			return func(*Client) error { return os.WriteFile(filePath(dir, clientID), nil, 0o644) }
		}, "at the same time"},
		{"would not read back", master, func(string) func(*Client) error {
			return func(c *Client) error { c.epoch = nil; return nil }
		}, "was not written"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := site(t, withMaria())
			err := Update(dir, clientID, tt.key, tt.change(dir))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("got %v, want %q", err, tt.want)
			}
			text, _ := os.ReadFile(filePath(dir, clientID))
			if tt.name != "changed meanwhile" && !bytes.Equal(text, withMaria()) {
				t.Error("the file changed")
			}
		})
	}
}

func TestUpdatesAtOnceAreAllKept(t *testing.T) {
	dir := site(t, nil)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			err := Update(dir, clientID, master, func(c *Client) error {
				_, err := c.AddLink(Link{Kind: PortalLink, Created: today})
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if c, err := Load(dir, clientID, master); err != nil || len(c.Links()) != 8 {
		t.Errorf("%d links are left, %v", len(c.Links()), err)
	}
}

// A new epoch is written beside the path key that it belongs to.
func TestRotatedFileOpens(t *testing.T) {
	t.Parallel()
	c := opened(t, withMaria())
	before := c.Portal("")
	c.Rotate()
	if after := opened(t, c.text(master)); after.Portal("") != before || !bytes.Equal(after.epoch, c.epoch) {
		t.Error("the addresses or the epoch are others")
	}
}

// Marks are the client's own, and stay while access changes.
func TestMarks(t *testing.T) {
	t.Parallel()
	c := opened(t, withMaria())
	mark := c.StableKey("commitment/1")
	if len(mark) != 12 || strings.Trim(mark, "0123456789abcdef") != "" || mark == c.StableKey("commitment/2") {
		t.Errorf("the mark is %q", mark)
	}
	if other := Default(master, "other").StableKey("commitment/1"); other == mark {
		t.Error("another client has the same mark")
	}
	c.Rotate()
	if err := c.RemovePerson("maria"); err != nil {
		t.Fatal(err)
	}
	if after := opened(t, c.text(master)).StableKey("commitment/1"); after != mark {
		t.Errorf("the mark was %s and is %s", mark, after)
	}
}

func TestPeople(t *testing.T) {
	t.Parallel()
	c := opened(t, withMaria())
	if _, err := c.AddPerson("maria", "another", today); !errors.Is(err, errHasAccess) {
		t.Errorf("Maria again: %v", err)
	}
	if _, err := c.AddPerson("theo", "  CORRECT horse battery staple  again", today); !errors.Is(err, seal.ErrSameRoot) {
		t.Errorf("Theo with Maria's passphrase: %v", err)
	}
	for _, id := range []string{"", strings.Repeat("x", seal.MaxPerson+1), "\xff", "a b", "Maria", "-y", "a;b", "a\nb"} {
		if _, err := c.AddPerson(id, "x", today); err == nil {
			t.Errorf("%q was added", id)
		}
		text := strings.Replace(string(withMaria()), `"maria"`, fmt.Sprintf("%q", id), 1)
		if f, err := Parse(clientID, []byte(text)); err == nil {
			t.Errorf("a file with %q gives %q", id, f.People())
		}
	}
	generated, err := c.AddPerson("theo", "", today)
	if err != nil || len(strings.Fields(generated)) != seal.LeastWords {
		t.Fatalf("Theo: %q, %v", generated, err)
	}
	if got := strings.Join(c.People(), " "); got != "maria theo" {
		t.Errorf("people are %q", got)
	}
	s := sealer(t, c, master, today)
	block, err := seal.ParseSlots(s.Slots())
	if err != nil {
		t.Fatal(err)
	}
	root, err := seal.PersonRoot(generated, block.Salt())
	if err != nil {
		t.Fatal(err)
	}
	if _, who, err := block.OpenPerson(root, s.Portal()); err != nil || who != "theo" {
		t.Errorf("Theo's slot: %q, %v", who, err)
	}
	if err := c.RemovePerson("theo"); err != nil {
		t.Error(err)
	}
	if err := c.RemovePerson("theo"); !errors.Is(err, errNoAccess) {
		t.Errorf("removed twice: %v", err)
	}
}

func TestTextKeepsAnyNote(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := Default(master, clientID)
		note := rapid.String().Draw(rt, "note")
		if _, err := c.AddLink(Link{Kind: PortalLink, Note: note}); err != nil {
			rt.Fatal(err)
		}
		text := c.text(master)
		if got := opened(t, text).Links()[0].Note; got != note {
			rt.Fatalf("got %q", got)
		}
		if err := readsBack(clientID, master, text); err != nil {
			rt.Fatal(err)
		}
	})
}

// A link that has ended by the machine's own clock is not brought back by an earlier now.
func TestLiveByBothClocks(t *testing.T) {
	wall := wallClock
	t.Cleanup(func() { wallClock = wall })
	wallClock = func() time.Time { return today }
	for _, tt := range []struct {
		name    string
		expires time.Time
		now     time.Time
		live    bool
	}{
		{"no end", time.Time{}, today.AddDate(9, 0, 0), true},
		{"later than both", today.Add(time.Hour), today, true},
		{"ended by now alone", today.Add(time.Hour), today.Add(time.Hour), false},
		{"ended by the machine's clock alone", today, today.AddDate(0, -1, 0), false},
		{"a build for an earlier day", today.Add(time.Hour), today.AddDate(0, -1, 0), true},
	} {
		if got := (Link{Expires: tt.expires}).Live(tt.now); got != tt.live {
			t.Errorf("%s: live is %v", tt.name, got)
		}
	}
}
