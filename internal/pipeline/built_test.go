package pipeline_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// builtIn returns what a site keeps of its portals, by name.
func builtIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	recorded := map[string]string{}
	entries, err := os.ReadDir(filepath.Join(dir, ".portalgen", "built"))
	must(t, err)
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, ".portalgen", "built", e.Name()))
		must(t, err)
		recorded[e.Name()] = string(text)
	}
	return recorded
}

// recorded makes a site whose builds are recorded, and whose files are old enough to be known again.
func recorded(t *testing.T, files map[string]string) (dir, out string) {
	t.Helper()
	dir = folder(t, files)
	must(t, os.MkdirAll(filepath.Join(dir, ".portalgen"), 0o700))
	return dir, filepath.Join(dir, "public")
}

// Of clients whose inputs are the same nothing is built again, and what is recorded of them tells nothing
// in the clear; the others are built.
func TestWhatDidNotChangeIsKept(t *testing.T) {
	t.Parallel()
	dir, out := recorded(t, clients("a", "b"))
	b := load(t, dir, pipeline.Options{Published: out})
	publishInto(t, b, out)
	first := builtIn(t, dir)
	if len(first) != 2 {
		t.Fatalf("recorded of %d portals, want 2", len(first))
	}
	for name, text := range first {
		for _, word := range []string{"Client", "Maria", "booking", "a.toml"} {
			if strings.Contains(name+text, word) {
				t.Errorf("%s holds %q", name, word)
			}
		}
	}
	publishInto(t, b, out)
	if !maps.Equal(builtIn(t, dir), first) {
		t.Error("portals of which nothing has changed were built again")
	}
	write(t, dir, map[string]string{site.ClientFile("a"): clientFile("Another", "")})
	publishInto(t, b, out)
	changed := 0
	for name, text := range builtIn(t, dir) {
		if first[name] != text {
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("%d portals were built after one was edited", changed)
	}
	remove(t, dir, site.ClientFile("b"))
	publishInto(t, b, out)
	if n := len(builtIn(t, dir)); n != 1 {
		t.Errorf("recorded of %d portals after one is gone", n)
	}
}

// Whatever changes, in whichever order, a build that keeps what it can gives the same bytes and the
// same problems as one that keeps nothing.
func TestKeepingChangesNothing(t *testing.T) {
	t.Parallel()
	newKeeping(t, uint64(number(t, seedOf, "0"))).run(number(t, editsOf, "12"))
}

// A keeping is a site that is changed at random.
type keeping struct {
	t        *testing.T
	r        *rand.Rand
	dir, out string
	now      time.Time
	edits    int
	// next are the kinds of change that come next: twelve changes have each kind.
	next []int
}

func newKeeping(t *testing.T, seed uint64) *keeping {
	k := &keeping{t: t, r: rand.New(rand.NewPCG(seed, 1))}
	k.dir, k.out = recorded(t, clients("a", "b", "c"))
	k.now = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	k.provider()
	return k
}

// provider writes the provider's file: messages are answered within two hours of work, and what is
// promised too much at a time stops a build or not.
func (k *keeping) provider() {
	severity := []string{"warning", "error"}[k.r.IntN(2)]
	write(k.t, k.dir, map[string]string{site.ProviderFile: provider + "[promises]\nreply_within = \"2 hours\"\n" +
		"[check]\nreply-overdue = \"" + severity + "\"\n"})
}

func (k *keeping) client(id string) {
	k.edits++
	text := clientFile(fmt.Sprintf("Client %s %d", id, k.edits), "")
	if k.r.IntN(2) == 0 {
		text += "[[message]]\nreceived = 2026-11-20T10:30:00\nby = \"maria\"\nabout = \"The date\"\n"
	}
	if k.r.IntN(2) == 0 {
		text += "[[check_in]]\non = 2026-11-20T15:45:00\nwith = [\"maria\"]\nrecap = \"All as it was.\"\n"
	}
	if k.r.IntN(3) == 0 {
		write(k.t, k.dir, map[string]string{"data/clients/" + id + "/plan.txt": fmt.Sprint("plan ", k.edits)})
		text += "[[file]]\ntitle = \"Plan\"\nfile = \"plan.txt\"\non = 2026-11-12\n"
	}
	write(k.t, k.dir, map[string]string{site.ClientFile(id): text})
}

// change changes one thing of the site, of what is published or of what is recorded.
func (k *keeping) change() string {
	id := []string{"a", "b", "c"}[k.r.IntN(3)]
	if len(k.next) == 0 {
		k.next = k.r.Perm(12)
	}
	kind := k.next[0]
	k.next = k.next[1:]
	switch kind {
	case 0, 1:
		k.client(id)
		return "edit " + id
	case 2:
		k.provider()
		return "provider"
	case 3, 4:
		k.now = k.now.Add(time.Duration(k.r.IntN(300)) * time.Minute)
		return "later: " + k.now.String()
	case 5:
		ends := k.now.Add(time.Duration(k.r.IntN(240)-60) * time.Minute)
		err := access.Update(k.dir, id, master, func(c *access.Client) error {
			_, err := c.AddLink(access.Link{Kind: access.PortalLink, Expires: ends, Created: k.now})
			return err
		})
		must(k.t, err)
		return "link of " + id
	case 6:
		write(k.t, k.dir, map[string]string{"static/assets/css/own.css": fmt.Sprintf("a { order: %d }\n", k.edits)})
		k.edits++
		return "style"
	case 7:
		k.spoil(filepath.Join(k.dir, ".portalgen", []string{"built", "judged"}[k.r.IntN(2)]), k.r.IntN(4))
		return "what is recorded"
	case 8:
		k.spoil(k.out, 0) // a page without its beginning would be somebody else's
		return "what is published"
	case 9:
		more := []string{"", "unknown = 1\n", "[[observation]]\n"}[k.r.IntN(3)]
		k.edits++
		write(k.t, k.dir, map[string]string{site.PrivateFile(id): fmt.Sprintf(
			"[[observation]]\nid = \"o\"\non = 2026-11-%02d\nnote = \"Note %d\"\n", k.r.IntN(9)+10, k.edits) + more})
		return "private notes of " + id
	}
	return "nothing"
}

// spoil changes one file below a folder, in one of three ways, or removes it.
func (k *keeping) spoil(dir string, how int) {
	var files []string
	_ = filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			files = append(files, path)
		}
		return nil
	})
	if len(files) == 0 {
		return
	}
	file := files[k.r.IntN(len(files))]
	text, err := os.ReadFile(file)
	must(k.t, err)
	switch how {
	case 3:
		must(k.t, os.Remove(file))
		return
	case 0:
		text = append(text, 'x')
	case 1:
		text = text[:len(text)/2]
	default:
		text[k.r.IntN(len(text))] ^= 1
	}
	must(k.t, os.WriteFile(file, text, 0o600))
}

