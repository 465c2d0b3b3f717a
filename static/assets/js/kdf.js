// Roots and the keys that derive from them. A root is kept as an HKDF key that no script can read
// back.

import { SealError, fromBase64url, labelled, utf8, wipe } from './bytes.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * The table of key derivations. A slots block names one of them; no other is ever run.
 * @type {ReadonlyMap<number, { hash: string, iterations: number }>}
 */
const kdfs = new Map([[1, { hash: 'SHA-256', iterations: 1_000_000 }]]);

/** The derivation in the additional data of a link's slot: none. */
export const kdfNone = 0;

// White space in a passphrase. The list is part of the format.
const space =
  /[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+/gu;

/**
 * The form of a passphrase from which the root is made: NFKC, each run of white space one space,
 * none at the ends, lower case. Each code point becomes lower case by itself, so the result does
 * not depend on its neighbours or on a language.
 * @param {string} passphrase
 */
export function normalizePassphrase(passphrase) {
  const spaced = passphrase.normalize('NFKC').replace(space, ' ').replace(/^ | $/gu, '');
  return Array.from(spaced, (c) => c.toLowerCase()).join('');
}

/**
 * @param {number} kdf
 */
export function knowsKdf(kdf) {
  return kdfs.has(kdf);
}

/**
 * The root of a person. This is the only slow step, up to two seconds. It does not block the main
 * thread.
 * @param {string} passphrase as typed
 * @param {{ kdf: number, salt: Bytes }} slots of the page's slots block
 * @returns {Promise<CryptoKey>}
 */
export async function personRoot(passphrase, slots) {
  return hkdfKey(await personRootBytes(passphrase, slots));
}

/**
 * Like personRoot, but returns bytes, for a caller that wraps the root. The caller must wipe
 * them.
 * @param {string} passphrase as typed
 * @param {{ kdf: number, salt: Bytes }} slots of the page's slots block
 * @returns {Promise<Bytes>}
 */
export async function personRootBytes(passphrase, { kdf, salt }) {
  const params = kdfs.get(kdf);
  if (!params) throw new SealError('kdf', `unknown key derivation ${kdf}`);
  const text = utf8(normalizePassphrase(passphrase));
  const base = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveBits']);
  wipe(text);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', salt, ...params }, base, 256));
}

/**
 * The root of a link, from the fragment of its address without the #.
 * @param {string} fragment
 * @returns {Promise<CryptoKey>}
 */
export async function linkRoot(fragment) {
  return hkdfKey(linkRootBytes(fragment));
}

/**
 * Like linkRoot, but returns bytes. The caller must wipe them.
 * @param {string} fragment
 * @returns {Bytes}
 */
export function linkRootBytes(fragment) {
  const bytes = fromBase64url(fragment);
  if (bytes.length !== 32) throw new SealError('format', 'not the secret of a link');
  return bytes;
}

/**
 * Makes an HKDF key that no script can read back, and wipes the bytes.
 * @param {ArrayBuffer | Bytes} bytes
 * @returns {Promise<CryptoKey>}
 */
export async function hkdfKey(bytes) {
  try {
    return await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits', 'deriveKey']);
  } finally {
    wipe(bytes);
  }
}

/**
 * @param {string} what
 * @param {(Bytes | string)[]} fields
 */
function hkdf(what, fields) {
  return { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: labelled(what, ...fields) };
}

/**
 * @param {CryptoKey} key an HKDF key
 * @param {number} length in bytes
 * @param {string} what the label
 * @param {...(Bytes | string)} fields
 * @returns {Promise<Bytes>}
 */
export async function deriveBytes(key, length, what, ...fields) {
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf(what, fields), key, length * 8));
}

/**
 * @param {CryptoKey} key an HKDF key
 * @param {string} what the label
 * @param {...(Bytes | string)} fields
 * @returns {Promise<CryptoKey>} another HKDF key
 */
export async function deriveHkdf(key, what, ...fields) {
  return hkdfKey(await deriveBytes(key, 32, what, ...fields));
}

/**
 * Sealed bytes with their nonce and additional data.
 * @typedef {object} Box
 * @property {Bytes} nonce
 * @property {Bytes} sealed
 * @property {Bytes} aad
 */

/**
 * Opens AES-256-GCM under a key that is derived from key.
 * @param {CryptoKey} key an HKDF key
 * @param {string} what the label of the encryption key
 * @param {(Bytes | string)[]} fields
 * @param {Box} box
 * @returns {Promise<Bytes>}
 */
export async function unseal(key, what, fields, box) {
  return (await opener(key, what, ...fields))(box);
}

/**
 * Returns a function that opens boxes under one derived key.
 * @param {CryptoKey} key an HKDF key
 * @param {string} what the label of the encryption key
 * @param {...(Bytes | string)} fields
 * @returns {Promise<(box: Box) => Promise<Bytes>>}
 */
export async function opener(key, what, ...fields) {
  const aes = await crypto.subtle.deriveKey(
    hkdf(what, fields), key, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
  return async ({ nonce, sealed, aad }) => {
    try {
      const params = { name: 'AES-GCM', iv: nonce, additionalData: aad, tagLength: 128 };
      return new Uint8Array(await crypto.subtle.decrypt(params, aes, sealed));
    } catch {
      throw new SealError('refused', 'does not open with this key at this place');
    }
  };
}
