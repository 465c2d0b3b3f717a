package today_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/civil"
	"portalgen/internal/today"
)

// The list is the same whichever client was read first.
func TestOrderIsThatOfNoReading(t *testing.T) {
	t.Parallel()
	day := civil.Date{Year: 2026, Month: 11, Day: 20}
	at := func(hour time.Duration) civil.Moment {
		return civil.Moment{Date: day, Clock: hour * time.Hour, Timed: true}
	}
	part := func(name string, due civil.Moment) today.Part {
		return today.Part{Items: []today.Item{{Group: today.Groups[0], Name: name, Due: due}}}
	}
	a, b, c := part("a", at(10)), part("b", civil.On(day)), part("c", at(9))
	for _, parts := range [][]today.Part{{a, b, c}, {a, c, b}, {b, a, c}, {b, c, a}, {c, a, b}, {c, b, a}} {
		var names []string
		for _, item := range today.Merge(day, parts, nil).Items {
			names = append(names, item.Name)
		}
		if diff := cmp.Diff([]string{"b", "c", "a"}, names); diff != "" {
			t.Error(diff)
		}
	}
}
