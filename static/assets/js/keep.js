// Keeps a root on this device for as long as the reader chose, so that the next
// page and the next visit ask nothing. What is kept cannot be read back by script:
// for days, as a key that does not leave the browser's own store; for one visit,
// wrapped in the tab's session storage under such a key. A browser may refuse all of
// it, or not answer: then nothing is kept, and nothing here waits for long. One that
// answers late is heard all the same. A preview keeps all of it in the tab's session
// storage: its address is only a port of this machine, which is another program's later.

import { fromBase64url, toBase64url } from './bytes.js';
import { hkdfKey } from './kdf.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {'person' | 'link' | 'page-link'} Holder */
/** @typedef {{ portal: string, root: CryptoKey, holder: Holder, expires: number }} Kept */
/** @typedef {{ id: string, key: CryptoKey, expires: number }} Visit */
/** @typedef {import('./since.js').Visits} Visits */

const day = 24 * 60 * 60 * 1000;
/** How long a visit lasts after the last page of it was opened, in milliseconds. */
const visitLasts = day / 12;
/** How long the store may take to open, in milliseconds, before a page goes on without. */
const patience = 1000;
/** The same, before what was to be kept for days is kept for this visit alone. */
const patienceToKeep = 5000;
const roots = 'roots';
const visits = 'visits';

/** @param {string} portal */
const slot = (portal) => `portalgen:${portal}`;

/** @param {string} portal */
const seenId = (portal) => `seen:${portal}`;

/** Whether this page is of a preview, which tells its pages their version. */
const isPreview = () => document.body.dataset.version !== undefined;

/** The tab's storage; null where site data is blocked, since to touch it then throws. */
function tabStorage() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

/**
 * Says that Lock was pressed, until the store has been emptied. It is said where nothing has
 * to be waited for: a page may be closed before a slow store has even opened, and what is
 * still in that must open nothing.
 */
const pending = {
  name: 'portalgen:locked',
  /** @param {boolean} so */
  set(so) {
    if (isPreview()) return;
    try {
      if (so) localStorage.setItem(this.name, '');
      else localStorage.removeItem(this.name);
    } catch {
      // Site data is blocked, so there is no store either.
    }
  },
  get() {
    try {
      return localStorage.getItem(this.name) !== null;
    } catch {
      return false;
    }
  },
};

/**
 * The longest limit that ran out while the store did not answer, in milliseconds. No open with
 * that limit or less is tried again until the store has answered.
 */
let longestTimeout = 0;
/** When this page last kept something. */
let keptAt = 0;

/**
 * @param {number} limit how long it may take
 * @returns {Promise<IDBDatabase>}
 */
function database(limit) {
  return new Promise((resolve, reject) => {
    if (isPreview()) throw new Error('a preview has no store');
    if (limit <= longestTimeout) throw new Error('the store does not answer');
    const request = indexedDB.open('portalgen', 1);
    let late = false;
    const giveUp = () => {
      late = true;
      longestTimeout = Math.max(longestTimeout, limit);
      reject(new Error('the store does not answer'));
    };
    const timer = limit < Infinity ? setTimeout(giveUp, limit) : 0;
    request.onupgradeneeded = () => {
      request.result.createObjectStore(roots, { keyPath: 'portal' });
      request.result.createObjectStore(visits, { keyPath: 'id' });
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      longestTimeout = 0;
      if (late) request.result.close();
      else resolve(request.result);
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error);
    };
  });
}

/**
 * Runs one transaction.
 * @template T
 * @param {string} store
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @param {number} [limit] how long the store may take to open
 * @returns {Promise<T>}
 */
async function transact(store, mode, act, limit = patience) {
  const db = await database(limit);
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction(store, mode);
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    db.close();
  }
}

/**
 * Runs one transaction over all there is, so that nothing comes between its steps.
 * @param {(roots: IDBObjectStore, visits: IDBObjectStore) => void} act
 * @param {number} [limit] how long the store may take to open
 * @returns {Promise<void>}
 */
