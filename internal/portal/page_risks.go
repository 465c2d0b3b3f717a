package portal

import "slices"

// Risks are what may go wrong, as a picture and as lists.
type Risks struct {
	// Grid is nil where no open risk has both a likelihood and an impact.
	Grid *RiskGrid
	// Open are the gravest first, Closed the latest first. Their numbers in the grid
	// are their places in Open, from 1.
	Open, Closed []Risk
}

// A RiskGrid is the picture of open risks, impact from left to right and likelihood
// from below. Places are in the units of its Size.
type RiskGrid struct {
	Size  int
	Cells []GridCell
	Dots  []GridDot
	// Impacts are the columns, from left to right, and Rows the lines from above: the
	// same picture as a table.
	Impacts []string
	Rows    []GridRow
}

// A GridCell is one likelihood with one impact.
type GridCell struct {
	X, Y, W int
	// Level is how grave it is, from 1 to 4.
	Level int
}

// A GridDot is one risk.
type GridDot struct {
	X, Y, R int
	Number  int
}

// A GridRow is one likelihood, with the numbers of the risks of each impact.
type GridRow struct {
	Likelihood string
	Numbers    [][]int
}

const (
	cellSize = 56
	cellGap  = 2
)

// risksPage is nil where there is no risk.
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

// grid draws the risks that have a place.
func grid(open []Risk) *RiskGrid {
	g := &RiskGrid{Size: len(impacts) * cellSize, Impacts: impacts}
	for y, likelihood := range slices.Backward(likelihoods) {
		row := GridRow{Likelihood: likelihood}
		for x, impact := range impacts {
			cell := GridCell{
				X: x * cellSize, Y: (len(likelihoods) - 1 - y) * cellSize, W: cellSize - cellGap,
				Level: level((x + 1) * (y + 1)),
			}
			var here []int
			for i, r := range open {
				if r.Likelihood == likelihood && r.Impact == impact {
					here = append(here, i+1)
				}
			}
			g.Cells = append(g.Cells, cell)
			g.Dots = append(g.Dots, cell.dots(here)...)
			row.Numbers = append(row.Numbers, here)
		}
		g.Rows = append(g.Rows, row)
	}
	if len(g.Dots) == 0 {
		return nil
	}
	return g
}

// level puts a score of 1 to 25 into one of four.
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

// dots places the risks of a cell in a square of their own.
func (c GridCell) dots(numbers []int) []GridDot {
	side := 1
	for side*side < len(numbers) {
		side++
	}
	var dots []GridDot
	step := c.W / side
	lines := (len(numbers) + side - 1) / side
	for i, n := range numbers {
		dots = append(dots, GridDot{
			X: c.X + step*(i%side) + step/2,
			Y: c.Y + (c.W-step*lines)/2 + step*(i/side) + step/2,
			R: min(step*9/20, 14), Number: n,
		})
	}
	return dots
}
