package week_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"portalgen/internal/today"
	"portalgen/internal/week"
)

// list returns a list of items, each "client what", of which those with a ! can be settled.
func list(items ...string) today.List {
	var l today.List
	for _, s := range items {
		id, what, _ := strings.Cut(s, " ")
		i := today.Item{Client: id, What: what}
		if strings.HasSuffix(what, "!") {
			i.Ways = [][]string{{"update", "question", id, what}}
		}
		l.Items = append(l.Items, i)
	}
	return l
}

// at returns where a round is: the client, and the item at hand.
func at(r *week.Round) string {
	if r.Over() {
		return "over"
	}
	i, _ := r.Item()
	return strings.TrimSpace(r.Client() + " " + i.What)
}

func TestRound(t *testing.T) {
	all := list("acme a!", "birch a!", "acme b", "acme c!", "cedar a")
	for _, tt := range []struct {
		name, steps, want string // a step is leave, next, back, or settle the item at hand
	}{
		{"begins", "", "acme a!"},
		{"leaves", "l", "acme c!"},
		{"then all of a client", "ll", "acme"},
		{"then the next", "lll", "birch a!"},
		{"nothing to settle", "lllll", "cedar"},
		{"over", "llllll", "over"},
		{"back", "lb", "acme a!"},
		{"back at the first", "b", "acme a!"},
		{"back to the client before", "nb", "acme a!"},
		{"back into what was left", "llnb", "acme"},
		{"twice", "llnbb", "acme c!"},
		{"settled", "s", "acme c!"},
		{"settled, and back", "lsb", "acme a!"},
		{"back over what was settled", "lbs", "acme c!"},
		{"next", "nn", "cedar"},
		{"back from the end", "nnnb", "cedar"},
	} {
		r, now := week.New(all, nil), all
		for _, step := range tt.steps {
			switch step {
			case 'l':
				r.Leave()
			case 'n':
				r.Next()
			case 'b':
				r.Back()
			case 's':
				now.Items = slices.DeleteFunc(slices.Clone(now.Items), func(i today.Item) bool { return r.Client()+" "+i.What == at(r) && i.Client == r.Client() })
			}
			r.Show(now)
		}
		if got := at(r); got != tt.want {
			t.Errorf("%s: at %q, want %q", tt.name, got, tt.want)
		}
	}
	r := week.New(all, []string{"acme", "gone"})
	if n, of := r.Place(); at(r) != "birch a!" || n != 2 || of != 3 || !slices.Equal(r.Passed(), []string{"acme"}) {
		t.Errorf("begun again at %q, %d of %d, behind %v", at(r), n, of, r.Passed())
	}
	if r.Back(); r.Client() != "acme" {
		t.Errorf("back leads to %s", r.Client())
	}
	if r := week.New(list(), nil); !r.Over() {
		t.Error("a round over nobody is not over")
	}
}

// Whatever somebody does, leaving the rest comes to an end, with each client seen once.
func TestRoundEnds(t *testing.T) {
	all := list("a 1!", "a 2!", "b 1", "c 1!", "c 2!", "c 3")
	rapid.Check(t, func(t *rapid.T) {
		r := week.New(all, nil)
		for _, step := range rapid.SliceOfN(rapid.IntRange(0, 2), 0, 20).Draw(t, "steps") {
			if r.Over() {
				break
			}
			[]func(){r.Leave, r.Next, func() { r.Back() }}[step]()
			r.Show(all)
		}
		seen := map[string]bool{}
		for range 20 {
			if r.Over() {
				return
			}
			if before := r.Client(); true {
				r.Leave()
				r.Show(all)
				if !r.Over() && r.Client() != before && seen[r.Client()] {
					t.Fatalf("%s comes twice", r.Client())
				}
				seen[before] = true
			}
		}
		t.Fatal("it has no end")
	})
}
