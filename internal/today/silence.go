package today

import (
	"fmt"

	"portalgen/internal/civil"
)

// silentAfter is the number of days without a message after which a client is silent.
const silentAfter = 14

// silence adds an item if nothing was heard from the client for long while something is open.
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
