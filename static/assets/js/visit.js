// Keeps a root for one visit: in the tab's storage, wrapped under a key in the browser's store that
// no script can read back.

import { fromBase64url, toBase64url } from './bytes.js';
import { hkdfKey } from './kdf.js';
import { put, transact, transactAll, visits, writtenId } from './store.js';
import { pending, tabStorage } from './tab.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./keep.js').Holder} Holder */
/** @typedef {import('./store.js').Visit} Visit */

/** How long a visit lasts after its last page was opened, in milliseconds. */
const visitLasts = 2 * 60 * 60 * 1000;

/** @param {string} portal */
const slot = (portal) => `portalgen:${portal}`;

/**
 * @param {string} portal
 * @param {Bytes} root
 * @param {Holder} holder
 * @param {() => boolean} wanted
 */
export async function keepForVisit(portal, root, holder, wanted) {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const id = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  const aes = { name: 'AES-GCM', length: 256 };
  let key = await crypto.subtle.generateKey(aes, false, ['encrypt', 'decrypt']);
  let raw = '';
  try {
    await put(visits, { id, key, expires: Date.now() + visitLasts });
  } catch {
    // Without a store, the wrapping key must be beside the wrapped root. It then lasts as long as
    // the tab, and is only as safe as the tab.
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
 * Extends a visit from now on, unless it has ended meanwhile.
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
 * The record of a visit, with its wrapping key; undefined if it has ended. Also extends the
 * visit.
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
 * @throws if the store, which has the visit's key, does not answer: it may answer later
 */
export async function recallVisit(portal, limit) {
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
 * The visit of this tab: its id and, without a store, its key.
 * @param {string} portal
 * @returns {{ id: string, raw: string } | null}
 */
export function visitOfTab(portal) {
  return JSON.parse(tabStorage()?.getItem(slot(portal)) ?? 'null');
}

/** @param {string} portal */
export function forgetVisit(portal) {
  tabStorage()?.removeItem(slot(portal));
  tabStorage()?.removeItem(writtenId(portal));
}
