package today

import (
	"fmt"

	"portalgen/internal/civil"
)

// silentAfter is after how many days without a message a client counts as silent.
const silentAfter = 14

// silence is a client from whom nothing was heard for long, while something is open.
func (p *collector) silence() {
	last, ever, quiet := p.view.Silence()
	if quiet < silentAfter {
		return
	}
	what := fmt.Sprintf("nothing heard since %s (%d days): call", p.day(civil.On(last.Date)), quiet)
	if !ever {
		what = fmt.Sprintf("nothing heard since it began on %s (%d days): call", p.day(civil.On(last.Date)), quiet)
	}
	id, name := p.lead()
	p.add(Item{Group: Waiting, Kind: "silent", Person: id, Who: name, What: what, Since: last})
}
