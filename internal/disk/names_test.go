package disk

import "testing"

func TestNoWindowsName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"con", "CON", "Aux.toml", "nul.tar.gz", "com1", "LPT9.txt", "com¹", "con .txt", "a.", "a ", "what?", `a"b`, "a*"} {
		if NoWindowsName(name) == "" {
			t.Errorf("%q is taken", name)
		}
	}
	for _, name := range []string{"console", "con-status", "com", "com10", "lpt", "null.pdf", ".a", "a.b", "Käse & Brot (2).pdf", "aux_cables"} {
		if why := NoWindowsName(name); why != "" {
			t.Errorf("%q is refused: %s", name, why)
		}
	}
}
