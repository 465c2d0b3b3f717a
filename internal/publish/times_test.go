package publish

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// timesOf returns the times of change of published files, each once.
func timesOf(t testing.TB, dir string, files tree) []time.Time {
	t.Helper()
	var times []time.Time
	for name := range files {
		info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name)))
		must(t, err)
		if !slices.ContainsFunc(times, info.ModTime().Equal) {
			times = append(times, info.ModTime())
		}
	}
	return times
}

// All files have one time, whichever have changed, so that none of them tells when it did.
// It moves with every change, also within a second and where a clock is late, and with
// nothing else.
func TestOneTimeForAll(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mustPublish(t, dir, site)
	one := timesOf(t, dir, site)
	if len(one) != 1 || one[0].Nanosecond() != 0 || time.Since(one[0]) > time.Hour {
		t.Fatalf("the files have the times %v", one)
	}
	mustPublish(t, dir, site)
	same(t, "times where nothing has changed", timesOf(t, dir, site), one)

	changed := site.with(tree{"bolt/t1/index.html": "other"})
	for range 3 { // to and fro, as fast as can be
		for _, files := range []tree{changed, site} {
			before := timesOf(t, dir, site)[0]
			mustPublish(t, dir, files)
			if now := timesOf(t, dir, site); len(now) != 1 || !now[0].After(before) || now[0].Nanosecond() != 0 {
				t.Fatalf("after %v the files have the times %v", before, now)
			}
		}
	}
	before := timesOf(t, dir, site)[0]
	fewer := maps.Clone(site)
	delete(fewer, "bolt/t1/index.html")
	mustPublish(t, dir, fewer)
	if now := timesOf(t, dir, fewer); len(now) != 1 || !now[0].After(before) {
		t.Errorf("a file was removed, and the times are %v", now)
	}

	ahead := time.Now().Add(time.Hour).Truncate(time.Second)
	must(t, os.Chtimes(filepath.Join(dir, "acme/index.html"), ahead, ahead))
	mustPublish(t, dir, fewer)
	if now := timesOf(t, dir, fewer); len(now) != 1 || !now[0].After(ahead) {
		t.Errorf("files of several times, one of them ahead of the clock, come to %v", now)
	}
}

// The time is that of the newest change, so that another machine comes to the same one.
func TestTheTimeIsOfTheNewestChange(t *testing.T) {
	t.Parallel()
	newest := time.Date(2026, time.November, 20, 12, 0, 0, 1, time.UTC)
	dir := t.TempDir()
	for _, want := range []time.Time{newest.Truncate(time.Second), newest.Truncate(time.Second).Add(time.Second)} {
		s, err := Begin(dir, isOwn)
		must(t, err)
		defer s.Abort()
		s.Changed = func() time.Time { return newest }
		must(t, s.Add("index.html", []byte(want.String()))) // other bytes each time
		_, err = s.Commit()
		must(t, err)
		if got := timesOf(t, dir, tree{"index.html": ""}); len(got) != 1 || !got[0].Equal(want) {
			t.Errorf("the file has the time %v, not %v", got, want)
		}
	}
}

func TestOneByteDiffersInALargeFile(t *testing.T) {
	dir := t.TempDir()
	data := []byte(strings.Repeat("0123456789abcdef", 20_000))
	mustPublish(t, dir, tree{"large": string(data)})
	for _, at := range []int{0, 64<<10 - 1, 64 << 10, len(data) - 1} {
		data[at] ^= 1
		want := tree{"large": string(data)}
		same(t, "result", mustPublish(t, dir, want), Result{Written: 1})
		same(t, "result", mustPublish(t, dir, want), Result{Unchanged: 1})
	}
}
