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
	clients, name, home, err := choose(dir)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	edited := func(i int) []byte {
		return bytes.Replace(text, []byte(field), fmt.Appendf(nil, "%s%d. ", field, i), 1)
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
	fmt.Printf("%d clients, %d edits: median %v, fastest %v, slowest %v\n", clients, runs,
		took[len(took)/2].Round(100*time.Microsecond),
		took[0].Round(100*time.Microsecond), took[len(took)-1].Round(100*time.Microsecond))
	return os.WriteFile(name, text, 0o644)
}

// now is the day for which bench/generate makes clients.
const now = "2026-11-20"

// patience is how long to wait until an edit is published.
const patience = 30 * time.Second

// field is the place at which a client's file is edited.
const field = "welcome = \""

// choose returns the number of clients and, for one near their middle, its file and its published
// Home. That client is published, and its file has the field.
func choose(dir string) (clients int, name, home string, err error) {
	s, err := site.Open(dir)
	if err != nil {
		return 0, "", "", err
	}
	defer s.Close()
	out := filepath.Join(dir, "public")
	clock, err := pipeline.ParseClock(now)
	if err != nil {
		return 0, "", "", err
	}
	b := pipeline.New(s, pipeline.Options{
		Now: clock, Keys: keyring.NewSiteKeys(access.LoadMaster(dir, out, os.Getenv("PORTALGEN_KEY"))),
	})
	if ps := b.Load(); ps.Err() != nil {
		return 0, "", "", ps.Err()
	}
	ids, err := b.Clients()
	if err != nil {
		return 0, "", "", err
	}
	for i := range ids {
		id := ids[(i+len(ids)/2)%len(ids)]
		p, ps := b.Portal(id)
		if ps.Err() != nil {
			return 0, "", "", ps.Err()
		}
		name, home = filepath.Join(dir, site.ClientFile(id)), filepath.Join(out, p.Folder, "index.html")
		text, err := os.ReadFile(name)
		if err != nil {
			return 0, "", "", err
		}
		published, err := os.ReadFile(home)
		if err == nil && bytes.Equal(published, p.Files[p.Folder+"/index.html"]) &&
			bytes.Contains(text, []byte(field)) {
			return len(ids), name, home, nil
		}
	}
	return 0, "", "", fmt.Errorf("no client in %s is published and has %s in its file", dir, field)
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
