package schema

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/loop"
)

var update = flag.Bool("update", false, "write the schemas anew")

// data is where the schemas lie for the repository's own files.
const data = "../../data/schema"

// TestGenerated holds the schemas that the program carries to the types and comments
// of package client, and those in data to the ones that it carries.
func TestGenerated(t *testing.T) {
	for _, name := range Names {
		for _, draft := range Drafts {
			want := generate(t, name, draft)
			keep(t, filepath.FromSlash(file(name, draft)), want)
			if draft == Draft4 {
				keep(t, filepath.Join(data, name+".json"), want)
			}
			if got, err := Read(name, draft); !*update && (err != nil || !bytes.Equal(got, want)) {
				t.Errorf("the program carries another schema of %s in draft %s: %v", name, draft, err)
			}
		}
	}
}

func keep(t *testing.T, name string, want []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(name); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not what the types say (%v): go test ./internal/schema -update", name, err)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, tt := range []struct {
		name  string
		draft Draft
		says  string
	}{
		{"access", Draft4, `there is no schema "access": they are client, provider, private`},
		{"", Draft4, `there is no schema ""`},
		{"client", "7", `there is no draft "7": they are 4 and 2020-12`},
	} {
		text, err := Read(tt.name, tt.draft)
		if err == nil || !strings.Contains(err.Error(), tt.says) || text != nil {
			t.Errorf("%s, %s: %q, %v", tt.name, tt.draft, text, err)
		}
	}
}

func TestEveryMoveIsTold(t *testing.T) {
	for _, did := range loop.AllDids {
		if verbs[did] == "" {
			t.Errorf("nothing says what %s means", did)
		}
	}
	if len(verbs) != len(loop.AllDids) {
		t.Errorf("%d moves are told, there are %d", len(verbs), len(loop.AllDids))
	}
}
