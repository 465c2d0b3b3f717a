package pipeline_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"portalgen/internal/pipeline"
)

// A portal is built again in the same process, as the preview does at each change.
func TestAPortalIsBuiltAgain(t *testing.T) {
	t.Parallel()
	b, _ := canaries(t) // one of its commitments is kept
	for range 2 {
		if _, ps := b.Portal("c"); ps.Err() != nil {
			t.Fatal(ps)
		}
	}
}

// What a page can reach by exported fields never leads back to where it began: the renderer walks
// along them to know whether a page has changed.
func TestPagesRunInNoCircle(t *testing.T) {
	t.Parallel()
	samples := load(t, sampleSite(t), pipeline.Options{Keys: noKey()})
	all, _ := canaries(t)
	for b, ids := range map[*pipeline.Builder][]string{all: {"c"}, samples: sampleIDs(t, samples)} {
		for _, id := range ids {
			d, ps := b.Derive(id)
			if ps.Err() != nil {
				t.Fatal(ps)
			}
			for _, p := range d.View.Pages {
				if way := circle(reflect.ValueOf(p), nil, nil); way != "" {
					t.Errorf("%s, page %q: %s", id, p.Path, way)
				}
			}
		}
	}
}

func sampleIDs(t *testing.T, b *pipeline.Builder) []string {
	t.Helper()
	ids, err := b.Clients()
	if err != nil || len(ids) == 0 {
		t.Fatal(ids, err)
	}
	return ids
}

// circle returns the way by which a value leads back to one that it was reached through; "" if
// there is none. above are the pointers, maps and slices on the way to v, named as way is.
func circle(v reflect.Value, above []uintptr, way []string) string {
	switch v.Kind() {
	case reflect.Pointer, reflect.Map:
		if v.IsNil() {
			return ""
		}
		if slices.Contains(above, v.Pointer()) {
			return fmt.Sprint(way)
		}
		above = append(slices.Clip(above), v.Pointer())
	}
	inner := func(name string, v reflect.Value) string { return circle(v, above, append(slices.Clip(way), name)) }
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return inner(v.Elem().Type().String(), v.Elem())
		}
	case reflect.Map:
		for key, e := range v.Seq2() {
			if found := inner(fmt.Sprint(key), e); found != "" {
				return found
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if found := inner(fmt.Sprint(i), v.Index(i)); found != "" {
				return found
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				if found := inner(f.Name, v.Field(i)); found != "" {
					return found
				}
			}
		}
	}
	return ""
}

// The walk finds a circle where there is one, through a list too.
func TestACircleIsFound(t *testing.T) {
	t.Parallel()
	type knot struct {
		Name string
		Next []*knot
		back *knot
	}
	line := &knot{Name: "a", Next: []*knot{{Name: "b"}, {Name: "c"}}}
	line.Next[1].back = line
	if way := circle(reflect.ValueOf(line), nil, nil); way != "" {
		t.Errorf("an unexported field is no way, and yet %s", way)
	}
	line.Next[1].Next = []*knot{line}
	if way := circle(reflect.ValueOf(line), nil, nil); way == "" || line.Next[1].back == nil {
		t.Error("a circle was not found")
	}
}

