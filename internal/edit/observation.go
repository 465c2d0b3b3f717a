package edit

import (
	"cmp"
	"reflect"

	"portalgen/internal/civil"
	"portalgen/internal/clientfile"
	"portalgen/internal/tomltext"
)

// SettleObservation returns the change of a file of data/private that records when the next step of an
// observation was done. word is the observation's day, a part of its text or next step, or its number in the
// file, from 1. It fails with ErrNothing if it has such a day already.
func SettleObservation(src clientfile.Source, word string, done civil.Date) (*Change, error) {
	before, ps := clientfile.Private(src)
	text, _, _ := tomltext.Open(src.Name, src.Text)
	doc, _ := tomltext.Parse(text, nil)
	if before == nil || doc == nil {
		return nil, ps
	}
	var all []named
	for _, o := range before.Observations {
		all = append(all, named{id: o.On.String(), title: cmp.Or(o.NextStep, o.Text)})
	}
	i, err := calledOrAt(word, "observation", all)
	if err != nil {
		return nil, err
	}
	if !before.Observations[i].Done.IsZero() {
		return nil, ErrNothing
	}
	p := &document{doc, src}
	after, err := p.setAll([]any{"observation", i}, []string{"done"},
		[]clientfile.Field{{Key: "done", Value: civil.On(done)}})
	if err != nil {
		return nil, err
	}
	now, more := clientfile.Private(after)
	if more = newProblems(ps, more); more.Err() != nil {
		return nil, more.Errors()
	}
	if now == nil || len(now.Observations) != len(before.Observations) || now.Observations[i].Done.Date != done {
		return nil, ErrWider
	}
	now.Observations[i].Done = civil.Moment{}
	if !equal(reflect.ValueOf(*now), reflect.ValueOf(*before)) {
		return nil, ErrWider
	}
	return &Change{Name: src.Name, Old: src.Text, New: after.Text, Warnings: more}, nil
}
