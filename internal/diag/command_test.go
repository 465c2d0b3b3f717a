package diag

import "testing"

func TestWordsAreQuotedAsTheShellsOfASystemTakeThem(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ word, posix, windows string }{
		{"acme-dental", "acme-dental", "acme-dental"},
		{"", "''", `""`},
		{"my site", "'my site'", `"my site"`},
		{"ana=Ana", "ana=Ana", `"ana=Ana"`},
		{"a,b@c", "a,b@c", `"a,b@c"`},
		{"Lena's", `'Lena'\''s'`, `"Lena's"`},
		{`the "Row"`, `'the "Row"'`, `"the ""Row"""`},
		{"a & b | c > d", "'a & b | c > d'", `"a & b | c > d"`},
		{`C:\portals`, `'C:\portals'`, `C:\portals`},
		{`C:\My Portals\`, `'C:\My Portals\'`, `"C:\My Portals\\"`},
		{`\\server\c$\My Portals`, `'\\server\c$\My Portals'`, `"\\server\c$\My Portals"`},
		{"$HOME's `id`", `'$HOME'\''s ` + "`id`'", "'$HOME''s `id`'"},
		{"$(calc)", "'$(calc)'", "'$(calc)'"},
		{"a” ; calc ’", "'a” ; calc ’'", "'a” ; calc ’’'"},
		{"a\nb", "'a\nb'", "\"a\nb\""},
	} {
		for system, want := range map[string]string{"linux": tt.posix, "darwin": tt.posix, "windows": tt.windows} {
			if got := quoteFor(system, tt.word); got != want {
				t.Errorf("%s: %q is %s, not %s", system, tt.word, got, want)
			}
		}
	}
}
