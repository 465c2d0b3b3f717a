// What the reader has seen of a portal. It is kept as long as the root of the portal.

import { transact, transactAll, visits } from './store.js';

/** @typedef {import('./since.js').Visits} Visits */
/** @typedef {import('./store.js').Kept} Kept */

/**
 * The name under which it is kept.
 * @param {string} portal
 */
export const seenId = (portal) => `seen:${portal}`;

/**
 * Returns what the reader had seen of a portal.
 * @param {string} portal
 * @returns {Promise<Visits | undefined>}
 */
export function recallSeen(portal) {
  return transact(visits, 'readonly', (s) => s.get(seenId(portal)));
}

/**
 * Keeps what the reader has seen as long as the root is kept. If no root is kept, after "this
 * visit only" or a Lock meanwhile, nothing is kept.
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
