package markdown

import (
	"fmt"
	"html/template"
	"testing"
)

// A text is converted once, and what is known of texts does not grow without an end.
func TestTextsAreKnown(t *testing.T) {
	t.Parallel()
	var k known
	n := 0
	convert := func(t Text) template.HTML { n++; return template.HTML(t) }
	for i := range most + 10 {
		for range 2 {
			text := Text(fmt.Sprint(i))
			if got := k.of(text, convert); got != template.HTML(text) {
				t.Fatalf("%q is %q", text, got)
			}
		}
	}
	if n != most+10 || len(k.html) > most {
		t.Errorf("%d texts were converted %d times, and %d are known", most+10, n, len(k.html))
	}
}
