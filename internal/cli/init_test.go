package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/access"
	"portalgen/internal/sample"
	"portalgen/internal/ui"
)

// beginner is somebody at the terminal in a folder, who types these lines.
func beginner(dir string, lines ...string) (*app, *ui.Asker, *bytes.Buffer) {
	var said bytes.Buffer
	a := &app{term: ui.New(&said, &said, os.Getenv), dir: dir, now: "2026-11-20"}
	return a, ui.NewAsker(strings.NewReader(strings.Join(append(lines, ""), "\n")), &said), &said
}

func TestInitAsks(t *testing.T) {
	t.Setenv("TZ", "Europe/Lisbon")
	for name, tt := range map[string]struct {
		lines, has, says []string
	}{
		"all": {
			[]string{"Lantern Row", "Ruth Ansell", "ruth", "ruth@example.com", "Lisbon", "Europe/London", "blue", "#1d5c73"},
			[]string{`"Lantern Row"`, `"Ruth Ansell"`, `"ruth@example.com"`, `"Europe/London"`, `"#1d5c73"`},
			[]string{"is not an e-mail address: ", `"Lisbon" is not a time zone: `, `"blue" is not a colour: `, "[Europe/Lisbon]"},
		},
		"nothing": {
			[]string{"", "", "", "", ""},
			[]string{`"Your firm"`, `"Europe/Lisbon"`, `"#2f6f63"`},
			[]string{"Put your name and e-mail address into"},
		},
		"what was wrong is left out": {
			[]string{"", "", "ruth", "", "", "blue", ""},
			[]string{`email = "you@example.com"`, `"#2f6f63"`},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			a, asker, said := beginner(dir, tt.lines...)
			if err := a.runInit(asker, initOptions{}); err != nil {
				t.Fatal(err, said)
			}
			text, err := os.ReadFile(filepath.Join(dir, "data/provider.toml"))
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range tt.has {
				if !strings.Contains(string(text), want) {
					t.Errorf("there is no %s in\n%s", want, text)
				}
			}
			for _, want := range tt.says {
				if !strings.Contains(said.String(), want) {
					t.Errorf("%q is not said:\n%s", want, said)
				}
			}
		})
	}
	// Whoever leaves has nothing written.
	dir := t.TempDir()
	a, asker, said := beginner(dir, "Lantern Row")
	if err := a.runInit(asker, initOptions{}); err != nil || !strings.Contains(said.String(), "Nothing was written.") {
		t.Errorf("%v: %s", err, said)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("it has written %v", left)
	}
}

func TestInitOffersToClearSamples(t *testing.T) {
	t.Parallel()
	for answer, cleared := range map[string]bool{"y": true, "n": false, "": false} {
		dir := t.TempDir()
		if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS("../sample/data")); err != nil {
			t.Fatal(err)
		}
		a, asker, said := beginner(dir, answer, "", "", "", "", "")
		if err := a.runInit(asker, initOptions{}); err != nil {
			t.Fatal(err, said)
		}
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		if left := sample.Left(root); (len(left) == 0) != cleared {
			t.Errorf("after %q there are %v:\n%s", answer, left, said)
		}
		entries, _ := os.ReadDir(filepath.Join(dir, "data/clients"))
		if cleared && len(entries) > 0 {
			t.Errorf("%v is left", entries)
		}
	}
}

func TestNewKeyAsks(t *testing.T) {
	t.Parallel()
	for answer, agreed := range map[string]bool{"new key": true, "yes": false} {
		d := standAt(t, acmeFile)
		m, err := access.CreateMaster(d.dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := access.Update(d.dir, "acme", m, func(*access.Client) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(d.dir, ".portalgen/key")); err != nil {
			t.Fatal(err)
		}
		err = d.app.runNewKey(d.answers(answer), false)
		_, there := os.Stat(filepath.Join(d.dir, ".portalgen/key"))
		if (there == nil) != agreed || err != nil {
			t.Errorf("%q: %v, and the key: %v", answer, err, there)
		}
		d.heard(t, "every passphrase and every", `Type "new key" to go on:`)
	}
}
