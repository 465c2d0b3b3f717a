package watch

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestWatch(t *testing.T) {
	tests := []struct {
		name string
		do   func(r room)
		want []string
	}{
		{"nothing", func(room) {}, nil},
		{"edit in place", func(r room) { r.write("content/a.md", "new") }, []string{"content/a.md"}},
		{"edit further down", func(r room) { r.write("content/deep/er/d.md", "new") }, []string{"content/deep/er/d.md"}},
		{"closed to all, and opened again", func(r room) {
			r.must(os.Chmod(r.at("content/a.md"), 0))
			r.must(os.Chmod(r.at("content/a.md"), 0o640))
		}, []string{"content/a.md"}},
		{"new file", func(r room) { r.write("content/new.md", "") }, []string{"content/new.md"}},
		{"removed file", func(r room) { r.remove("content/a.md") }, []string{"content/a.md"}},
		{"renamed file", func(r room) { r.rename("content/a.md", "content/z.md") }, []string{"content/a.md", "content/z.md"}},
		{"save by rename", func(r room) {
			r.write("content/a.md.tmp", "new")
			r.rename("content/a.md.tmp", "content/a.md")
		}, []string{"content/a.md"}},
		{"save by rename with the old size and time", func(r room) {
			r.write("content/a.md.tmp", "new")
			info, err := os.Stat(r.at("content/a.md"))
			r.must(err)
			r.must(os.Chtimes(r.at("content/a.md.tmp"), info.ModTime(), info.ModTime()))
			r.rename("content/a.md.tmp", "content/a.md")
		}, []string{"content/a.md"}},
		{"save by backup, as vim does", func(r room) {
			r.write("content/4913", "")
			r.remove("content/4913")
			r.rename("content/a.md", "content/a.md~")
			r.write("content/a.md", "new")
			r.remove("content/a.md~")
		}, []string{"content/a.md"}},
		{"new folder with files at once", func(r room) {
			r.write("new/a.md", "1")
			r.write("new/b.md", "2")
			r.rename("new", "content/new")
		}, []string{"content/new/a.md", "content/new/b.md"}},
		{"new folders in one another", func(r room) {
			r.write("content/1/2/3/a.md", "a")
			r.write("content/1/2/b.md", "b")
			r.write("content/1/2/3/4/5/c.md", "c")
		}, []string{"content/1/2/3/4/5/c.md", "content/1/2/3/a.md", "content/1/2/b.md"}},
		{"removed folder", func(r room) { r.remove("content/deep") }, []string{"content/deep/c.md", "content/deep/er/d.md"}},
		{"renamed folder", func(r room) { r.rename("content/deep", "content/low") }, []string{
			"content/deep/c.md", "content/deep/er/d.md", "content/low/c.md", "content/low/er/d.md",
		}},
		{"folder moved out", func(r room) {
			r.rename("content/deep", "other/deep")
			r.write("other/deep/er/d.md", "unseen")
		}, []string{"content/deep/c.md", "content/deep/er/d.md"}},
		{"folder replaced by a file", func(r room) {
			r.remove("content/deep")
			r.write("content/deep", "")
		}, []string{"content/deep", "content/deep/c.md", "content/deep/er/d.md"}},
		{"file replaced by a folder", func(r room) {
			r.remove("content/a.md")
			r.write("content/a.md/x", "")
		}, []string{"content/a.md", "content/a.md/x"}},
		{"selected folder moved out", func(r room) { r.rename("content", "elsewhere") }, []string{
			"content/a.md", "content/b.md", "content/deep/c.md", "content/deep/er/d.md",
		}},
		{"selected folder appears", func(r room) { r.write("later/on/a", "") }, []string{"later/on/a"}},
		{"selected folder appears by rename", func(r room) {
			r.write("other/on/a", "")
			r.rename("other", "later")
		}, []string{"later/on/a"}},
		{"not selected", func(r room) {
			r.write("data/provider.toml", "new")
			r.write("other/x", "new")
			r.write("new", "new")
			r.write("later/x", "new")
			r.write("contents/a", "new")
		}, nil},
		{"temporary names", func(r room) {
			for _, name := range temporaryNames {
				r.write("content/"+name, "new")
				r.write("content/deep/er/"+name, "new")
			}
			for _, name := range temporaryNames {
				r.remove("content/" + name)
			}
		}, nil},
		{"dot folders", func(r room) {
			r.write("content/.git/a", "new")
			r.write("content/deep/.cache/b/c", "new")
			r.write(".other/d", "new")
		}, nil},
		{"link to a folder", func(r room) {
			r.symlink("other", "content/link")
			r.write("content/link/y", "new")
		}, nil},
		{"link to a file", func(r room) { r.symlink("other/x", "content/link") }, []string{"content/link"}},
		{"link to nothing", func(r room) { r.symlink("nowhere", "content/link") }, []string{"content/link"}},
	}
	for mode, opt := range modes {
		for _, tt := range tests {
			t.Run(mode+"/"+tt.name, func(t *testing.T) {
				t.Parallel()
				r := newRoom(t)
				batches := r.watch(opt, "content", "data/clients", "later/on")
				tt.do(r)
				r.expect(batches, tt.want...)
			})
		}
	}
}

