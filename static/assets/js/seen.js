// What the reader has seen of a portal, kept beside its root and for as long as that.

import { transact, transactAll, visits } from './store.js';

/** @typedef {import('./since.js').Visits} Visits */
/** @typedef {import('./store.js').Kept} Kept */

/**
 * Under which name it is kept.
 * @param {string} portal
 */
export const seenId = (portal) => `seen:${portal}`;

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
