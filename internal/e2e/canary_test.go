package e2e

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/fsnotify/fsnotify"

	"portalgen/internal/access"
	"portalgen/internal/build"
	"portalgen/internal/sample"
	"portalgen/internal/site"
)

// TestNothingOfAClientIsPublished searches all that is published, and all places a
// build might use on the way, for every word and date of a client's file.
func TestNothingOfAClientIsPublished(t *testing.T) {
	w := newWorld(t)
	w.letIn(t, harbour, "zqmaria")
	w.link(t, harbour)
	before := readTree(t, w.dir)
	watched := watchAside(t)
	out := w.publish(t)
	watched.wantNothing(t)

	after := readTree(t, w.dir)
	for name := range after {
		if _, ok := before[name]; !ok {
			t.Errorf("the build leaves %s in the site", name)
		}
	}
	published := readTree(t, out)
	if len(published) < 15 {
		t.Fatalf("%d files are published", len(published))
	}
	for _, id := range []string{harbour, other} {
		needles := words(t, id, []byte(w.read(t, site.ClientFile(id))))
		needles = append(needles, "Zqpicturebytes", "Zqcontractbytes")
		if len(needles) < 15 {
			t.Fatalf("only %d words of %s are looked for", len(needles), id)
		}
		wantAbsent(t, published, needles)
	}
	wantAbsent(t, published, words(t, "zqprovider", []byte(w.read(t, site.ProviderFile))))
	wantSameShells(t, published)
}

// TestTheSearchFinds makes sure that the search would find what is there.
func TestTheSearchFinds(t *testing.T) {
	const word = "Zqheadline of today"
	for what, text := range map[string]string{
		"plain":         "<p>" + word + "</p>",
		"other case":    strings.ToUpper(word),
		"base64":        base64.StdEncoding.EncodeToString([]byte("about " + word)),
		"base64, shift": "x" + base64.StdEncoding.EncodeToString([]byte("about "+word)),
		"base64url":     "k=" + base64.RawURLEncoding.EncodeToString([]byte("??>>"+word)),
		"hex":           hex.EncodeToString([]byte(word)),
	} {
		if found := find(map[string][]byte{"f": []byte(text)}, []string{word}); len(found) == 0 {
			t.Errorf("%s: not found in %s", what, text)
		}
	}
	if found := find(map[string][]byte{"a/zqheadline of today.html": nil}, []string{word}); len(found) == 0 {
		t.Error("not found in a path")
	}
}

// TestNothingOfASampleIsPublished does the same for the program's own samples,
// whose words may stand in the program too: what a site without clients publishes,
// and the gate of a stranger, are no one's secret.
func TestNothingOfASampleIsPublished(t *testing.T) {
	innocent := strings.ToLower(strangersSite(t))
	s, err := site.Open(t.TempDir())
	check(t, err)
	defer s.Close()
	b := build.New(s, build.Options{Samples: true, Keys: build.NewMasterKeys(access.LoadMaster(s.Dir, "", func(string) string { return "" }))})
	check(t, b.Load().Err())
	watched := watchAside(t)
	out := t.TempDir()
	_, ps := b.Build(context.Background(), out, nil, nil)
	check(t, ps.Err())
	watched.wantNothing(t)

	published := readTree(t, out)
	wantSameShells(t, published)
	friendly := friendlyNames(t)
	if len(sample.IDs()) == 0 {
		t.Fatal("there are no samples")
	}
	for _, id := range sample.IDs() {
		t.Run(id, func(t *testing.T) {
			text, err := sample.Read(site.ClientFile(id))
			check(t, err)
			needles := slices.DeleteFunc(words(t, id, text), func(word string) bool {
				return len(word) < 6 || strings.Contains(innocent, strings.ToLower(word)) || slices.Contains(friendly, word)
			})
			wantAbsent(t, published, needles)
		})
	}
}

