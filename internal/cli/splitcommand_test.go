package cli

import (
	"slices"
	"testing"
)

// A command line is cut the same way on every system.
func TestCommandWords(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		"":                                      nil,
		"  ":                                    nil,
		"msmtp -t":                              {"msmtp", "-t"},
		` sh  -c "cat > 'a b'" `:                {"sh", "-c", "cat > 'a b'"},
		`"C:\Program Files\m.exe" --to=' x' ""`: {`C:\Program Files\m.exe`, "--to= x", ""},
	} {
		if got, err := splitCommand(line); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v, want %q", line, got, err, want)
		}
	}
	if got, err := splitCommand(`msmtp "-t`); err == nil {
		t.Errorf("a quote that is never closed gives %q", got)
	}
}