func (k *keeping) run(steps int) {
	for step := range steps {
		what := k.change()
		plain := filepath.Join(k.t.TempDir(), "plain")
		options := pipeline.Options{Now: instant(k.now)}
		k.judge(fmt.Sprintf("step %d, %s", step, what))
		_, want := load(k.t, k.dir, options).Build(k.t.Context(), plain, nil, nil)
		options.Published = k.out
		_, got := load(k.t, k.dir, options).Build(k.t.Context(), k.out, nil, nil)
		if !reflect.DeepEqual(got, want) {
			k.t.Fatalf("step %d, %s: problems %v, want %v", step, what, got, want)
		}
		if want.Err() == nil && !maps.Equal(tree(k.t, k.out), tree(k.t, plain)) {
			k.t.Fatalf("step %d, %s: what is published is not what a build gives: %v",
				step, what, differ(tree(k.t, k.out), tree(k.t, plain)))
		}
	}
}

// judge compares what check and today say with what they say where nothing is remembered.
func (k *keeping) judge(what string) {
	says := func(keys keyring.Keyring) (all string) {
		b := load(k.t, k.dir, pipeline.Options{Now: instant(k.now), Keys: keys})
		ps, err := b.Check()
		must(k.t, err)
		list, broken := b.Today()
		text, err := json.MarshalIndent([]any{ps, list, broken}, "", " ")
		must(k.t, err)
		return string(text)
	}
	if got, want := says(nil), says(noKey()); got != want {
		k.t.Fatalf("%s: check and today say\n%s\nwant\n%s", what, got, want)
	}
}

