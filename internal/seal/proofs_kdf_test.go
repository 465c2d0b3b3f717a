package seal

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
)

// timeRoots derives one root three times with the reader's own module, and returns it
// with the milliseconds of the fastest.
const timeRoots = `(async () => {
	const { personRootBytes } = await import('/js/kdf.js');
	const salt = Uint8Array.from(atob(%q), (c) => c.charCodeAt(0));
	let root, best = Infinity;
	for (let i = 0; i < 3; i++) {
		const start = performance.now();
		root = await personRootBytes(%q, { kdf: 1, salt });
		best = Math.min(best, performance.now() - start);
	}
	return { root: [...root].map((b) => b.toString(16).padStart(2, '0')).join(''), best };
})()`

// One guess costs a browser a million rounds, no fewer: the root is that of Go, and it
// took a time in which no machine does a tenth of them. Run it with -v for the figure.
func TestOneGuessInABrowser(t *testing.T) {
	const passphrase, leastMS = "abacus abdomen abide ablaze able", 10
	tab := browsertest.Open(t)
	tab.Do(t, chromedp.Navigate(serveModules(t)))
	salt := fixed("salt", SaltSize)
	got := browsertest.Eval[struct {
		Root string  `json:"root"`
		Best float64 `json:"best"`
	}](t, tab, fmt.Sprintf(timeRoots, base64.StdEncoding.EncodeToString(salt), passphrase))
	if want := hex.EncodeToString(must(PersonRoot(passphrase, salt)).raw()); got.Root != want {
		t.Errorf("the root is %s, in Go %s", got.Root, want)
	}
	if got.Best < leastMS {
		t.Errorf("a guess took %.1f ms", got.Best)
	}
	t.Logf("one guess, %d rounds of PBKDF2 in the browser: %.0f ms", pbkdf2Rounds, got.Best)
	tab.WantNoProblems(t)
}
