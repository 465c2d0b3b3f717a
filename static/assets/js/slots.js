// Slots: each wraps the client's key, or a page's, for one person or link. Nobody else can tell for
// whom a slot is.

import { SealError, allZero, compare, labelled, lp, text, utf8, wipe } from './bytes.js';
import { deriveBytes, hkdfKey, kdfNone, knowsKdf, unseal } from './kdf.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * A parsed slots block.
 * @typedef {object} Slots
 * @property {number} kdf the key derivation of people's roots
 * @property {Bytes} salt for personRoot
 * @property {Bytes} epochToken of the build that made the block
 * @property {{ id: Bytes, nonce: Bytes, sealed: Bytes }[]} slots
 */

const version = 1;
const header = 35;
const idSize = 16;
const tokenSize = 16;
const nonceSize = 12;
const payloadSize = 128;
const slotSize = idSize + nonceSize + payloadSize + 16;
const maxPerson = 64;

const holdsClientKey = 1;
const holdsPageKey = 2;

/**
 * @param {Bytes} block
 * @returns {Slots}
 */
export function parseSlots(block) {
  if (block.length < header) throw new SealError('format', 'slots block too short');
  const [blockVersion, kdf = 0] = block;
  const count = /** @type {number} */ (block[header - 1]);
  if (blockVersion !== version) throw new SealError('version', `slots block of version ${blockVersion}`);
  if (!knowsKdf(kdf)) throw new SealError('kdf', `unknown key derivation ${kdf}`);
  if (count < 8 || (count & (count - 1)) !== 0 || block.length !== header + count * slotSize) {
    throw new SealError('format', `${count} slots in ${block.length} bytes`);
  }
  const slots = Array.from({ length: count }, (_, i) => {
    const slot = block.slice(header + i * slotSize, header + (i + 1) * slotSize);
    return {
      id: slot.slice(0, idSize),
      nonce: slot.slice(idSize, idSize + nonceSize),
      sealed: slot.slice(idSize + nonceSize),
    };
  });
  slots.reduce((before, slot) => {
    if (compare(before.id, slot.id) >= 0) throw new SealError('format', 'slots out of order');
    return slot;
  });
  return { kdf, salt: block.slice(2, 18), epochToken: block.slice(18, 34), slots };
}

/**
 * The link tokens of a page.
 * @param {Bytes} list as published
 * @returns {Bytes[]}
 */
export function parseLinkTokens(list) {
  if (list.length % tokenSize !== 0) throw new SealError('format', 'list of link tokens');
  return Array.from({ length: list.length / tokenSize }, (_, i) => list.slice(tokenSize * i, tokenSize * (i + 1)));
}

/**
 * Opens the slot of a person or of a portal link.
 * @param {Slots} slots
 * @param {CryptoKey} root from personRoot or linkRoot
 * @param {{ portal: string, holder: 'person' | 'link' }} at
 * @returns {Promise<{ clientKey: CryptoKey, person: string }>} person is a person's id, empty for
 * a link; use it only for display
 */
export async function openSlot(slots, root, { portal, holder }) {
  const place = { kind: 'portal', portal, path: '', use: lp('portal'), holds: holdsClientKey };
  const { key, person } = await open(slots, root, place, holder === 'person');
  return { clientKey: key, person };
}

/**
 * Opens the slot of a link to one page, in the block of that page's links.
 * @param {Slots} slots
 * @param {CryptoKey} root from linkRoot
 * @param {{ portal: string, path: string }} at path as sealed, such as "acme/x/"
 * @returns {Promise<CryptoKey>} the page's key
 */
export async function openPageSlot(slots, root, { portal, path }) {
  const place = { kind: 'page', portal, path, use: lp('page', path), holds: holdsPageKey };
  return (await open(slots, root, place, false)).key;
}

/**
 * @param {Slots} slots
 * @param {CryptoKey} root
 * @param {{ kind: string, portal: string, path: string, use: Bytes, holds: number }} place
 * @param {boolean} isPerson
 */
async function open(slots, root, place, isPerson) {
  const fields = [place.use, utf8(place.portal), slots.epochToken];
  const id = await deriveBytes(root, idSize, 'slot-id', ...fields);
  const slot = slots.slots.find((s) => compare(s.id, id) === 0);
  if (!slot) throw new SealError('no-slot', 'no slot for this passphrase or link');
  const kdf = Uint8Array.of(isPerson ? slots.kdf : kdfNone);
  const salt = isPerson ? slots.salt : new Uint8Array(0);
  const aad = labelled('slot', Uint8Array.of(version), place.kind, place.portal, place.path,
    slots.epochToken, kdf, salt, id);
  const payload = await unseal(root, 'slot-key', fields, { ...slot, aad });
  try {
    return await readPayload(payload, place.holds, isPerson);
  } finally {
    wipe(payload);
  }
}

/**
 * @param {Bytes} payload
 * @param {number} holds
 * @param {boolean} isPerson
 */
async function readPayload(payload, holds, isPerson) {
  const end = 34 + (payload[33] ?? 0);
  if (payload.length !== payloadSize || payload[0] !== holds || end > 34 + maxPerson
    || (end > 34) !== isPerson || !allZero(payload.slice(end))) {
    throw new SealError('format', 'payload of a slot');
  }
  const person = text(payload.slice(34, end), 'payload of a slot');
  return { key: await hkdfKey(payload.slice(1, 33)), person };
}