// What check found is sealed, holds for today as well, and is used: a client is not judged again before
// something changes.
func TestWhatWasJudgedIsUsed(t *testing.T) {
	t.Parallel()
	dir, _ := recorded(t, clients("a", "b"))
	soon := strings.Replace(clientFile("Client a", ""), "2026-12-04", "2026-11-24", 1)
	write(t, dir, map[string]string{site.ClientFile("a"): soon})
	file := filepath.Join(dir, ".portalgen", "judged")
	age := func(by time.Duration) {
		t.Helper()
		at := time.Now().Add(-by)
		must(t, filepath.WalkDir(filepath.Join(dir, "data"), func(name string, _ fs.DirEntry, err error) error {
			return cmp.Or(err, os.Chtimes(name, at, at))
		}))
	}
	age(time.Hour)
	judge := func() []byte {
		t.Helper()
		_, err := load(t, dir, pipeline.Options{}).Check()
		must(t, err)
		_, ps := load(t, dir, pipeline.Options{}).Today()
		must(t, ps.Err())
		sealed, err := os.ReadFile(file)
		must(t, err)
		return sealed
	}
	first := judge()
	for _, word := range []string{"Client", "Maria", "booking", "a.toml", "warning"} {
		if bytes.Contains(first, []byte(word)) {
			t.Errorf("the file holds %q", word)
		}
	}
	if again := judge(); !bytes.Equal(again, first) {
		t.Error("clients of which nothing has changed were judged again")
	}
	b := load(t, dir, pipeline.Options{})
	b.Remember(false) // as for a check
	list, _ := b.Today()
	got, err := json.Marshal(list)
	must(t, err)
	list, _ = load(t, dir, pipeline.Options{Keys: noKey()}).Today()
	want, err := json.Marshal(list)
	must(t, err)
	if len(list.Items) == 0 || !bytes.Equal(got, want) {
		t.Errorf("today says %s, want %s", got, want)
	}
	age(time.Minute) // of the same bytes
	first = judge()
	if again := judge(); !bytes.Equal(again, first) {
		t.Error("the new times of files are not kept")
	}
	write(t, dir, map[string]string{site.ClientFile("a"): clientFile("Another", "")})
	second := judge()
	if bytes.Equal(second, first) {
		t.Error("a client that was edited was not judged again")
	}
	remove(t, dir, site.ClientFile("b"))
	if third := judge(); len(third) >= len(second) {
		t.Errorf("%d bytes after one of two clients is gone, %d before", len(third), len(second))
	}
}

// An instant is a clock that stands still.
type instant time.Time

func (i instant) In(loc *time.Location) time.Time { return time.Time(i).In(loc) }

// What was recorded under another key, or of another site, is not used.
func TestKeptUnderAnotherKeyIsNotUsed(t *testing.T) {
	t.Parallel()
	m := seal.NewMaster()
	sealed := m.SealLocal("name", []byte("text"))
	if text, err := m.OpenLocal("name", slices.Clone(sealed)); err != nil || string(text) != "text" {
		t.Fatal(string(text), err)
	}
	for what, open := range map[string]func() ([]byte, error){
		"another key":  func() ([]byte, error) { return seal.NewMaster().OpenLocal("name", slices.Clone(sealed)) },
		"another name": func() ([]byte, error) { return m.OpenLocal("other", slices.Clone(sealed)) },
		"cut":          func() ([]byte, error) { return m.OpenLocal("name", sealed[:5]) },
	} {
		if _, err := open(); err == nil {
			t.Error(what + " opens it")
		}
	}
}

// differ returns the names of the files that are not the same in both.
func differ(a, b map[string]string) []string {
	both := maps.Clone(a)
	maps.Copy(both, b)
	return slices.DeleteFunc(slices.Sorted(maps.Keys(both)), func(name string) bool { return a[name] == b[name] })
}
