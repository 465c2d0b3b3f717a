package e2e_test

import (
	"strings"
	"testing"

	"portalgen/internal/browsertest"
)

// Expressions that look into what a page keeps on the device.
const (
	// store comes to the database.
	store = `new Promise((done, fail) => { const r = indexedDB.open('portalgen'); r.onsuccess = () => done(r.result); r.onerror = fail })`
	// storeSize comes to the number of records in it and in the session's storage.
	storeSize = `(async () => {
		const db = await ` + store + `; let n = sessionStorage.length;
		for (const name of db.objectStoreNames) {
			n += await new Promise((done) => { const r = db.transaction(name).objectStore(name).count(); r.onsuccess = () => done(r.result) });
		}
		db.close(); return n })()`
)

// keepsNothing waits until the page keeps nothing on the device.
func keepsNothing(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	inTime(t, tab, `(async () => await `+storeSize+` === 0)()`)
}

// request waits for a request of the database.
func request(r string) string {
	return `new Promise((done, fail) => { const q = ` + r + `; q.onsuccess = () => done(q.result); q.onerror = fail })`
}

// allKept comes to the records of one part of the database.
func allKept(name string) string {
	return `(async () => { const db = await ` + store + `; const all = await ` +
		request(`db.transaction('`+name+`').objectStore('`+name+`').getAll()`) + `; db.close(); return all })()`
}

// keysStayInside wants that every key on the device is one that no script can read,
// and that nothing else there is as long as a key.
func keysStayInside(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	got := browsertest.Eval[[]string](t, tab, `(async () => {
		const found = [];
		const look = async (name, value) => {
			if (value instanceof CryptoKey) {
				const out = await crypto.subtle.exportKey('raw', value).then(() => 'came out', () => 'stays');
				found.push(value.extractable || out === 'came out' ? name + ' comes out' : 'key');
			} else if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
				found.push(name + ' is bytes');
			} else if (typeof value === 'object' && value) {
				for (const [k, v] of Object.entries(value)) await look(name + '.' + k, v);
			} else if (!['portal', 'id', 'holder', 'expires', 'opened', 'looked', 'before'].includes(name.split('.').pop()) &&
				!(/\.seen\.\d+$/.test(name) && /^[0-9a-f]{12}$/.test(value))) {
				found.push(name + ' is ' + value);
			}
		};
		for (const kept of await `+allKept("roots")+`) await look('roots', kept);
		for (const kept of await `+allKept("visits")+`) await look('visits', kept);
		for (const [name, text] of Object.entries(sessionStorage)) {
			const { id, raw, holder, nonce, wrapped, ...rest } = JSON.parse(text);
			if (raw !== '' || Object.keys(rest).length > 0) found.push(name + ' holds ' + text);
		}
		return found; })()`)
	if len(got) != 1 || got[0] != "key" {
		t.Errorf("on the device are: %s", strings.Join(got, ", "))
	}
}
