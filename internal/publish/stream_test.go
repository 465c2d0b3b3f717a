package publish

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// stream publishes text at name as a stream, beside a portal's page, and returns how
// often it was asked for the bytes.
func stream(t *testing.T, dir, name, text string) (Result, int) {
	t.Helper()
	s, err := Begin(dir, isOwn)
	must(t, err)
	defer s.Abort()
	asked := 0
	must(t, s.Add("acme/index.html", []byte(mark)))
	must(t, s.AddStream(name, int64(len(text)), func(w io.Writer) error {
		asked++
		for part := range slices.Chunk([]byte(text), 3) {
			if _, err := w.Write(part); err != nil {
				return err
			}
		}
		return nil
	}))
	res, err := s.Commit()
	must(t, err)
	return res, asked
}

func TestAStreamIsWrittenOnceAndComparedAfter(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	for _, step := range []struct {
		name, path, text string
		want             Result
		asked            int
	}{
		{"new", "acme/files/a.bin", "0123456789", Result{Written: 2}, 1},
		{"the same", "acme/files/a.bin", "0123456789", Result{Unchanged: 2}, 1},
		{"of another length", "acme/files/a.bin", "01234567890", Result{Written: 1, Unchanged: 1}, 1},
		{"other bytes at the end", "acme/files/a.bin", "0123456789x", Result{Written: 1, Unchanged: 1}, 2},
		{"elsewhere", "acme/files/b.bin", "0123456789x", Result{Written: 1, Unchanged: 1, Removed: 1}, 1},
	} {
		t.Run(step.name, func(t *testing.T) {
			res, asked := stream(t, dir, step.path, step.text)
			same(t, "result", res, step.want)
			if asked != step.asked {
				t.Errorf("the bytes were asked for %d times, not %d", asked, step.asked)
			}
			same(t, "tree", read(t, dir), tree{"acme/index.html": mark, step.path: step.text})
		})
	}
}

func TestAStreamThatFailsPublishesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	stream(t, dir, "acme/files/a.bin", "old")
	for _, size := range []int64{3, 4} { // compared first, and not
		s, err := Begin(dir, isOwn)
		must(t, err)
		broken := errors.New("it changed")
		err = s.AddStream("acme/files/a.bin", size, func(w io.Writer) error {
			_, err := io.WriteString(w, "old")
			return errors.Join(err, broken)
		})
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
		if _, err := s.Commit(); !errors.Is(err, broken) {
			t.Errorf("committed: %v", err)
		}
		must(t, s.Abort())
		same(t, "tree", read(t, dir), tree{"acme/index.html": mark, "acme/files/a.bin": "old"})
	}
}

func TestWhatIsNotAStream(t *testing.T) {
	s, err := Begin(filepath.Join(t.TempDir(), "public"), isOwn)
	must(t, err)
	defer s.Abort()
	nothing := func(io.Writer) error { return nil }
	refused(t, s.AddStream("acme/index.html", 0, nothing), "a page")
	refused(t, s.AddStream("../a.bin", 0, nothing), "relative")
	must(t, s.AddStream("acme/files/a.bin", 0, nothing))
	refused(t, s.AddStream("acme/files/a.bin", 0, nothing), "added before")
}

// A page is never there before a file that it leads to, whether the portal is new, has
// a folder for such files or not.
func TestFilesComeBeforePages(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustPublish(t, dir, tree{"acme/index.html": mark + "1", "acme/aaa/index.html": mark + "1"})
	files := tree{
		"acme/index.html": mark + "2", "acme/aaa/index.html": mark + "2",
		"acme/bbb/index.html": mark + "2", "acme/files/one.bin": "sealed",
	}
	for _, more := range []tree{{}, {"acme/files/two.bin": "sealed", "acme/index.html": mark + "3", "acme/ccc/index.html": mark + "3"}} {
		all := files.with(more)
		s, err := Begin(dir, isOwn)
		must(t, err)
		for name, data := range all {
			must(t, s.Add(name, []byte(data)))
		}
		s.step = func() {
			now := read(t, dir)
			for name, data := range now {
				if !strings.HasSuffix(name, index) || strings.HasPrefix(name, stagingPrefix) || data != all[name] || data == files[name] && len(more) > 0 {
					continue
				}
				for file := range all {
					if _, there := now[file]; strings.HasSuffix(file, ".bin") && !there {
						t.Errorf("%s is new, and %s is not there", name, file)
					}
				}
			}
		}
		_, err = s.Commit()
		must(t, err)
		if _, err := os.Stat(filepath.Join(dir, "acme/files/one.bin")); err != nil {
			t.Error(err)
		}
	}
}
