package tomltext

import "testing"

func TestUnescape(t *testing.T) {
	for in, want := range map[string]string{
		`plain`: "plain", `a\tb`: "a\tb", `\"\\`: `"\`, `\x41\u00e9\U0001F600`: "Aé😀", `\e`: "\x1b", `\b\f\n\r`: "\b\f\n\r",
	} {
		if got := unescape(in); got != want {
			t.Errorf("unescape(%s) = %q, want %q", in, got, want)
		}
	}
}
