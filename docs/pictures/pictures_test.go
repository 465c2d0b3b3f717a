package main

import (
	"bytes"
	"image/png"
	"os"
	"regexp"
	"slices"
	"testing"
)

// maxBytes is the size of all pictures together: README.md is read on phones too.
const maxBytes = 600_000

var shown = regexp.MustCompile(`<img src="docs/pictures/([^"]+)" width="\d+" alt="([^"]+)">`)

// README.md shows each picture that is made, and tells what it shows.
func TestPicturesOfTheReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var made, named []string
	total := 0
	for _, p := range pictures {
		made = append(made, p.name)
		text, err := os.ReadFile(p.name)
		if err != nil {
			t.Fatalf("%v: make it with `go run ./docs/pictures`", err)
		}
		total += len(text)
		size, err := png.DecodeConfig(bytes.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", p.name, err)
		}
		wide, high := int(float64(p.width)*p.scale), int(float64(p.height)*p.scale)
		if size.Width != wide || size.Height != high {
			t.Errorf("%s is %d x %d, want %d x %d", p.name, size.Width, size.Height, wide, high)
		}
	}
	for _, m := range shown.FindAllStringSubmatch(string(readme), -1) {
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
