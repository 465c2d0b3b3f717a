// What a reader has written and sent, kept on this device beside the root that opened the page
// and for as long as that: sealed under a key that cannot be read back by script. After Lock
// there is none.

import { fromBase64url, text, toBase64url, utf8 } from './bytes.js';
import { transact, transactAll, visits, writtenId } from './store.js';
import { tabStorage } from './tab.js';
import { visitOfTab } from './visit.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./store.js').Kept} Kept */
/** @typedef {import('./store.js').Visit} Visit */

/** @typedef {Record<string, string>} Draft what was typed into a form, by the names of its fields */

/**
 * A reply that was sealed: `bytes` as long as nobody is known to have it. `road` is the one on
 * which it was last tried, `why` it is not known to have gone, `said` what it says for people and
 * `subject` that of its mail.
 * @typedef {object} Out
 * @property {string} id
 * @property {string} at as in the reply
 * @property {string} sentence
 * @property {string} [of] what it begins with
 * @property {string} said
 * @property {'inbox' | 'mail'} road
 * @property {string} why
 * @property {boolean} sent
 * @property {string} [subject]
 * @property {string} [bytes] as base64url
 */

/** @typedef {{ as?: string, drafts: Record<string, Draft>, out: Record<string, Out> }} Written as is who answers, drafts and out are by what is answered */

const aes = { name: 'AES-GCM', length: 256 };

/** @returns {Written} */
const nothing = () => ({ drafts: {}, out: {} });

/** @type {Promise<unknown>} the change that is under way in this tab */
let last = Promise.resolve();

/**
 * What was written and sent, of a portal or of a page that was opened by its own link.
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
 * Changes what is kept, one change after the other, in other tabs too.
 * @param {string} name
 * @param {() => boolean} wanted false once Lock was pressed: then nothing is kept
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
 * Puts it beside the root, in the same step in which that is found to be there still.
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
 * Without a store it lies in the tab, as the root does: see keepForVisit.
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
