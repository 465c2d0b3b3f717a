package cli

import (
	"bufio"
	"bytes"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/gate"
	"portalgen/internal/site"
)

// top is the root of the repository.
const top = "../.."

// readOn is the day on which the examples of format.md are read.
const readOn = "2026-11-20"

func document(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(top, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// documents returns the names of the documents in docs/.
func documents(t *testing.T) []string {
	t.Helper()
	docs, err := filepath.Glob(filepath.Join(top, "docs/*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for i, doc := range docs {
		docs[i] = "docs/" + filepath.Base(doc)
	}
	return docs
}

// examples returns the blocks of format.md of a kind, as it stands behind "toml" in the fence.
func examples(t *testing.T, kind string) []string {
	t.Helper()
	var all []string
	for _, m := range regexp.MustCompile("(?ms)^```toml "+kind+"\n(.*?)^```$").FindAllStringSubmatch(document(t, "docs/format.md"), -1) {
		all = append(all, m[1])
	}
	return all
}

// walks are the documents with command lines, and the site in which each is walked: its commands are run from
// top to bottom.
var walks = []struct {
	docs []string // read one after the other
	site func(t *testing.T, dir string)
}{
	{[]string{"README.md"}, samplesSite},
	{[]string{"CONTRIBUTING.md"}, samplesSite},
	{[]string{"docs/first-hour.md", "docs/week.md"}, nil},
	{[]string{"docs/editing.md"}, stillFerrySite},
	{[]string{"docs/access.md"}, ferrySite},
	{[]string{"docs/deploying.md"}, ferrySite},
	{[]string{"docs/security.md"}, ferrySite},
	{[]string{"docs/replies.md"}, ferrySite},
	{[]string{"docs/inbox.md"}, ferrySite},
}

// notRun are the beginnings of the command lines that no test can run, and what they would do.
var notRun = map[string]string{
	"go test":               "runs tests, of which this is one",
	"portalgen week":        "needs a person at a terminal; internal/cli tests it at one",
	"portalgen replies a":   "reads a mail that is not there; internal/cli tests it with one",
	"portalgen replies - ":  "reads a mail that is not there",
	"portalgen replies --p": "reads what is on the clipboard",
	"go build":              "makes the program, which this test's binary is",
	"go run ./docs/":        "makes the pictures, in a browser",
	"cp -r internal/":       "changes this repository",
	".ci/release":           "compiles goreleaser, and the program six times",
	"git push":              "goes to a host",
	"npm exec wrangler":     "publishes at Cloudflare",
	"rclone sync":           "publishes at Amazon",
	"aws cloudfront":        "publishes at Amazon",
	"17 5 * * * curl":       "is a line of cron; builds at Netlify",
	"17 5 * * * cd /home":   "is a line of cron; copies to a server",
}

// programs are what a command line begins with.
var programs = []string{"portalgen", "go", "git", "mkdir", "cd", "cp", ".ci/release", "npm", "rclone", "aws", "17"}

func samplesSite(t *testing.T, dir string) {
	t.Helper()
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS("../sample/data")); err != nil {
		t.Fatal(err)
	}
}

// ferrySite is the site of format.md, with the files that it names, at the time of whoever runs the test. No
// rule stops its builds.
func ferrySite(t *testing.T, dir string) {
	t.Helper()
	client := strings.Join(append(examples(t, "client")[:1], examples(t, "fragment")...), "\n")
	put(t, dir, site.ProviderFile, wholeProvider(t))
	put(t, dir, site.ClientFile("brindle-ferry"), client)
	put(t, dir, "static/assets/heron.svg", drawing)
	for _, m := range regexp.MustCompile(`(?m)^ *(?:file|picture) += "(.*)"`).FindAllStringSubmatch(client, -1) {
		put(t, dir, site.ClientsDir+"/brindle-ferry/"+m[1], drawing)
	}
}

// wholeProvider is the provider's file of format.md, without its rules.
func wholeProvider(t *testing.T) string {
	t.Helper()
	provider, _, _ := strings.Cut(examples(t, "provider")[0], "[check]")
	return provider
}

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>`

// stillFerrySite is the same at the time at which its documents are read.
func stillFerrySite(t *testing.T, dir string) {
	t.Helper()
	ferrySite(t, dir)
	put(t, dir, site.ProviderFile, "frozen = "+readOn+"\n"+wholeProvider(t))
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// A step of a document is a command line, or lines of provider.toml to be set.
type step struct{ command, set string }

var inDoc = regexp.MustCompile("(?ms)^```(\\S*)( \\S+)?\n(.*?)^```$|((?:^    \\S[^\n]*\n)+)")

// stepsOf returns the steps of a document, in their order. What stands behind a # in a command line is
// for its reader.
func stepsOf(t *testing.T, doc string) []step {
	t.Helper()
	var all []step
	for _, m := range inDoc.FindAllStringSubmatch(document(t, doc), -1) {
		if m[1] == "toml" && m[2] == " set" {
			all = append(all, step{set: m[3]})
		}
		if m[1] != "text" && m[1] != "sh" && m[4] == "" {
			continue
		}
		lines := strings.Split(strings.TrimSpace(m[3]+m[4]), "\n")
		for i, line := range lines {
			line, _, _ = strings.Cut(strings.TrimSpace(line), "  #")
			switch begins := slices.Contains(programs, strings.Fields(line + " -")[0]); {
			case begins:
				all = append(all, step{command: line})
			case len(all) > 0 && i > 0 && slices.Contains(programs, strings.Fields(lines[0])[0]):
				t.Errorf("%s: among command lines stands %q", doc, line)
			}
		}
	}
	return all
}

func TestCommandLinesOfTheDocs(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("NOT TESTED: there is no sh here")
	}
	t.Parallel()
	walked := []string{}
	for _, w := range walks {
		walked = append(walked, w.docs...)
		t.Run(strings.Join(w.docs, " and "), func(t *testing.T) {
			t.Parallel()
			s := newShell(t)
			if w.site != nil {
				w.site(t, s.dir)
				s.begin(t)
			}
			for _, doc := range w.docs {
				steps := stepsOf(t, doc)
				if len(steps) == 0 {
					t.Errorf("%s has no command lines", doc)
				}
				for _, step := range steps {
					s.do(t, step)
				}
			}
		})
	}
	for _, doc := range documents(t) {
		if !slices.Contains(walked, doc) && len(stepsOf(t, doc)) > 0 {
			t.Errorf("%s has command lines that no walk runs", doc)
		}
	}
}

// A shell runs command lines, each in the folder in which the one before ended.
type shell struct {
	dir string
	env map[string]string
}

func newShell(t *testing.T) *shell {
	t.Helper()
	home := t.TempDir()
	put(t, home, ".gitconfig", "[user]\n\tname = Robin\n\temail = robin@example.com\n[init]\n\tdefaultBranch = main\n\ttemplateDir =\n"+
		"[maintenance]\n\tauto = false\n")
	dir := filepath.Join(t.TempDir(), "here")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return &shell{dir, map[string]string{"HOME": home, "PATH": os.Getenv("PATH"), "GIT_CONFIG_NOSYSTEM": "1"}}
}

// command returns a line for sh.
func (s *shell) command(line string) *exec.Cmd {
	c := exec.Command("sh", "-c", line)
	c.Dir, c.Env = s.dir, []string{}
	for name, value := range s.env {
		c.Env = append(c.Env, name+"="+value)
	}
	return c
}

// begin makes of the folder a site as one is when its documents are read: with a key, an address and a repository.
func (s *shell) begin(t *testing.T) {
	t.Helper()
	s.run(t, "git init -q")
	s.run(t, "portalgen init")
}

func (s *shell) do(t *testing.T, st step) {
	t.Helper()
	if st.set != "" {
		s.set(t, st.set)
		return
	}
	line := strings.Replace(st.command, "go run ./cmd/portalgen", "portalgen", 1)
	var parts []string
	for part := range strings.SplitSeq(line, " && ") {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(notRun)), func(begin string) bool { return strings.HasPrefix(part, begin) }) {
			parts = append(parts, part)
		} else if strings.HasPrefix(part, "17 ") {
			return // all of it
		}
	}
	switch {
	case len(parts) == 0:
	case parts[0] == "portalgen serve":
		s.serve(t)
	default:
		line = strings.Join(parts, " && ")
		if published := "https://portal.example.com"; strings.Contains(line, published) {
			line = strings.ReplaceAll(line, published, served(t, filepath.Join(s.dir, "public")))
		}
		for part := range strings.SplitSeq(line, " && ") {
			s.run(t, part)
		}
	}
}

// set puts lines in place of those of provider.toml that have the same key, as a comment or not.
func (s *shell) set(t *testing.T, lines string) {
	t.Helper()
	name := filepath.Join(s.dir, filepath.FromSlash(site.ProviderFile))
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(lines) {
		key, _, _ := strings.Cut(line, " ")
		old := regexp.MustCompile(`(?m)^(?:# )?` + key + ` +=.*\n`)
		if len(old.FindAll(text, -1)) != 1 {
			t.Fatalf("%s does not have %s once:\n%s", site.ProviderFile, key, text)
		}
		text = old.ReplaceAllLiteral(text, []byte(line))
	}
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// simple is a command line of which each word is what it seems to be.
var simple = regexp.MustCompile(`^portalgen( [\w./:=+@-]+| "[^"$\x60\\\\]*")+$`)

// run runs a simple line of the program in a worker, any other in sh.
func (s *shell) run(t *testing.T, text string) {
	t.Helper()
	if simple.MatchString(text) {
		var args []string
		for _, word := range regexp.MustCompile(`"[^"]*"|[^ "]+`).FindAllString(text, -1)[1:] {
			args = append(args, strings.Trim(word, `"`))
		}
		if a, err := inWorker(line{s.dir, s.env, args}); err != nil || a.Code != exitFine {
			t.Fatalf("%s: %v, %d\n%s%s", text, err, a.Code, a.Out, a.Err)
		}
		return
	}
	where := filepath.Join(t.TempDir(), "where")
	if said, err := s.command(text + "\ncode=$?; pwd >'" + where + "'; exit $code").CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", text, err, said)
	}
	at, err := os.ReadFile(where)
	if err != nil {
		t.Fatal(err)
	}
	s.dir = strings.TrimSpace(string(at))
}

// serve runs the preview until it has said where it is.
func (s *shell) serve(t *testing.T) {
	t.Helper()
	c := s.command("exec portalgen serve --port 0")
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ready := false
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.Contains(lines.Text(), "Ctrl-C") {
			ready = true
			if err := c.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := c.Wait(); err != nil || !ready {
		t.Fatalf("portalgen serve: %v\n%s", err, said.String())
	}
}

// served serves a folder of files as a host does that has our headers, and returns its address.
func served(t *testing.T, dir string) string {
	t.Helper()
	host, files := gate.Host{Prefix: "/"}, http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range host.Match(r.URL.Path) {
			w.Header().Set(h.Name, h.Value)
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// Each command that the docs name exists, with the flags that they name.
func TestCommandsOfTheDocsExist(t *testing.T) {
	t.Parallel()
	lines := map[string]string{} // where each stands
	for _, doc := range append(documents(t), "README.md", "CONTRIBUTING.md", "ARCHITECTURE.md") {
		for _, code := range regexp.MustCompile("`(portalgen [^`]+)`").FindAllStringSubmatch(document(t, doc), -1) {
			lines[code[1]] = doc
		}
	}
	helps := map[string]string{}
	for line, doc := range lines {
		words := strings.Fields(line)[1:]
		end := slices.IndexFunc(words, func(w string) bool { return !regexp.MustCompile(`^[a-z][a-z-]*$`).MatchString(w) })
		if end < 0 {
			end = len(words)
		}
		command := strings.Join(words[:min(end, 2)], " ")
		if helps[command] == "" {
			var out bytes.Buffer
			Main(append(words[:min(end, 2):min(end, 2)], "--help"), strings.NewReader(""), &out, &out)
			helps[command] = out.String()
		}
		help := helps[command]
		if end > 0 && !strings.Contains(help, "portalgen "+words[0]) {
			t.Errorf("%s: there is no command for %q", doc, line)
		}
		for _, w := range words {
			if flag, _, _ := strings.Cut(w, "="); strings.HasPrefix(flag, "--") && flag != "--" && !strings.Contains(help, flag) {
				t.Errorf("%s: there is no flag for %q: %s", doc, line, flag)
			}
		}
	}
	var help bytes.Buffer
	Main([]string{"--help"}, strings.NewReader(""), &help, &help)
	_, list, _ := strings.Cut(help.String(), "Available Commands:\n")
	list, _, _ = strings.Cut(list, "\n\n")
	for line := range strings.Lines(list) {
		if name := strings.Fields(line)[0]; name != "help" && !strings.Contains(document(t, "README.md"), "| `"+name) {
			t.Errorf("%s does not tell of %s", "README.md", name)
		}
	}
	if len(lines) < 15 {
		t.Errorf("only %d commands were found", len(lines))
	}
}
