package portalgen_test

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

// maxBytes is the size of all pictures together: README.md is read on phones too.
const maxBytes = 600_000

var shown = regexp.MustCompile(`<img src="docs/pictures/([^"]+)" width="\d+" alt="([^"]+)">`)

// taken matches a picture in the list of the program that makes them: its name, width, height and scale. It is
// read as text, since a test of that program would have to be linked with Hugo.
var taken = regexp.MustCompile(`(?m)^\t\{"([^"]+\.png)", .*, (\d+), (\d+), (\d+), "\w+"\},$`)

// README.md shows each picture that is made, and tells what it shows.
func TestPicturesOfTheReadme(t *testing.T) {
	t.Parallel()
	var made, named []string
	total := 0
	for _, p := range taken.FindAllStringSubmatch(document(t, "docs/pictures/main.go"), -1) {
		name := p[1]
		made = append(made, name)
		text, err := os.ReadFile(filepath.Join("docs", "pictures", name))
		if err != nil {
			t.Fatalf("%v: make it with `go run ./docs/pictures`", err)
		}
		total += len(text)
		size, err := png.DecodeConfig(bytes.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		width, _ := strconv.Atoi(p[2])
		height, _ := strconv.Atoi(p[3])
		scale, _ := strconv.Atoi(p[4])
		if size.Width != width*scale || size.Height != height*scale {
			t.Errorf("%s is %d x %d, want %d x %d", name, size.Width, size.Height, width*scale, height*scale)
		}
	}
	for _, m := range shown.FindAllStringSubmatch(document(t, readmeFile), -1) {
		named = append(named, m[1])
		if len(m[2]) < 40 {
			t.Errorf("the text in place of %s is only %q", m[1], m[2])
		}
	}
	slices.Sort(made)
	slices.Sort(named)
	if !slices.Equal(made, named) {
		t.Errorf("made are %v, and README.md shows %v", made, named)
	}
	if total > maxBytes {
		t.Errorf("the pictures have %d bytes together", total)
	}
}
