// The browser's own store, in which the keys of open portals lie. A browser may refuse it, or
// not answer: nothing here waits for long, and one that answers late is heard all the same. A
// preview has none: its address is only a port of this machine, which is another program's later.

import { isPreview, pending } from './tab.js';

/** @typedef {{ portal: string, root: CryptoKey, holder: import('./keep.js').Holder, expires: number }} Kept */
/** @typedef {{ id: string, key: CryptoKey, expires: number }} Visit */

/** How long the store may take to open, in milliseconds, before a page goes on without. */
export const patience = 1000;
/** The same, before what was to be kept for days is kept for this visit alone. */
export const patienceToKeep = 5000;
/** What the store has: the roots of portals, and what lasts for a visit. */
export const roots = 'roots';
export const visits = 'visits';

/**
 * Under which name it is kept what the reader of a portal wrote and sent.
 * @param {string} portal
 */
export const writtenId = (portal) => `portalgen:written:${portal}`;

/**
 * The longest limit that ran out while the store did not answer, in milliseconds. No open with
 * that limit or less is tried again until the store has answered.
 */
let longestTimeout = 0;

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
export async function transact(store, mode, act, limit = patience) {
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
export async function transactAll(act, limit = patience) {
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

/**
 * Puts something into the store. Where a Lock has not been done there yet, that comes first.
 * @param {string} store
 * @param {Kept | Visit} record
 */
export async function put(store, record) {
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
 * Empties the store, as Lock has said that it must be.
 * @param {number} [limit] how long it may take to open
 */
export async function empty(limit = patience) {
  await transactAll((inRoots, inVisits) => {
    inRoots.clear();
    inVisits.clear();
  }, limit);
  pending.set(false);
}