// strangersSite returns all that is published of the samples' provider with one
// client who has nothing to do with any sample.
func strangersSite(t *testing.T) string {
	t.Helper()
	w := newWorld(t)
	provider, err := sample.Read(site.ProviderFile)
	check(t, err)
	w.write(t, site.ProviderFile, string(provider))
	check(t, os.RemoveAll(filepath.Join(w.dir, site.ClientsDir)))
	w.write(t, site.ClientFile("x"), "client = \"X\"\n")
	var all strings.Builder
	for name, text := range readTree(t, w.publish(t)) {
		all.WriteString(name + "\n")
		all.Write(sealed.ReplaceAll(text, nil))
	}
	return all.String()
}

// public are the keys whose values are words of the program, and those that are
// meant to be read.
var public = []string{"side", "did", "rag", "likelihood", "impact", "check_in", "language", "portal", "reply_latest"}

// words returns the strings and dates of a file as they are written, the ids in it,
// the file's name, and the long words of each string.
func words(t *testing.T, id string, text []byte) []string {
	t.Helper()
	var file map[string]any
	if _, err := toml.Decode(string(text), &file); err != nil {
		t.Fatal(err)
	}
	all := []string{id, id + ".toml"}
	var walk func(key string, value any)
	walk = func(key string, value any) {
		switch v := value.(type) {
		case map[string]any:
			for k, inner := range v {
				if key == "people" {
					all = append(all, k)
				}
				walk(k, inner)
			}
		case []map[string]any:
			for _, inner := range v {
				walk(key, inner)
			}
		case []any:
			for _, inner := range v {
				walk(key, inner)
			}
		case string:
			if !slices.Contains(public, key) {
				all = append(append(all, v), longWord.FindAllString(v, -1)...)
			}
		}
	}
	walk("", file)
	all = append(all, date.FindAllString(string(text), -1)...)
	all = slices.DeleteFunc(all, func(s string) bool { return len(s) < 4 || ours(s) })
	slices.Sort(all)
	return slices.Compact(all)
}

var (
	longWord = regexp.MustCompile(`\pL{8,}`)
	date     = regexp.MustCompile(`\b20\d\d-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?\b`)
	// provider is what may be read of testdata/site: name and contact.
	provider = []string{"Pine Works", "Ada Pine", "ada@pine.example", "+47 22 00 00 00"}
	// neutral are long words of the canary's file that are in everyone's gate too.
	neutral = regexp.MustCompile(`(?i)^(example|provider|passphrase)$`)
)

func ours(word string) bool { return slices.Contains(provider, word) || neutral.MatchString(word) }

func wantAbsent(t *testing.T, files map[string][]byte, needles []string) {
	t.Helper()
	for _, found := range find(files, needles) {
		t.Errorf("published: %s", found)
	}
}

// find returns where in the paths and bytes one of needles stands, in any case,
// plain or within a run of base64 or hexadecimal digits.
func find(files map[string][]byte, needles []string) []string {
	lower := make([][]byte, len(needles))
	for i, n := range needles {
		lower[i] = bytes.ToLower([]byte(n))
	}
	var found []string
	for name, text := range files {
		for form, haystack := range forms(append([]byte(name+"\n"), text...)) {
			haystack = bytes.ToLower(haystack)
			for i, n := range lower {
				if bytes.Contains(haystack, n) {
					found = append(found, needles[i]+" in "+name+", "+form)
				}
			}
		}
	}
	slices.Sort(found)
	return found
}

var (
	base64Run = regexp.MustCompile(`[A-Za-z0-9+/_-]{16,}`)
	hexRun    = regexp.MustCompile(`[0-9A-Fa-f]{16,}`)
)