async function transactAll(act, limit = patience) {
  const db = await database(limit);
  try {
    await new Promise((resolve, reject) => {
      const transaction = db.transaction([roots, visits], 'readwrite');
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
      act(transaction.objectStore(roots), transaction.objectStore(visits));
    });
  } finally {
    db.close();
  }
}

/** Forgets whatever has outlived its time, and all of it where a Lock was not done yet. */
export async function sweep() {
  if (pending.get()) return empty();
  const now = Date.now();
  for (const store of [roots, visits]) {
    const all = await transact(store, 'readonly', (s) => s.getAll());
    for (const kept of all.filter((k) => !(k.expires > now))) {
      if (store === roots) await forget(kept.portal);
      else await transact(store, 'readwrite', (s) => s.delete(kept.id));
    }
  }
}

/**
 * What the reader had seen of a portal.
 * @param {string} portal
 * @returns {Promise<Visits | undefined>}
 */
export function recallSeen(portal) {
  return transact(visits, 'readonly', (s) => s.get(seenId(portal)));
}

/**
 * Keeps what the reader has seen for as long as the root is kept, and no longer than
 * that: after "this visit only", or a Lock in the meantime, there is none.
 * @param {string} portal
 * @param {Visits} seen
 */
export function rememberSeen(portal, seen) {
  return transactAll((inRoots, inVisits) => {
    /** @type {IDBRequest<Kept | undefined>} */
    const kept = inRoots.get(portal);
    kept.onsuccess = () => {
      if (kept.result) inVisits.put({ id: seenId(portal), ...seen, expires: kept.result.expires });
    };
  });
}

/**
 * Keeps a root. Where the browser does not let keys into its store, it is kept for
 * this visit alone. Throws where it cannot be kept at all.
 * @param {string} portal
 * @param {Bytes} root wiped when done
 * @param {Holder} holder
 * @param {number} days 0 for this visit
 * @param {() => boolean} wanted false once Lock was pressed: then nothing stays
 */
export async function remember(portal, root, holder, days, wanted) {
  try {
    await forget(portal, patienceToKeep);
    const forDays = days > 0 && wanted() && await keepForDays(portal, root, holder, days);
    if (!forDays && wanted()) await keepForVisit(portal, root, holder, wanted);
  } finally {
    root.fill(0);
    keptAt = Date.now();
    if (!wanted()) await forgetAll();
  }
}

/**
 * Puts something into the store. Where a Lock has not been done there yet, that comes first.
 * @param {string} store
 * @param {Kept | Visit} record
 */
async function put(store, record) {
  const locked = pending.get();
  await transactAll((inRoots, inVisits) => {
    if (locked) {
      inRoots.clear();
      inVisits.clear();
    }
    (store === roots ? inRoots : inVisits).put(record);
  }, patienceToKeep);
  if (locked) pending.set(false);
}

/**
 * @param {string} portal
 * @param {Bytes} root
 * @param {Holder} holder
 * @param {number} days
 * @returns {Promise<boolean>} whether the store has taken it
 */
async function keepForDays(portal, root, holder, days) {
  try {
    const kept = { portal, root: await hkdfKey(root.slice()), holder, expires: Date.now() + days * day };
    await put(roots, kept);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} portal
 * @param {Bytes} root
 * @param {Holder} holder
 * @param {() => boolean} wanted
 */
async function keepForVisit(portal, root, holder, wanted) {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const id = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  const aes = { name: 'AES-GCM', length: 256 };
  let key = await crypto.subtle.generateKey(aes, false, ['encrypt', 'decrypt']);
  let raw = '';
  try {
    await put(visits, { id, key, expires: Date.now() + visitLasts });
  } catch {
    // Without a store for the wrapping key it has to lie beside what it wraps, which
    // then lasts, and is as safe, as the tab.
    key = await crypto.subtle.generateKey(aes, true, ['encrypt', 'decrypt']);
    raw = toBase64url(new Uint8Array(await crypto.subtle.exportKey('raw', key)));
  }
  const wrapped = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, root);
  if (!wanted()) return;
  tabStorage()?.setItem(slot(portal), JSON.stringify({
    id, raw, holder, nonce: toBase64url(nonce), wrapped: toBase64url(new Uint8Array(wrapped)),
  }));
}

