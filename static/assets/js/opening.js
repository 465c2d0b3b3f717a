// Opens the page with a root kept on this device, a link, or a passphrase.

import { isHere } from './address.js';
import { standAlone } from './alone.js';
import { SealError, wipe } from './bytes.js';
import { keepLink } from './elsewhere.js';
import { isUntouched, wordIn } from './form.js';
import { attributes, home, path, place, portal, prefix } from './here.js';
import { hkdfKey, linkRootBytes, personRootBytes } from './kdf.js';
import { forget, recall, remember } from './keep.js';
import { relativeIn } from './moment.js';
import { recallSeen, rememberSeen } from './seen.js';
import { asFarAs, isState, showGate, showPage } from './stage.js';
import { keyOf, readSealed, unsealPage } from './unseal.js';
import { readWritten } from './written.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./keep.js').Holder} Holder */

/** The number of days for which a portal link keeps the portal open. */
const linkDays = 90;

/** Whether the page was opened by a link to this page, and the rest of the portal is closed. */
let alone = false;

/** Whether a link may open more than is open now. */
export const mayOpenMore = () => alone;

/** @type {Promise<void> | undefined} */
let ready;

/**
 * Makes the browser load its date formats. The first use of them takes longer than everything
 * else here, so it happens while keys are derived, not when the page is shown.
 */
function getReady() {
  const { lang } = document.documentElement;
  ready ??= new Promise((done) => {
    setTimeout(() => {
      asFarAs(() => relativeIn(lang));
      done();
    });
  });
  return ready;
}

/**
 * Opens the page. The root is kept before anything is shown, so that a reader who goes on at once
 * is not asked again. Nothing of the page is in the document until all of it is open.
 * @param {CryptoKey} root
 * @param {Holder} holder
 * @param {() => boolean} wanted false after Lock: then nothing opens
 * @param {() => Promise<void>} [keepRoot]
 */
async function open(root, holder, wanted, keepRoot) {
  const past = recallSeen(portal).catch(() => undefined); // runs while the page is opened
  const written = readWritten(keptAs(holder));
  const isReady = getReady();
  const sealed = readSealed(attributes);
  const { by, person } = await keyOf(sealed, root, holder);
  const page = await unsealPage(by, sealed, (at) => isHere(prefix + at));
  alone = 'pageKey' in by;
  if (alone) standAlone(page.nodes, home, wordIn('gate_lock', page.lang));
  if (wanted()) await keepRoot?.();
  const [seen, before] = await Promise.all([past, written, isReady]);
  const visits = await showPage(page, { root, portal, holder, name: keptAs(holder), person }, seen, before, wanted);
  if (visits) void rememberSeen(portal, visits).catch(() => undefined);
}

/**
 * The name under which a root is kept. The root of a link to one page has its own name, so that
 * it does not replace the root that opens the portal and is not tried on other pages.
 * @param {Holder} holder
 */
const keptAs = (holder) => (holder === 'page-link' ? path : portal);

/**
 * The kept root that may open this page.
 * @param {number} [limit] how long the store may take to open, in milliseconds
 */
export async function recallHere(limit) {
  return await recall(portal, limit).catch(() => null) ?? await recall(path, limit).catch(() => null);
}

/**
 * Keeps a root as well as the browser allows. If it cannot be kept, the reader is only asked
 * again.
 * @param {Bytes} root wiped when done
 * @param {Holder} holder
 * @param {number} days
 * @param {() => boolean} wanted
 */
async function keepRoot(root, holder, days, wanted) {
  await remember(keptAs(holder), root, holder, days, wanted).catch(() => undefined);
}

/** @param {unknown} error */
function reason(error) {
  return error instanceof SealError && error.code === 'no-slot' ? 'gate_wrong' : 'gate_broken';
}

/**
 * @param {string} passphrase as typed
 * @param {number} days how long it is kept; 0 means this visit
 * @param {() => boolean} wanted
 * @returns {Promise<string | null>} null if the page is open, else the name of a message
 */
export async function openByPassphrase(passphrase, days, wanted) {
  try {
    void getReady();
    const { block } = readSealed(attributes);
    const root = await personRootBytes(passphrase, block);
    await open(await hkdfKey(root.slice()), 'person', wanted, () => keepRoot(root, 'person', days, wanted));
    wipe(root);
    return null;
  } catch (error) {
    return reason(error);
  }
}

/** @param {string} secret */
function linkRootOf(secret) {
  try {
    return linkRootBytes(secret);
  } catch {
    return null; // cut off, or not a secret: the page is not broken
  }
}

/**
 * @param {string | null} secret
 * @param {Holder} holder the kind of link to try
 * @param {() => boolean} wanted
 * @returns {Promise<string | null>} null if the page is open, else the name of a message
 */
export async function openByLink(secret, holder, wanted) {
  if (secret === null) return '';
  const root = linkRootOf(secret);
  if (!root) return 'gate_link_dead';
  try {
    await open(await hkdfKey(root.slice()), holder, wanted, () => keepRoot(root, holder, linkDays, wanted));
    if (wanted()) keepLink(place, secret);
    return null;
  } catch (error) {
    return reason(error) === 'gate_wrong' ? 'gate_link_dead' : 'gate_broken';
  } finally {
    wipe(root);
  }
}

/**
 * @param {string} name under which a root may be kept
 * @param {() => boolean} wanted
 * @returns {Promise<string | null>} null if the page is open, else the name of a message
 */
async function openByWhatIsKept(name, wanted) {
  const kept = await recall(name).catch(() => null);
  if (!kept || !wanted()) return '';
  try {
    await open(kept.root, kept.holder, wanted);
    return null;
  } catch (error) {
    // A reader whose access has ended sees the gate; a damaged page shows a message.
    if (reason(error) !== 'gate_wrong') return 'gate_broken';
    await forget(name).catch(() => undefined);
    return '';
  }
}

/**
 * Opens with the root that opens most: the one kept for the portal, then a link to the portal,
 * then the one kept for this page, then a link to this page. A link must not replace the root of
 * a person, who would lose their turns, nor extend the time that was chosen.
 * @param {string | null} secret of a link
 * @param {() => boolean} wanted
 */
export async function openIfPossible(secret, wanted) {
  let why = '';
  for (const attempt of [
    () => openByWhatIsKept(portal, wanted),
    () => openByLink(secret, 'link', wanted),
    () => openByWhatIsKept(path, wanted),
    () => openByLink(secret, 'page-link', wanted),
  ]) {
    const said = await attempt();
    if (said === null || !wanted()) return;
    if (why !== 'gate_broken') why = said || why;
  }
  showGate(why);
}

/**
 * Opens with the kept root if the store was so slow that the gate is already shown, unless the
 * reader has begun to type.
 * @param {() => boolean} wanted
 */
export async function openLate(wanted) {
  const kept = await recallHere(Infinity);
  if (kept && isState('locked') && isUntouched() && wanted()) await open(kept.root, kept.holder, wanted).catch(() => undefined);
}
