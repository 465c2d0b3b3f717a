// Command pictures makes the pictures of README.md from the program's samples, in a real browser:
//
//	go run ./docs/pictures [-out docs/pictures]
//
// The clock of the samples stands still, so the pictures change only with the pages, the browser
// and the fonts of the machine. It needs Chromium or Chrome.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/seal"
	"portalgen/internal/serve"
	"portalgen/internal/site"
)

// A picture is one page of a sample, at one size.
type picture struct {
	name, client string
	// link is the text of the link on Home that leads to the page; "" for Home.
	link          string
	width, height int64
	scale         float64
	scheme        string // the colour scheme of the reader's device
}

// Home is made for the size of a phone: the important part is visible without scrolling.
var pictures = []picture{
	{"home-phone.png", "two-ovens", "", 375, 667, 2, "light"},
	{"home-phone-dark.png", "two-ovens", "", 375, 667, 2, "dark"},
	{"risks-phone.png", "two-ovens", "Risks", 375, 667, 2, "light"},
	{"commitment.png", "two-ovens", "Ordering ahead, at both shops", 1280, 800, 1, "light"},
}

// timeout ends a browser that hangs.
const timeout = 2 * time.Minute

func main() {
	log.SetFlags(0)
	out := flag.String("out", filepath.Join("docs", "pictures"), "the folder for the pictures")
	flag.Parse()
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	if err := run(ctx, *out); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, out string) (err error) {
	// A site without own files has the program's own look.
	empty, err := os.MkdirTemp("", "pictures")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(empty)) }()
	s, err := site.Open(empty)
	if err != nil {
		return err
	}
	defer s.Close()
	root, links, err := preview(ctx, s)
	if err != nil {
		return err
	}
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.DisableGPU)
	if os.Geteuid() == 0 {
		flags = append(flags, chromedp.NoSandbox)
	}
	ctx, cancel := chromedp.NewExecAllocator(ctx, flags...)
	defer cancel()
	for _, p := range pictures {
		shot, err := p.take(ctx, root+links[p.client])
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		if err := os.WriteFile(filepath.Join(out, p.name), shot, 0o644); err != nil {
			return err
		}
		fmt.Printf("%s: %d KB\n", p.name, len(shot)/1024)
	}
	return nil
}

// preview serves the samples until ctx is done. It returns the server's address, and the link to
// each portal relative to it.
func preview(ctx context.Context, s *site.Site) (root string, links map[string]string, err error) {
	keys := keyring.PreviewKeys{Master: seal.NewMaster()}
	server := serve.New(pipeline.New(s, pipeline.Options{Samples: true, Keys: keys}))
	if err := server.Problems().Err(); err != nil {
		return "", nil, err
	}
	l, err := serve.Listen(0)
	if err != nil {
		return "", nil, err
	}
	go func() {
		if err := server.Serve(ctx, l); err != nil {
			log.Print(err)
		}
	}()
	links = map[string]string{}
	for _, e := range server.Entries() {
		links[e.ID] = e.Link
	}
	return "http://" + l.Addr().String(), links, nil
}

// opened is a selector for an opened page.
const opened = `[data-state="open"] main.page`

// take opens the portal by its link, in a tab with its own profile, and returns the picture of a
// page as PNG.
func (p picture) take(ctx context.Context, link string) ([]byte, error) {
	ctx, cancel := chromedp.NewContext(ctx)
	defer cancel()
	err := chromedp.Do(ctx,
		chromedp.EmulateViewport(p.width, p.height, chromedp.EmulateScale(p.scale)),
		p.colours(),
		chromedp.Navigate(link),
		chromedp.WaitReady(chromedp.CSS(opened)),
	)
	if err != nil {
		return nil, err
	}
	if p.link != "" {
		address, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(
			`[...document.querySelectorAll('a')].find((a) => a.textContent.trim() === %q)?.href ?? ''`, p.link)))
		if err != nil {
			return nil, err
		}
		if address == "" {
			return nil, fmt.Errorf("no link on the Home of %s says %q", p.client, p.link)
		}
		inner := chromedp.CSS(opened + ":not(.page-home)")
		if err := chromedp.Do(ctx, chromedp.Navigate(address), chromedp.WaitReady(inner)); err != nil {
			return nil, err
		}
	}
	return chromedp.Run(ctx, chromedp.CaptureScreenshot())
}

// colours sets the colour scheme and hides scroll bars, since a phone has none.
func (p picture) colours() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: p.scheme}},
		})
		if err != nil {
			return err
		}
		_, err = cdp.Call(ctx, t, emulation.SetScrollbarsHidden, emulation.SetScrollbarsHiddenParams{Hidden: true})
		return err
	})
}
