// Package browsertest runs a real Chromium for tests: one for all tests of a package, in which each has a
// profile of its own. It collects the errors and warnings of pages.
//
// The package must not know what is tested. Only tests import it.
package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// RequireVariable is the environment variable that, set to 1, makes a missing browser a failure. CI
// sets it.
const RequireVariable = "PORTALGEN_REQUIRE_BROWSER"

// names are the possible names of the browser on the search path. Chromium without windows comes
// first, since windows cause half of its work in a test.
var names = []string{
	"chromium-headless-shell", "headless-shell",
	"chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome",
}

// timeout ends the tabs of a test that hangs.
const timeout = 10 * time.Minute

// A Tab is one tab of a browser.
type Tab struct {
	// Strict says that a page that reports a problem fails its test; e2e.Visit sees to it.
	Strict bool

	ctx context.Context
	// begin opens the tab where it is not open yet. A test that uses only further tabs of it has none.
	begin func() error

	mu       sync.Mutex
	problems []string
}

// shared is the browser of the tests that need no options. It runs as long as one of them does.
var shared struct {
	sync.Mutex
	tests int
	ctx   context.Context
	end   context.CancelFunc
}

// Require skips the test where there is no browser, or fails it if RequireVariable says so. Tests that do much
// before they open a browser begin with it. It returns the path of the browser.
func Require(t testing.TB) string {
	t.Helper()
	path := find()
	if path == "" {
		if os.Getenv(RequireVariable) == "1" {
			t.Fatalf("NO BROWSER: none of %s is installed, and %s is 1", strings.Join(names, ", "), RequireVariable)
		}
		t.Skipf("NO BROWSER: none of %s is installed, so what a reader sees is NOT tested", strings.Join(names, ", "))
	}
	return path
}

// Open opens a tab with a fresh profile of its own, as a private window has it, and closes it with the
// test. With options the tab is in a browser of its own, with that browser's default profile. Where there is no
// browser, Open does as Require.
func Open(t testing.TB, options ...chromedp.ExecAllocatorOption) *Tab {
	t.Helper()
	path := Require(t)
	if len(options) > 0 {
		ctx, end, err := start(path, options...)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(end)
		ctx, cancel := context.WithTimeout(ctx, timeout)
		t.Cleanup(cancel)
		return newTab(t, ctx)
	}
	ctx, cancel := context.WithTimeout(join(t, path), timeout)
	t.Cleanup(cancel)
	return newTab(t, ctx, chromedp.WithExistingBrowserContext(newProfile(t, ctx)))
}

// newProfile makes a profile that ends with the test.
func newProfile(t testing.TB, ctx context.Context) cdp.BrowserContextID {
	t.Helper()
	b := chromedp.FromContext(ctx).Browser
	made, err := cdp.Call(ctx, b, target.CreateBrowserContext, target.CreateBrowserContextParams{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := cdp.Call(ctx, b, target.DisposeBrowserContext, target.DisposeBrowserContextParams(made))
		if err != nil {
			t.Error(err)
		}
	})
	return made.BrowserContextID
}

// join returns the shared browser, which must not end before the test.
func join(t testing.TB, path string) context.Context {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.tests == 0 {
		var err error
		if shared.ctx, shared.end, err = start(path); err != nil {
			t.Fatal(err)
		}
	}
	shared.tests++
	t.Cleanup(func() {
		shared.Lock()
		defer shared.Unlock()
		if shared.tests--; shared.tests == 0 {
			shared.end()
		}
	})
	return shared.ctx
}

// start starts a browser; end ends it and waits until it is gone.
func start(path string, options ...chromedp.ExecAllocatorOption) (
	ctx context.Context, end context.CancelFunc, err error,
) {
	flags := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path),
		chromedp.DisableGPU,
		// Beside what chromedp turns off: the suggestions under the address bar, which are two more pages in
		// each window, and a process that is kept ready for the next page.
		chromedp.Flag("disable-features", "Translate,BlinkGenPropertyTrees,WebUIOmniboxPopup,"+
			"WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,SpareRendererForSitePerProcess"),
		// All tabs of a profile in one process, which spares the start of one for each tab.
		chromedp.Flag("disable-site-isolation-trials", true),
		chromedp.Flag("renderer-process-limit", "1"),
		chromedp.Flag("disable-field-trial-config", true),
		chromedp.Flag("wm-window-animations-disabled", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true))
	if os.Geteuid() == 0 {
		flags = append(flags, chromedp.NoSandbox)
	}
	ctx, release := chromedp.NewExecAllocator(context.Background(), append(flags, options...)...)
	ctx, stop := chromedp.NewContext(ctx)
	end = func() { stop(); release() }
	if err := chromedp.Do(ctx); err != nil {
		end()
		return nil, nil, err
	}
	return ctx, end, nil
}