// TestWatchGoesOn changes folders and then files in them, so that each step needs
// what the one before has set up.
func TestWatchGoesOn(t *testing.T) {
	for mode, opt := range modes {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t)
			batches := r.watch(opt, "content", "data/clients")
			r.rename("content/deep", "content/low")
			r.expect(batches, "content/deep/c.md", "content/deep/er/d.md", "content/low/c.md", "content/low/er/d.md")
			r.write("content/low/er/d.md", "again")
			r.expect(batches, "content/low/er/d.md")
			r.rename("content/low", "content/deep")
			r.expect(batches, "content/deep/c.md", "content/deep/er/d.md", "content/low/c.md", "content/low/er/d.md")
			r.write("content/deep/er/e.md", "again")
			r.expect(batches, "content/deep/er/e.md")
			r.remove("content")
			r.expect(batches, "content/a.md", "content/b.md", "content/deep/c.md", "content/deep/er/d.md", "content/deep/er/e.md")
			r.write("content/new/a.md", "")
			r.expect(batches, "content/new/a.md")
			r.write("content/new/a.md", "again")
			r.expect(batches, "content/new/a.md")
		})
	}
}

// TestFoldersComeAndGo moves a folder about as fast as it can, and then asks whether
// it is still seen.
func TestFoldersComeAndGo(t *testing.T) {
	for mode, opt := range modes {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t)
			batches := r.watch(opt, "content", "data/clients")
			for range 50 {
				r.rename("content/deep", "content/low")
				r.write("content/low/er/d.md", "on the way")
				r.rename("content/low", "content/deep")
				r.remove("content/deep/er")
				r.write("content/deep/er/d.md", "back")
			}
			r.changes(batches)
			r.write("content/deep/er/d.md", "a longer text")
			r.expect(batches, "content/deep/er/d.md")
		})
	}
}

func TestBurst(t *testing.T) {
	for mode, opt := range modes {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t)
			opt.Settle = 100 * ms
			batches := r.watch(opt, "content", "data/clients")
			var want []string
			for i := range 500 {
				name := fmt.Sprintf("content/burst/%03d.md", i)
				r.write(name, "x")
				want = append(want, name)
			}
			got, count := r.changes(batches)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("paths differ (-want +got):\n%s", diff)
			}
			if count > 10 {
				t.Errorf("500 files came in %d batches", count)
			}
		})
	}
}

func TestContextEnds(t *testing.T) {
	for mode, opt := range modes {
		t.Run(mode, func(t *testing.T) {
			r := newRoom(t)
			ctx, cancel := context.WithCancel(t.Context())
			batches, err := Watch(ctx, r.root, []string{"content"}, opt)
			r.must(err)
			for i := range 100 {
				r.write(fmt.Sprintf("content/%d.md", i), "not received")
			}
			cancel()
			deadline := time.After(patience)
			for open := true; open; {
				select {
				case _, open = <-batches:
				case <-deadline:
					t.Fatal("the channel is still open")
				}
			}
			goleak.VerifyNone(t)
		})
	}
}

func TestWatchRefuses(t *testing.T) {
	r := newRoom(t)
	tests := []struct{ name, root, dir, words string }{
		{"no root", r.at("nowhere"), "content", "nowhere"},
		{"a file as root", r.at("other/x"), "content", "not a folder"},
		{"a folder outside", r.root, "../content", "../content"},
		{"an absolute folder", r.root, "/content", "/content"},
		{"an empty name", r.root, "", `""`},
	}
	for mode, opt := range modes {
		for _, tt := range tests {
			t.Run(mode+"/"+tt.name, func(t *testing.T) {
				_, err := Watch(t.Context(), tt.root, []string{tt.dir}, opt)
				if err == nil || !strings.Contains(err.Error(), tt.words) {
					t.Errorf("got the error %v, want one that says %q", err, tt.words)
				}
			})
		}
	}
}
