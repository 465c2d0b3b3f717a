package portal_test

import (
	"fmt"
	"strings"
	"testing"

	"portalgen/internal/portal"
)

func hangs(all []portal.Hang) string {
	var parts []string
	for _, h := range all {
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("%s %s", h.Title, h.Due)))
	}
	return strings.Join(parts, ", ")
}

func TestWhatHangsOn(t *testing.T) {
	chain := papers() + books(needsPapers) +
		commitmentOf("audit", "maria", "dev", `"books"`, `{ on = 2026-11-02, by = "maria", did = "request", due = 2026-11-12 }`) +
		commitmentOf("party", "maria", "dev", `"audit"`, `{ on = 2026-11-02, by = "maria", did = "request" }`)
	risk := func(more string) string {
		return "\n[[risk]]\ntitle = \"It may rain\"\nopened = 2026-11-01\naffects = [\"books\"]\n" + more
	}
	const done = `{ on = 2026-11-04, by = "theo", did = "deliver" }, { on = 2026-11-05, by = "dev", did = "accept" }`
	for _, tt := range []struct{ name, file, commitment, risk string }{
		{"a chain", chain + risk(""), "The audit 2026-11-12, The books 2026-11-15, The party", "The audit 2026-11-12, The books 2026-11-15, The party"},
		{"nothing", papers() + risk(""), "", ""},
		{"it has come", papers(done) + books(needsPapers) + risk(""), "", "The books 2026-11-15"},
		{
			"what needs it is over", papers() + books(needsPapers, `{ on = 2026-11-04, by = "dev", did = "revoke", note = "No" }`) +
				commitmentOf("audit", "maria", "dev", `"books"`, `{ on = 2026-11-02, by = "maria", did = "request", due = 2026-11-12 }`) + risk(""),
			"", "",
		},
		{"the risk is over", chain + risk("closed = 2026-11-05\noutcome = \"Dry\"\n"), "The audit 2026-11-12, The books 2026-11-15, The party", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := tt.file
			if !strings.Contains(text, `id = "books"`) {
				text = strings.ReplaceAll(text, `affects = ["books"]`, "")
			}
			v := on(t, "2026-11-06", text)
			if got := hangs(committed(t, v, "papers").HangOn); got != tt.commitment {
				t.Errorf("on the papers hang %s, want %s", got, tt.commitment)
			}
			risks := page(v, portal.KindRisks).Risks
			if got := hangs(append(risks.Open, risks.Closed...)[0].HangOn); got != tt.risk {
				t.Errorf("on the risk hang %s, want %s", got, tt.risk)
			}
		})
	}
}
