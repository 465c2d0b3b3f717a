// Attachments: files that were sealed in chunks. They are opened while they arrive, so a file of
// any size needs the memory of a few chunks.

import { SealError, allZero, fromBase64url, labelled } from './bytes.js';
import { maxFile } from './content.js';
import { padded } from './envelope.js';
import { deriveBytes, hkdfKey, opener } from './kdf.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

const version = 1;
const kind = 3;
const lengthSize = 8;
const chunkSize = 64 * 1024;
/** The length that sealing adds to a chunk: its nonce and its tag. */
const nonceSize = 12;
const chunkExtra = nonceSize + 16;

/**
 * The key of an attachment, from its text in the body of a page.
 * @param {string} text
 * @returns {Promise<CryptoKey>}
 */
export async function attachmentKey(text) {
  const bytes = fromBase64url(text);
  if (bytes.length !== 32) throw new SealError('format', 'not the key of an attachment');
  return hkdfKey(bytes);
}

/**
 * The path of an attachment, below the root of the site.
 * @param {CryptoKey} key
 * @param {string} portal
 */
export async function attachmentPath(key, portal) {
  return `${portal}/files/${base32(await deriveBytes(key, 10, 'file-token'))}.bin`;
}

/**
 * Opens an attachment. Each part is authentic, but the file is complete only if the generator
 * ends without an error.
 * @param {CryptoKey} key
 * @param {string} portal
 * @param {ReadableStream<Bytes>} sealed
 * @returns {AsyncGenerator<Bytes>}
 */
export async function* openAttachment(key, portal, sealed) {
  const place = [Uint8Array.of(version), Uint8Array.of(kind), portal, await attachmentPath(key, portal)];
  const open = await opener(key, 'file-encryption-key');
  const content = unpadder();
  let number = 0;
  for await (const { chunk, last } of chunks(sealed)) {
    if (chunk.length <= chunkExtra) throw new SealError('format', 'attachment cut off');
    const aad = labelled('file', ...place, u32(number++), Uint8Array.of(last ? 1 : 0));
    const box = { nonce: chunk.subarray(0, nonceSize), sealed: chunk.subarray(nonceSize), aad };
    const part = content.take(await open(box));
    if (part.length > 0) yield part;
  }
  content.end();
}

/**
 * The chunks of an attachment, after its header.
 * @param {ReadableStream<Bytes>} sealed
 * @returns {AsyncGenerator<{ chunk: Bytes, last: boolean }>}
 */
async function* chunks(sealed) {
  const reader = sealed.getReader();
  const header = new Uint8Array(2);
  let into = header;
  let filled = 0;
  try {
    for (let r = await reader.read(); !r.done; r = await reader.read()) {
      for (let rest = r.value; rest.length > 0;) {
        if (filled === into.length) {
          if (into === header) checkHeader(header);
          else yield { chunk: into, last: false };
          into = new Uint8Array(chunkSize + chunkExtra);
          filled = 0;
        }
        const part = rest.subarray(0, into.length - filled);
        into.set(part, filled);
        filled += part.length;
        rest = rest.subarray(part.length);
      }
    }
    if (into === header) {
      if (filled === header.length) checkHeader(header);
      throw new SealError('format', 'attachment cut off');
    }
    yield { chunk: into.subarray(0, filled), last: true };
  } finally {
    await reader.cancel().catch(() => undefined); // a caller that stops early needs no more of it
  }
}

/** @param {number} n */
function u32(n) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, n);
  return bytes;
}

/** @param {Bytes} header */
function checkHeader([ofVersion, ofKind]) {
  if (ofVersion !== version) throw new SealError('version', `attachment of version ${ofVersion}`);
  if (ofKind !== kind) throw new SealError('format', `envelope of kind ${ofKind}`);
}

/** Removes the length and the zeros from the plaintext of an attachment. */
function unpadder() {
  const head = new Uint8Array(lengthSize);
  let total = 0;
  let size = 0;
  return {
    /** @param {Bytes} plain */
    take(plain) {
      const at = Math.max(lengthSize - total, 0);
      if (at > 0) head.set(plain.subarray(0, at), total);
      const from = Math.min(at, plain.length);
      const before = total + from - lengthSize;
      total += plain.length;
      if (at > 0 && total >= lengthSize) size = lengthIn(head);
      const end = from + Math.min(Math.max(size - before, 0), plain.length - from);
      if (!allZero(plain.subarray(end))) throw new SealError('format', 'padding of an attachment');
      return plain.subarray(from, end);
    },
    end() {
      if (total < lengthSize || padded(lengthSize + size) !== total) {
        throw new SealError('format', 'padding of an attachment');
      }
    },
  };
}

/** @param {Bytes} head */
function lengthIn(head) {
  const size = Number(new DataView(head.buffer).getBigUint64(0));
  if (size > maxFile) throw new SealError('format', `attachment of ${size} bytes`);
  return size;
}

/**
 * Base32 in lower case without padding.
 * @param {Bytes} bytes their number is a multiple of five
 */
function base32(bytes) {
  const bits = Array.from(bytes, (b) => b.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{5}/g, (five) => 'abcdefghijklmnopqrstuvwxyz234567'.charAt(parseInt(five, 2)));
}
