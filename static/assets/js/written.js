// What a reader has written and sent. It is kept on this device as long as the root that opened the
// page, sealed under a key that no script can read back. Lock removes it.

import { fromBase64url, text, toBase64url, utf8 } from './bytes.js';
import { transact, transactAll, visits, writtenId } from './store.js';
import { tabStorage } from './tab.js';
import { visitOfTab } from './visit.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./store.js').Kept} Kept */
/** @typedef {import('./store.js').Visit} Visit */

/** @typedef {Record<string, string>} Draft the values of a form by the names of its fields */

/**
 * A sealed reply. `bytes` is kept until the reply is known to have arrived. `road` is the way in
 * which it was last sent, `why` the reason why it is not known to have arrived, `said` its text
 * for people, `words` what was typed of it, as far as it is shown again, and `subject` the subject of its mail.
 * @typedef {object} Out
 * @property {string} id
 * @property {string} at in the form of a reply
 * @property {string} sentence
 * @property {string} [of] the subject at the start of the sentence
 * @property {string} said
 * @property {string} [words]
 * @property {'inbox' | 'mail'} road
 * @property {string} why
 * @property {boolean} sent
 * @property {string} [subject]
 * @property {string} [version] of what it answers
 * @property {string} [bytes] as base64url
 */

/**
 * @typedef {{ as?: string, drafts: Record<string, Draft>, out: Record<string, Out> }} Written as
 * is who answers; drafts and out are by the keys of forms
 */

const aes = { name: 'AES-GCM', length: 256 };

/**
 * The marks of what was answered and sent, in the form of `data-turn-count`.
 * @param {Written} written
 * @returns {Set<string>}
 */
export function sentIn({ out }) {
  return new Set(Object.entries(out).flatMap(([of, { sent, version }]) => (sent ? `${of}.${version}` : [])));
}

/** @returns {Written} */
const nothing = () => ({ drafts: {}, out: {} });

/** @type {Promise<unknown>} the running change of this tab */
let last = Promise.resolve();

/**
 * Returns what was written and sent, of a portal or of a page opened by its own link.
 * @param {string} name under which the root is kept
 * @returns {Promise<Written>}
 */
export async function readWritten(name) {
  try {
    const inTab = tabStorage()?.getItem(writtenId(name));
    const kept = inTab ? await fromTab(inTab) : await transact(visits, 'readonly', (s) => s.get(writtenId(name)));
    if (!kept) return nothing();
    const { key, nonce, sealed } = /** @type {Sealed} */ (kept);
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, key, sealed);
    return JSON.parse(text(new Uint8Array(plain), 'what was written'));
  } catch {
    return nothing(); // there is no store, or it was emptied
  }
}

/**
 * Changes what is kept, one change at a time, even across tabs.
 * @param {string} name
 * @param {() => boolean} wanted false after Lock: then nothing is kept
 * @param {(written: Written) => void} act
 * @returns {Promise<void>}
 */
export function changeWritten(name, wanted, act) {
  const change = async () => {
    const written = await readWritten(name);
    act(written);
    if (wanted()) await keepWritten(name, written, wanted);
  };
  /** @returns {Promise<void>} */
  const alone = async () => (navigator.locks ? navigator.locks.request(writtenId(name), change) : change());
  const done = last.then(alone, alone);
  last = done.catch(() => undefined);
  return done;
}

/** @typedef {{ key: CryptoKey, nonce: Bytes, sealed: ArrayBuffer }} Sealed */

/**
 * @param {string} name
 * @param {Written} written
 * @param {() => boolean} wanted
 */
async function keepWritten(name, written, wanted) {
  const visit = visitOfTab(name);
  const inTab = visit?.raw !== undefined && visit.raw !== '';
  const key = await crypto.subtle.generateKey(aes, inTab, ['encrypt', 'decrypt']);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, utf8(JSON.stringify(written)));
  if (inTab) await toTab(name, { key, nonce, sealed }, wanted);
  else await toStore(name, { key, nonce, sealed }, visit?.id);
}

/**
 * Puts the record into the store if the root is still there, in one transaction.
 * @param {string} name
 * @param {Sealed} record
 * @param {string} [visit] the id of the tab's visit
 */
function toStore(name, record, visit) {
  return transactAll((inRoots, inVisits) => {
    const keep = (/** @type {{ expires: number } | undefined} */ root) => {
      if (root) inVisits.put({ id: writtenId(name), ...record, expires: root.expires });
      return root !== undefined;
    };
    /** @type {IDBRequest<Kept | undefined>} */
    const days = inRoots.get(name);
    days.onsuccess = () => {
      if (keep(days.result) || visit === undefined) return;
      /** @type {IDBRequest<Visit | undefined>} */
      const ofVisit = inVisits.get(visit);
      ofVisit.onsuccess = () => keep(ofVisit.result);
    };
  });
}

/**
 * Without a store it is in the tab, like the root: see keepForVisit.
 * @param {string} name
 * @param {Sealed} record
 * @param {() => boolean} wanted
 */
async function toTab(name, { key, nonce, sealed }, wanted) {
  const raw = toBase64url(new Uint8Array(await crypto.subtle.exportKey('raw', key)));
  if (!wanted()) return;
  tabStorage()?.setItem(writtenId(name), JSON.stringify({
    raw, nonce: toBase64url(nonce), sealed: toBase64url(new Uint8Array(sealed)),
  }));
}

/**
 * @param {string} inTab
 * @returns {Promise<Sealed>}
 */
async function fromTab(inTab) {
  const { raw, nonce, sealed } = JSON.parse(inTab);
  const key = await crypto.subtle.importKey('raw', fromBase64url(raw), 'AES-GCM', false, ['decrypt']);
  return { key, nonce: fromBase64url(nonce), sealed: fromBase64url(sealed).buffer };
}
