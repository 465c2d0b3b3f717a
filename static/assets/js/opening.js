// Opens the page with whatever there is: what is kept on this device, a link, or a passphrase.

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

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./keep.js').Holder} Holder */

/** For how many days a portal link keeps the portal open. */
const linkDays = 90;

/** Whether what is open was opened by a link to this page, and the rest of the portal is not. */
let alone = false;

/** Whether a link may open more than is open. */
export const mayOpenMore = () => alone;

/** @type {Promise<void> | undefined} */
let ready;

/**
 * Has the browser look up how it tells dates. The first time that takes it longer than
 * all else here, so it is done while keys are derived elsewhere, not as the page is shown.
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
 * Opens the page. What is to be kept is kept before anything shows, so that whoever
 * goes on at once is not asked again. Nothing of the page is in the document until
 * all of it is open.
 * @param {CryptoKey} root
 * @param {Holder} holder
 * @param {() => boolean} wanted false once Lock was pressed: then nothing opens
 * @param {() => Promise<void>} [keepRoot]
 */
async function open(root, holder, wanted, keepRoot) {
  const past = recallSeen(portal).catch(() => undefined); // read while the page is opened
  const isReady = getReady();
  const sealed = readSealed(attributes);
  const { by, person } = await keyOf(sealed, root, holder);
  const page = await unsealPage(by, sealed, (at) => isHere(prefix + at));
  alone = 'pageKey' in by;
  if (alone) standAlone(page.nodes, home, wordIn('gate_lock', page.lang));
  if (wanted()) await keepRoot?.();
  const [seen] = await Promise.all([past, isReady]);
  const visits = await showPage(page, { root, portal, holder, name: keptAs(holder), person }, seen, wanted);
  if (visits) void rememberSeen(portal, visits).catch(() => undefined);
}

/**
 * Under which name a root is kept. That of a link to one page has a name of its own,
 * so that it neither takes the place of what opens the portal nor is tried elsewhere.
 * @param {Holder} holder
 */
const keptAs = (holder) => (holder === 'page-link' ? path : portal);

/**
 * What is kept on this device that may open this page.
 * @param {number} [limit] how long the store may take to open, in milliseconds
 */
export async function recallHere(limit) {
  return await recall(portal, limit).catch(() => null) ?? await recall(path, limit).catch(() => null);
}

/**
 * Keeps a root as well as this browser lets it: whoever cannot be remembered is
 * asked again, and that is all.
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
 * @param {number} days for how long it is kept; 0 for this visit
 * @param {() => boolean} wanted
 * @returns {Promise<string | null>} null where the page is open, else what to say
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
    return null; // cut off, or never a secret: the page is not to blame
  }
}

/**
 * @param {string | null} secret
 * @param {Holder} holder what the link is tried as
 * @param {() => boolean} wanted
 * @returns {Promise<string | null>} null where the page is open, else what to say
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
 * @param {string} name under which it may be kept
 * @param {() => boolean} wanted
 * @returns {Promise<string | null>} null where the page is open, else what to say
 */
async function openByWhatIsKept(name, wanted) {
  const kept = await recall(name).catch(() => null);
  if (!kept || !wanted()) return '';
  try {
    await open(kept.root, kept.holder, wanted);
    return null;
  } catch (error) {
    // Someone whose access has ended meets the gate; a page that came damaged says so.
    if (reason(error) !== 'gate_wrong') return 'gate_broken';
    await forget(name).catch(() => undefined);
    return '';
  }
}

/**
 * Opens by what reaches furthest: what is kept for the portal, else a link to it, then
 * what is kept for this page, else a link to that. A link must not take the place of a
 * person, whose own turn would be lost, nor lengthen what was chosen.
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
 * Opens by what is kept where the store was so slow that the gate is shown by now, unless
 * somebody has begun to type.
 * @param {() => boolean} wanted
 */
export async function openLate(wanted) {
  const kept = await recallHere(Infinity);
  if (kept && isState('locked') && isUntouched() && wanted()) await open(kept.root, kept.holder, wanted).catch(() => undefined);
}
