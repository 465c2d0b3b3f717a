// Keeps a root on this device as long as the reader chose, so that the next page and the next visit
// do not ask. Scripts cannot read back what is kept. For days it is a key that never leaves the
// browser's store. For one visit it is in the tab's session storage, wrapped under such a key. If
// the browser refuses both, nothing is kept. A preview keeps everything in the tab's session
// storage.

import { hkdfKey } from './kdf.js';
import { seenId } from './seen.js';
import { empty, patience, patienceToKeep, put, roots, transact, transactAll, visits, writtenId } from './store.js';
import { forgetTab, pending } from './tab.js';
import { forgetVisit, keepForVisit, recallVisit } from './visit.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {'person' | 'link' | 'page-link'} Holder */
/** @typedef {import('./store.js').Kept} Kept */

const day = 24 * 60 * 60 * 1000;
/** When this page last kept a root. */
let keptAt = 0;

/** Forgets everything that has expired, or everything if a Lock is not completed yet. */
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
 * Keeps a root. If the browser cannot store keys, it is kept only for this visit. Throws if it
 * cannot be kept at all.
 * @param {string} portal
 * @param {Bytes} root wiped when done
 * @param {Holder} holder
 * @param {number} days 0 means this visit
 * @param {() => boolean} wanted false after Lock: then nothing is kept
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
 * @param {string} portal
 * @param {Bytes} root
 * @param {Holder} holder
 * @param {number} days
 * @returns {Promise<boolean>} whether the store has it
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
    // The store has nothing; there may still be a visit.
  }
  return recallVisit(portal, limit);
}

/**
 * Forgets one portal on this device.
 * @param {string} portal
 * @param {number} [limit] how long the store may take to open
 */
export async function forget(portal, limit = patience) {
  forgetVisit(portal);
  try {
    await transactAll((inRoots, inVisits) => {
      inRoots.delete(portal);
      inVisits.delete(seenId(portal));
      inVisits.delete(writtenId(portal));
    }, limit);
  } catch {
    // Without a store nothing is kept.
  }
}

/**
 * Forgets what is left after another tab has emptied the store: the storage of this tab, and what
 * this tab kept before it received the message.
 * @param {number} at when Lock was pressed in the other tab
 */
export async function forgetSince(at) {
  forgetTab();
  if (keptAt >= at) await forgetAll();
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
