package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/diag"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/sample"
	"portalgen/internal/serve"
	"portalgen/internal/site"
	"portalgen/internal/ui"
)

// A stage is a site that is previewed, and what was said of it.
type stage struct {
	dir      string
	out, err bytes.Buffer
	previews *previews
}

const goodProvider = "name = \"North\"\ntimezone = \"UTC\"\nlanguage = \"en\"\n"

func client(portal string) string { return "client = \"Client\"\nportal = \"" + portal + "\"\n" }

// onStage previews a site with files by their path, of which only are named.
func onStage(t *testing.T, files map[string]string, only ...string) *stage {
	t.Helper()
	st := &stage{dir: t.TempDir()}
	for name, text := range files {
		st.write(t, name, text)
	}
	s, err := site.Open(st.dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	b := pipeline.New(s, pipeline.Options{Keys: keyring.NewPreviewKeys()})
	st.previews = newPreviews(ui.New(&st.out, &st.err, func(string) string { return "" }), serve.New(b), "http://here", only)
	st.previews.begin(b.Loaded())
	return st
}

func (st *stage) write(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(st.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// change takes up a file with a new text.
func (st *stage) change(t *testing.T, name, text string) {
	t.Helper()
	st.write(t, name, text)
	st.previews.change(pipeline.Classify([]string{name}))
}

// wantOutput fails the test unless each of the words was printed since it was last called, and none of those
// that begin with a !.
func (st *stage) wantOutput(t *testing.T, words ...string) {
	t.Helper()
	all := st.out.String() + st.err.String()
	st.out.Reset()
	st.err.Reset()
	for _, word := range words {
		no, not := strings.CutPrefix(word, "!")
		if strings.Contains(all, no) == not {
			t.Errorf("%q, in:\n%s", word, all)
		}
	}
}

const allFixed = "All problems are fixed."

func TestAPreviewThatIsEmpty(t *testing.T) {
	st := onStage(t, map[string]string{site.ProviderFile: goodProvider})
	st.wantOutput(t, "No clients yet", "Preview at http://here/, on this machine alone")
	st.change(t, site.ClientFile("a"), client("acme"))
	st.wantOutput(t, "  address     http://here/acme/", "  open        http://here/acme/#k=", "!Preview at", "!"+allFixed)
	st.change(t, site.ClientFile("a"), client("acme")+"# more\n")
	st.wantOutput(t, "!address", "a (")
	st.change(t, site.ClientFile("a"), client("moved"))
	st.wantOutput(t, "http://here/moved/#k=")
}

func TestAPreviewOfAProviderThatIsBroken(t *testing.T) {
	st := onStage(t, map[string]string{site.ProviderFile: "name =", site.ClientFile("a"): client("acme")})
	st.wantOutput(t, "!No clients yet", "data/provider.toml:1", "Preview at")
	st.change(t, site.ProviderFile, goodProvider)
	st.wantOutput(t, allFixed, "http://here/acme/#k=")
	st.change(t, site.ProviderFile, goodProvider+"# more\n")
	st.wantOutput(t, "!"+allFixed, "!address", "all portals")
}

func TestAPreviewNamesWhatIsMended(t *testing.T) {
	st := onStage(t, map[string]string{
		site.ProviderFile: goodProvider, site.ClientFile("a"): "clint = 1\n", site.ClientFile("b"): client("b"), site.ClientFile("c"): client("b"),
	})
	st.wantOutput(t, "!No clients yet", "unknown-key", "duplicate-portal", "http://here/b/#k=")
	st.change(t, site.ClientFile("a"), client("acme"))
	st.wantOutput(t, "!"+allFixed, "!unknown-key", "duplicate-portal", "http://here/acme/#k=", "!here/b/")
	st.change(t, site.ClientFile("c"), client("c"))
	st.wantOutput(t, allFixed, "http://here/c/#k=", "!here/b/", "!here/acme/")

	// What comes up when a portal is first opened is a problem like any other.
	st.previews.found(diag.Problems{{Pos: diag.Pos{File: "layouts/home.html"}, Rule: "layout", Severity: diag.Error, Message: "odd"}})
	st.wantOutput(t, "layouts/home.html: error: odd")
	st.change(t, site.ClientFile("c"), client("c"))
	st.wantOutput(t, allFixed)
}

func TestAPreviewOfNamedClients(t *testing.T) {
	st := onStage(t, map[string]string{
		site.ProviderFile: goodProvider, site.ClientFile("a"): "clint = 1\n", site.ClientFile("b"): client("b"),
	}, "a")
	st.wantOutput(t, "!No clients yet", "!here/b/")
	st.change(t, site.ClientFile("b"), client("bee"))
	st.wantOutput(t, "!here/bee/")
	st.change(t, site.ClientFile("a"), client("acme"))
	st.wantOutput(t, allFixed, "http://here/acme/#k=")
}

// TestAPreviewOfAnEditedSample wants that an edit is told of, and no other address.
func TestAPreviewOfAnEditedSample(t *testing.T) {
	id, texts := sample.IDs()[0], map[string]string{}
	for _, name := range []string{site.ProviderFile, site.ClientFile(sample.IDs()[0])} {
		text, err := sample.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(text)
	}
	st := onStage(t, texts)
	st.wantOutput(t, "  passphrase  "+sample.Passphrase)
	st.change(t, site.ClientFile(id), texts[site.ClientFile(id)]+"# more\n")
	st.wantOutput(t, id+" (", "!address")
}
