package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"regexp"
	"slices"
	"testing"
)

// most is how many bytes all pictures may have together: README.md is read on phones too.
const most = 600_000

var shown = regexp.MustCompile(`<img src="docs/pictures/([^"]+)" width="\d+" alt="([^"]+)">`)

// README.md shows each picture that is made, and tells what it shows.
func TestPicturesOfTheReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var made, told []string
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
		told = append(told, m[1])
		if len(m[2]) < 40 {
			t.Errorf("the text in place of %s is only %q", m[1], m[2])
		}
	}
	slices.Sort(made)
	slices.Sort(told)
	if !slices.Equal(made, told) {
		t.Errorf("made are %v, and README.md shows %v", made, told)
	}
	if total > most {
		t.Errorf("the pictures have %d bytes together", total)
	}
}

func TestSmaller(t *testing.T) {
	// Hundreds of shades on white.
	full := image.NewRGBA(image.Rect(0, 0, 100, 40))
	for i := range 4000 {
		c := color.RGBA{255, 255, 255, 255}
		if i%4 == 0 {
			c = color.RGBA{uint8(i / 16), uint8(i % 3), 0, 255}
		}
		full.Set(i%100, i/100, c)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, full); err != nil {
		t.Fatal(err)
	}
	small, err := smaller(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	got, err := png.Decode(bytes.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := got.(*image.Paletted); !ok || got.Bounds() != full.Bounds() {
		t.Errorf("got %T of %v", got, got.Bounds())
	}
	for i := range 4000 {
		was, is := rgba(full, i%100, i/100), rgba(got, i%100, i/100)
		if max(diff(was.R, is.R), diff(was.G, is.G), diff(was.B, is.B)) > apart {
			t.Fatalf("at %d: from %v to %v", i, was, is)
		}
	}
}
