// Command edit measures the time from saving one client's file until the published files have
// changed, with `portalgen build --watch` running:
//
//	go run ./bench/edit -portalgen ./portalgen [-runs 20] SITE
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

func main() {
	log.SetFlags(0)
	program := flag.String("portalgen", "portalgen", "the program")
	runs := flag.Int("runs", 20, "how many edits")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("usage: edit [-portalgen FILE] [-runs N] SITE")
	}
	if err := run(*program, flag.Arg(0), *runs); err != nil {
		log.Fatal(err)
	}
}

func run(program, dir string, runs int) error {
	watcher := exec.Command(program, "build", "--watch", "--site", dir, "--now", now)
	stderr, err := watcher.StderrPipe()
	if err != nil {
		return err
	}
	if err := watcher.Start(); err != nil {
		return err
	}
	defer func() { _ = watcher.Process.Kill() }() // it may have ended by itself
	ready := bufio.NewScanner(stderr)
	for ready.Scan() && !strings.HasPrefix(ready.Text(), "Watching") {
	}
	go func() { _, _ = io.Copy(io.Discard, stderr) }() // drains the output, so that the program never blocks
	files, err := filepath.Glob(filepath.Join(dir, "data", "clients", "*.toml"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no clients in %s: %w", dir, err)
	}
	name := files[len(files)/2]
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	edited := func(i int) []byte {
		return bytes.Replace(text, []byte("welcome = \""), fmt.Appendf(nil, "welcome = \"%d. ", i), 1)
	}
	home, err := homeOf(dir, strings.TrimSuffix(filepath.Base(name), ".toml"))
	if err != nil {
		return err
	}
	var took []time.Duration
	for i := range runs {
		d, err := edit(name, edited(i+1), home)
		if err != nil {
			return err
		}
		took = append(took, d)
	}
	slices.Sort(took)
	fmt.Printf("%d clients, %d edits: median %v, fastest %v, slowest %v\n", len(files), runs,
		took[len(took)/2].Round(100*time.Microsecond),
		took[0].Round(100*time.Microsecond), took[len(took)-1].Round(100*time.Microsecond))
	return os.WriteFile(name, text, 0o644)
}

// now is the day for which bench/generate makes clients.
const now = "2026-11-20"

// patience is how long to wait until an edit is published.
const patience = 30 * time.Second

// homeOf returns the path of a client's published Home.
func homeOf(dir, id string) (string, error) {
	s, err := site.Open(dir)
	if err != nil {
		return "", err
	}
	defer s.Close()
	out := filepath.Join(dir, "public")
	clock, err := pipeline.ParseClock(now)
	if err != nil {
		return "", err
	}
	b := pipeline.New(s, pipeline.Options{
		Now: clock, Keys: keyring.NewSiteKeys(access.LoadMaster(dir, out, "")),
	})
	if ps := b.Load(); ps.Err() != nil {
		return "", ps.Err()
	}
	a, ps := b.Address(id)
	return filepath.Join(out, a.Folder, "index.html"), ps.Err()
}

// edit writes the file and waits until the page is replaced.
func edit(name string, text []byte, page string) (time.Duration, error) {
	before, err := os.Stat(page)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	if err := os.WriteFile(name, text, 0o644); err != nil {
		return 0, err
	}
	for time.Since(start) < patience {
		if now, err := os.Stat(page); err == nil && !os.SameFile(before, now) {
			return time.Since(start), nil
		}
		time.Sleep(200 * time.Microsecond) // leaves both cores to the program
	}
	return 0, fmt.Errorf("%s did not change within %v", page, patience)
}
