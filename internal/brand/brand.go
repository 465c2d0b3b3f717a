// Package brand derives the colours of a portal from the provider's accent colour, so that coloured
// text, and text on a coloured background, always has enough contrast.
//
// The package must not know the rules of style sheets, nor providers. It returns values of custom
// properties.
package brand

import (
	"fmt"
	"math"
	"slices"
)

// The backgrounds of pages and of cards in the two colour schemes, as in the style sheet.
const (
	lightPaper = "#faf9f6"
	lightCard  = "#ffffff"
	darkPaper  = "#121614"
	darkCard   = "#1a1f1d"
)

// The least contrasts of WCAG 2.2: for text on a button (1.4.3), for links in text (1.4.6), and for
// graphics (1.4.11).
const (
	minContrast  = 4.5
	linkContrast = 7
	barContrast  = 3
)

// CSS returns a style sheet that sets the colours for an accent, in both colour schemes. The accent
// is a colour such as "#1d5c73". If its contrast is too low, it becomes darker on light backgrounds
// and lighter on dark ones.
func CSS(accent string) ([]byte, error) {
	brand, err := parse(accent)
	if err != nil {
		return nil, err
	}
	light := brand.scheme(rgb{}, mustParse(lightPaper), mustParse(lightCard), 0.09)
	dark := brand.scheme(rgb{255, 255, 255}, mustParse(darkPaper), mustParse(darkCard), 0.2)
	return fmt.Appendf(nil, ":root { %s }\n@media screen and (prefers-color-scheme: dark) { :root { %s } }\n",
		light, dark), nil
}

// scheme returns the properties for one colour scheme. The wash is the card mixed with a share of
// the colour. The colours for buttons and links are mixed with end until each has enough contrast on paper,
// wash and card; bars have the colour of buttons. The pale bar is as pale as its contrast allows, so that the two are
// told apart.
func (c rgb) scheme(end, paper, card rgb, share float64) string {
	wash := card.mix(c, share)
	grounds := []rgb{paper, wash, card}
	accent := c.mixUntil(end, minContrast, grounds)
	link := c.mixUntil(end, linkContrast, grounds)
	pale := paper.mix(accent, 0.5).mixUntil(end, barContrast, grounds)
	return fmt.Sprintf("--accent: %s; --on-accent: %s; --accent-wash: %s; --link: %s; --bar: %s; --bar-pale: %s;",
		accent, accent.textColour(), wash, link, accent, pale)
}

type rgb struct{ r, g, b uint8 }

func parse(s string) (rgb, error) {
	var c rgb
	switch len(s) {
	case 7:
		if _, err := fmt.Sscanf(s, "#%02x%02x%02x", &c.r, &c.g, &c.b); err == nil {
			return c, nil
		}
	case 4:
		if _, err := fmt.Sscanf(s, "#%1x%1x%1x", &c.r, &c.g, &c.b); err == nil {
			return rgb{c.r * 17, c.g * 17, c.b * 17}, nil
		}
	}
	return rgb{}, fmt.Errorf("%q is not a colour such as #1d5c73", s)
}

func mustParse(s string) rgb {
	c, err := parse(s)
	if err != nil {
		panic(err)
	}
	return c
}

// String returns the colour in the form of a style sheet.
func (c rgb) String() string { return fmt.Sprintf("#%02x%02x%02x", c.r, c.g, c.b) }

// mixUntil mixes c with end, in steps of 1 %, until its contrast on all grounds is at least enough.
func (c rgb) mixUntil(end rgb, enough float64, grounds []rgb) rgb {
	for i := range 101 {
		m := c.mix(end, float64(i)/100)
		if !slices.ContainsFunc(grounds, func(g rgb) bool { return contrast(m, g) < enough }) {
			return m
		}
	}
	return end
}

func (c rgb) mix(d rgb, share float64) rgb {
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a)*(1-share) + float64(b)*share)) }
	return rgb{mix(c.r, d.r), mix(c.g, d.g), mix(c.b, d.b)}
}

// textColour returns white or near black, whichever is easier to read on c.
func (c rgb) textColour() rgb {
	white, black := rgb{255, 255, 255}, rgb{16, 20, 15}
	if contrast(c, white) >= contrast(c, black) {
		return white
	}
	return black
}

// contrast returns the contrast ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b rgb) float64 {
	la, lb := a.luminance(), b.luminance()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance returns the relative luminance of WCAG 2.2.
func (c rgb) luminance() float64 {
	lin := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.r) + 0.7152*lin(c.g) + 0.0722*lin(c.b)
}
