package attachment

import (
	"maps"
	"slices"
	"testing"
)

func TestRefsInAPage(t *testing.T) {
	t.Parallel()
	const page = `<li data-file="0a1" class="x"><a` + "\n" + `data-file="b2"></a><i data-file="0a1" data-file=""></i>` +
		`<b x-data-file="c3" data-file="D4" data-file=e5 data-file="f6`
	if got := slices.Sorted(maps.Keys(refsIn([]byte(page)))); !slices.Equal(got, []string{"0a1", "b2"}) {
		t.Errorf("got %q", got)
	}
	if got := refsIn([]byte(`data-file="0a1"`)); len(got) != 0 {
		t.Errorf("what stands in no tag: %v", got)
	}
}
