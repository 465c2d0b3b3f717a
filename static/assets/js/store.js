// The browser's store with the keys of open portals. A browser may refuse it or not answer: nothing
// here waits for long, but a late answer still counts. A preview does not use it, since its origin
// is only a port of this machine, which another program may use later.

import { isPreview, pending } from './tab.js';

/** @typedef {{ portal: string, root: CryptoKey, holder: import('./keep.js').Holder, expires: number }} Kept */
/** @typedef {{ id: string, key: CryptoKey, expires: number }} Visit */

/** How long the store may take to open, in milliseconds, before a page continues without it. */
export const patience = 1000;
/** The same limit for keeping a root for days; after it the root is kept for this visit only. */
export const patienceToKeep = 5000;
/** The parts of the store: the roots of portals, and what is kept for a visit. */
export const roots = 'roots';
export const visits = 'visits';

/**
 * The name under which the drafts and replies of a portal's reader are kept.
 * @param {string} portal
 */
export const writtenId = (portal) => `portalgen:written:${portal}`;

/**
 * The longest limit that ran out without an answer of the store, in milliseconds. Until the store
 * answers, an open with that limit or less fails at once.
 */
let longestTimeout = 0;

/**
 * @param {number} limit how long it may take, in milliseconds
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
 * Runs one transaction over the whole store, so that nothing happens between its steps.
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
 * Puts a record into the store. If a Lock is not completed there, it first empties the store.
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
 * Empties the store, which completes a Lock.
 * @param {number} [limit] how long it may take to open
 */
export async function empty(limit = patience) {
  await transactAll((inRoots, inVisits) => {
    inRoots.clear();
    inVisits.clear();
  }, limit);
  pending.set(false);
}
