package main

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
)

// smaller returns a picture with the 256 colours that say most of it, every other
// pixel in the nearest of them. Pages are text on few grounds, so that nothing is seen
// of it but the size.
func smaller(shot []byte) ([]byte, error) {
	full, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		return nil, err
	}
	size := full.Bounds()
	count := map[color.RGBA]int{}
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			count[rgba(full, x, y)]++
		}
	}
	chosen := palette(count)
	near := make(map[color.RGBA]uint8, len(count))
	for c := range count {
		near[c] = uint8(chosen.Index(c))
	}
	small := image.NewPaletted(size, chosen)
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			small.SetColorIndex(x, y, near[rgba(full, x, y)])
		}
	}
	var b bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, small)
	return b.Bytes(), err
}

func rgba(m image.Image, x, y int) color.RGBA {
	return color.RGBAModel.Convert(m.At(x, y)).(color.RGBA)
}

// apart is how far, in each channel, two colours of a palette are from one another at
// the least, so that the shades of one letter's edge do not take it up.
const apart = 6

// palette returns the most frequent colours that are apart.
func palette(count map[color.RGBA]int) color.Palette {
	all := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var chosen color.Palette
	for _, c := range all {
		alike := func(other color.Color) bool {
			o := other.(color.RGBA)
			return max(diff(c.R, o.R), diff(c.G, o.G), diff(c.B, o.B)) < apart
		}
		if !slices.ContainsFunc(chosen, alike) {
			chosen = append(chosen, c)
		}
		if len(chosen) == 256 {
			break
		}
	}
	return chosen
}

func diff(a, b uint8) uint8 { return max(a, b) - min(a, b) }
