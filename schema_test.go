package portalgen_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var updateExamples = flag.Bool("update-examples", false, "write the documents' examples anew for the test with Taplo")

// The examples of the documents are held to the schemas by Taplo, the program of the
// editors; for that each stands in a file of its own.
func TestExamplesForTaplo(t *testing.T) {
	const folder = "internal/schema/testdata/good"
	want := map[string]string{}
	add := func(kind, file, text string) {
		want[file] = "#:schema ../../../../data/schema/" + kind + ".json\n" + text
	}
	add(wholeClient, "client-format.toml", joined(t, formatFile))
	add(wholeClient, "client-moves.toml", joined(t, movesFile))
	add(wholeClient, "client-readme.toml", examples(t, readmeFile)[wholeClient][0])
	add(wholeProvider, "provider-format.toml", examples(t, formatFile)[wholeProvider][0])
	add(wholePrivate, "private-format.toml", examples(t, formatFile)[wholePrivate][0])
	for file, text := range want {
		name := filepath.Join(folder, file)
		if *updateExamples {
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(name); err != nil || string(got) != text {
			t.Errorf("%s is not the documents' example (%v): go test . -run TestExamplesForTaplo -update-examples", name, err)
		}
	}
	if files, err := os.ReadDir(folder); err != nil || len(files) != len(want) {
		t.Errorf("%s holds other files: %v, %v", folder, files, err)
	}
}
