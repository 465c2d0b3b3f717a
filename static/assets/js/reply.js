// A sealed reply: the answer of a reader, sealed on their device under a key that only they and the
// provider have. docs/replies.md defines every byte.

import { SealError, labelled, toBase64, toBase64url, utf8, wipe } from './bytes.js';
import { deriveBytes } from './kdf.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {{ root: CryptoKey, portal: string, holder: import('./keep.js').Holder }} Credential */

const version = 1;
const kindReply = 4;
const hintSize = 16;
const nonceSize = 12;
const lengthSize = 4;
const minPlain = 512;
const maxPlain = 32_768;
const lineWidth = 64;
const letters = 'abcdefghijklmnopqrstuvwxyz234567';

/** A unique id for a reply: 22 letters. */
export function newId() {
  return toBase64url(crypto.getRandomValues(new Uint8Array(16)));
}

/**
 * Seals a reply.
 * @param {Credential} by the credential that opened the page
 * @param {string} content its JSON
 * @param {Bytes} [nonce] random, except in tests
 * @returns {Promise<Bytes>}
 * @throws {SealError} with the code "format" if the reply is too long
 */
export async function sealReply({ root, portal, holder }, content, nonce = crypto.getRandomValues(new Uint8Array(nonceSize))) {
  const plain = pack(utf8(content));
  const hint = await hintOf(await deriveBytes(root, 32, 'reply-hint-key', portal, holder), nonce);
  const head = [Uint8Array.of(version), Uint8Array.of(kindReply)];
  const additionalData = labelled('reply', ...head, portal, holder, hint);
  const raw = await deriveBytes(root, 32, 'reply-key', portal, holder);
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
  wipe(raw);
  const params = { name: 'AES-GCM', iv: nonce, additionalData, tagLength: 128 };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(params, key, plain));
  wipe(plain);
  return joined([...head, hint, nonce, sealed]);
}

/**
 * @param {Bytes} raw the hint key, wiped when done
 * @param {Bytes} nonce
 */
async function hintOf(raw, nonce) {
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  wipe(raw);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, labelled('reply-hint', nonce))).slice(0, hintSize);
}

/** @param {Bytes} content */
function pack(content) {
  let length = minPlain;
  while (length < lengthSize + content.length) length *= 2;
  if (length > maxPlain) throw new SealError('format', `a reply of ${content.length} bytes`);
  const plain = new Uint8Array(length);
  new DataView(plain.buffer).setUint32(0, content.length);
  plain.set(content, lengthSize);
  return plain;
}

/** @param {Bytes[]} parts */
function joined(parts) {
  const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * The text form of a sealed reply, for mail and chat.
 * @param {Bytes} sealed
 */
export async function replyText(sealed) {
  const lines = toBase64(sealed).replaceAll('=', '').match(new RegExp(`.{1,${lineWidth}}`, 'gu')) ?? [];
  return ['[portalgen reply 1]', ...lines, `[portalgen end ${await checkOf(sealed)}]`, ''].join('\n');
}

/**
 * The checksum that shows whether a text form is complete: the first 30 bits of the SHA-256.
 * @param {Bytes} sealed
 */
async function checkOf(sealed) {
  const sum = new DataView(await crypto.subtle.digest('SHA-256', sealed)).getUint32(0);
  return [27, 22, 17, 12, 7, 2].map((from) => letters[(sum >>> from) & 31]).join('');
}
