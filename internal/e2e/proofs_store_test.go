package e2e_test

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// walkAll walks all that a browser keeps for the page's origin: every database with its
// stores, keys and values, both storages, caches, workers and cookies. It comes to what is
// there that must not be, and to the number of keys that no script can read. A text may be
// there where it is an address that is published, or too short for the 32 bytes of a root:
// the id of a visit, 16 random bytes, has 22 letters, among which two of a word can stand
// by chance, and six cannot. Bytes may not be, however few.
const walkAll = `(async (addresses, plain) => {
	const wrong = []; let keys = 0;
	const text = (at, s) => {
		if (plain.test(s)) wrong.push(at + ': words of the portal: ' + s);
		else if (s.length > 22 && !addresses.includes(s.replace(/^[a-z]+:/, ''))) wrong.push(at + ': a long text: ' + s);
	};
	const look = async (at, v) => {
		if (v instanceof CryptoKey) {
			const out = await Promise.any(['raw', 'jwk', 'pkcs8', 'spki'].map((f) => crypto.subtle.exportKey(f, v))).then(() => true, () => false);
			if (v.extractable || out) wrong.push(at + ': a key that comes out'); else keys++;
		} else if (v instanceof ArrayBuffer || ArrayBuffer.isView(v)) wrong.push(at + ': bytes');
		else if (v instanceof Blob) wrong.push(at + ': a blob');
		else if (v instanceof Map || v instanceof Set) for (const one of v) await look(at + '[]', one);
		else if (typeof v === 'string') text(at, v);
		else if (typeof v === 'object' && v) for (const [k, inner] of Object.entries(v)) { text(at + '.key', k); await look(at + '.' + k, inner); }
		else if (!['number', 'boolean', 'undefined', 'object'].includes(typeof v)) wrong.push(at + ': a ' + typeof v);
	};
	const done = (request) => new Promise((ok, fail) => { request.onsuccess = () => ok(request.result); request.onerror = fail; });
	for (const { name } of await indexedDB.databases()) {
		text('database', name);
		const db = await done(indexedDB.open(name));
		for (const store of db.objectStoreNames) {
			text('store', store);
			const all = db.transaction(store).objectStore(store);
			const [names, values] = await Promise.all([done(all.getAllKeys()), done(all.getAll())]);
			await look(name + '/' + store + ' key', names);
			await look(name + '/' + store, values);
		}
		db.close();
	}
	for (const [name, value] of Object.entries(sessionStorage)) {
		// What is kept for this visit is wrapped under a key of the database.
		const { nonce, wrapped, ...rest } = JSON.parse(value);
		text('session', name); await look('session.' + name, rest);
	}
	if (localStorage.length) wrong.push('localStorage: ' + Object.keys(localStorage));
	if (document.cookie) wrong.push('cookie: ' + document.cookie);
	for (const name of await caches.keys()) wrong.push('cache: ' + name);
	if (navigator.serviceWorker && (await navigator.serviceWorker.getRegistrations()).length) wrong.push('a service worker');
	return { wrong, keys };
})(%s, /zqharb|zqmari|zqhead|zqbook|booking|headline/i)`

// walked is what walkAll comes to.
type walked struct {
	Wrong []string `json:"wrong"`
	Keys  int      `json:"keys"`
}

func walk(t *testing.T, tab *browsertest.Tab, addresses []string) walked {
	t.Helper()
	list, err := json.Marshal(addresses)
	e2e.Check(t, err)
	return browsertest.Eval[walked](t, tab, fmt.Sprintf(walkAll, list))
}

// TestTheDeviceHoldsNoPortal opens a portal in each way that there is, reads on, and looks
// at all that the browser has kept: keys that no script can read, and nothing of a page.
func TestTheDeviceHoldsNoPortal(t *testing.T) {
	t.Parallel()
	r := &e2e.Reader{Browser: browsertest.Open(t)}
	w := e2e.NewWorld(t)
	r.Passphrase = w.LetIn(t, e2e.Harbour, "zqmaria")
	r.Folder = w.Folder(t, e2e.Harbour)
	note, front, whole := w.SharePage(t, e2e.Harbour, "status"), w.SharePage(t, e2e.Harbour), w.Link(t, e2e.Harbour)
	r.Out = w.Publish(t)
	var addresses []string
	for name := range e2e.ReadTree(t, r.Out) {
		for at := path.Dir(name); at != "."; at = path.Dir(at) {
			addresses = append(addresses, at, at+"/", "/"+at+"/", path.Base(at))
		}
	}
	slices.Sort(addresses)
	addresses = slices.Compact(addresses)
	enterFor := func(days int) func(*testing.T, *browsertest.Tab, string) {
		return func(t *testing.T, tab *browsertest.Tab, root string) {
			e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
			e2e.Enter(t, tab, r.Passphrase, days)
			e2e.Await(t, tab, e2e.Home)
		}
	}
	for _, tt := range []struct {
		name    string
		open    func(*testing.T, *browsertest.Tab, string)
		further bool // there are other pages to go on to
	}{
		{"by passphrase", enterFor(90), true},
		{"by passphrase, for this visit", enterFor(0), true},
		{"by a portal link", func(t *testing.T, tab *browsertest.Tab, root string) {
			e2e.Visit(t, tab, root+"/"+r.Folder+"/"+whole, e2e.Home)
		}, true},
		{"by a page link", func(t *testing.T, tab *browsertest.Tab, root string) { e2e.Visit(t, tab, root+note.Link, e2e.Inner) }, false},
		{"by a link to Home alone", func(t *testing.T, tab *browsertest.Tab, root string) { e2e.Visit(t, tab, root+front.Link, e2e.Home) }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tab, root := r.Tab(t)
			tt.open(t, tab, root)
			if tt.further {
				e2e.Follow(t, tab)
			}
			tab.Do(t, chromedp.Reload())
			e2e.Await(t, tab, e2e.Open)
			got := walk(t, tab, addresses)
			if len(got.Wrong) > 0 {
				t.Errorf("on the device are:\n%s", strings.Join(got.Wrong, "\n"))
			}
			if got.Keys == 0 {
				t.Error("no key is found, so that nothing is proved of where it lies")
			}
		})
	}
	t.Run("what is planted", func(t *testing.T) {
		tab, root := r.Tab(t)
		e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
		before := walk(t, tab, addresses)
		e2e.Run(t, tab, plant)
		if got := walk(t, tab, addresses); len(got.Wrong) != len(before.Wrong)+planted || len(before.Wrong) != 0 {
			t.Errorf("of %d planted things it finds:\n%s\nand before them: %v", planted, strings.Join(got.Wrong, "\n"), before.Wrong)
		}
	})
}

// plant puts things that must not be there wherever a page can keep some; planted is how
// many they are.
const (
	planted = 9
	plant   = `
		const db = await new Promise((ok) => { const r = indexedDB.open('other'); r.onupgradeneeded = () => r.result.createObjectStore('things'); r.onsuccess = () => ok(r.result); });
		const out = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);
		const things = db.transaction('things', 'readwrite').objectStore('things');
		things.put({ deep: [out] }, 1); things.put(new Map([['a', new Uint8Array(32)]]), 2); things.put(new ArrayBuffer(16), 3);
		things.put('Zqheadline', 4); things.put('0123456789abcdef0123456789abcdef', 5); things.put(new Blob(['x']), 6);
		await new Promise((ok) => { things.transaction.oncomplete = ok; });
		db.close();
		localStorage.setItem('a', 'b'); sessionStorage.setItem('x', JSON.stringify({ raw: 'A'.repeat(43) }));
		document.cookie = 'a=b'`
)
