package inbox

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestRoundTrip(t *testing.T) {
	c, _ := open(t)
	ctx := t.Context()
	var want [][]byte
	for i := range 3 {
		want = append(want, sealedReply(t, strings.Repeat("x", i*600)))
		for range 2 { // the same bytes twice are stored once
			if err := c.Post(ctx, want[i]); err != nil {
				t.Fatal(err)
			}
		}
	}
	got, err := fetch(t, c)
	if err != nil || len(got) != len(want) {
		t.Fatalf("fetched %d, %v", len(got), err)
	}
	for _, w := range got {
		if age := time.Since(w.At); age < 0 || age > time.Minute {
			t.Errorf("%s came %s ago", w.Name, age)
		}
		for range 2 {
			if err := c.Delete(ctx, w.Name); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got, err = fetch(t, c); err != nil || len(got) != 0 {
		t.Errorf("after deleting: %d, %v", len(got), err)
	}
}

func TestLine(t *testing.T) {
	tokens := TokensOf(master.InboxTokens())
	got, err := ParseTokens(" " + tokens.String() + "\n")
	if err != nil || got != tokens {
		t.Errorf("read %v, %v", got, err)
	}
	for _, wrong := range []string{"", "1", "2" + tokens.String()[1:], tokens.String() + "A", "1.x.y"} {
		if _, err := ParseTokens(wrong); !errors.Is(err, ErrLine) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if strings.Contains(tokens.String(), master.InboxTokens().Post) ||
		strings.Contains(tokens.String(), master.InboxTokens().Fetch) {
		t.Error("the line holds a token itself")
	}
}
