// Bytes: joins them in a way that no two lists give the same bytes, and encodes them as text.
// docs/envelope.md has the definitions.

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

/** @typedef {'format' | 'version' | 'kdf' | 'no-slot' | 'refused'} SealCode */

/** The error for sealed bytes that cannot be read. */
export class SealError extends Error {
  /**
   * @param {SealCode} code what is wrong, for the program
   * @param {string} message what is wrong, for a developer
   */
  constructor(code, message) {
    super(message);
    this.name = 'SealError';
    /** @readonly */
    this.code = code;
  }
}

const prefix = 'portalgen/v1/';

/**
 * Text as UTF-8.
 * @param {string} text
 * @returns {Bytes}
 */
export function utf8(text) {
  return new TextEncoder().encode(text);
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Decodes UTF-8.
 * @param {Bytes} bytes
 * @param {string} what the name of the bytes, for a developer
 */
export function text(bytes, what) {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new SealError('format', `${what}: not UTF-8`);
  }
}

/**
 * The fields, each after its length as a big-endian 32-bit number.
 * @param {...(Bytes | string)} fields a string means its UTF-8
 * @returns {Bytes}
 */
export function lp(...fields) {
  const parts = fields.map((f) => (typeof f === 'string' ? utf8(f) : f));
  const out = new Uint8Array(parts.reduce((n, p) => n + 4 + p.length, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length);
    out.set(part, at + 4);
    at += 4 + part.length;
  }
  return out;
}

/**
 * lp with a label as the first field. Bytes reach HKDF or the additional data of AES-GCM only in
 * this form.
 * @param {string} what
 * @param {...(Bytes | string)} fields
 */
export function labelled(what, ...fields) {
  return lp(prefix + what, ...fields);
}

/**
 * lp of the items, sorted by their bytes.
 * @param {Bytes[]} items
 */
export function sortedList(items) {
  return lp(...[...items].sort(compare));
}

/**
 * Negative if a is before b, zero if they are equal, positive if a is after b.
 * @param {Bytes} a
 * @param {Bytes} b
 * @returns {number}
 */
export function compare(a, b) {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    if (a[i] !== b[i]) return /** @type {number} */ (a[i]) - /** @type {number} */ (b[i]);
  }
  return a.length - b.length;
}

/**
 * @param {Bytes} bytes
 */
export function allZero(bytes) {
  return bytes.every((b) => b === 0);
}

/**
 * Overwrites key bytes, as far as a script can do that.
 * @param {ArrayBuffer | Bytes} bytes
 */
export function wipe(bytes) {
  (bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)).fill(0);
}

/**
 * Decodes base64. It accepts only one form: padded, without white space, unused bits zero.
 * @param {string} text
 * @returns {Bytes}
 */
export function fromBase64(text) {
  let raw;
  try {
    raw = atob(text);
  } catch {
    throw new SealError('format', 'not base64');
  }
  if (btoa(raw) !== text) throw new SealError('format', 'base64 in another form');
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

/**
 * Decodes base64url without padding. It accepts only one form.
 * @param {string} text
 * @returns {Bytes}
 */
export function fromBase64url(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new SealError('format', 'not base64url');
  const padding = '='.repeat(-text.length & 3);
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/') + padding);
}

/**
 * Encodes base64.
 * @param {Bytes} bytes
 */
export function toBase64(bytes) {
  let raw = '';
  for (const b of bytes) raw += String.fromCharCode(b);
  return btoa(raw);
}

/**
 * Encodes base64url without padding.
 * @param {Bytes} bytes
 */
export function toBase64url(bytes) {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