/**
 * @param {string} portal
 * @param {number} [limit] how long the store may take to open
 * @returns {Promise<{ root: CryptoKey, holder: Holder } | null>}
 */
export async function recall(portal, limit = patience) {
  try {
    if (pending.get()) throw new Error('locked');
    /** @type {Kept | undefined} */
    const kept = await transact(roots, 'readonly', (s) => s.get(portal), limit);
    if (kept && kept.expires > Date.now()) return kept;
  } catch {
    // Nothing of the store; there may still be a visit.
  }
  return recallVisit(portal, limit);
}

/**
 * Has a visit last on from now, unless it was ended in the meantime.
 * @param {string} id
 */
function goOn(id) {
  return transactAll((_, inVisits) => {
    /** @type {IDBRequest<Visit | undefined>} */
    const visit = inVisits.get(id);
    visit.onsuccess = () => {
      if (visit.result) inVisits.put({ ...visit.result, expires: Date.now() + visitLasts });
    };
  });
}

/**
 * The record of a visit with the key that it is wrapped in; undefined where it has ended.
 * The visit lasts on from now.
 * @param {string} id
 * @param {number} limit
 * @returns {Promise<Visit | undefined>}
 */
async function visitOf(id, limit) {
  /** @type {Visit | undefined} */
  const visit = await transact(visits, 'readonly', (s) => s.get(id), limit);
  if (!visit || !(visit.expires > Date.now()) || pending.get()) return undefined;
  void goOn(id).catch(() => undefined);
  return visit;
}

/**
 * @param {string} portal
 * @param {number} limit
 * @returns {Promise<{ root: CryptoKey, holder: Holder } | null>}
 * @throws where the store, which has the visit's key, does not answer: it may yet
 */
async function recallVisit(portal, limit) {
  const text = tabStorage()?.getItem(slot(portal));
  if (!text) return null;
  const { id, raw, holder, nonce, wrapped } = JSON.parse(text);
  const visit = raw ? undefined : await visitOf(id, limit);
  try {
    const key = visit?.key ?? await crypto.subtle.importKey('raw', fromBase64url(raw), 'AES-GCM', false, ['decrypt']);
    const root = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64url(nonce) }, key, fromBase64url(wrapped));
    return { root: await hkdfKey(root), holder };
  } catch {
    tabStorage()?.removeItem(slot(portal));
    return null;
  }
}

/**
 * Forgets one portal on this device.
 * @param {string} portal
 * @param {number} [limit] how long the store may take to open
 */
export async function forget(portal, limit = patience) {
  tabStorage()?.removeItem(slot(portal));
  try {
    await transactAll((inRoots, inVisits) => {
      inRoots.delete(portal);
      inVisits.delete(seenId(portal));
    }, limit);
  } catch {
    // There is no store, so nothing is in it.
  }
}

/** Forgets what this tab alone holds. Another tab's cannot be reached from here. */
function forgetTab() {
  const storage = tabStorage();
  for (const name of Object.keys(storage ?? {})) {
    if (name.startsWith('portalgen:')) storage?.removeItem(name);
  }
}

/**
 * Forgets what is left after another tab has emptied the store: what this tab alone
 * holds, and what it kept in the moment before it heard.
 * @param {number} at when the other tab began to
 */
export async function forgetSince(at) {
  forgetTab();
  if (keptAt >= at) await forgetAll();
}

/**
 * Empties the store, as Lock has said that it must be.
 * @param {number} [limit] how long it may take to open
 */
async function empty(limit = patience) {
  await transactAll((inRoots, inVisits) => {
    inRoots.clear();
    inVisits.clear();
  }, limit);
  pending.set(false);
}

/** Forgets every portal on this device, however long the store takes to answer. */
export async function forgetAll() {
  pending.set(true);
  forgetTab();
  try {
    await empty(Infinity);
  } catch {
    // There is no store, or the next page empties it.
  }
}