// forms returns a text as it is and with what is encoded in it decoded. A run may
// begin before what is encoded, so each is read from its first few letters on.
func forms(text []byte) map[string][]byte {
	all := map[string][]byte{"plain": text}
	standard := strings.NewReplacer("-", "+", "_", "/")
	for shift := range 4 {
		var decoded []byte
		for _, run := range base64Run.FindAll(text, -1) {
			digits := standard.Replace(string(run[shift:]))
			if len(digits)%4 == 1 {
				digits = digits[:len(digits)-1] // no byte ends there
			}
			out, _ := base64.RawStdEncoding.DecodeString(digits) // no digit but those of the alphabet
			decoded = append(append(decoded, out...), '\n')
		}
		all["base64"+strings.Repeat("'", shift)] = decoded
	}
	for shift := range 2 {
		var decoded []byte
		for _, run := range hexRun.FindAll(text, -1) {
			digits := run[shift:]
			out, _ := hex.DecodeString(string(digits[:len(digits)&^1])) // no digit but those of hexadecimal
			decoded = append(append(decoded, out...), '\n')
		}
		all["hexadecimal"+strings.Repeat("'", shift)] = decoded
	}
	return all
}

var (
	// sealed are the parts of a gate that hold sealed bytes and address tokens, the
	// only ones in which one page may differ from another.
	sealed = regexp.MustCompile(` data-(portal|token|slots|nav|body)="[^"]*"| value="[^"]*" autocomplete="username"`)
	token  = regexp.MustCompile(`^[a-z2-7]{16,26}$`)
)

// wantSameShells wants that all pages of all clients are the same but for what is
// sealed, and that addresses are tokens: then nothing can be told from the rest.
func wantSameShells(t *testing.T, published map[string][]byte) {
	t.Helper()
	friendly := friendlyNames(t)
	var shell []byte
	for name, text := range published {
		parts := strings.Split(name, "/")
		if path.Base(name) != "index.html" || len(parts) == 1 {
			continue
		}
		for i, part := range parts[:len(parts)-1] {
			if !token.MatchString(part) && (i > 0 || !slices.Contains(friendly, part)) {
				t.Errorf("the address of %s is no token", name)
			}
		}
		rest := sealed.ReplaceAll(text, nil)
		if shell == nil {
			shell = rest
		}
		if !bytes.Equal(rest, shell) {
			t.Errorf("%s differs from another page in what is not sealed:\n%s", name, rest)
		}
	}
	if shell == nil {
		t.Error("there are no pages")
	}
}

// friendlyNames are the names that samples ask for.
func friendlyNames(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, id := range sample.IDs() {
		text, err := sample.Read(site.ClientFile(id))
		check(t, err)
		var file struct {
			Portal string `toml:"portal"`
		}
		_, err = toml.Decode(string(text), &file)
		check(t, err)
		all = append(all, file.Portal)
	}
	return all
}

// An aside watches where a program may put things aside: the folders for temporary
// files, for caches, and the home folder.
type aside struct {
	watcher *fsnotify.Watcher
	end     string
}

// watchAside points the program at fresh folders and watches them.
func watchAside(t *testing.T) *aside {
	t.Helper()
	root := t.TempDir()
	w, err := fsnotify.NewWatcher()
	check(t, err)
	t.Cleanup(func() { check(t, w.Close()) })
	for _, variable := range []string{"TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		dir := filepath.Join(root, variable)
		check(t, os.Mkdir(dir, 0o755))
		check(t, w.Add(dir))
		t.Setenv(variable, dir)
	}
	return &aside{w, filepath.Join(root, "HOME", "end")}
}

// wantNothing wants that nothing was ever made there, not even for a moment.
func (a *aside) wantNothing(t *testing.T) {
	t.Helper()
	check(t, os.WriteFile(a.end, nil, 0o644)) // its event comes after all others
	for {
		select {
		case e := <-a.watcher.Events:
			if e.Name == a.end {
				return
			}
			t.Errorf("the build touches %s", e)
		case err := <-a.watcher.Errors:
			t.Fatal(err)
		case <-time.After(time.Minute):
			t.Fatal("the watcher says nothing")
		}
	}
}

func readTree(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	check(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		return err
	}))
	return files
}
