// Envelopes: the body and the navigation of a page, each sealed under its own key and bound to its
// place.

import { SealError, allZero, labelled, sortedList } from './bytes.js';
import { deriveHkdf, unseal } from './kdf.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * The context to which an envelope is bound. Take portal and token from the address of the page,
 * not from its content.
 * @typedef {object} Page
 * @property {string} portal the first part of the address
 * @property {string} token the second part; empty for Home
 * @property {Bytes} slots the portal's block of slots, as published
 * @property {Bytes[]} [links] the page's published link tokens, if it has any
 * @property {Bytes} [linkSlots] the slots block of the page's own links, if any
 * @property {Bytes} nav the envelope of the navigation, as published: the body is bound to it
 */

const version = 1;
const kindPage = 1;
const kindNav = 2;
const header = 14;
const minPadded = 4096;
const maxInflated = 16 * 1024 * 1024;

/**
 * The path that is sealed with a page.
 * @param {{ portal: string, token: string }} page
 */
export function pagePath({ portal, token }) {
  return token === '' ? `${portal}/` : `${portal}/${token}/`;
}

/**
 * The key of the body of a page.
 * @param {CryptoKey} clientKey
 * @param {Page} page
 */
export function pageKey(clientKey, page) {
  return deriveHkdf(clientKey, 'page-key', page.token, sortedList(page.links ?? []));
}

/**
 * The key of the navigation of a page.
 * @param {CryptoKey} clientKey
 * @param {Page} page
 */
export function navKey(clientKey, page) {
  return deriveHkdf(clientKey, 'nav-key', page.token);
}

/**
 * The body of a page, as UTF-8.
 * @param {CryptoKey} key from pageKey or openPageSlot
 * @param {Page} page
 * @param {Bytes} envelope
 */
export function openPage(key, page, envelope) {
  return open(key, kindPage, page, envelope);
}

/**
 * The navigation of a page, as UTF-8.
 * @param {CryptoKey} key from navKey
 * @param {Page} page
 * @param {Bytes} envelope
 */
export function openNav(key, page, envelope) {
  return open(key, kindNav, page, envelope);
}

/**
 * @param {CryptoKey} key
 * @param {number} kind
 * @param {Page} page
 * @param {Bytes} envelope
 */
async function open(key, kind, page, envelope) {
  if (envelope.length < header + minPadded + 16) throw new SealError('format', 'envelope too short');
  if (envelope[0] !== version) throw new SealError('version', `envelope of version ${envelope[0]}`);
  if (envelope[1] !== kind) throw new SealError('format', `envelope of kind ${envelope[1]}`);
  const kindField = Uint8Array.of(kind);
  const empty = new Uint8Array(0);
  const nav = kind === kindPage ? new Uint8Array(await crypto.subtle.digest('SHA-256', page.nav)) : empty;
  const aad = labelled('envelope', Uint8Array.of(version), kindField, page.portal, pagePath(page),
    page.slots, sortedList(page.links ?? []), page.linkSlots ?? empty, nav);
  const plain = await unseal(key, 'envelope-key', [kindField], {
    nonce: envelope.slice(2, header),
    sealed: envelope.slice(header),
    aad,
  });
  return unpack(plain);
}

/**
 * @param {Bytes} plain
 */
function unpack(plain) {
  const end = 4 + new DataView(plain.buffer, plain.byteOffset).getUint32(0);
  if (end > plain.length || padded(end) !== plain.length || !allZero(plain.subarray(end))) {
    throw new SealError('format', 'padding of an envelope');
  }
  return inflate(plain.subarray(4, end));
}

/**
 * The Padmé length, at least 4 KiB.
 * @param {number} n
 */
export function padded(n) {
  if (n <= minPadded) return minPadded;
  const e = 31 - Math.clz32(n); // floor(log2 n)
  const block = 2 ** (e - (32 - Math.clz32(e))); // 32 - clz32 e = floor(log2 e) + 1
  return Math.ceil(n / block) * block;
}

/**
 * Inflates a stream. The browser's decoder refuses a stream that ends early or has more bytes.
 * @param {Bytes} stream
 * @returns {Promise<Bytes>}
 */
async function inflate(stream) {
  /** @type {Bytes[]} */
  const parts = [];
  let length = 0;
  const reader = new Blob([stream]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  try {
    for (let r = await reader.read(); !r.done; r = await reader.read()) {
      length += r.value.length;
      if (length > maxInflated) break;
      parts.push(/** @type {Bytes} */ (r.value));
    }
  } catch {
    throw new SealError('format', 'deflate stream');
  }
  if (length > maxInflated) {
    await reader.cancel();
    throw new SealError('format', 'more than 16 MiB');
  }
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
