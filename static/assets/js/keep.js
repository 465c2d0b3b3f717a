// Keeps a root on this device for as long as the reader chose, so that the next
// page and the next visit ask nothing. What is kept cannot be read back by script:
// for days, as a key that does not leave the browser's own store; for one visit,
// wrapped in the tab's session storage under such a key. A browser may refuse all of
// it: then nothing is kept. A preview keeps all of it in the tab's session storage.

import { hkdfKey } from './kdf.js';
import { seenId } from './seen.js';
import { empty, patience, patienceToKeep, put, roots, transact, transactAll, visits, writtenId } from './store.js';
import { forgetTab, pending } from './tab.js';
import { forgetVisit, keepForVisit, recallVisit } from './visit.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {'person' | 'link' | 'page-link'} Holder */
/** @typedef {import('./store.js').Kept} Kept */

const day = 24 * 60 * 60 * 1000;
/** When this page last kept something. */
let keptAt = 0;

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
    // There is no store, so nothing is in it.
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
