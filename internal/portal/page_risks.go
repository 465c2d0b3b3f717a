package portal

import (
	"math"
	"slices"
)

// Risks are what may go wrong, as a picture and as lists.
type Risks struct {
	// Grid is nil if no open risk has both a likelihood and an impact.
	Grid *RiskGrid
	// Open are sorted by severity, the worst first; Closed by date, the latest first. The numbers in the grid
	// are the positions in Open, from 1.
	Open, Closed []Risk
}

// A RiskGrid is the picture of open risks: impact from left to right, likelihood from bottom to top.
// Positions are percentages of its width and height, from the left and from the top.
type RiskGrid struct {
	Cells []GridCell
	Dots  []GridDot
	// Was are the earlier positions of risks, Ways the lines between positions.
	Was  []GridPoint
	Ways []GridWay
	// Likelihoods are the rows from the top, Impacts the columns from the left.
	Likelihoods, Impacts []string
	// Unrated are the open risks without a position.
	Unrated []Risk
}

// A GridPoint is a position in the picture.
type GridPoint struct{ X, Y float64 }

// A GridCell is one likelihood with one impact; X and Y are its upper left corner.
type GridCell struct {
	GridPoint
	// Level is its severity, from 1 to 4.
	Level int
}

// A GridDot is one risk.
type GridDot struct {
	GridPoint
	// R is its radius in pixels, small enough for the narrowest screen.
	R    int
	Risk Risk
}

// A GridWay leads from one position of a risk to the next; Last says that it leads to the current one.
type GridWay struct {
	From, To GridPoint
	Last     bool
}

// cellWidth is the width of a cell on the narrowest screen in pixels, biggestDot the radius of a dot that is
// alone in its cell.
const (
	cellWidth  = 44
	biggestDot = 15
)

// risksPage is nil if there is no risk.
func (v *View) risksPage() *Risks {
	r := &Risks{Open: v.risks}
	for i := range v.c.Risks {
		if x := &v.c.Risks[i]; !x.Closed.IsZero() {
			r.Closed = append(r.Closed, v.risk(x))
		}
	}
	if len(r.Open)+len(r.Closed) == 0 {
		return nil
	}
	slices.SortStableFunc(r.Closed, func(a, b Risk) int { return compareMoments(b.Closed, a.Closed, false) })
	r.Grid = grid(r.Open)
	return r
}

// A stay is a risk in a cell, now or earlier.
type stay struct {
	risk int // its index in the list
	now  bool
}

// grid draws the risks that have a position, and the way of each.
func grid(open []Risk) *RiskGrid {
	g := &RiskGrid{Impacts: impacts}
	stays := map[place][]stay{}
	for _, now := range []bool{true, false} {
		for i, r := range open {
			if r.Level() == 0 {
				continue
			}
			all := r.places()
			for k, p := range all {
				if s := (stay{i, now}); now == (k == len(all)-1) && !slices.Contains(stays[p], s) {
					stays[p] = append(stays[p], s)
				}
			}
		}
	}
	if len(stays) == 0 {
		return nil
	}
	points := map[place]map[int]GridPoint{}
	for y, likelihood := range slices.Backward(likelihoods) {
		g.Likelihoods = append(g.Likelihoods, likelihood)
		for x, impact := range impacts {
			p := place{likelihood, impact}
			at := GridPoint{float64(20 * x), float64(20 * (len(likelihoods) - 1 - y))}
			cell := GridCell{at, level((x + 1) * (y + 1))}
			g.Cells = append(g.Cells, cell)
			points[p] = g.fill(cell, stays[p], open)
		}
	}
	for i, r := range open {
		if r.Level() == 0 {
			g.Unrated = append(g.Unrated, r)
			continue
		}
		all := r.places()
		for k := range all[1:] {
			g.Ways = append(g.Ways, GridWay{points[all[k]][i], points[all[k+1]][i], k == len(all)-2})
		}
	}
	return g
}

// fill puts each risk of a cell into its own small square, and returns the positions.
func (g *RiskGrid) fill(c GridCell, all []stay, open []Risk) map[int]GridPoint {
	side := 1
	for side*side < len(all) {
		side++
	}
	lines := (len(all) + side - 1) / side
	step := 20 / float64(side)
	places := map[int]GridPoint{}
	for i, s := range all {
		p := GridPoint{
			tenths(c.X + step*float64(i%side) + step/2),
			tenths(c.Y + (20-step*float64(lines))/2 + step*float64(i/side) + step/2),
		}
		places[s.risk] = p
		if s.now {
			g.Dots = append(g.Dots, GridDot{p, min(cellWidth/side*9/20, biggestDot), open[s.risk]})
		} else {
			g.Was = append(g.Was, p)
		}
	}
	return places
}

// tenths rounds to one digit after the point.
func tenths(x float64) float64 { return math.Round(10*x) / 10 }

// level returns the level of a score from 1 to 25.
func level(score int) int {
	switch {
	case score >= 15:
		return 4
	case score >= 8:
		return 3
	case score >= 4:
		return 2
	}
	return 1
}
