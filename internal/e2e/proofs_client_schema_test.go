package e2e_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"portalgen/internal/e2e"
	"portalgen/internal/schema"
)

// TestDrawnClientsHaveEverything holds fullClient to the schema, so that a key that is
// new is looked for too.
func TestDrawnClientsHaveEverything(t *testing.T) {
	t.Parallel()
	c := &canaries{random: rand.New(rand.NewPCG(1, 2))}
	d := c.drawClient()
	for d.friendly == "" {
		d = c.drawClient()
	}
	var file map[string]any
	_, err := toml.Decode(d.text, &file)
	e2e.Check(t, err)
	have := map[string]bool{}
	keysOf("", file, have)
	text, err := schema.Read("client", schema.Draft4)
	e2e.Check(t, err)
	var known struct {
		Properties  map[string]any
		Definitions map[string]any
	}
	e2e.Check(t, json.Unmarshal(text, &known))
	want := map[string]bool{}
	schemaKeys("", map[string]any{"properties": known.Properties}, known.Definitions, want)
	if len(want) < 140 {
		t.Fatalf("the schema knows %d keys", len(want))
	}
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if !have[key] && key != "/example" { // such a client is not published
			t.Errorf("no client that is drawn has %s", key)
		}
	}
}

// place returns a path below a file: moves are the same table wherever they stand.
func place(at, key string) string {
	if i := strings.LastIndex(at, "/moves"); i >= 0 {
		at = at[i:]
	}
	return at + "/" + key
}

// keysOf collects the keys of a file, those of people under a star.
func keysOf(at string, value any, have map[string]bool) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			if at == "/people" {
				key = "*"
			}
			have[place(at, key)] = true
			keysOf(place(at, key), inner, have)
		}
	case []map[string]any:
		for _, inner := range v {
			keysOf(at, inner, have)
		}
	case []any:
		for _, inner := range v {
			keysOf(at, inner, have)
		}
	}
}

// schemaKeys collects the keys that a schema knows, in the same form.
func schemaKeys(at string, node, definitions map[string]any, want map[string]bool) {
	if ref, ok := node["$ref"].(string); ok {
		node = definitions[ref[strings.LastIndex(ref, "/")+1:]].(map[string]any)
	}
	if items, ok := node["items"].(map[string]any); ok {
		schemaKeys(at, items, definitions, want)
	}
	if patterns, ok := node["patternProperties"].(map[string]any); ok {
		for _, inner := range patterns {
			schemaKeys(at+"/*", inner.(map[string]any), definitions, want)
		}
	}
	properties, _ := node["properties"].(map[string]any)
	for key, inner := range properties {
		want[place(at, key)] = true
		schemaKeys(place(at, key), inner.(map[string]any), definitions, want)
	}
}