// Tab opens another tab of the same browser, with the same profile.
func (tab *Tab) Tab(t testing.TB) *Tab {
	t.Helper()
	return newTab(t, tab.ctx)
}

func newTab(t testing.TB, parent context.Context, options ...chromedp.ContextOption) *Tab {
	t.Helper()
	tab := new(Tab)
	ctx, cancel := chromedp.NewContext(parent, append(options, chromedp.WithListener(tab.listen))...)
	t.Cleanup(cancel)
	tab.ctx = ctx
	tab.begin = sync.OnceValue(func() error {
		return chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, logErr := cdp.Call(ctx, target, log.Enable, cdp.Empty{})
			_, auditErr := cdp.Call(ctx, target, audits.Enable, cdp.Empty{})
			return errors.Join(logErr, auditErr)
		}))
	})
	return tab
}

func find() string {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// Context returns the context of the open tab for chromedp.Run.
func (tab *Tab) Context(t testing.TB) context.Context {
	t.Helper()
	if err := tab.begin(); err != nil {
		tab.fatal(t, err)
	}
	return tab.ctx
}

// Downloads has the browser put what tabs of this profile download into a folder; with "" it refuses to.
func (tab *Tab) Downloads(t testing.TB, folder string) {
	t.Helper()
	params := browser.SetDownloadBehaviorParams{
		BrowserContextID: chromedp.FromContext(tab.ctx).BrowserContextID,
		Behavior:         browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder,
	}
	if folder == "" {
		params.Behavior = browser.SetDownloadBehaviorBehaviorDeny
	}
	tab.Do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, browser.SetDownloadBehavior, params)
		return err
	}))
}

// Do runs the steps in order and stops the test where one fails.
func (tab *Tab) Do(t testing.TB, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tab.Context(t), steps...); err != nil {
		tab.fatal(t, err)
	}
}

// Get runs one action and returns its result. It stops the test if the action fails.
func Get[T any](t testing.TB, tab *Tab, action chromedp.Action[T]) T {
	t.Helper()
	value, err := chromedp.Run(tab.Context(t), action)
	if err != nil {
		tab.fatal(t, err)
	}
	return value
}

// Eval evaluates an expression in the page and returns its result. It waits for a promise. The
// page's content security policy does not apply to the expression.
func Eval[T any](t testing.TB, tab *Tab, expression string) T {
	t.Helper()
	return Get(t, tab, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

func (tab *Tab) fatal(t testing.TB, err error) {
	t.Helper()
	t.Fatalf("browser: %v\nthe page said: %s", err, strings.Join(tab.Problems(), "\n"))
}

// Problems returns the problems of the page so far: errors and warnings on the console, uncaught
// exceptions, failed requests, and violations of the content security policy.
func (tab *Tab) Problems() []string {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	return slices.Clone(tab.problems)
}

// WantNoProblems fails the test if there are problems.
func (tab *Tab) WantNoProblems(t testing.TB) {
	t.Helper()
	if problems := tab.Problems(); len(problems) > 0 {
		t.Errorf("the page complained:\n%s", strings.Join(problems, "\n"))
	}
}

func (tab *Tab) listen(event any) {
	var problem string
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		problem = "exception: " + exceptionText(e.ExceptionDetails)
	case *runtime.EventConsoleAPICalled:
		switch e.Type {
		case runtime.ConsoleAPICalledTypeError, runtime.ConsoleAPICalledTypeWarning, runtime.ConsoleAPICalledTypeAssert:
		default:
			return
		}
		problem = "console: " + consoleText(e.Args)
	case *log.EventEntryAdded:
		if e.Entry.Level != log.EntryLevelError && e.Entry.Level != log.EntryLevelWarning {
			return
		}
		problem = fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)
	case *audits.EventIssueAdded:
		csp := e.Issue.Details.ContentSecurityPolicyIssueDetails
		if csp == nil {
			return
		}
		problem = fmt.Sprintf("content security policy: %s blocks %q", csp.ViolatedDirective, csp.BlockedURL)
	default:
		return
	}
	tab.mu.Lock()
	defer tab.mu.Unlock()
	tab.problems = append(tab.problems, problem)
}

func exceptionText(d *runtime.ExceptionDetails) string {
	if d.Exception == nil {
		return d.Text
	}
	return d.Text + " " + consoleText([]*runtime.RemoteObject{d.Exception})
}

func consoleText(args []*runtime.RemoteObject) string {
	texts := make([]string, len(args))
	for i, a := range args {
		if texts[i] = a.Description; texts[i] == "" {
			texts[i] = string(a.Value)
		}
	}
	return strings.Join(texts, " ")
}
