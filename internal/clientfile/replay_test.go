package clientfile

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"portalgen/internal/client"
)

// What the reader keeps of the moves is what they come to, for the provider and, once
// what is private is left out, for the client.
func TestReplayOfMoves(t *testing.T) {
	t.Parallel()
	samples, err := filepath.Glob("../sample/data/clients/*.toml")
	if err != nil || len(samples) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	private := "client = \"A\"\ntimezone = \"UTC\"\n[people]\n" +
		"maria = { name = \"Maria\", side = \"client\" }\nben = { name = \"Ben\", side = \"provider\" }\n" +
		"[promises]\nanswer_within = \"3 days\"\nprivate = true\n" +
		"[[commitment]]\ntitle = \"T\"\ncustomer = \"maria\"\nperformer = \"ben\"\nmoves = [\n" +
		"{ on = 2026-10-01, by = \"maria\", did = \"request\", due = 2026-11-01 },\n" +
		"{ on = 2026-10-02, by = \"ben\", did = \"promise\" },\n" +
		"{ on = 2026-10-03, by = \"ben\", did = \"progress\", note = \"N\", private = true },\n]\n"
	texts := map[string]string{"private": private}
	for _, name := range samples {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(text)
	}
	for name, text := range texts {
		c, _ := Client("acme", Source{Name: name, Text: []byte(text)}, Options{})
		for who, seen := range map[string]*client.Client{"provider": c, "client": c.Public()} {
			for i := range seen.Commitments {
				cm := &seen.Commitments[i]
				if !reflect.DeepEqual(cm.Replay, seen.Replay(cm)) {
					t.Errorf("%s, what the %s sees of %s: %+v", name, who, cm.ID, cm.Replay)
				}
			}
		}
		if name == "private" && len(c.Public().Commitments[0].Replay.Whole.Steps) != 2 {
			t.Error("the client's replay holds a private move")
		}
	}
}
