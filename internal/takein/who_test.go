package takein

import (
	"strings"
	"testing"

	"portalgen/internal/access"
	"portalgen/internal/reply"
)

func TestWhoCameByALink(t *testing.T) {
	link := access.Credential{Link: &access.Link{}}
	by := func(name string) *reply.Reply {
		return said("decide_due", "todo/move/decide/booking", "yes_due", seen("2026-12-04"), func(r *reply.Reply) { r.By = name })
	}
	j := mustJudge(t, file, by("theo"), link)
	if j.Change == nil || !j.Said || j.Who != "Theo Lind" || len(j.Doubts) != 1 ||
		strings.Contains(string(j.Change.New), "called") {
		t.Errorf("a person of the file: %+v", j)
	}
	for _, name := range []string{"theo lind", "Theo"} { // a page of its own link has no list of people
		if j = mustJudge(t, file, by(name), link); j.Change == nil || j.Who != "Theo Lind" || len(j.Doubts) != 1 {
			t.Errorf("%s: %+v", name, j)
		}
	}
	j = mustJudge(t, file, by("Jo"), link)
	if j.Change == nil || j.Who != "Jo" || len(j.Doubts) != 1 || !strings.Contains(string(j.Change.New), `by = "hanna", did = "agree", via = "`+id+` 2026-11-21", called = "Jo"`) {
		t.Errorf("somebody else: %+v", j)
	}
	if j = mustJudge(t, file, by("\u2069\u202eJo"), link); j.Change == nil ||
		!strings.Contains(string(j.Change.New), `called = "Jo"`) {
		t.Errorf("a name that turns the sentence: %s", j.Change.Diff())
	}
	asks := said("new", "", "", text("outcome", "A \u202enew\u2069 sign"))
	if j = mustJudge(t, file, asks, hanna); j.Change == nil ||
		!strings.Contains(string(j.Change.New), `title = "A new sign"`) {
		t.Errorf("a title that turns the sentence: %s", j.Change.Diff())
	}
	asks = said("new", "", "", text("outcome", "\u200b\u00ad"))
	if j = mustJudge(t, file, asks, hanna); j.Change == nil || !strings.Contains(string(j.Change.New), `title = "…"`) {
		t.Errorf("a title that does not show: %s", j.Change.Diff())
	}
	unseen := strings.Replace(file, "[people]\n", "[people]\nzora = { name = \"Zora\", side = \"client\", private = true }\n", 1)
	for _, name := range []string{"zora", "Zora"} {
		j = mustJudge(t, unseen, by(name), link)
		if j.Change == nil || j.Who != name || !strings.Contains(string(j.Change.New), `called = "`+name+`"`) {
			t.Errorf("%s, whom no page shows: %+v", name, j)
		}
	}
	if j = mustJudge(t, file, by("priya"), link); j.Change == nil || j.Who != "priya" || len(j.Doubts) != 1 {
		t.Errorf("a person of the provider's: %+v", j)
	}
}
