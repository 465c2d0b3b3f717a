package pipeline_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/pipeline"
)

func TestClassify(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		paths []string
		want  pipeline.Change
	}{
		{"nothing", nil, pipeline.Change{}},
		{"a client", []string{"data/clients/a.toml"}, pipeline.Change{Clients: []string{"a"}}},
		{"two clients, one twice", []string{"data/clients/b.toml", "data/clients/a/plan.svg", "data/access/b.toml"}, pipeline.Change{Clients: []string{"a", "b"}}},
		{"the provider", []string{"data/provider.toml"}, pipeline.Change{All: true}},
		{"a layout and a client", []string{"layouts/home.html", "data/clients/a.toml"}, pipeline.Change{Clients: []string{"a"}, All: true}},
		{"static", []string{"static/robots.txt"}, pipeline.Change{All: true}},
		{"strings", []string{"i18n/en.toml"}, pipeline.Change{All: true}},
		{"a folder of clients", []string{"data/clients"}, pipeline.Change{All: true}},
		{"private notes", []string{"data/private/b.toml", "data/private/a.toml", "data/private/a.toml"}, pipeline.Change{Notes: []string{"a", "b"}}},
		{"beside private notes", []string{"data/private/a", "data/private/a/b.toml"}, pipeline.Change{}},
		{"a schema for editors", []string{"data/schema", "data/schema/client.json", "data/schema/client.json.new"}, pipeline.Change{}},
		{"a schema and a client", []string{"data/schema/client.json", "data/clients/a.toml"}, pipeline.Change{Clients: []string{"a"}}},
		{"a name that begins as the schemas' does", []string{"data/schemas"}, pipeline.Change{All: true}},
		{"private notes and a client", []string{"data/private/a.toml", "data/clients/a.toml"}, pipeline.Change{Clients: []string{"a"}, Notes: []string{"a"}}},
	} {
		got := pipeline.Classify(tt.paths)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		if got.Empty() != (len(tt.want.Clients) == 0 && !tt.want.All) {
			t.Errorf("%s: empty is %v", tt.name, got.Empty())
		}
	}
}
